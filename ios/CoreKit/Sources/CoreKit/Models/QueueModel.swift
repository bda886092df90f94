import DoorstepCore
import Observation

/// Entries that wait for a decision, oldest first.
@MainActor @Observable
public final class QueueModel {
    public private(set) var rows: [QueueRow] = []
    public private(set) var names: [CaseId: String] = [:]
    private let session: Session

    public init(session: Session) { self.session = session }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        await session.follow {
            (try $0.queue(), try $0.caseNames())
        } then: { result in
            if case .success(let read) = result { (self.rows, self.names) = read }
        }
    }
}
