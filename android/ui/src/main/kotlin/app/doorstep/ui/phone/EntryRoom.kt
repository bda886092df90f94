package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import app.doorstep.core.ClientInterface
import app.doorstep.core.ConflictCard
import app.doorstep.core.DocId
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.corekit.Failure
import app.doorstep.ui.entry.EntryEvents
import app.doorstep.ui.entry.EntryScreen
import app.doorstep.ui.entry.EntryState
import app.doorstep.ui.entry.inOrder
import app.doorstep.ui.entry.label
import app.doorstep.ui.nav.Place
import app.doorstep.ui.review.ReturnScreen
import app.doorstep.ui.today.caseNames
import app.doorstep.ui.words.LocalLanguage
import kotlinx.coroutines.launch

@Composable
internal fun EntryRoom(
    doc: DocId,
    with: Rooming,
) {
    val language = LocalLanguage.current
    val state = with.reading(EntryState()) { readEntry(doc) }
    var failure by remember { mutableStateOf<Failure?>(null) }
    var isReturning by remember { mutableStateOf(false) }
    val view = state.view

    fun tell(verb: ClientInterface.() -> Unit) {
        with.scope.launch {
            failure =
                try {
                    with.session.ask(verb)
                    null
                } catch (fault: Failure) {
                    fault
                }
        }
    }
    if (isReturning && view != null) {
        val fields = language.inOrder(view.fields).map { it.first to language.label(it.first, state.questions) }
        ReturnScreen(fields, { isReturning = false }) { about, reason ->
            tell { returnEntry(doc, view.heads, about, reason) }
            isReturning = false
        }
        return
    }
    val on =
        object : EntryEvents {
            override fun back() = with.go.back()

            override fun edit() {
                with.attempt { with.go.to(Place.Record(with.session.ask { editDraftOf(doc) })) }
            }

            override fun approve() = tell { view?.let { approve(doc, it.heads) } }

            override fun returnIt() {
                isReturning = true
            }

            override fun settle(
                card: ConflictCard,
                value: Value,
            ) = tell { settle(card.doc, card.field, value) }
        }
    EntryScreen(state.copy(failure = failure), on)
}

private fun ClientInterface.readEntry(doc: DocId): EntryState {
    val view = entry(doc)
    val directory = directory()
    return EntryState(
        view = view,
        person = (view.scope as? Scope.Case)?.let { caseNames()[it.id] },
        names = directory.colleagues.associate { it.id to it.name },
        questions = directory.template.questions,
        since = changedSinceApproval(doc),
    )
}
