package app.doorstep.ui.search

import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.text.font.FontWeight
import app.doorstep.core.EntryListRow
import app.doorstep.core.SearchHit
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.Beside
import app.doorstep.ui.parts.Hint
import app.doorstep.ui.parts.Page
import app.doorstep.ui.parts.Sheet
import app.doorstep.ui.parts.TypingField
import app.doorstep.ui.parts.about
import app.doorstep.ui.words.LocalLanguage
import app.doorstep.ui.words.day
import app.doorstep.ui.words.kind
import java.time.LocalDate

/** What was looked for, and found. */
data class SearchState(
    val query: String = "",
    /** None until something was looked for. */
    val hits: List<SearchHit>? = null,
    /** Pseudonyms by case. */
    val names: Map<String, String> = emptyMap(),
)

/** One field; persons first, then entries, latest first. */
@Composable
fun SearchScreen(
    state: SearchState,
    today: LocalDate,
    onFind: (String) -> Unit,
    onBack: () -> Unit,
    onGo: (Place) -> Unit,
) {
    val language = LocalLanguage.current
    val focus = remember { FocusRequester() }
    // Whoever comes here comes to type; whoever comes back comes to read on.
    LaunchedEffect(Unit) { if (state.query.isEmpty()) focus.requestFocus() }
    Page(language.pick("搜索", "Search"), onBack) {
        TypingField(
            state.query,
            onFind,
            language.pick("人、地点或写过的话", "Person, place or words"),
            Modifier.focusRequester(focus),
            singleLine = true,
        )
        val hits = state.hits ?: return@Page
        if (hits.isEmpty()) Hint(language.pick("没有找到。换个说法，或少写几个字。", "Nothing found. Try other words, or fewer."))
        for (hit in hits) {
            when (hit) {
                is SearchHit.Case -> FoundPerson(hit, state.query) { onGo(Place.Case(hit.id)) }
                is SearchHit.Entry -> FoundEntry(hit.row, state, today) { onGo(Place.Entry(hit.row.doc)) }
            }
        }
    }
}

@Composable
private fun FoundPerson(
    hit: SearchHit.Case,
    query: String,
    onOpen: () -> Unit,
) = Sheet(onClick = onOpen) {
    Text(marked(hit.part.pseudonym, query), style = MaterialTheme.typography.titleMedium, fontWeight = FontWeight.SemiBold)
    if (hit.part.reach.isNotBlank()) Text(marked(hit.part.reach, query), style = MaterialTheme.typography.bodyMedium)
}

@Composable
private fun FoundEntry(
    row: EntryListRow,
    state: SearchState,
    today: LocalDate,
    onOpen: () -> Unit,
) {
    val language = LocalLanguage.current
    val entry = row.entry
    Sheet(onClick = onOpen) {
        Beside(
            left = {
                val title = about(state.person(row.scope), language.kind(entry.kind))
                Text(marked(title, state.query), style = MaterialTheme.typography.titleMedium, fontWeight = FontWeight.SemiBold)
            },
            right = { entry.date?.let { Hint(language.day(it, today)) } },
        )
        for (text in passages(listOf(entry.excerpt, entry.placeNote, entry.nextStep), state.query)) {
            Text(marked(text, state.query), style = MaterialTheme.typography.bodyMedium)
        }
        Text(marked(row.author, state.query), style = MaterialTheme.typography.bodyMedium, color = MaterialTheme.colorScheme.onSurfaceVariant)
    }
}
