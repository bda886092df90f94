package app.doorstep.ui.review

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.doorstep.core.DocId
import app.doorstep.core.QueueRow
import app.doorstep.core.Scope
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.ago
import java.time.Instant
import java.time.LocalDate

/** What waits for a supervisor, the longest waiting first. */
@Composable
fun QueueScreen(
    rows: List<QueueRow>,
    person: (Scope) -> String?,
    today: LocalDate,
    now: Instant,
    onBack: () -> Unit,
    isSifting: Boolean = false,
    onOpen: (DocId) -> Unit,
) {
    val language = LocalLanguage.current
    var sifts by rememberSaveable { mutableStateOf(isSifting) }
    var kind by rememberSaveable { mutableStateOf<String?>(null) }
    var author by rememberSaveable { mutableStateOf<String?>(null) }
    var isAgain by rememberSaveable { mutableStateOf(false) }
    val sieve = Sieve(kind, author, isAgain)
    Page(language.pick("待审阅", "To review"), onBack) {
        if (rows.isEmpty()) {
            Hint(language.pick("没有等待审阅的记录。", "Nothing waits for review."))
            return@Page
        }
        val kept = sieve.keep(rows)
        val chosen = if (sieve.count == 0) "" else language.pick("（${sieve.count} 项）", " (${sieve.count})")
        SideButton(
            if (sifts) language.pick("收起筛选", "Hide filters") else language.pick("筛选$chosen", "Filter$chosen"),
            { sifts = !sifts },
        )
        if (sifts) {
            SieveChoices(rows, sieve) {
                kind = it.kind
                author = it.author
                isAgain = it.isAgain
            }
        }
        val count = if (kept.size == rows.size) "${rows.size}" else language.pick("${rows.size} 条中的 ${kept.size}", "${kept.size} of ${rows.size}")
        Hint(language.pick("$count 条，等得最久的在前", "$count, the longest waiting first"))
        for (waiting in kept) {
            val since = waiting.since?.let { language.pick("已等 ${language.ago(it, now)}", "waiting ${language.ago(it, now)}") }
            EntryLine(waiting.row, person(waiting.row.scope), today, about(waiting.row.author, since)) { onOpen(waiting.row.doc) }
        }
        if (kept.isEmpty()) {
            SideButton(language.pick("全部显示", "Show all"), {
                kind = null
                author = null
                isAgain = false
            })
        }
    }
}
