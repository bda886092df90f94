package app.doorstep.ui.entry

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.runtime.Composable
import app.doorstep.core.Field
import app.doorstep.core.Returned
import app.doorstep.core.Value
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.words.Language
import app.doorstep.ui.words.LocalLanguage

/** All answers; those that a return is about stand out, with its reason beside them. */
@Composable
internal fun ColumnScope.Answers(state: EntryState) {
    val language = LocalLanguage.current
    val view = state.view ?: return
    val returned = state.openReturn
    // What is asked for may be just what is missing.
    val missing = returned?.fields.orEmpty().filter { (view.fields[it] ?: Value.Empty) == Value.Empty }
    for ((field, value) in language.inOrder(view.fields) + missing.map { it to Value.Empty }) {
        val text = language.shown(field, value, state.questions, state.names)
        val label = language.label(field, state.questions)
        if (returned != null && field in returned.fields) {
            Asked(label, text, returned, state)
        } else {
            Heading(label)
            Prose(text)
        }
    }
}

@Composable
private fun Asked(
    label: String,
    text: String,
    returned: Returned,
    state: EntryState,
) = Sheet(tone = Tone.CARE) {
    SheetHeading(label)
    Prose(text)
    val who = state.names[returned.member].orEmpty()
    Sheet { Prose(LocalLanguage.current.pick("$who：${returned.reason}", "$who: ${returned.reason}")) }
}

/** What is on the screen of an entry, by name: what a remark can be about. */
internal fun EntryState.answers(language: Language): List<Pair<Field, String>> =
    language.inOrder(view?.fields.orEmpty()).map { it.first to language.label(it.first, questions) }
