package app.doorstep.ui.entry

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.AnnotatedString
import androidx.compose.ui.text.SpanStyle
import androidx.compose.ui.text.buildAnnotatedString
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextDecoration
import androidx.compose.ui.text.withStyle
import app.doorstep.core.Field
import app.doorstep.core.FieldChange
import app.doorstep.core.MemberId
import app.doorstep.core.Piece
import app.doorstep.core.PieceKind
import app.doorstep.core.Question
import app.doorstep.core.Since
import app.doorstep.core.Unseen
import app.doorstep.core.Value
import app.doorstep.core.textDifference
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.words.LocalLanguage

@Composable
internal fun DifferenceSheet(
    unseen: Unseen,
    state: EntryState,
) {
    val language = LocalLanguage.current
    val shown = unseen.changes.filter { isShown(it.field) }
    if (shown.isEmpty()) return
    Heading(
        when (unseen.since) {
            Since.RETURN -> language.pick("退回以后改了", "Changed since it was returned")
            Since.APPROVAL -> language.pick("通过以后改了", "Changed since approval")
        },
    )
    Sheet { for (change in shown) Changed(change, state.questions, state.names) }
    Heading(language.pick("整条记录", "The whole entry"))
}

/** One change, piece by piece. */
@Composable
internal fun Changed(
    change: FieldChange,
    questions: List<Question>,
    names: Map<MemberId, String>,
) {
    val language = LocalLanguage.current
    val read = { value: Value -> if (value == Value.Empty) "" else language.shown(change.field, value, questions, names) }
    SheetHeading(language.label(change.field, questions))
    val pieces = compared(change, read)
    val spoken = spoken(pieces)
    Text(
        pieces(pieces),
        Modifier.semantics { contentDescription = spoken },
        style = MaterialTheme.typography.bodyLarge,
    )
}

/** Prose is compared word by word; a choice is simply another one. */
private fun compared(
    change: FieldChange,
    read: (Value) -> String,
): List<Piece> {
    val (before, after) = read(change.before) to read(change.after)
    if (isProse(change.field)) return textDifference(before, after)
    return listOf(Piece(PieceKind.REMOVED, before), Piece(PieceKind.ADDED, after)).filter { it.text.isNotEmpty() }
}

private fun isProse(field: Field) = field == "narrative" || field == "next_step" || field == "place_note"

/** What was taken out is struck through, what was put in is bold and underlined: never told by colour alone. */
@Composable
private fun pieces(pieces: List<Piece>): AnnotatedString {
    val colours = MaterialTheme.colorScheme
    val removed = SpanStyle(color = colours.error, textDecoration = TextDecoration.LineThrough)
    val added =
        SpanStyle(
            color = colours.onPrimaryContainer,
            background = colours.primaryContainer,
            fontWeight = FontWeight.SemiBold,
            textDecoration = TextDecoration.Underline,
        )
    return buildAnnotatedString {
        for ((index, piece) in pieces.withIndex()) {
            if (index > 0 && piece.kind == PieceKind.ADDED && pieces[index - 1].kind == PieceKind.REMOVED) append(" ")
            when (piece.kind) {
                PieceKind.SAME -> append(piece.text)
                PieceKind.REMOVED -> withStyle(removed) { append(piece.text) }
                PieceKind.ADDED -> withStyle(added) { append(piece.text) }
            }
        }
    }
}

/** Lines through and under words are not heard. */
@Composable
private fun spoken(pieces: List<Piece>): String {
    val language = LocalLanguage.current
    return pieces.joinToString("") { (kind, text) ->
        when (kind) {
            PieceKind.SAME -> text
            PieceKind.REMOVED -> language.pick("（删去“$text”）", " (removed “$text”) ")
            PieceKind.ADDED -> language.pick("（加上“$text”）", " (added “$text”) ")
        }
    }
}
