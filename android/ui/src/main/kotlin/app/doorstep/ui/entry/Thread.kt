package app.doorstep.ui.entry

import androidx.compose.runtime.Composable
import app.doorstep.core.Comment
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tag
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.since
import java.time.Instant

/** Comments in order, oldest first, and the way to write one. */
@Composable
internal fun Thread(
    state: EntryState,
    now: Instant,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    val comments = state.view?.review?.comments.orEmpty()
    if (comments.isNotEmpty()) Heading(language.pick("批注", "Comments"))
    for (comment in comments) CommentSheet(comment, state, now, on)
    SideButton(
        if (comments.isEmpty()) language.pick("写批注", "Comment") else language.pick("回复", "Answer"),
        on::comment,
    )
}

@Composable
private fun CommentSheet(
    comment: Comment,
    state: EntryState,
    now: Instant,
    on: EntryEvents,
) {
    val language = LocalLanguage.current
    Sheet {
        Hint(about(state.names[comment.member], language.since(comment.time, now)))
        if (comment.fields.isNotEmpty()) {
            val fields = comment.fields.joinToString(language.pick("、", ", ")) { language.label(it, state.questions) }
            Hint(language.pick("关于：$fields", "About: $fields"))
        }
        Prose(comment.reason)
        when {
            comment.resolved -> Tag(language.pick("已处理", "Dealt with"), Tone.GOOD)
            state.mayResolve -> SideButton(language.pick("标为已处理", "Mark as dealt with"), { on.resolve(comment.action) })
        }
    }
}
