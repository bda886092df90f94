package app.doorstep.ui.record

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import app.doorstep.core.EntryKind
import app.doorstep.core.entryKinds
import app.doorstep.core.isOpenToMentors
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.kind

/** What is recorded about a person. A mentor sees what a mentor may write. */
@Composable
fun KindScreen(
    person: String,
    kinds: List<EntryKind>,
    onBack: () -> Unit,
    onChoose: (EntryKind) -> Unit,
) {
    val language = LocalLanguage.current
    Page(person, onBack) {
        for (kind in kinds) {
            Sheet(onClick = { onChoose(kind) }) {
                Text(language.kind(kind), style = MaterialTheme.typography.titleMedium)
            }
        }
    }
}

/** Kinds that are about one person, for a member of this part. */
fun kindsFor(isMentor: Boolean): List<EntryKind> =
    entryKinds().filter { kind ->
        if (isMentor) isOpenToMentors(kind) && kind != EntryKind.GroupSession else kind !in elsewhere
    }

/** What a mentor records, in under a minute. */
internal val mentorsOwn = setOf(EntryKind.MentorCheckIn, EntryKind.MentorSession)

/** Written for a team or by a mentor. */
private val elsewhere = mentorsOwn + EntryKind.GroupSession + EntryKind.SupervisionSession
