import DoorstepCore
import Observation

/// Reads an entry, and does what can be done with it without a word. Decisions are about the version that is shown.
@MainActor @Observable
public final class EntryModel {
    public private(set) var state = EntryState()
    private let session: Session
    private let doc: DocId

    public init(session: Session, doc: DocId) {
        self.session = session
        self.doc = doc
    }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        let doc = doc
        await session.follow {
            try EntryState.read($0, doc)
        } then: { result in
            switch result {
            case .success(var read):
                read.history = self.state.history
                read.failure = self.state.failure
                self.state = read
            case .failure(let failure):
                // Shown already: what was read last stays, the door or the list says what happened.
                if self.state.view == nil { self.state.failure = failure }
            }
        }
    }

    /// Fetches small photos that are not on this phone; without a network nobody needs to know.
    public func fetchPhotos() async {
        let doc = doc
        guard let came = try? await session.client.fetchThumbnails(doc: doc), came > 0 else { return }
        if let photos = try? await session.ask({ try $0.smallPhotos(of: .entry(doc: doc)) }) {
            state.photos = photos
        }
    }

    /// A draft to go on with; none, with the reason in `state`, where that may not be.
    public func edit() async -> DraftId? {
        let doc = doc
        return await tell { try $0.editDraftOf(doc: doc) }
    }

    public func approve() async {
        guard let shown = state.view?.heads else { return }
        await act { try $0.approve(doc: $1, shown: shown) }
    }

    public func resolve(_ comment: ActionId) async {
        await act { try $0.resolve(doc: $1, comment: comment) }
    }

    public func submit() async {
        await act { try $0.submit(doc: $1) }
    }

    /// A copy under the right person, to be checked and handed in.
    public func copy(to id: CaseId) async -> DraftId? {
        let doc = doc
        return await tell { try $0.editDraftOf(doc: try $0.copyToCase(doc: doc, case: id)) }
    }

    /// One of two answers, or another, holds from now on.
    public func settle(_ card: ConflictCard, _ value: Value) async {
        await act { client, _ in try client.settle(doc: card.doc, field: card.field, value: value) }
    }

    /// What the server would not take is written in again.
    public func writeAgain() async {
        let edits = editsBack(state.parked)
        await act { client, doc in
            try client.setFields(doc: doc, edits: edits)
            try client.dismissParked(doc: doc)
        }
    }

    /// What the server would not take is needed no longer.
    public func putAway() async {
        await act { try $0.dismissParked(doc: $1) }
    }

    public func loadHistory() async {
        let doc = doc
        if let history = await tell({ try $0.history(doc: doc) }) { state.history = history }
    }

    /// An earlier value holds again.
    public func restore(_ field: Field, _ value: Value) async {
        await act { try $0.setFields(doc: $1, edits: [Edit(field: field, value: value)]) }
    }

    private func act(_ verb: @escaping @Sendable (Client, DocId) throws -> Void) async {
        let doc = doc
        let done: Void? = await tell { try verb($0, doc) }
        if done != nil { session.host.scheduler.afterSaving() }
    }

    private func tell<T: Sendable>(_ verb: @escaping @Sendable (Client) throws -> T) async -> T? {
        do {
            let told = try await session.ask(verb)
            state.failure = nil
            return told
        } catch {
            state.failure = error
            return nil
        }
    }
}
