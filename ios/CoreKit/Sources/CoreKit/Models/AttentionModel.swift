import DoorstepCore
import Observation

/// Everything that needs a person.
@MainActor @Observable
public final class AttentionModel {
    public private(set) var items: [AttentionItem] = []
    public private(set) var names: [CaseId: String] = [:]
    public private(set) var failure: Failure?
    private let session: Session

    public init(session: Session) { self.session = session }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        await session.follow {
            (try $0.attention(), try $0.caseNames())
        } then: { result in
            if case .success(let read) = result { (self.items, self.names) = read }
        }
    }

    /// A notice that somebody has read.
    public func seen(_ notice: Int64) async {
        await tell { try $0.dismiss(id: notice) }
    }

    /// A deleted draft, taken up again: true when it is there to go on with.
    public func takeUp(_ draft: DraftId) async -> Bool {
        await tell { try $0.restoreDraft(id: draft) }
    }

    /// A deleted draft, for good.
    public func forget(_ draft: DraftId) async {
        await tell { try $0.discardDraft(id: draft) }
    }

    /// The draft to go on with where the office refused an entry as a whole; none where it can be read.
    public func refused(_ doc: DocId) async -> DraftId? {
        try? await session.ask { client in
            do {
                _ = try client.entry(doc: doc)
                return nil
            } catch ClientError.NotFound {
                return try client.editDraftOf(doc: doc)
            }
        }
    }

    @discardableResult
    private func tell(_ verb: @escaping @Sendable (Client) throws -> Void) async -> Bool {
        do {
            try await session.ask(verb)
            failure = nil
            return true
        } catch {
            failure = error
            return false
        }
    }
}
