package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.produceState
import androidx.compose.runtime.saveable.rememberSaveable
import androidx.compose.runtime.setValue
import app.doorstep.core.CaseId
import app.doorstep.core.CaseRole
import app.doorstep.core.CaseRow
import app.doorstep.core.Class
import app.doorstep.core.DirectoryTeam
import app.doorstep.core.DraftId
import app.doorstep.core.EntryKind
import app.doorstep.core.Role
import app.doorstep.core.Scope
import app.doorstep.corekit.Failure
import app.doorstep.ui.group.ParticipantsScreen
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.record.KindScreen
import app.doorstep.ui.record.PersonsScreen
import app.doorstep.ui.record.kindsFor
import app.doorstep.ui.words.LocalLanguage

/** Begins a record about a person, or goes on with the one of this kind that was begun. */
internal fun Rooming.record(
    case: CaseId,
    kind: EntryKind,
) = attempt {
    val draft =
        session.ask {
            val isMentor = caseList().find { it.grant.case == case }?.grant?.role == CaseRole.Mentor
            startDraft(Scope.Case(case), if (isMentor) Class.CONTACT else Class.FILE, kind)
        }
    go.home(Place.Record(draft))
}

/** What one tap on *crisis* does where one is; none where it is being recorded already. */
internal fun crisisAt(
    place: Place,
    with: Rooming,
): (() -> Unit)? =
    when (place) {
        is Place.Record, is Place.Participants, is Place.Photo -> null
        is Place.ChoosePerson -> if (place.kind == EntryKind.CrisisEvent) null else anybody(with)
        is Place.Case -> about(place.case, with)
        is Place.Details -> about(place.case, with)
        is Place.ChooseKind -> about(place.case, with)
        else -> anybody(with)
    }

private fun anybody(with: Rooming) = { with.go.to(Place.ChoosePerson(EntryKind.CrisisEvent)) }

private fun about(
    case: CaseId,
    with: Rooming,
) = { with.record(case, EntryKind.CrisisEvent) }

@Composable
internal fun ChoosePersonRoom(
    place: Place.ChoosePerson,
    with: Rooming,
) {
    val language = LocalLanguage.current
    val kind = place.kind
    if (kind != null) {
        PeopleRoom(with, language.pick("是谁？", "Who is it?")) { with.record(it, kind) }
        return
    }
    val teams = with.reading(emptyList<DirectoryTeam>()) { directory().let { if (Role.Worker in it.roles) it.teams else emptyList() } }
    PeopleRoom(
        with,
        language.pick("走访了谁？", "Whom did you visit?"),
        above = {
            for (team in teams) {
                val name = if (teams.size == 1) "" else " · ${team.name}"
                SideButton(language.pick("小组活动$name", "Group session$name"), { with.recordSession(team) })
            }
        },
    ) { with.go.to(Place.ChooseKind(it)) }
}

private fun Rooming.recordSession(team: DirectoryTeam) =
    attempt {
        val draft = session.ask { startDraft(Scope.Team(team.id), Class.FILE, EntryKind.GroupSession) }
        go.home(Place.Record(draft))
        go.to(Place.Participants(draft))
    }

@Composable
internal fun PeopleRoom(
    with: Rooming,
    title: String,
    but: CaseId? = null,
    above: @Composable () -> Unit = {},
    onChoose: (String) -> Unit,
) {
    var query by rememberSaveable { mutableStateOf("") }
    val cases by produceState(emptyList<CaseRow>(), query) {
        try {
            value = with.session.ask { findCases(query) }.filter { it.grant.case != but }
        } catch (failure: Failure) {
            with.trouble = failure
        }
    }
    PersonsScreen(title, cases, { query = it }, with.go::back, above, onChoose)
}

@Composable
internal fun KindRoom(
    place: Place.ChooseKind,
    with: Rooming,
) {
    val row = with.reading<CaseRow?>(null) { caseList().find { it.grant.case == place.case } } ?: return
    KindScreen(row.part.pseudonym, kindsFor(row.grant.role == CaseRole.Mentor), with.go::back) { kind ->
        with.record(place.case, kind)
    }
}

@Composable
internal fun ParticipantsRoom(
    draft: DraftId,
    with: Rooming,
) {
    val cases = with.reading(emptyList<CaseRow>()) { caseList() }
    val chosen = with.reading<List<CaseId>?>(null) { draft(draft).participants } ?: return
    ParticipantsScreen(cases, chosen, with.go::back) { now ->
        with.attempt {
            with.session.ask { chooseParticipants(draft, now) }
            with.go.back()
        }
    }
}
