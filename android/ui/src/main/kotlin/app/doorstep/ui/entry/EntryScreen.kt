package app.doorstep.ui.entry

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp
import app.doorstep.core.ConflictCard
import app.doorstep.core.EntryView
import app.doorstep.core.Field
import app.doorstep.core.FieldChange
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.core.ReviewState
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tag
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.tone
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.sentence
import app.doorstep.ui.words.state

/** An entry to be read. */
data class EntryState(
    val view: EntryView? = null,
    val person: String? = null,
    val names: Map<MemberId, String> = emptyMap(),
    val questions: List<Question> = emptyList(),
    val since: List<FieldChange> = emptyList(),
    val failure: Failure? = null,
)

/** What can be done with it. */
interface EntryEvents {
    fun back()

    fun edit()

    fun approve()

    fun returnIt()

    fun settle(
        card: ConflictCard,
        value: Value,
    )
}

@Composable
fun EntryScreen(
    state: EntryState,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    val view = state.view
    val entry = view?.summary?.entry
    Page(
        listOfNotNull(state.person, entry?.let { language.kind(it.kind) }).joinToString(" · "),
        on::back,
        bottom = view?.let { { Buttons(it, on) } },
    ) {
        if (view == null || entry == null) {
            state.failure?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
            return@Page
        }
        Standing(state, view)
        for (card in view.conflicts) ConflictSheet(card, state.questions) { on.settle(card, it) }
        if (view.mayDecide && state.since.isNotEmpty()) Difference(state.since, state.questions)
        Answers(view, state)
        Comments(view, state)
        state.failure?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
    }
}

@Composable
private fun ColumnScope.Buttons(
    view: EntryView,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        if (view.mayDecide) {
            SideButton(language.pick("退回补充", "Return"), on::returnIt, Modifier.weight(1f))
            MainButton(language.pick("通过", "Approve"), on::approve, Modifier.weight(1f))
        } else if (view.mayEdit) {
            val text =
                if (view.review.state == ReviewState.Returned) {
                    language.pick("补充后再提交", "Correct and resubmit")
                } else {
                    language.pick("修改", "Edit")
                }
            MainButton(text, on::edit)
        }
    }
}

/** Where it stands; a return with its reason. */
@Composable
private fun Standing(
    state: EntryState,
    view: EntryView,
) {
    val language = LocalLanguage.current
    Row(horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        Tag(language.state(view.review.state), tone(view.review.state))
        if (view.isWaiting) Tag(language.pick("仅在本机", "On this phone only"), Tone.CARE)
    }
    val returned = view.review.returned ?: return
    if (view.review.state != ReviewState.Returned) return
    Sheet(tone = Tone.CARE) {
        val who = state.names[returned.member].orEmpty()
        Text(language.pick("$who 退回：", "$who returned it:"), style = MaterialTheme.typography.labelLarge)
        Text(returned.reason, style = MaterialTheme.typography.bodyLarge)
    }
}

@Composable
private fun ColumnScope.Answers(
    view: EntryView,
    state: EntryState,
) {
    val language = LocalLanguage.current
    val asked = if (view.review.state == ReviewState.Returned) view.review.returned?.fields.orEmpty() else emptyList()
    for ((field, value) in language.inOrder(view.fields)) {
        Answer(language.label(field, state.questions), language.shown(field, value, state.questions, state.names), field in asked)
    }
}

@Composable
private fun ColumnScope.Answer(
    label: String,
    text: String,
    isAsked: Boolean,
) {
    if (isAsked) {
        Sheet(tone = Tone.CARE) {
            Text(label, style = MaterialTheme.typography.labelLarge)
            Text(text, style = MaterialTheme.typography.bodyLarge)
        }
    } else {
        Heading(label)
        Text(text, style = MaterialTheme.typography.bodyLarge)
    }
}

/** Exactly what has changed since the approved version. */
@Composable
private fun Difference(
    since: List<FieldChange>,
    questions: List<Question>,
) {
    val language = LocalLanguage.current
    Sheet(tone = Tone.GOOD) {
        Text(language.pick("通过后改了", "Changed since approval"), fontWeight = FontWeight.SemiBold)
        for (change in since) {
            Text(language.label(change.field, questions), style = MaterialTheme.typography.labelLarge)
            Text("− " + language.shown(change.field, change.before, questions, emptyMap()))
            Text("+ " + language.shown(change.field, change.after, questions, emptyMap()))
        }
    }
}

@Composable
private fun ColumnScope.Comments(
    view: EntryView,
    state: EntryState,
) {
    val language = LocalLanguage.current
    if (view.review.comments.isEmpty()) return
    Heading(language.pick("批注", "Comments"))
    for (comment in view.review.comments) {
        Sheet {
            Hint(state.names[comment.member].orEmpty())
            Text(comment.reason, style = MaterialTheme.typography.bodyLarge)
        }
    }
}

/** A wrote this, B wrote that: one touch settles it. */
@Composable
private fun ConflictSheet(
    card: ConflictCard,
    questions: List<Question>,
    onSettle: (Value) -> Unit,
) {
    val language = LocalLanguage.current
    Sheet(tone = Tone.CARE) {
        Text(
            language.pick("“${language.label(card.field, questions)}”两处不同，请选一个：", "Two answers to “${language.label(card.field, questions)}”; please choose:"),
            fontWeight = FontWeight.SemiBold,
        )
        for (side in card.sides) {
            SideButton(
                language.pick("${side.name}写的：", "${side.name} wrote: ") + language.shown(card.field, side.value, questions, emptyMap()),
                { onSettle(side.value) },
            )
        }
    }
}
