package app.doorstep.ui.record

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.dp
import app.doorstep.core.EntryKind
import app.doorstep.core.Field
import app.doorstep.core.Outcome
import app.doorstep.core.PlaceKind
import app.doorstep.core.Value
import app.doorstep.core.isContact
import app.doorstep.core.outcomeCode
import app.doorstep.core.outcomeOf
import app.doorstep.core.outcomes
import app.doorstep.core.placeKindCode
import app.doorstep.core.placeKindOf
import app.doorstep.core.placeKinds
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.MainButton
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind
import app.doorstep.ui.words.outcome
import app.doorstep.ui.words.place
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

    fun done()

    fun later()

    fun leave()
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
        title = listOfNotNull(state.person, kind?.let(language::kind)).joinToString(" · "),
        onBack = on::leave,
        bottom = {
            state.failure?.let { Sheet(tone = Tone.CARE) { Text(language.sentence(it)) } }
            Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                SideButton(language.pick("以后再写", "Later"), on::later, Modifier.weight(1f), !state.isSaving)
                val done = if (state.willSubmit) language.pick("完成并提交", "Done") else language.pick("保存", "Save")
                MainButton(done, on::done, Modifier.weight(1f), !state.isSaving)
            }
        },
    ) {
        if (kind == null) return@Page
        if (isContact(kind)) OutcomePart(state, on)
        val outcome = state.values["outcome"].code()?.let(::outcomeOf)
        when {
            isContact(kind) && outcome == null -> Unit
            outcome.isAttempt() -> AttemptPart(state, on)
            else -> ContactPart(state, on, kind)
        }
        Toggle(language.pick("有危机，请尽快看", "Crisis: please look soon"), state.isOn("crisis")) {
            on.choose("crisis", flag(it))
        }
    }
}

@Composable
private fun OutcomePart(
    state: RecordState,
    on: RecordEvents,
) {
    val language = LocalLanguage.current
    Heading(language.pick("结果", "Outcome"))
    OneOf(outcomes(), state.values["outcome"].code()?.let(::outcomeOf), language::outcome) { chosen ->
        on.choose("outcome", chosen?.let { Value.Text(outcomeCode(it)) } ?: Value.Empty)
    }
}

/** Nobody was met: what was left behind, and what comes next. Nothing of it has to be typed. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
private fun ColumnScope.AttemptPart(
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
    Words(state, on, "narrative", language.pick("看到和听到的（可不写）", "Seen and heard (may stay empty)"), 2)
    Words(state, on, "next_step", language.pick("下一步", "Next step"), 1)
}

@Composable
private fun ColumnScope.ContactPart(
    state: RecordState,
    on: RecordEvents,
    kind: EntryKind,
) {
    val language = LocalLanguage.current
    Words(state, on, "narrative", language.pick("看到和听到的", "Seen and heard"), 5)
    Questions(state, on)
    Heading(language.pick("什么时候", "When"))
    Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
        Words(state, on, "date", language.pick("日期", "Date"), 1, Modifier.weight(1.4f))
        if (isContact(kind)) {
            Words(state, on, "start", language.pick("开始", "Start"), 1, Modifier.weight(1f))
            Words(state, on, "end", language.pick("结束", "End"), 1, Modifier.weight(1f))
        }
    }
    if (isContact(kind)) {
        Heading(language.pick("在哪里", "Where"))
        OneOf<PlaceKind>(placeKinds(), state.values["place"].code()?.let(::placeKindOf), language::place) { chosen ->
            on.choose("place", chosen?.let { Value.Text(placeKindCode(it)) } ?: Value.Empty)
        }
    }
    Words(state, on, "next_step", language.pick("下一步", "Next step"), 1)
}

/** A field of text. */
@Composable
internal fun Words(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    lines: Int,
    modifier: Modifier = Modifier,
) = OutlinedTextField(
    state.text(field),
    { on.type(field, it) },
    modifier.fillMaxWidth(),
    label = { Text(label) },
    minLines = lines,
    singleLine = lines == 1 && field != "next_step",
)

internal fun flag(isOn: Boolean): Value = if (isOn) Value.Flag(true) else Value.Empty

private fun Value?.code(): String? = (this as? Value.Text)?.text

/** Nobody was met: the attempt is closed and the duty stays. */
private fun Outcome?.isAttempt(): Boolean = this != null && this != Outcome.Met && this != Outcome.MetFamilyOnly
