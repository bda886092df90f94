package app.doorstep.ui.entry

import androidx.compose.runtime.Composable
import app.doorstep.core.Edit
import app.doorstep.core.FieldChange
import app.doorstep.core.Fields
import app.doorstep.core.MemberId
import app.doorstep.core.Question
import app.doorstep.ui.parts.AskingButton
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.since
import java.time.Instant

/** An entry as it read at an earlier moment. */
data class EarlierState(
    val fields: Fields = emptyMap(),
    val name: String = "",
    val time: Instant? = null,
    /** What putting it back would change; nothing if it reads so now, or may not be changed. */
    val back: List<Edit> = emptyList(),
    val names: Map<MemberId, String> = emptyMap(),
    val questions: List<Question> = emptyList(),
)

/** The edits that make earlier answers those of now again: a new edit, nothing is unwritten. */
fun editsBack(way: List<FieldChange>): List<Edit> = way.filter { isShown(it.field) }.map { Edit(it.field, it.after) }

@Composable
fun EarlierScreen(
    state: EarlierState,
    now: Instant,
    onBack: () -> Unit,
    isAsking: Boolean = false,
    onRestore: () -> Unit,
) {
    val language = LocalLanguage.current
    val restore = @Composable {
        AskingButton(
            language.pick("恢复成这样", "Put this back"),
            language.pick("会改回 ${state.back.size} 项，现在的写法仍留在修改经过里。", "Answers that change: ${state.back.size}. What stands there now stays in the history."),
            language.pick("恢复", "Put back"),
            isAsking = isAsking,
            onYes = onRestore,
        )
    }
    Page(
        language.pick("当时的样子", "As it was"),
        onBack,
        bottom = if (state.back.isEmpty()) null else ({ restore() }),
    ) {
        Hint(about(state.name, state.time?.let { language.since(it, now) }))
        for ((field, value) in language.inOrder(state.fields)) {
            Heading(language.label(field, state.questions))
            Prose(language.shown(field, value, state.questions, state.names))
        }
    }
}
