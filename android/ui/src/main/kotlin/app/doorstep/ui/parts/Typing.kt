package app.doorstep.ui.parts

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.text.KeyboardOptions
import androidx.compose.material3.OutlinedTextField
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.TextRange
import androidx.compose.ui.text.input.TextFieldValue

/**
 * A field of text that never waits for its model: what is typed stands at once, however slow the phone. A field that is
 * drawn from the model alone can be drawn with what it was a moment ago, and keyboards that compose, as for Chinese,
 * lose characters by that. What the model puts in itself, a draft that was read or a proposal, comes in with the cursor
 * behind it. What it does not [takes] does not stand.
 */
@Composable
fun TypingField(
    value: String,
    onType: (String) -> Unit,
    label: String,
    modifier: Modifier = Modifier,
    minLines: Int = 1,
    singleLine: Boolean = false,
    keyboard: KeyboardOptions = KeyboardOptions.Default,
    takes: (String) -> Boolean = { true },
) {
    var field by remember { mutableStateOf(TextFieldValue(value, TextRange(value.length))) }
    // What the model was told and has not said back yet. It may skip some of them.
    val told = remember { ArrayDeque<String>() }
    LaunchedEffect(value) {
        repeat(told.indexOf(value) + 1) { told.removeFirst() }
        if (told.isEmpty() && value != field.text) field = TextFieldValue(value, TextRange(value.length))
    }
    OutlinedTextField(
        field,
        change@{ typed ->
            if (!takes(typed.text)) return@change
            val isOther = typed.text != field.text
            field = typed
            if (isOther) {
                told.addLast(typed.text)
                onType(typed.text)
            }
        },
        modifier.fillMaxWidth(),
        label = { Text(label) },
        minLines = minLines,
        singleLine = singleLine,
        keyboardOptions = keyboard,
    )
}
