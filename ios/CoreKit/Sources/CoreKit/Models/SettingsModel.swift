import DoorstepCore
import Observation

/// Who this phone belongs to, and what it holds.
@MainActor @Observable
public final class SettingsModel {
    public private(set) var me = ""
    public private(set) var office = ""
    public private(set) var storage: Storage?
    private let session: Session

    public init(session: Session) { self.session = session }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        await session.follow {
            (try $0.directory(), try $0.storage())
        } then: { result in
            guard case .success((let directory, let storage)) = result else { return }
            self.me = directory.colleagues.first { $0.id == directory.me }?.name ?? ""
            self.office = directory.orgName
            self.storage = storage
        }
    }
}
