import CoreKit
import DoorstepCore
import SwiftUI

/// Everybody on this phone; who works for a team can begin with somebody new.
struct EverybodyRoom: View {
    let with: Rooming
    @State private var mayOpen = false

    var body: some View {
        PeopleRoom(title: say("people.title"), with: with) {
            with.to(.aCase($0))
        } above: {
            if mayOpen { SideButton(say("new_person.begin")) { with.to(.newPerson) } }
        }
        .task { mayOpen = (try? await with.session.teamsToOpenIn())?.isEmpty == false }
    }
}

struct NewPersonRoom: View {
    let with: Rooming
    @State private var teams: [DirectoryTeam] = []

    var body: some View {
        NewPersonScreen(teams: teams) { new in
            with.attempt { () throws(Failure) in
                with.instead(.aCase(try await with.session.open(new)))
            }
        }
        .task { teams = (try? await with.session.teamsToOpenIn()) ?? [] }
    }
}

struct DetailsRoom: View {
    @State private var model: DetailsModel
    let with: Rooming

    init(id: CaseId, with: Rooming) {
        self.with = with
        _model = State(initialValue: DetailsModel(session: with.session, case: id))
    }

    var body: some View {
        DetailsScreen(
            person: model.person, parts: model.parts,
            on: DetailsEvents(
                edit: { part in Task { if let draft = await model.edit(part) { with.to(.record(draft)) } } },
                history: { with.to(.history($0)) })
        )
        .task { await model.follow() }
        .onChange(of: model.failure) { with.trouble = model.failure }
    }
}
