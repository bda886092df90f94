package app.doorstep.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectable
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp

/** One of several. Touching the chosen one again takes the choice back. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun <T> OneOf(
    choices: List<T>,
    chosen: T?,
    word: (T) -> String,
    onChoose: (T?) -> Unit,
) = FlowRow(
    horizontalArrangement = Arrangement.spacedBy(8.dp),
    verticalArrangement = Arrangement.spacedBy(8.dp),
) {
    for (choice in choices) {
        val isChosen = choice == chosen
        Pill(
            word(choice),
            isChosen,
            Modifier.selectable(isChosen, role = Role.RadioButton) { onChoose(if (isChosen) null else choice) },
        )
    }
}

/** Yes or not. */
@Composable
fun Toggle(
    text: String,
    isOn: Boolean,
    onToggle: (Boolean) -> Unit,
) = Pill(text, isOn, Modifier.toggleable(isOn, role = Role.Checkbox, onValueChange = onToggle))

/** What can be chosen, with a target of 48 dp. */
@Composable
private fun Pill(
    text: String,
    isChosen: Boolean,
    modifier: Modifier,
) {
    val colours = MaterialTheme.colorScheme
    Surface(
        modifier.heightIn(min = 48.dp),
        shape = MaterialTheme.shapes.medium,
        color = if (isChosen) colours.primary else colours.surfaceContainerLowest,
        contentColor = if (isChosen) colours.onPrimary else colours.onSurface,
        border = BorderStroke(1.dp, if (isChosen) colours.primary else colours.outline),
    ) {
        Text(
            text,
            Modifier.padding(16.dp, 12.dp),
            style = MaterialTheme.typography.bodyLarge,
            fontWeight = if (isChosen) FontWeight.SemiBold else FontWeight.Normal,
        )
    }
}
