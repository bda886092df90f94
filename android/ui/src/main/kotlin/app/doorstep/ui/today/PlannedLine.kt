package app.doorstep.ui.today

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.EntryListRow
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.day
import app.doorstep.ui.words.kind
import java.time.LocalDate

/** Whom something is planned with, on which day and what; opens the entry that says so. */
@Composable
internal fun PlannedLine(
    row: EntryListRow,
    person: String?,
    today: LocalDate,
    onOpen: () -> Unit,
) {
    val language = LocalLanguage.current
    val entry = row.entry
    val kind = language.kind(entry.kind)
    Sheet(onClick = onOpen) {
        Beside(
            left = { Strong(person ?: kind) },
            right = { entry.nextDate?.let { Hint(language.day(it, today)) } },
        )
        Text(entry.nextStep.ifBlank { kind }, style = MaterialTheme.typography.bodyLarge)
    }
}
