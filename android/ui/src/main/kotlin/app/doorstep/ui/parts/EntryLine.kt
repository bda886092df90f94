package app.doorstep.ui.parts

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import app.doorstep.core.EntryListRow
import app.doorstep.core.ReviewState
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.day
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.outcome
import app.doorstep.ui.words.state
import java.time.LocalDate

/** An entry in a list: whom, what and when; what else matters [below]; how it came out; where it stands. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun EntryLine(
    row: EntryListRow,
    person: String?,
    today: LocalDate,
    below: String = "",
    onOpen: () -> Unit,
) {
    val language = LocalLanguage.current
    val entry = row.entry
    Sheet(onClick = onOpen) {
        Beside(
            left = { Strong(about(person, language.kind(entry.kind))) },
            right = { entry.date?.let { Hint(language.day(it, today)) } },
        )
        if (below.isNotEmpty()) Hint(below)
        if (entry.excerpt.isNotBlank()) {
            Text(
                entry.excerpt,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
                style = MaterialTheme.typography.bodyMedium,
            )
        }
        FlowRow(
            horizontalArrangement = Arrangement.spacedBy(6.dp),
            verticalArrangement = Arrangement.spacedBy(6.dp),
        ) {
            if (entry.crisis) Tag(language.pick("危机", "Crisis"), Tone.DANGER)
            entry.outcome?.let { Tag(language.outcome(it)) }
            if (row.state != ReviewState.Draft) Tag(language.state(row.state), tone(row.state))
            if (row.conflicts > 0u) Tag(language.pick("两处不同", "Two answers differ"), Tone.CARE)
            if (row.isWaiting && !LocalPractice.current) Tag(language.pick("仅在本机", "On this phone only"), Tone.CARE)
        }
    }
}

/** The tone of a review state. */
fun tone(state: ReviewState): Tone =
    when (state) {
        ReviewState.Approved -> Tone.GOOD
        ReviewState.Returned, ReviewState.Amended -> Tone.CARE
        else -> Tone.PLAIN
    }
