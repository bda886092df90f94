package app.doorstep.ui.record

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.unit.dp
import app.doorstep.core.ContactMode
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.Outcome
import app.doorstep.core.PlaceKind
import app.doorstep.core.Value
import app.doorstep.core.contactModeCode
import app.doorstep.core.contactModeOf
import app.doorstep.core.contactModes
import app.doorstep.core.isContact
import app.doorstep.core.placeKindCode
import app.doorstep.core.placeKindOf
import app.doorstep.core.placeKinds
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.TypingField
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.mode
import app.doorstep.ui.words.nextStep
import app.doorstep.ui.words.place
import app.doorstep.ui.words.plainDay
import java.time.LocalDate

/** Nobody was met: what was left behind, and what comes next. Nothing of it has to be typed. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
internal fun ColumnScope.AttemptPart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("留下了什么", "What was left"))
    FlowRow(
        horizontalArrangement = Arrangement.spacedBy(8.dp),
        verticalArrangement = Arrangement.spacedBy(8.dp),
    ) {
        Toggle(language.pick("已留名片", "Card left"), state.isOn("card_left")) { on.choose("card_left", flag(it)) }
        Toggle(language.pick("已留宣传页", "Leaflet left"), state.isOn("leaflet")) { on.choose("leaflet", flag(it)) }
        val neighbour = language.pick("邻居", "Neighbour")
        val isWithNeighbour = state.isOn("card_left") && state.text("message_with") == neighbour
        Toggle(language.pick("名片交给邻居", "Card left with the neighbour"), isWithNeighbour) {
            on.choose("card_left", flag(it))
            on.choose("message_with", if (it) Value.Text(neighbour) else Value.Empty)
        }
    }
    Words(state, on, "message_with", language.pick("托谁转告", "Message left with"), 1)
    Words(state, on, "narrative", language.pick("看到和听到的（可不写）", "Seen and heard (may stay empty)"), 2)
    NextPart(state, on)
}

@Composable
internal fun ColumnScope.ContactPart(
    state: RecordState,
    on: RecordEvents,
    kind: EntryKind,
) {
    val language = LocalLanguage.current
    if (kind in atADistance) ModePart(state, on)
    val isWorkers = isContact(kind) && kind !in mentorsOwn
    if (isWorkers && state.asksOutcome()) MetPart(state, on)
    Particulars(state, on)
    Words(state, on, "narrative", language.pick("看到和听到的", "Seen and heard"), 5)
    Questions(state, on)
    Heading(language.pick("什么时候", "When"))
    Row(horizontalArrangement = Arrangement.spacedBy(8.dp)) {
        DayField(state, on, "date", language.pick("日期", "Date"), Modifier.weight(1.4f))
        if (isContact(kind)) {
            TimeField(state, on, "start", language.pick("开始", "Start"), Modifier.weight(1f))
            TimeField(state, on, "end", language.pick("结束", "End"), Modifier.weight(1f))
        }
    }
    if (isContact(kind) && kind !in atADistance) {
        Heading(language.pick("在哪里", "Where"))
        OneOf<PlaceKind>(
            placeKinds(),
            (state.values["place"] as? Value.Text)?.let { placeKindOf(it.text) },
            language::place,
        ) { chosen -> on.choose("place", chosen?.let { Value.Text(placeKindCode(it)) } ?: Value.Empty) }
        Words(state, on, "place_note", language.pick("地点说明", "Place in words"), 1)
        LocationPart(state, on)
    }
    if (isWorkers) Words(state, on, "accompanied_by", language.pick("陪同人员", "Accompanied by"), 1)
    NextPart(state, on)
}

/** Where the phone is: only by a touch, only once, to about a kilometre. */
@Composable
private fun LocationPart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    val place = state.text("location")
    if (place.isEmpty()) {
        SideButton(language.pick("记下大概位置（约一公里）", "Note the rough location (to a kilometre)"), on::locate, Modifier.fillMaxWidth())
    } else {
        Toggle(language.pick("大概位置：$place", "Rough location: $place"), true) { on.choose("location", Value.Empty) }
    }
}

/** Contacts that may happen anywhere: how matters, not where. */
private val atADistance = setOf(EntryKind.MentorCheckIn, EntryKind.PhoneContact, EntryKind.OnlineContact)

@Composable
private fun ModePart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("怎样联系的", "How"))
    OneOf<ContactMode>(
        contactModes(),
        (state.values["mode"] as? Value.Text)?.let { contactModeOf(it.text) },
        language::mode,
    ) { chosen -> on.choose("mode", chosen?.let { Value.Text(contactModeCode(it)) } ?: Value.Empty) }
}

/** What comes next and when; a proposal is one touch, and can be changed. */
@Composable
private fun NextPart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("接下来", "What comes next"))
    state.proposal?.let { proposal ->
        val words = language.nextStep(proposal.step)
        val day = proposal.date?.let { language.plainDay(it, LocalDate.now().year) }
        Toggle(listOfNotNull(words, day).joinToString(" · "), state.text("next_step") == words) { isTaken ->
            on.choose("next_step", if (isTaken) Value.Text(words) else Value.Empty)
            on.choose("next_date", proposal.date?.takeIf { isTaken }?.let { Value.Text(it.toString()) } ?: Value.Empty)
        }
    }
    Words(state, on, "next_step", language.pick("下一步", "Next step"), 1)
    DayField(state, on, "next_date", language.pick("哪天", "On which day"), Modifier.fillMaxWidth())
}

/** A field of text. The one that was typed into last is typed into again. */
@Composable
internal fun Words(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    lines: Int,
    modifier: Modifier = Modifier,
) {
    val focus = remember { FocusRequester() }
    TypingField(
        state.text(field),
        { on.type(field, it) },
        label,
        modifier.focusRequester(focus),
        minLines = lines,
        singleLine = lines == 1 && field != "next_step",
    )
    LaunchedEffect(state.last) { if (state.last == field) focus.requestFocus() }
}

internal fun flag(isOn: Boolean): Value = if (isOn) Value.Flag(true) else Value.Empty

/** Nobody was met: the attempt is closed and the duty stays. */
internal fun Outcome?.isAttempt(): Boolean = this != null && this != Outcome.Met && this != Outcome.MetFamilyOnly
