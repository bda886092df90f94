import DoorstepCore
import Foundation
import Observation

/// An entry as it read at an earlier moment.
public struct EarlierState: Equatable, Sendable {
    public var fields: Fields = [:]
    public var name = ""
    public var time: Date?
    /// What putting it back would change; nothing if it reads so now, or may not be changed.
    public var back: [Edit] = []
    public var names: [MemberId: String] = [:]
    public var questions: [Question] = []

    public init() {}
}

/// The edits that make earlier answers those of now again: a new edit, nothing is unwritten.
public func editsBack(_ way: [FieldChange]) -> [Edit] {
    way.filter { isShown($0.field) }.map { Edit(field: $0.field, value: $0.after) }
}

/// Reads an entry as it was, and puts it back.
@MainActor @Observable
public final class EarlierModel {
    public private(set) var state = EarlierState()
    public private(set) var failure: Failure?
    private let session: Session
    private let doc: DocId
    private let heads: Heads

    public init(session: Session, doc: DocId, heads: Heads) {
        (self.session, self.doc, self.heads) = (session, doc, heads)
    }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        let (doc, heads) = (doc, heads)
        await session.follow {
            try EarlierState.read($0, doc, heads)
        } then: { result in
            if case .success(let read) = result { self.state = read }
        }
    }

    /// It reads as it did then; false, with the reason in `failure`, where that may not be.
    public func restore() async -> Bool {
        let (doc, back) = (doc, state.back)
        do {
            try await session.ask { try $0.setFields(doc: doc, edits: back) }
            session.host.scheduler.afterSaving()
            return true
        } catch {
            failure = error
            return false
        }
    }
}

extension EarlierState {
    fileprivate static func read(_ client: Client, _ doc: DocId, _ heads: Heads) throws -> EarlierState {
        let view = try client.entry(doc: doc)
        let directory = try client.directory()
        let step = try client.history(doc: doc).first { $0.heads == heads }
        var state = EarlierState()
        state.fields = try client.entryAt(doc: doc, heads: heads)
        state.name = step?.name ?? ""
        state.time = step?.time
        if view.mayEdit, view.review.state != .withdrawn {
            state.back = editsBack(try client.wayBack(doc: doc, to: heads))
        }
        state.names = directory.names
        state.questions = directory.template.questions
        return state
    }
}
