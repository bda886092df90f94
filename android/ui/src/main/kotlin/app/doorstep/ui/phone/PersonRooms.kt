package app.doorstep.ui.phone

import androidx.compose.runtime.Composable
import app.doorstep.core.CaseId
import app.doorstep.core.ClientInterface
import app.doorstep.core.DirectoryTeam
import app.doorstep.core.DocId
import app.doorstep.core.Role
import app.doorstep.core.casePart
import app.doorstep.ui.cases.CasePartState
import app.doorstep.ui.cases.DetailsEvents
import app.doorstep.ui.cases.DetailsScreen
import app.doorstep.ui.cases.NewPersonScreen
import app.doorstep.ui.nav.Place
import app.doorstep.ui.parts.SideButton
import app.doorstep.ui.words.LocalLanguage

/** Everybody on this phone; who works for a team can begin with somebody new. */
@Composable
internal fun EverybodyRoom(with: Rooming) {
    val language = LocalLanguage.current
    val mayOpen = with.reading(false) { teamsToOpenIn().isNotEmpty() }
    PeopleRoom(
        with,
        language.pick("服务对象", "Persons"),
        above = {
            if (mayOpen) SideButton(language.pick("新的服务对象", "A new person"), { with.go.to(Place.NewPerson) })
        },
    ) { with.go.to(Place.Case(it)) }
}

private fun ClientInterface.teamsToOpenIn() =
    directory().let { office -> if (Role.Worker in office.roles) office.teams.filter { office.me in it.members } else emptyList() }

@Composable
internal fun NewPersonRoom(with: Rooming) {
    val teams = with.reading(emptyList<DirectoryTeam>()) { teamsToOpenIn() }
    NewPersonScreen(teams, with.go::back) { new ->
        with.attempt {
            val case = with.session.ask { openCase(new) }
            with.session.host.scheduler.afterSaving()
            with.go.instead(Place.Case(case))
        }
    }
}

@Composable
internal fun DetailsRoom(
    case: CaseId,
    with: Rooming,
) {
    val (person, parts) = with.reading("" to emptyList<CasePartState>()) { readDetails(case) }
    val on =
        object : DetailsEvents {
            override fun back() = with.go.back()

            override fun edit(part: DocId) = with.attempt { with.go.to(Place.Record(with.session.ask { editDraftOf(part) })) }

            override fun history(part: DocId) = with.go.to(Place.History(part))
        }
    DetailsScreen(person, parts, on)
}

private fun ClientInterface.readDetails(case: CaseId): Pair<String, List<CasePartState>> {
    val view = case(case)
    val parts =
        view.parts.map { (part, fields) ->
            val doc = casePart(case, part)
            CasePartState(doc, part, fields, entry(doc).mayEdit)
        }
    return view.row.part.pseudonym to parts
}
