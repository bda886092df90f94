package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import app.doorstep.core.CaseId
import app.doorstep.core.ClientInterface
import app.doorstep.core.ConflictCard
import app.doorstep.core.DocId
import app.doorstep.core.QueueRow
import app.doorstep.core.Scope
import app.doorstep.core.Value
import app.doorstep.ui.cases.CaseEvents
import app.doorstep.ui.cases.CaseScreen
import app.doorstep.ui.cases.CaseState
import app.doorstep.ui.nav.Place
import app.doorstep.ui.review.QueueScreen
import app.doorstep.ui.today.caseNames
import java.time.Instant
import java.time.LocalDate

@Composable
internal fun CaseRoom(
    case: CaseId,
    with: Rooming,
) {
    val state = with.reading(CaseState()) { readCase(case) }
    val on =
        object : CaseEvents {
            override fun back() = with.go.back()

            override fun record() = with.go.to(Place.ChooseKind(case))

            override fun details() = with.go.to(Place.Details(case))

            override fun open(doc: DocId) = with.go.to(Place.Entry(doc))

            override fun settle(
                card: ConflictCard,
                value: Value,
            ) = with.attempt { with.session.ask { settle(card.doc, card.field, value) } }
        }
    CaseScreen(state, LocalDate.now(), on)
}

private fun ClientInterface.readCase(case: CaseId) =
    CaseState(case(case), conflicts().filter { it.scope == Scope.Case(case) }, directory().template.questions)

@Composable
internal fun QueueRoom(with: Rooming) {
    val rows = with.reading(emptyList<QueueRow>()) { queue() }
    val person = with.persons()
    QueueScreen(rows, person, LocalDate.now(), Instant.now(), with.go::back) { with.go.to(Place.Entry(it)) }
}

/** Whose a record is, by pseudonym. */
@Composable
internal fun Rooming.persons(): (Scope) -> String? {
    val names = reading(emptyMap<CaseId, String>()) { caseNames() }
    return { scope -> (scope as? Scope.Case)?.let { names[it.id] } }
}
