package app.doorstep.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Button
import androidx.compose.material3.ColorScheme
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.text.style.TextAlign
import androidx.compose.ui.unit.dp

/** What a surface says by its colour; never by its colour alone. */
enum class Tone { PLAIN, GOOD, CARE, DANGER }

/** Ground and ink of what stands out; what is plain takes those of where it stands. */
private fun Tone.colours(scheme: ColorScheme): Pair<Color, Color>? =
    when (this) {
        Tone.PLAIN -> null
        Tone.GOOD -> scheme.primaryContainer to scheme.onPrimaryContainer
        Tone.CARE -> scheme.tertiaryContainer to scheme.onTertiaryContainer
        Tone.DANGER -> scheme.errorContainer to scheme.onErrorContainer
    }

/** The button that most people want, as wide as the thumb likes it. */
@Composable
fun MainButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
) = Button(
    onClick,
    modifier.fillMaxWidth().heightIn(min = 54.dp),
    enabled = isEnabled,
    shape = MaterialTheme.shapes.medium,
) { Text(text, style = MaterialTheme.typography.titleMedium, textAlign = TextAlign.Center) }

/** The other way. */
@Composable
fun SideButton(
    text: String,
    onClick: () -> Unit,
    modifier: Modifier = Modifier,
    isEnabled: Boolean = true,
) = OutlinedButton(
    onClick,
    modifier.heightIn(min = 54.dp),
    enabled = isEnabled,
    shape = MaterialTheme.shapes.medium,
    border = BorderStroke(1.dp, MaterialTheme.colorScheme.outline),
) { Text(text, style = MaterialTheme.typography.titleMedium, textAlign = TextAlign.Center) }

/** An answer to a dialog. */
@Composable
fun DialogButton(
    text: String,
    isEnabled: Boolean = true,
    onClick: () -> Unit,
) = TextButton(onClick, Modifier.heightIn(min = 48.dp), enabled = isEnabled) { Text(text, style = MaterialTheme.typography.titleMedium) }

/** A sheet of paper that things lie on; one that can be touched as a whole if [onClick] is given. */
@Composable
fun Sheet(
    modifier: Modifier = Modifier,
    tone: Tone = Tone.PLAIN,
    onClick: (() -> Unit)? = null,
    content: @Composable ColumnScope.() -> Unit,
) {
    val colours = MaterialTheme.colorScheme
    val (ground, ink) = tone.colours(colours) ?: (colours.surfaceContainerLowest to colours.onSurface)
    val border = if (tone == Tone.PLAIN) BorderStroke(1.dp, colours.outlineVariant) else null
    val inside: @Composable () -> Unit = {
        Column(
            Modifier.fillMaxWidth().heightIn(min = if (onClick == null) 0.dp else 56.dp).padding(16.dp, 12.dp),
            // A single line stands in the middle of what is as high as a target.
            verticalArrangement = Arrangement.spacedBy(4.dp, Alignment.CenterVertically),
            content = content,
        )
    }
    if (onClick == null) {
        Surface(modifier.fillMaxWidth(), MaterialTheme.shapes.medium, ground, ink, border = border, content = inside)
    } else {
        Surface(
            onClick,
            modifier.fillMaxWidth(),
            shape = MaterialTheme.shapes.medium,
            color = ground,
            contentColor = ink,
            border = border,
            content = inside,
        )
    }
}

/** A short word on a coloured ground. */
@Composable
fun Tag(
    text: String,
    tone: Tone = Tone.PLAIN,
) {
    val colours = MaterialTheme.colorScheme
    val (ground, ink) = tone.colours(colours) ?: (colours.secondaryContainer to colours.onSecondaryContainer)
    Surface(shape = MaterialTheme.shapes.small, color = ground, contentColor = ink) {
        Text(text, Modifier.padding(8.dp, 3.dp), style = MaterialTheme.typography.labelMedium)
    }
}

/** Words left and right; the right ones go below where there is no room. */
@Composable
fun Beside(
    left: @Composable () -> Unit,
    right: @Composable () -> Unit,
) = Row(
    Modifier.fillMaxWidth(),
    horizontalArrangement = Arrangement.spacedBy(8.dp),
    verticalAlignment = Alignment.CenterVertically,
) {
    Column(Modifier.weight(1f)) { left() }
    right()
}
