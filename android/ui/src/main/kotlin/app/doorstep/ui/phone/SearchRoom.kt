package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.doorstep.corekit.Failure
import app.doorstep.ui.search.SearchScreen
import app.doorstep.ui.search.SearchState
import app.doorstep.ui.today.caseNames
import kotlinx.coroutines.delay
import java.time.LocalDate

@Composable
internal fun SearchRoom(
    begin: String,
    with: Rooming,
) {
    var query by rememberSaveable { mutableStateOf(begin) }
    val found by produceState(SearchState(), query) {
        if (query.isBlank()) {
            value = SearchState()
            return@produceState
        }
        delay(PAUSE_MS)
        try {
            value = with.session.ask { SearchState(query, search(query), caseNames()) }
        } catch (failure: Failure) {
            with.trouble = failure
        }
    }
    // What is typed is on the screen at once; what was found for other words is not shown as if it fitted.
    val shown = if (found.query == query) found else SearchState(query)
    SearchScreen(shown, LocalDate.now(), { query = it }, with.go::back, with.go::to)
}

private const val PAUSE_MS = 150L
