package app.doorstep.ui.record

import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.runtime.Composable
import androidx.compose.ui.Modifier
import app.doorstep.core.Class
import app.doorstep.core.FieldShape
import app.doorstep.core.partFields
import app.doorstep.ui.parts.Toggle
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.partLabel

/** What is written down about a person, to be changed. What rules set is not typed. */
@Composable
internal fun ColumnScope.PartForm(
    state: RecordState,
    on: RecordEvents,
    part: Class,
) {
    val language = LocalLanguage.current
    for ((field, shape) in partFields(part)) {
        val label = language.partLabel(field)
        when (shape) {
            FieldShape.LINE -> Words(state, on, field, label, 1)
            FieldShape.PROSE -> Words(state, on, field, label, 4)
            FieldShape.DAY -> DayField(state, on, field, label, Modifier.fillMaxWidth())
            FieldShape.FLAG -> Toggle(label, state.isOn(field)) { on.choose(field, flag(it)) }
            FieldShape.CODE -> Unit
        }
    }
}
