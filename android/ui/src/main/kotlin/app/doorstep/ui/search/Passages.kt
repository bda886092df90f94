package app.doorstep.ui.search

import androidx.compose.material3.MaterialTheme
import androidx.compose.runtime.Composable
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.withStyle
import app.doorstep.core.Scope

/** Most characters before what was found, so that it is seen without opening. */
private const val BEFORE = 12

/** Most characters of a passage. */
private const val LENGTH = 60

internal fun SearchState.person(scope: Scope): String? = (scope as? Scope.Case)?.let { names[it.id] }

/** The passages that hold what was looked for; where it was found by kind or name, the beginning of the first. */
fun passages(
    texts: List<String>,
    query: String,
): List<String> {
    val wanted = query.trim()
    val found = texts.filter { it.contains(wanted, ignoreCase = true) }.map { passage(it, it.indexOf(wanted, ignoreCase = true)) }
    return found.ifEmpty { texts.filter(String::isNotBlank).take(1).map { passage(it, 0) } }
}

private fun passage(
    text: String,
    at: Int,
): String {
    val from = if (at <= BEFORE * 2) 0 else (at - BEFORE).let { if (text[it].isLowSurrogate()) it + 1 else it }
    val end = minOf(text.length, from + LENGTH).let { if (it < text.length && text[it].isLowSurrogate()) it + 1 else it }
    return (if (from > 0) "…" else "") + text.substring(from, end) + (if (end < text.length) "…" else "")
}

/** A text with the words found in it bold and on a ground of their own. */
@Composable
internal fun marked(
    text: String,
    query: String,
): AnnotatedString {
    val colours = MaterialTheme.colorScheme
    val style = SpanStyle(colours.onTertiaryContainer, fontWeight = FontWeight.Bold, background = colours.tertiaryContainer)
    val wanted = query.trim()
    return buildAnnotatedString {
        var from = 0
        while (wanted.isNotEmpty()) {
            val at = text.indexOf(wanted, from, ignoreCase = true)
            if (at < 0) break
            append(text.substring(from, at))
            withStyle(style) { append(text.substring(at, at + wanted.length)) }
            from = at + wanted.length
        }
        append(text.substring(from))
    }
}
