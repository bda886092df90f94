package app.doorstep.ui.record

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material.icons.Icons
import androidx.compose.material.icons.filled.Warning
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.doorstep.core.AttachmentId
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.core.isContact
import app.doorstep.core.outcomeCode
import app.doorstep.core.outcomeOf
import app.doorstep.core.outcomes
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Sign
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.photos.PhotoRow
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.outcome
import app.doorstep.ui.words.part
import app.doorstep.ui.words.sentence

/** What the form does with what is touched. */
interface RecordEvents {
    fun choose(
        field: Field,
        value: Value,
    )

    fun type(
        field: Field,
        text: String,
    )

    fun photograph()

    /** Where the phone is now is to be noted, roughly. */
    fun locate()

    fun openPhoto(id: AttachmentId)

    /** Whom a group session is credited to is to be chosen. */
    fun chooseParticipants()

    fun done()

    fun later()

    fun leave()

    /** What was typed is not wanted. */
    fun delete()
}

/** One screen that fits a visit at a doorstep: the outcome first, and only what belongs to it below. */
@Composable
fun RecordScreen(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    val kind = state.kind
    Page(
        title = listOfNotNull(state.person, kind?.let(language::kind) ?: state.part?.let(language::part)).joinToString(" · "),
        onBack = on::leave,
        actions = {
            // As on every other screen, one tap; here it marks what is being recorded.
            if (state.mayBeCrisis() && !state.isOn("crisis")) {
                Sign(Icons.Filled.Warning, language.crisis(), MaterialTheme.colorScheme.error) { on.choose("crisis", flag(true)) }
            }
        },
        bottom = {
            state.failure?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
            Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                // A part of a case is nobody's to review: there is nothing to hand in later.
                if (kind != null) SideButton(language.pick("以后再写", "Later"), on::later, Modifier.weight(1f), !state.isSaving)
                val done = if (state.willSubmit) language.pick("完成并提交", "Done") else language.pick("保存", "Save")
                MainButton(done, on::done, Modifier.weight(1f), !state.isSaving)
            }
        },
    ) {
        state.part?.let { PartForm(state, on, it) }
        if (kind != null) EntryForm(state, on, kind)
        if (kind == null && state.part == null) return@Page
        AskingButton(
            if (state.isNew) language.pick("不要了", "Throw away") else language.pick("放弃这次修改", "Drop these changes"),
            language.pick("写下的会从这里拿掉，30 天内可以在“要看一下”里恢复。", "What was typed goes away from here. For 30 days it can be taken up again under “To look at”."),
            language.pick("拿掉", "Remove"),
            isQuiet = true,
            onYes = on::delete,
        )
    }
}

@Composable
private fun ColumnScope.EntryForm(
    state: RecordState,
    on: RecordEvents,
    kind: EntryKind,
) {
    val language = LocalLanguage.current
    if (state.mayBeCrisis() && state.isOn("crisis")) Toggle(language.crisis(), true) { on.choose("crisis", flag(it)) }
    if (kind == EntryKind.GroupSession) ParticipantsPart(state, on)
    if (state.asksOutcome()) OutcomePart(state, on)
    val outcome = state.outcome()
    when {
        state.asksOutcome() && outcome == null -> Unit
        outcome.isAttempt() -> AttemptPart(state, on)
        else -> ContactPart(state, on, kind)
    }
    PhotoPart(state, on)
}

private fun RecordState.mayBeCrisis() = kind != null && kind != EntryKind.CrisisEvent

private fun Language.crisis() = pick("有危机，请尽快看", "Crisis: please look soon")

/** A group that came together was met; whom, says the list of participants. */
internal fun RecordState.asksOutcome() = kind != null && isContact(kind) && kind != EntryKind.GroupSession

internal fun RecordState.outcome() = (values["outcome"] as? Value.Text)?.let { outcomeOf(it.text) }

@Composable
private fun OutcomePart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("结果", "Outcome"))
    OneOf(outcomes(), state.outcome(), language::outcome) { chosen ->
        on.choose("outcome", chosen?.let { Value.Text(outcomeCode(it)) } ?: Value.Empty)
    }
}

@Composable
private fun ParticipantsPart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("谁参加了", "Who took part"))
    Sheet(onClick = on::chooseParticipants) {
        Text(
            if (state.participants.isEmpty()) {
                language.pick("选择参加的人", "Choose who took part")
            } else {
                state.participants.joinToString(language.pick("、", ", "))
            },
        )
    }
}

@Composable
private fun PhotoPart(
    state: RecordState,
    on: RecordEvents,
) {
    PhotoRow(state.photos, on::openPhoto)
    SideButton(LocalLanguage.current.pick("拍一张照片", "Take a photo"), on::photograph, Modifier.fillMaxWidth())
}
