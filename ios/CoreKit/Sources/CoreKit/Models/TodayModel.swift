import DoorstepCore
import Observation

/// What the first screen shows.
public struct TodayState: Equatable, Sendable {
    public var today: Today?
    public var names: [CaseId: String] = [:]
    /// How many entries wait for a decision; none for who does not supervise.
    public var queue: Int?
    /// Whoever is a mentor and nothing else sees their own persons, in large type.
    public var isMentor = false
    public var persons: [CaseRow] = []
    /// The first sync has not been here yet.
    public var isComing = false

    public init() {}

    /// The person that a record is about; none for a team's own.
    public func person(_ scope: Scope) -> String? { names.person(scope) }
}

/// The first screen, now and after every change.
@MainActor @Observable
public final class TodayModel {
    public private(set) var state = TodayState()
    private let session: Session

    public init(session: Session) { self.session = session }

    /// Until cancelled, as a view's `task` is.
    public func follow() async {
        await session.follow(TodayState.read) { result in
            if case .success(let read) = result { self.state = read }
        }
    }
}

extension TodayState {
    fileprivate static func read(_ client: Client) throws -> TodayState {
        do {
            let roles = try client.directory().roles
            var state = TodayState()
            state.persons = try client.caseList()
            state.today = try client.today()
            state.names = state.persons.names
            state.queue = roles.contains(.supervisor) ? try client.queue().count : nil
            state.isMentor = roles == [.mentor]
            return state
        } catch ClientError.SignInNeeded {
            // Enrolled and not synced yet: the office's records are on their way.
            var state = TodayState()
            state.isComing = true
            return state
        }
    }
}
