import DoorstepCore
import Observation

/// Everybody on this phone, or who is found by name, initials or pinyin.
@MainActor @Observable
public final class PersonsModel {
    public private(set) var cases: [CaseRow] = []
    public private(set) var failure: Failure?
    private let session: Session
    private let but: CaseId?
    @ObservationIgnored private var asked = 0

    /// `but`: somebody who is not to be found.
    public init(session: Session, but: CaseId? = nil) { (self.session, self.but) = (session, but) }

    /// The latest question counts, in whatever order answers come.
    public func find(_ query: String) async {
        asked += 1
        let mine = asked
        do {
            let found = try await session.ask { try $0.findCases(query: query) }
            if mine == asked { (cases, failure) = (found.filter { $0.grant.case != but }, nil) }
        } catch {
            if mine == asked { failure = error }
        }
    }
}
