import DoorstepCore
import Observation

/// One person's file as this member may read it.
public struct CaseState: Equatable, Sendable {
    public var view: CaseView?
    /// What two people set differently, in its entries and its parts.
    public var conflicts: [ConflictCard] = []
    public var questions: [Question] = []

    public init() {}

    /// Where and how to reach the person.
    public var contact: Fields { view?.parts.first { $0.class == .contact }?.fields ?? [:] }
}

/// A case: who it is, how to reach them, what was done.
@MainActor @Observable
public final class CaseModel {
    public private(set) var state = CaseState()
    public private(set) var failure: Failure?
    private let session: Session
    private let id: CaseId

    public init(session: Session, case id: CaseId) {
        self.session = session
        self.id = id
    }

    public var view: CaseView? { state.view }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        let id = id
        await session.follow {
            try CaseState.read($0, id)
        } then: { result in
            switch result {
            case .success(let state): (self.state, self.failure) = (state, nil)
            case .failure(let failure): if self.view == nil { self.failure = failure }
            }
        }
    }

    /// One of two answers, or another, holds from now on; false, with the reason in `failure`, where that
    /// may not be.
    public func settle(_ card: ConflictCard, _ value: Value) async -> Bool {
        do {
            try await session.ask { try $0.settle(doc: card.doc, field: card.field, value: value) }
            session.host.scheduler.afterSaving()
            return true
        } catch {
            failure = error
            return false
        }
    }
}

extension CaseState {
    fileprivate static func read(_ client: Client, _ id: CaseId) throws -> CaseState {
        var state = CaseState()
        state.view = try client.case(case: id)
        state.conflicts = try client.conflicts().filter { $0.scope == .case(id: id) }
        state.questions = try client.directory().template.questions
        return state
    }
}
