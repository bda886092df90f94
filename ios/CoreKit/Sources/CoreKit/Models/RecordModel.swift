import DoorstepCore
import Observation

/// Types into a draft: choices at once, text at every pause. What is typed is in the database before
/// anything else happens with it, so a kill loses at most the words since the last pause.
///
/// Its writes go on when the screen is gone; before the app is put away call `keep`.
@MainActor @Observable
public final class RecordModel {
    public internal(set) var state = RecordState()
    let session: Session
    let draft: DraftId
    private let pause: Duration
    @ObservationIgnored private var unwritten: [Edit] = []
    @ObservationIgnored private var pausing: Task<Void, Never>?
    @ObservationIgnored private let writing = Turn()

    public init(session: Session, draft: DraftId, pause: Duration = .milliseconds(400)) {
        self.session = session
        self.draft = draft
        self.pause = pause
    }

    public func load() async {
        let draft = draft
        await guarded { model throws(Failure) in
            var state = try await model.session.ask { try RecordState.read($0, draft) }
            // What was typed or saved while it was read is newer.
            for edit in model.unwritten { state.values[edit.field] = edit.value }
            (state.isSaving, state.saved) = (model.state.isSaving, model.state.saved)
            model.state = state
        }
    }

    /// A choice: kept at once.
    public func choose(_ field: Field, _ value: Value) {
        put(field, value, after: .zero)
    }

    /// Text: kept at the next pause.
    public func type(_ field: Field, _ text: String) {
        put(field, text.isEmpty ? .empty : .text(text: text), after: pause)
    }

    private func put(_ field: Field, _ value: Value, after pause: Duration) {
        guard state.values[field] ?? .empty != value else { return }
        state.values[field] = value
        state.failure = nil
        state.last = nil
        unwritten.removeAll { $0.field == field }
        unwritten.append(Edit(field: field, value: value))
        pausing?.cancel()
        pausing = Task {
            try? await Task.sleep(for: pause)
            if !Task.isCancelled { await keep() }
        }
    }

    /// Writes what is not written yet; false, with the reason in `state`, where that did not work.
    @discardableResult
    public func keep() async -> Bool {
        await guarded { model throws(Failure) in try await model.write() }
    }

    /// Leaving the form: what was typed stays as a draft. False: it is not kept yet, stay and say why.
    public func leave() async -> Bool { await keep() }

    /// Leaving for good: a draft into which nothing was typed is not kept among the unfinished.
    /// False: it is not kept yet, stay and say why.
    public func close() async -> Bool {
        guard await keep() else { return false }
        let draft = draft
        // Refused where something was typed: then it stays.
        try? await session.ask { try $0.discardDraft(id: draft) }
        return true
    }

    /// Throws away what was typed, which can be taken up again for thirty days. False: it is still there.
    public func delete() async -> Bool {
        let draft = draft
        return await guarded { model throws(Failure) in
            try await model.write()
            try await model.session.ask { try $0.deleteDraft(id: draft) }
        }
    }

    /// *Done*: saves and hands in.
    public func done() async { await save { try $0.saveDone(id: $1) } }

    /// *Later*: saves as own work that already syncs.
    public func later() async { await save { try $0.saveLater(id: $1) } }

    private func save(_ verb: @escaping @Sendable (Client, DraftId) throws -> DocId) async {
        guard !state.isSaving, state.saved == nil else { return }
        state.isSaving = true
        state.failure = nil
        let draft = draft
        await guarded { model throws(Failure) in
            try await model.write()
            model.state.saved = try await model.session.ask { try verb($0, draft) }
            model.session.host.scheduler.afterSaving()
        }
        state.isSaving = false
    }

    func write() async throws(Failure) {
        try await writing.take { () throws(Failure) in
            let edits = self.unwritten
            guard !edits.isEmpty else { return }
            let draft = self.draft
            try await self.session.ask { try $0.typeInto(id: draft, edits: edits) }
            // Only what was written: more may have been typed meanwhile.
            self.unwritten.removeAll(where: edits.contains)
            if edits.contains(where: { RecordModel.deciding.contains($0.field) }) {
                self.state.proposal = try await self.session.ask { try $0.proposedNextStep(id: draft) }
            }
        }
    }

    /// What a proposal of the next step depends on.
    private static let deciding: Set<Field> = ["outcome", "card_left", "date"]

    @discardableResult
    func guarded(_ step: @MainActor (RecordModel) async throws(Failure) -> Void) async -> Bool {
        do throws(Failure) {
            try await step(self)
            return true
        } catch {
            state.failure = error
            return false
        }
    }
}
