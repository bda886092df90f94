import DoorstepCore
import Observation

/// Everybody on this phone, or who is found by name, initials or pinyin.
@MainActor @Observable
public final class PersonsModel {
    public private(set) var cases: [CaseRow] = []
    public private(set) var failure: Failure?
    private let session: Session
    @ObservationIgnored private var asked = 0

    public init(session: Session) { self.session = session }

    /// The latest question counts, in whatever order answers come.
    public func find(_ query: String) async {
        asked += 1
        let mine = asked
        do {
            let found = try await session.ask { try $0.findCases(query: query) }
            if mine == asked { (cases, failure) = (found, nil) }
        } catch {
            if mine == asked { failure = error }
        }
    }
}
