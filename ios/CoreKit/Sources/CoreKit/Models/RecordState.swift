import DoorstepCore
import Foundation

/// The form of one record.
public struct RecordState: Equatable, Sendable {
    public var person: String?
    public var kind: EntryKind?
    /// A part of the person's case, where it is no record.
    public var part: Class?
    public var values: Fields = [:]
    public var questions: [Question] = []
    /// *Done* hands it in; on a colleague's entry it saves.
    public var willSubmit = true
    public var isNew = true
    public var photos: [Photo] = []
    /// Whom a group session is credited to.
    public var participants: [String] = []
    /// What could come next after nobody was met.
    public var proposal: ProposedStep?
    /// Where typing goes on.
    public var last: Field?
    public var isSaving = false
    public var failure: Failure?
    /// Set when it was saved: there is nothing more to type.
    public var saved: DocId?

    public init() {}

    public func text(_ field: Field) -> String {
        if case .text(let text) = values[field] { text } else { "" }
    }

    public func isOn(_ field: Field) -> Bool { values[field] == .flag(yes: true) }
}

extension RecordState {
    static func read(_ client: Client, _ id: DraftId) throws -> RecordState {
        let draft = try client.draft(id: id)
        let names = try client.caseNames()
        let kind = draft.kind
        var state = RecordState()
        state.person = names.person(draft.scope)
        state.kind = kind
        state.part = draft.part
        state.values = draft.fields
        state.questions = try client.directory().template.questions.filter { question in
            kind.map(question.kinds.contains) ?? false
        }
        state.willSubmit = draft.willSubmit
        state.isNew = draft.doc == nil
        state.photos = try client.smallPhotos(of: .draft(id: id))
        state.participants = draft.participants.compactMap { names[$0] }
        state.proposal = try client.proposedNextStep(id: id)
        state.last = draft.touched.last
        return state
    }
}

extension DraftView {
    /// What a draft records.
    public var kind: EntryKind? {
        if case .text(let code) = fields["kind"] { entryKindOf(code: code) } else { nil }
    }

    /// The part of a case that it changes.
    fileprivate var part: Class? {
        guard case .case(let id) = scope, doc == casePart(case: id, class: `class`) else { return nil }
        return `class`
    }
}
