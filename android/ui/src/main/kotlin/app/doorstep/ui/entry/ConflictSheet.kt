package app.doorstep.ui.entry

import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.doorstep.core.ConflictCard
import app.doorstep.core.Question
import app.doorstep.core.Value
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SheetHeading
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.parts.Tone
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.LocalLanguage

/** A wrote this, B wrote that: one touch settles it. Where it is not clear from the screen, [what] says in what. */
@Composable
fun ConflictSheet(
    card: ConflictCard,
    what: String?,
    questions: List<Question>,
    onSettle: (Value) -> Unit,
) {
    val language = LocalLanguage.current
    val field = about(what, language.label(card.field, questions))
    Sheet(tone = Tone.CARE) {
        SheetHeading(language.pick("“$field”两处不同，请选一个：", "Two answers to “$field”; please choose:"))
        for (side in card.sides) {
            val text = language.shown(card.field, side.value, questions, emptyMap())
            SideButton(
                language.pick("${side.name}写的：$text", "${side.name} wrote: $text"),
                { onSettle(side.value) },
                Modifier.fillMaxWidth(),
            )
        }
    }
}
