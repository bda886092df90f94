package app.doorstep.ui.entry

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import app.doorstep.core.Field
import app.doorstep.core.Value
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** All answers; those that a return or an open comment is about stand out, with what was said beside them. */
@Composable
internal fun ColumnScope.Answers(state: EntryState) {
    val language = LocalLanguage.current
    val view = state.view ?: return
    // What is asked for may be just what is missing.
    val asked = state.openReturn?.fields.orEmpty() + state.openComments.flatMap { it.fields }
    val missing = asked.distinct().filter { (view.fields[it] ?: Value.Empty) == Value.Empty }
    for ((field, value) in language.inOrder(view.fields) + missing.map { it to Value.Empty }) {
        val text = language.shown(field, value, state.questions, state.names)
        val label = language.label(field, state.questions)
        val said = state.saidAbout(field)
        if (said.isEmpty()) {
            Heading(label)
            Prose(text)
        } else {
            Asked(label, text, said)
        }
    }
}

@Composable
private fun Asked(
    label: String,
    text: String,
    said: List<Pair<String, String>>,
) = Sheet(tone = Tone.CARE) {
    SheetHeading(label)
    Prose(text)
    for ((who, what) in said) Sheet { Prose(LocalLanguage.current.pick("$who：$what", "$who: $what")) }
}

/** What is on the screen of an entry, by name: what a remark can be about. */
internal fun EntryState.answers(language: Language): List<Pair<Field, String>> =
    language.inOrder(view?.fields.orEmpty()).map { it.first to language.label(it.first, questions) }
