package app.doorstep.ui.entry

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.doorstep.core.Field
import app.doorstep.core.Fields
import app.doorstep.core.Heads
import app.doorstep.core.HistoryRow
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.core.Value
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.OneOf
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.Strong
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.since
import java.time.Instant

/** Who changed what and when. */
data class HistoryState(
    /** Newest first. */
    val rows: List<HistoryRow> = emptyList(),
    /** As it reads now. */
    val fields: Fields = emptyMap(),
    val mayEdit: Boolean = false,
    val names: Map<MemberId, String> = emptyMap(),
    val questions: List<Question> = emptyList(),
) {
    /** Answers with more than one wording, the one changed last first. */
    val rewritten: List<Field>
        get() = rows.dropLast(1).flatMap { row -> row.changes.map { it.field } }.filter(::isShown).distinct()

    /** How an answer read after each save that changed it, newest first. */
    fun wordings(field: Field): List<Pair<HistoryRow, Value>> =
        rows.mapNotNull { row -> row.changes.find { it.field == field }?.let { row to it.after } }
}

/** Every save, newest first; a touch shows how it read then. Or one answer alone, with the way back to what it was. */
@Composable
fun HistoryScreen(
    state: HistoryState,
    now: Instant,
    onBack: () -> Unit,
    only: Field? = null,
    onRestore: (Field, Value) -> Unit = { _, _ -> },
    onOpen: (Heads) -> Unit,
) {
    val language = LocalLanguage.current
    var chosen by rememberSaveable { mutableStateOf(only) }
    Page(language.pick("修改经过", "History"), onBack) {
        if (state.rewritten.isNotEmpty()) {
            Heading(language.pick("只看一项", "One answer only"))
            OneOf(state.rewritten, chosen, { language.label(it, state.questions) }) { chosen = it }
        }
        val field = chosen
        if (field == null) Saves(state, now, onOpen) else Wordings(state, field, now) { onRestore(field, it) }
    }
}

@Composable
private fun ColumnScope.Saves(
    state: HistoryState,
    now: Instant,
    onOpen: (Heads) -> Unit,
) {
    val language = LocalLanguage.current
    if (state.rows.isNotEmpty()) Hint(language.pick("点一下，看当时的样子。", "Touch one to read it as it was then."))
    for ((index, row) in state.rows.withIndex()) {
        Sheet(onClick = { onOpen(row.heads) }) {
            Beside(left = { Strong(row.name) }, right = { Hint(language.since(row.time, now)) })
            if (index == state.rows.lastIndex) {
                Hint(language.pick("写下这条记录", "Wrote the entry"))
            } else {
                for (change in row.changes.filter { isShown(it.field) }) Changed(change, state.questions, state.names)
            }
        }
    }
}

@Composable
private fun ColumnScope.Wordings(
    state: HistoryState,
    field: Field,
    now: Instant,
    onRestore: (Value) -> Unit,
) {
    val language = LocalLanguage.current
    val present = state.fields[field] ?: Value.Empty
    for ((row, value) in state.wordings(field)) {
        Sheet {
            Beside(left = { Strong(row.name) }, right = { Hint(language.since(row.time, now)) })
            Prose(language.shown(field, value, state.questions, state.names))
            if (value == present) {
                Hint(language.pick("现在是这样写的", "It reads so now"))
            } else if (state.mayEdit) {
                AskingButton(
                    language.pick("恢复成这样", "Put this back"),
                    language.pick("现在的写法仍留在修改经过里。", "What stands there now stays in the history."),
                    language.pick("恢复", "Put back"),
                    isQuiet = true,
                ) { onRestore(value) }
            }
        }
    }
}
