import DoorstepCore
import Observation

/// A case: who it is, how to reach them, what was done.
@MainActor @Observable
public final class CaseModel {
    public private(set) var view: CaseView?
    public private(set) var failure: Failure?
    private let session: Session
    private let id: CaseId

    public init(session: Session, case id: CaseId) {
        self.session = session
        self.id = id
    }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        let id = id
        await session.follow {
            try $0.case(case: id)
        } then: { result in
            switch result {
            case .success(let view): (self.view, self.failure) = (view, nil)
            case .failure(let failure): if self.view == nil { self.failure = failure }
            }
        }
    }
}
