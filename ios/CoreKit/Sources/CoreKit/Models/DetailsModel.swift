import DoorstepCore
import Observation

/// A part of a case as this member may read it.
public struct CasePartState: Equatable, Sendable {
    public let doc: DocId
    public let part: Class
    public let fields: Fields
    public let mayEdit: Bool

    public init(doc: DocId, part: Class, fields: Fields, mayEdit: Bool) {
        (self.doc, self.part, self.fields, self.mayEdit) = (doc, part, fields, mayEdit)
    }

    /// What is set, in the order in which people read it.
    public var lines: [(field: Field, value: Value)] {
        partFields(class: part).compactMap { named in
            guard let value = fields[named.field], value != .empty else { return nil }
            return (named.field, value)
        }
    }
}

/// All that is written down about a person, part by part.
@MainActor @Observable
public final class DetailsModel {
    public private(set) var person = ""
    public private(set) var parts: [CasePartState] = []
    public private(set) var failure: Failure?
    private let session: Session
    private let id: CaseId

    public init(session: Session, case id: CaseId) {
        (self.session, self.id) = (session, id)
    }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        let id = id
        await session.follow { client in
            let view = try client.case(case: id)
            let parts = try view.parts.map { part in
                let doc = casePart(case: id, class: part.class)
                let mayEdit = try client.entry(doc: doc).mayEdit
                return CasePartState(doc: doc, part: part.class, fields: part.fields, mayEdit: mayEdit)
            }
            return (view.row.part.pseudonym, parts)
        } then: { result in
            if case .success(let read) = result { (self.person, self.parts) = read }
        }
    }

    /// A draft that changes a part; none, with the reason in `failure`, where that may not be.
    public func edit(_ part: DocId) async -> DraftId? {
        do {
            return try await session.ask { try $0.editDraftOf(doc: part) }
        } catch {
            failure = error
            return nil
        }
    }
}
