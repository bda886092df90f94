import CoreKit
import DoorstepCore
import SwiftUI

struct EntryRoom: View {
    @State private var model: EntryModel
    let doc: DocId
    let with: Rooming

    init(doc: DocId, with: Rooming) {
        (self.doc, self.with) = (doc, with)
        _model = State(initialValue: EntryModel(session: with.session, doc: doc))
    }

    var body: some View {
        EntryScreen(state: model.state, now: .now, on: events)
            .task { await model.follow() }
            .task { await model.fetchPhotos() }
    }

    private var events: EntryEvents {
        EntryEvents(
            edit: { Task { if let draft = await model.edit() { with.to(.record(draft)) } } },
            approve: { Task { await model.approve() } },
            returnIt: { write(.return) },
            next: { if let next = model.state.next { with.instead(.entry(next)) } },
            comment: { write(.comment) },
            resolve: { comment in Task { await model.resolve(comment) } },
            history: { with.to(.history(doc)) },
            withdraw: { write(.withdraw) },
            copy: { with.to(.copyEntry(doc)) },
            writeAgain: { Task { await model.writeAgain() } },
            putAway: { Task { await model.putAway() } },
            settle: { card, value in Task { await model.settle(card, value) } },
            openPhoto: { with.to(.photo(.entry(doc: doc), $0)) })
    }

    /// Words about the version that is on the screen.
    private func write(_ remark: RemarkKind) {
        if let view = model.state.view { with.to(.remark(doc, seen: view.heads, remark)) }
    }
}

/// Words about an entry; once they are recorded, back to it.
struct RemarkRoom: View {
    @Environment(\.language) private var language
    @Environment(\.scenePhase) private var phase
    @State private var entry: EntryModel
    @State private var model: RemarkModel
    let kind: RemarkKind
    let with: Rooming

    init(doc: DocId, seen: Heads, remark: RemarkKind, with: Rooming) {
        (self.kind, self.with) = (remark, with)
        _entry = State(initialValue: EntryModel(session: with.session, doc: doc))
        _model = State(initialValue: RemarkModel(session: with.session, doc: doc, kind: remark, seen: seen))
    }

    var body: some View {
        let reading = Reading(language: language, questions: entry.state.questions)
        let answers = inOrder(entry.state.view?.fields ?? [:]).map { ($0.field, reading.label($0.field)) }
        RemarkScreen(kind: kind, remark: model.remark, answers: answers) {
            model.write(about: $0, $1)
        } onSend: {
            Task { await model.send() }
        }
        .task { await entry.follow() }
        .task { await model.load() }
        .onDisappear { Task { await model.keep() } }
        .onChange(of: phase) { if phase != .active { Task { await model.keep() } } }
        .onChange(of: model.failure) { if let failure = model.failure { with.trouble = failure } }
        .onChange(of: model.isSent) { if model.isSent { with.back() } }
    }
}

struct HistoryRoom: View {
    @Environment(\.language) private var language
    @State private var model: EntryModel
    let doc: DocId
    let with: Rooming

    init(doc: DocId, with: Rooming) {
        (self.doc, self.with) = (doc, with)
        _model = State(initialValue: EntryModel(session: with.session, doc: doc))
    }

    var body: some View {
        let state = model.state
        HistoryScreen(
            rows: state.history.reversed(), fields: state.view?.fields ?? [:],
            mayEdit: state.view.map { $0.mayEdit && $0.review.state != .withdrawn } ?? false,
            reading: Reading(language: language, questions: state.questions, names: state.names), now: .now
        ) {
            with.to(.earlier(doc, $0))
        } onRestore: { field, value in
            Task { await model.restore(field, value) }
        }
        .task { await model.follow() }
        // Again whenever the entry has changed.
        .task(id: state.view?.heads) { await model.loadHistory() }
    }
}

struct EarlierRoom: View {
    @State private var model: EarlierModel
    let with: Rooming

    init(doc: DocId, heads: Heads, with: Rooming) {
        self.with = with
        _model = State(initialValue: EarlierModel(session: with.session, doc: doc, heads: heads))
    }

    var body: some View {
        EarlierScreen(state: model.state, now: .now) {
            Task {
                if await model.restore() {
                    // To the entry, past its history.
                    with.back()
                    with.back()
                } else {
                    with.trouble = model.failure
                }
            }
        }
        .task { await model.follow() }
    }
}

/// The right person for an entry that was filed under the wrong one; the copy is open to be checked and handed in.
struct CopyEntryRoom: View {
    @State private var model: EntryModel
    let with: Rooming

    init(doc: DocId, with: Rooming) {
        self.with = with
        _model = State(initialValue: EntryModel(session: with.session, doc: doc))
    }

    var body: some View {
        if case .case(let wrong) = model.state.view?.scope {
            PeopleRoom(title: say("copy.title"), but: wrong, with: with) { id in
                Task {
                    if let draft = await model.copy(to: id) {
                        with.home(then: .record(draft))
                    } else {
                        with.trouble = model.state.failure
                    }
                }
            }
        } else {
            Color.clear.task { await model.follow() }
        }
    }
}
