package app.doorstep.ui.record

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.DatePickerState
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.onFocusChanged
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.input.KeyboardType
import androidx.compose.ui.text.input.TextFieldValue
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.ui.parts.DialogButton
import app.doorstep.ui.parts.Labelled
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.clock
import app.doorstep.ui.words.plainDay
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneOffset
import java.time.format.DateTimeParseException
import kotlin.math.min

/** A day, chosen from a calendar. */
@Composable
internal fun DayField(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    modifier: Modifier = Modifier,
) {
    var isOpen by remember { mutableStateOf(false) }
    val day = parsed(state.text(field), LocalDate::parse)
    val shown = day?.let { LocalLanguage.current.plainDay(it, LocalDate.now().year) }.orEmpty()
    Labelled(label, shown, modifier) { isOpen = true }
    if (isOpen) DayDialog(day ?: LocalDate.now(), { on.choose(field, Value.Text(it.toString())) }) { isOpen = false }
}

@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DayDialog(
    day: LocalDate,
    onChoose: (LocalDate) -> Unit,
    close: () -> Unit,
) {
    val language = LocalLanguage.current
    val start = day.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
    // Months and days of the week in the app's language, whatever the phone speaks.
    val picker = remember { DatePickerState(language.locale, start) }
    DatePickerDialog(
        close,
        confirmButton = {
            DialogButton(language.pick("好", "OK")) {
                picker.selectedDateMillis?.let { onChoose(Instant.ofEpochMilli(it).atZone(ZoneOffset.UTC).toLocalDate()) }
                close()
            }
        },
        dismissButton = { DialogButton(language.pick("取消", "Cancel"), onClick = close) },
    ) {
        // Its days have fixed places: larger type than this would be cut off.
        val density = LocalDensity.current
        CompositionLocalProvider(LocalDensity provides Density(density.density, min(density.fontScale, 1.4f))) {
            DatePicker(picker, title = null, headline = null, showModeToggle = false)
        }
    }
}

/** A time of day, typed on a number pad. */
@Composable
internal fun TimeField(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    modifier: Modifier = Modifier,
) {
    var isOpen by remember { mutableStateOf(false) }
    Labelled(label, state.text(field), modifier) { isOpen = true }
    if (!isOpen) return
    val time = parsed(state.text(field), LocalTime::parse) ?: LocalTime.now()
    TimeDialog(label, time, { on.choose(field, Value.Text(clock(it))) }) { isOpen = false }
}

@Composable
internal fun TimeDialog(
    label: String,
    time: LocalTime,
    onChoose: (LocalTime) -> Unit,
    close: () -> Unit,
) {
    val language = LocalLanguage.current
    var hour by remember { mutableStateOf("%02d".format(time.hour)) }
    var minute by remember { mutableStateOf("%02d".format(time.minute)) }
    val typed = timeOf(hour, minute)
    AlertDialog(
        close,
        title = { Text(label) },
        text = {
            Row(horizontalArrangement = Arrangement.spacedBy(12.dp)) {
                Digits(hour, { hour = it }, language.pick("时", "Hour"), Modifier.weight(1f))
                Digits(minute, { minute = it }, language.pick("分", "Minute"), Modifier.weight(1f))
            }
        },
        confirmButton = {
            DialogButton(language.pick("好", "OK"), isEnabled = typed != null) {
                typed?.let(onChoose)
                close()
            }
        },
        dismissButton = { DialogButton(language.pick("取消", "Cancel"), onClick = close) },
    )
}

/** Up to two digits; touching them selects them, so that the next stroke begins anew. */
@Composable
private fun Digits(
    digits: String,
    onType: (String) -> Unit,
    label: String,
    modifier: Modifier,
) {
    var field by remember { mutableStateOf(TextFieldValue(digits)) }
    OutlinedTextField(
        field,
        { typed ->
            if (typed.text.length <= 2 && typed.text.all { it in '0'..'9' }) {
                field = typed
                onType(typed.text)
            }
        },
        modifier.onFocusChanged { if (it.isFocused) field = field.copy(selection = TextRange(0, field.text.length)) },
        textStyle = MaterialTheme.typography.headlineMedium,
        label = { Text(label) },
        singleLine = true,
        keyboardOptions = KeyboardOptions(keyboardType = KeyboardType.Number),
    )
}

/** None for what is no time of day. */
internal fun timeOf(
    hour: String,
    minute: String,
): LocalTime? {
    val (h, m) = (hour.toIntOrNull() ?: return null) to (minute.toIntOrNull() ?: return null)
    return if (h in 0..23 && m in 0..59) LocalTime.of(h, m) else null
}

/** None for what a newer release may have written. */
private fun <T> parsed(
    text: String,
    parse: (String) -> T,
): T? =
    try {
        parse(text)
    } catch (_: DateTimeParseException) {
        null
    }
