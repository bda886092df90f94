package app.doorstep.ui.cases

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.CaseView
import app.doorstep.core.Class
import app.doorstep.core.ConflictCard
import app.doorstep.core.DocId
import app.doorstep.core.Question
import app.doorstep.core.Value
import app.doorstep.ui.entry.ConflictSheet
import app.doorstep.ui.parts.EntryLine
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.caseKind
import app.doorstep.ui.words.caseRole
import app.doorstep.ui.words.day
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.month
import app.doorstep.ui.words.partLabel
import java.time.LocalDate

/** One person's file as this member may read it. */
data class CaseState(
    val view: CaseView? = null,
    /** What two people set differently, in its entries and its parts. */
    val conflicts: List<ConflictCard> = emptyList(),
    val questions: List<Question> = emptyList(),
)

/** What can be done with it. */
interface CaseEvents {
    fun back()

    fun record()

    /** All that is written down about the person. */
    fun details()

    fun open(doc: DocId)

    fun settle(
        card: ConflictCard,
        value: Value,
    )
}

@Composable
fun CaseScreen(
    state: CaseState,
    today: LocalDate,
    on: CaseEvents,
) {
    val language = LocalLanguage.current
    val view = state.view
    Page(
        view?.row?.part?.pseudonym.orEmpty(),
        on::back,
        bottom = { MainButton(language.pick("记一条", "Record"), on::record) },
    ) {
        if (view == null) return@Page
        Person(view, on::details)
        for (card in state.conflicts) {
            ConflictSheet(card, language.whatOf(card, view, today), state.questions) { on.settle(card, it) }
        }
        if (view.timeline.isEmpty()) {
            Heading(language.pick("记录", "Entries"))
            Hint(language.pick("还没有记录。", "Nothing recorded yet."))
        }
        for ((month, entries) in byMonth(view.timeline)) {
            Heading(month?.let { language.month(it, today.year) } ?: language.pick("没有日期的", "Without a day"))
            for (entry in entries) EntryLine(entry, null, today) { on.open(entry.doc) }
        }
    }
}

/** Who it is, how to be safe and how to reach them. */
@Composable
private fun Person(
    view: CaseView,
    onDetails: () -> Unit,
) {
    val language = LocalLanguage.current
    val (grant, part, daysSinceMet) = view.row
    Hint(about(language.caseKind(grant.kind), grant.role?.let(language::caseRole)))
    val safety = (view.contact["safety"] as? Value.Text)?.text ?: part.safety
    if (safety.isNotBlank()) Sheet(tone = Tone.CARE) { Prose(safety) }
    daysSinceMet?.let { days ->
        Text(
            if (days == 0) language.pick("今天见过本人", "Met today") else language.pick("上次见到本人：$days 天前", "Last met $days days ago"),
            style = MaterialTheme.typography.bodyLarge,
        )
    }
    Reach(view)
    SideButton(language.pick("全部资料", "All details"), onDetails)
}

/** Where and how, line by line; in short where only that has arrived. */
@Composable
private fun Reach(view: CaseView) {
    val language = LocalLanguage.current
    val lines = reach.mapNotNull { field -> (view.contact[field] as? Value.Text)?.let { field to it.text } }
    if (lines.isEmpty() && view.row.part.reach.isBlank()) return
    Heading(language.pick("怎样联系", "How to reach"))
    if (lines.isEmpty()) Prose(view.row.part.reach)
    for ((field, text) in lines) Prose(language.pick("${language.partLabel(field)}：$text", "${language.partLabel(field)}: $text"))
}

private val CaseView.contact get() = parts.find { it.`class` == Class.CONTACT }?.fields.orEmpty()

private val reach = listOf("phone", "address", "reach_note", "guardian", "guardian_phone", "frequency")

/** In which entry two people wrote differently; none for the person's own parts. */
private fun Language.whatOf(
    card: ConflictCard,
    view: CaseView,
    today: LocalDate,
): String? {
    val entry = view.timeline.find { it.doc == card.doc }?.entry ?: return null
    return about(kind(entry.kind), entry.date?.let { day(it, today) })
}
