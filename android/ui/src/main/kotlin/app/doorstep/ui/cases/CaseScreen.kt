package app.doorstep.ui.cases

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.CaseView
import app.doorstep.core.DocId
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.caseKind
import app.doorstep.ui.words.caseRole
import java.time.LocalDate

/** One person's file as this member may read it. */
@Composable
fun CaseScreen(
    view: CaseView?,
    today: LocalDate,
    onBack: () -> Unit,
    onRecord: () -> Unit,
    onOpen: (DocId) -> Unit,
) {
    val language = LocalLanguage.current
    val row = view?.row
    Page(
        row?.part?.pseudonym.orEmpty(),
        onBack,
        bottom = { MainButton(language.pick("记一条", "Record"), onRecord) },
    ) {
        if (view == null || row == null) return@Page
        Hint(
            listOfNotNull(language.caseKind(row.grant.kind), row.grant.role?.let(language::caseRole)).joinToString(" · "),
        )
        if (row.part.safety.isNotBlank()) {
            Sheet(tone = Tone.CARE) { Text(row.part.safety, style = MaterialTheme.typography.bodyLarge) }
        }
        row.daysSinceMet?.let { days ->
            Text(language.pick("上次见到本人：$days 天前", "Last met $days days ago"), style = MaterialTheme.typography.bodyLarge)
        }
        if (row.part.reach.isNotBlank()) {
            Heading(language.pick("怎样联系", "How to reach"))
            Text(row.part.reach, style = MaterialTheme.typography.bodyLarge)
        }
        Heading(language.pick("记录", "Entries"))
        for (entry in view.timeline) EntryLine(entry, null, today) { onOpen(entry.doc) }
        if (view.timeline.isEmpty()) Hint(language.pick("还没有记录。", "Nothing recorded yet."))
    }
}
