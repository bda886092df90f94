package app.doorstep.ui.entry

import androidx.compose.runtime.Composable
import app.doorstep.core.Heads
import app.doorstep.core.HistoryRow
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.since
import java.time.Instant

/** Who changed what and when. */
data class HistoryState(
    /** Newest first. */
    val rows: List<HistoryRow> = emptyList(),
    val names: Map<MemberId, String> = emptyMap(),
    val questions: List<Question> = emptyList(),
)

/** Every save of an entry, newest first; a touch shows how it read then. */
@Composable
fun HistoryScreen(
    state: HistoryState,
    now: Instant,
    onBack: () -> Unit,
    onOpen: (Heads) -> Unit,
) {
    val language = LocalLanguage.current
    Page(language.pick("修改经过", "History"), onBack) {
        if (state.rows.isNotEmpty()) Hint(language.pick("点一下，看当时的样子。", "Touch one to read it as it was then."))
        for ((index, row) in state.rows.withIndex()) {
            Sheet(onClick = { onOpen(row.heads) }) {
                Beside(left = { Strong(row.name) }, right = { Hint(language.since(row.time, now)) })
                if (index == state.rows.lastIndex) {
                    Hint(language.pick("写下这条记录", "Wrote the entry"))
                } else {
                    for (change in row.changes.filter { isShown(it.field) }) Changed(change, state.questions, state.names)
                }
            }
        }
    }
}
