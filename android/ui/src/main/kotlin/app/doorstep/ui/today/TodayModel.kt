package app.doorstep.ui.today

import app.doorstep.core.CaseId
import app.doorstep.core.CaseRow
import app.doorstep.core.ClientInterface
import app.doorstep.core.Role
import app.doorstep.core.Scope
import app.doorstep.core.Today
import app.doorstep.corekit.Failure
import app.doorstep.corekit.Session
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map

/** What the first screen shows. */
data class TodayState(
    val today: Today? = null,
    val names: Map<CaseId, String> = emptyMap(),
    val queue: Int? = null,
    /** Whoever is a mentor and nothing else sees their own persons, in large type. */
    val isMentor: Boolean = false,
    val persons: List<CaseRow> = emptyList(),
    /** The first sync has not been here yet. */
    val isComing: Boolean = false,
) {
    /** The person that a record is about; none for a team's own. */
    fun person(scope: Scope): String? = (scope as? Scope.Case)?.let { names[it.id] }
}

/** The first screen, now and after every change. */
fun todayOf(session: Session): Flow<TodayState> =
    session.watch().map {
        try {
            session.ask { readToday() }
        } catch (failure: Failure) {
            // Enrolled and not synced yet: the office's records are on their way. Locked: the door says so.
            TodayState(isComing = failure is Failure.SignInNeeded)
        }
    }

/** Pseudonyms of the cases on this phone. */
fun ClientInterface.caseNames(): Map<CaseId, String> = caseList().associate { it.grant.case to it.part.pseudonym }

private fun ClientInterface.readToday(): TodayState {
    val roles = directory().roles
    val persons = caseList()
    return TodayState(
        today = today(),
        names = persons.associate { it.grant.case to it.part.pseudonym },
        queue = if (Role.Supervisor in roles) queue().size else null,
        isMentor = roles == listOf(Role.Mentor),
        persons = persons,
    )
}
