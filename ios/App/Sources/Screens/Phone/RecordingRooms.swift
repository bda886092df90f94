import CoreKit
import DoorstepCore
import SwiftUI

// The rooms on the way to a record, and the record itself.

struct PeopleRoom<Above: View>: View {
    @State private var model: PersonsModel
    @State private var query = ""
    let title: Text
    let with: Rooming
    let onChoose: @MainActor (CaseId) -> Void
    let above: Above

    init(
        title: Text, but: CaseId? = nil, with: Rooming, onChoose: @escaping @MainActor (CaseId) -> Void,
        @ViewBuilder above: () -> Above = { EmptyView() }
    ) {
        (self.title, self.with, self.onChoose) = (title, with, onChoose)
        self.above = above()
        _model = State(initialValue: PersonsModel(session: with.session, but: but))
    }

    var body: some View {
        PersonsScreen(title: title, cases: model.cases) {
            query = $0
        } onChoose: {
            onChoose($0)
        } above: {
            above
        }
        .task(id: query) { await model.find(query) }
        .onChange(of: model.failure) { with.trouble = model.failure }
    }
}

struct ChoosePersonRoom: View {
    let kind: EntryKind?
    let with: Rooming
    @State private var teams: [DirectoryTeam] = []

    var body: some View {
        if let kind {
            PeopleRoom(title: say("people.crisis"), with: with) { with.record(kind, about: $0) }
        } else {
            PeopleRoom(title: say("people.visited"), with: with) {
                with.to(.chooseKind($0))
            } above: {
                ForEach(teams, id: \.id) { team in
                    let name = teams.count == 1 ? "" : " · \(team.name)"
                    SideButton(say("people.session", asWritten(name))) {
                        with.recordSession(of: team.id)
                    }
                }
            }
            .task { teams = (try? await with.session.teamsToRecordFor()) ?? [] }
        }
    }
}

struct KindRoom: View {
    @State private var model: CaseModel
    let id: CaseId
    let with: Rooming

    init(id: CaseId, with: Rooming) {
        (self.id, self.with) = (id, with)
        _model = State(initialValue: CaseModel(session: with.session, case: id))
    }

    var body: some View {
        let row = model.view?.row
        KindScreen(
            person: row?.part.pseudonym ?? "",
            kinds: row.map { kindsFor(isMentor: $0.grant.role == .mentor) } ?? []
        ) {
            with.record($0, about: id)
        }
        .task { await model.follow() }
    }
}

struct RecordRoom: View {
    @State private var model: RecordModel
    @Environment(\.scenePhase) private var phase
    let draft: DraftId
    let with: Rooming

    init(draft: DraftId, with: Rooming) {
        (self.draft, self.with) = (draft, with)
        _model = State(initialValue: RecordModel(session: with.session, draft: draft))
    }

    var body: some View {
        Group {
            // A mentor's own kinds, as large as the mentor's first screen.
            if model.state.kind.map(mentorsOwn.contains) ?? false {
                RecordScreen(state: model.state, on: events).larger()
            } else {
                RecordScreen(state: model.state, on: events)
            }
        }
        // Again after a photo was taken out or participants were chosen.
        .task { await model.load() }
        .onChange(of: model.state.saved) { if model.state.saved != nil { away() } }
        .onChange(of: phase) { if phase != .active { Task { await model.keep() } } }
    }

    private var events: RecordEvents {
        RecordEvents(
            choose: model.choose,
            type: model.type,
            photograph: { Task { await model.photograph() } },
            locate: { Task { await model.locate() } },
            openPhoto: { id in leave { with.to(.photo(.draft(id: draft), id)) } },
            chooseParticipants: { leave { with.to(.participants(draft)) } },
            done: { Task { await model.done() } },
            later: { Task { await model.later() } },
            leave: { Task { if await model.close() { with.back() } } },
            delete: { Task { if await model.delete() { away() } } })
    }

    /// From a record home; from a part of a case back to the others.
    private func away() {
        if model.state.part == nil { with.home() } else { with.back() }
    }

    /// What was typed is kept first; where that fails one stays and reads why.
    private func leave(then go: @escaping @MainActor () -> Void) {
        Task { if await model.leave() { go() } }
    }
}

struct ParticipantsRoom: View {
    let draft: DraftId
    let with: Rooming
    @State private var read: (cases: [CaseRow], before: [CaseId])?

    var body: some View {
        Group {
            if let read {
                ParticipantsScreen(cases: read.cases, before: read.before) { chosen in
                    with.attempt { () throws(Failure) in
                        let draft = draft
                        try await with.session.ask { try $0.chooseParticipants(id: draft, cases: chosen) }
                        with.back()
                    }
                }
            } else {
                Page(say("group.title")) {}
            }
        }
        .task {
            let draft = draft
            read = try? await with.session.ask { (try $0.caseList(), try $0.draft(id: draft).participants) }
        }
    }
}
