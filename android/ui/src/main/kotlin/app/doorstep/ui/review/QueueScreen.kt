package app.doorstep.ui.review

import androidx.compose.runtime.Composable
import app.doorstep.core.DocId
import app.doorstep.core.QueueRow
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.today.TodayState
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.ago
import java.time.Instant
import java.time.LocalDate

/** What waits for a supervisor, the longest waiting first. */
@Composable
fun QueueScreen(
    rows: List<QueueRow>,
    names: TodayState,
    today: LocalDate,
    now: Instant,
    onBack: () -> Unit,
    onOpen: (DocId) -> Unit,
) {
    val language = LocalLanguage.current
    Page(language.pick("待审阅", "To review"), onBack) {
        for (row in rows) {
            row.since?.let { Hint(language.pick("已等 ${language.ago(it, now)} · ${row.row.author}", "waiting ${language.ago(it, now)} · ${row.row.author}")) }
            EntryLine(row.row, names.person(row.row.scope), today) { onOpen(row.row.doc) }
        }
        if (rows.isEmpty()) Hint(language.pick("没有等待审阅的记录。", "Nothing waits for review."))
    }
}
