package app.doorstep.ui.parts

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.LocalContentColor
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.unit.dp

/** The heading of a stretch of a screen. */
@Composable
fun Heading(text: String) =
    Text(
        text,
        Modifier.padding(top = 12.dp).semantics { heading() },
        style = MaterialTheme.typography.titleSmall,
        color = MaterialTheme.colorScheme.onSurfaceVariant,
        fontWeight = FontWeight.SemiBold,
    )

/** The heading of a sheet, in the sheet's ink. */
@Composable
fun SheetHeading(text: String) =
    Text(
        text,
        Modifier.semantics { heading() },
        style = MaterialTheme.typography.titleSmall,
        color = LocalContentColor.current,
        fontWeight = FontWeight.SemiBold,
    )

/** What a line in a list is about. */
@Composable
fun Strong(text: String) = Text(text, style = MaterialTheme.typography.titleMedium, fontWeight = FontWeight.SemiBold)

/** What somebody wrote. */
@Composable
fun Prose(text: String) = Text(text, style = MaterialTheme.typography.bodyLarge)

/** A quiet line. */
@Composable
fun Hint(text: String) =
    Text(
        text,
        style = MaterialTheme.typography.bodyMedium,
        color = MaterialTheme.colorScheme.onSurfaceVariant,
    )

/** Whom and what, as titles and lines say it; a team's own has no person. */
fun about(vararg words: String?): String = words.filterNotNull().filter(String::isNotBlank).joinToString(" · ")
