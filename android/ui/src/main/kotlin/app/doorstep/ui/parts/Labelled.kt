package app.doorstep.ui.parts

import androidx.compose.foundation.BorderStroke
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Surface
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import app.doorstep.ui.words.LocalLanguage

/** A value under its name, which is chosen and not typed. */
@Composable
fun Labelled(
    label: String,
    value: String,
    modifier: Modifier = Modifier,
    onOpen: () -> Unit,
) = Surface(
    onOpen,
    modifier.heightIn(min = 56.dp),
    shape = MaterialTheme.shapes.small,
    color = MaterialTheme.colorScheme.surfaceContainerLowest,
    contentColor = MaterialTheme.colorScheme.onSurface,
    border = BorderStroke(1.dp, MaterialTheme.colorScheme.outline),
) {
    Column(Modifier.padding(14.dp, 8.dp)) {
        Text(label, style = MaterialTheme.typography.labelMedium, color = MaterialTheme.colorScheme.onSurfaceVariant)
        // A dash is not heard.
        val unfilled = LocalLanguage.current.pick("没有填", "not filled in")
        Text(
            value.ifEmpty { "—" },
            if (value.isEmpty()) Modifier.semantics { contentDescription = unfilled } else Modifier,
            style = MaterialTheme.typography.bodyLarge,
        )
    }
}
