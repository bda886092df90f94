package app.doorstep.ui.cases

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.ExperimentalLayoutApi
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.runtime.Composable
import androidx.compose.ui.unit.dp
import app.doorstep.core.Class
import app.doorstep.core.DocId
import app.doorstep.core.Field
import app.doorstep.core.Fields
import app.doorstep.core.Value
import app.doorstep.core.partFields
import app.doorstep.ui.entry.shown
import app.doorstep.ui.parts.Heading
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Prose
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.part
import app.doorstep.ui.words.partLabel

/** A part of a case as this member may read it. */
data class CasePartState(
    val doc: DocId,
    val part: Class,
    val fields: Fields,
    val mayEdit: Boolean,
) {
    /** What is set, in the order in which people read it. */
    val lines: List<Pair<Field, Value>>
        get() = partFields(part).mapNotNull { named -> fields[named.field]?.takeIf { it != Value.Empty }?.let { named.field to it } }
}

/** What can be done with the details of a case. */
interface DetailsEvents {
    fun back()

    fun edit(part: DocId)

    fun history(part: DocId)
}

/** All that is written down about a person, part by part. */
@OptIn(ExperimentalLayoutApi::class)
@Composable
fun DetailsScreen(
    person: String,
    parts: List<CasePartState>,
    on: DetailsEvents,
) {
    val language = LocalLanguage.current
    Page(person, on::back) {
        for (part in parts) {
            Heading(language.part(part.part))
            Sheet {
                if (part.lines.isEmpty()) Hint(language.pick("还没有写。", "Nothing written yet."))
                for ((field, value) in part.lines) {
                    Hint(language.partLabel(field))
                    Prose(language.shown(field, value, emptyList(), emptyMap()))
                }
            }
            // Named by their part: read out one by one, they must not sound the same.
            val name = language.part(part.part)
            FlowRow(
                horizontalArrangement = Arrangement.spacedBy(12.dp),
                verticalArrangement = Arrangement.spacedBy(8.dp),
            ) {
                if (part.mayEdit) SideButton(language.pick("修改$name", "Edit: $name"), { on.edit(part.doc) })
                SideButton(language.pick("${name}修改经过", "History: $name"), { on.history(part.doc) })
            }
        }
    }
}
