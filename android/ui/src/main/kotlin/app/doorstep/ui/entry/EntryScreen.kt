package app.doorstep.ui.entry

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.doorstep.core.ActionId
import app.doorstep.core.AttachmentId
import app.doorstep.core.ConflictCard
import app.doorstep.core.Value
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.LocalPractice
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tag
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.parts.tone
import app.doorstep.ui.photos.PhotoRow
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.state
import java.time.Instant

/** What can be done with an entry. */
interface EntryEvents {
    fun back()

    fun openPhoto(id: AttachmentId)

    fun edit()

    fun approve()

    fun returnIt()

    fun next()

    fun comment()

    fun resolve(comment: ActionId)

    fun history()

    fun withdraw()

    fun copy()

    /** What the server would not take is written in again. */
    fun writeAgain()

    /** What the server would not take is needed no longer. */
    fun putAway()

    fun settle(
        card: ConflictCard,
        value: Value,
    )
}

/** An entry to be read: where it stands first, then what is asked about it, then the answers. */
@Composable
fun EntryScreen(
    state: EntryState,
    now: Instant,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    val view = state.view
    val entry = view?.summary?.entry
    Page(
        about(state.person, entry?.let { language.kind(it.kind) }),
        on::back,
        bottom = view?.takeIf { state.hasButtons }?.let { { Buttons(state, on) } },
    ) {
        if (view == null || entry == null) return@Page
        Standing(state)
        ParkedSheet(state, on::writeAgain, on::putAway)
        for (card in view.conflicts) ConflictSheet(card, null, state.questions) { on.settle(card, it) }
        state.unseen?.takeIf { view.mayDecide }?.let { DifferenceSheet(it, state) }
        Answers(state)
        PhotoRow(state.photos, on::openPhoto)
        Thread(state, now, on)
        More(state, on)
    }
}

/** What stays under the thumb: the one thing that this reader most likely came for. */
@Composable
private fun ColumnScope.Buttons(
    state: EntryState,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    when {
        state.mayDecide ->
            Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                SideButton(language.pick("退回", "Return"), on::returnIt, Modifier.weight(1f))
                MainButton(language.pick("通过", "Approve"), on::approve, Modifier.weight(1f))
            }
        state.isToBeCorrected -> MainButton(language.pick("补充后再提交", "Correct and resubmit"), on::edit)
        state.isWithdrawn -> MainButton(language.pick("抄到正确的人名下", "Copy to the right person"), on::copy)
        state.next != null -> MainButton(language.pick("下一条待审阅", "Next to review"), on::next)
        else -> MainButton(language.pick("修改", "Edit"), on::edit)
    }
}

/** Where it stands; a return or a withdrawal with its reason. */
@Composable
private fun Standing(state: EntryState) {
    val language = LocalLanguage.current
    val view = state.view ?: return
    Row(horizontalArrangement = Arrangement.spacedBy(6.dp)) {
        Tag(language.state(view.review.state), tone(view.review.state))
        if (state.isOnlyHere && !LocalPractice.current) Tag(language.pick("仅在本机", "On this phone only"), Tone.CARE)
    }
    if (state.isOnlyHere && !LocalPractice.current) {
        Hint(language.pick("下次同步时送出，现在不用联网。", "Goes out with the next sync; no network is needed now."))
    }
    state.withdrawal?.let { Sheet { Prose(it) } }
    val returned = state.openReturn ?: return
    val who = state.names[returned.member].orEmpty()
    Sheet(tone = Tone.CARE) {
        if (returned.fields.isEmpty()) {
            SheetHeading(language.pick("$who 退回：", "$who returned it:"))
            Prose(returned.reason)
        } else {
            val asked = returned.fields.joinToString(language.pick("、", ", ")) { language.label(it, state.questions) }
            SheetHeading(language.pick("$who 退回，请补充：$asked", "$who returned it. Please complete: $asked"))
        }
    }
}

/** What is needed less often. */
@Composable
private fun More(
    state: EntryState,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    SideButton(language.pick("修改经过", "History"), on::history)
    if (state.mayWithdraw) SideButton(language.pick("记错人了", "Filed under the wrong person"), on::withdraw)
}
