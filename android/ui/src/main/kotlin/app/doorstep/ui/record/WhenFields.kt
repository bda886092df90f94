package app.doorstep.ui.record

import androidx.compose.material3.AlertDialog
import androidx.compose.material3.DatePicker
import androidx.compose.material3.DatePickerDialog
import androidx.compose.material3.ExperimentalMaterial3Api
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TimeInput
import androidx.compose.material3.rememberDatePickerState
import androidx.compose.material3.rememberTimePickerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.ui.parts.Labelled
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.clock
import app.doorstep.ui.words.plainDay
import java.time.Instant
import java.time.LocalDate
import java.time.LocalTime
import java.time.ZoneOffset
import java.time.format.DateTimeParseException

/** A day, chosen from a calendar. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun DayField(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    modifier: Modifier = Modifier,
) {
    val language = LocalLanguage.current
    var isOpen by remember { mutableStateOf(false) }
    val day = parsed(state.text(field), LocalDate::parse)
    Labelled(label, day?.let { language.plainDay(it, LocalDate.now().year) }.orEmpty(), modifier) { isOpen = true }
    if (!isOpen) return
    val start = (day ?: LocalDate.now()).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli()
    val picker = rememberDatePickerState(initialSelectedDateMillis = start)
    val close = { isOpen = false }
    DatePickerDialog(
        close,
        confirmButton = {
            TextButton({
                picker.selectedDateMillis?.let { millis ->
                    val chosen = Instant.ofEpochMilli(millis).atZone(ZoneOffset.UTC).toLocalDate()
                    on.choose(field, Value.Text(chosen.toString()))
                }
                close()
            }) { Text(language.pick("好", "OK")) }
        },
        dismissButton = { TextButton(close) { Text(language.pick("取消", "Cancel")) } },
    ) { DatePicker(picker) }
}

/** A time of day, typed on a number pad. */
@OptIn(ExperimentalMaterial3Api::class)
@Composable
internal fun TimeField(
    state: RecordState,
    on: RecordEvents,
    field: Field,
    label: String,
    modifier: Modifier = Modifier,
) {
    val language = LocalLanguage.current
    var isOpen by remember { mutableStateOf(false) }
    Labelled(label, state.text(field), modifier) { isOpen = true }
    if (!isOpen) return
    val shown = parsed(state.text(field), LocalTime::parse) ?: LocalTime.now()
    val picker = rememberTimePickerState(shown.hour, shown.minute, is24Hour = true)
    val close = { isOpen = false }
    AlertDialog(
        close,
        title = { Text(label) },
        text = { TimeInput(picker) },
        confirmButton = {
            TextButton({
                on.choose(field, Value.Text(clock(LocalTime.of(picker.hour, picker.minute))))
                close()
            }) { Text(language.pick("好", "OK")) }
        },
        dismissButton = { TextButton(close) { Text(language.pick("取消", "Cancel")) } },
    )
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
