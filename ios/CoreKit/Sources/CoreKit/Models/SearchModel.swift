import DoorstepCore
import Observation

/// What was looked for, and found.
public struct SearchState: Equatable, Sendable {
    public var query = ""
    /// None until something was looked for.
    public var hits: [SearchHit]?
    /// Pseudonyms by case.
    public var names: [CaseId: String] = [:]

    public init() {}
}

/// Looks for persons and for what was written.
@MainActor @Observable
public final class SearchModel {
    public private(set) var state = SearchState()
    public private(set) var failure: Failure?
    private let session: Session

    public init(session: Session) { self.session = session }

    /// What is typed is there at once; what was found for other words is not shown as if it fitted.
    public func type(_ query: String) {
        guard query != state.query else { return }
        state = SearchState()
        state.query = query
    }

    /// Finds what was typed. The latest question counts, in whatever order answers come.
    public func find() async {
        let query = state.query
        guard query.contains(where: { !$0.isWhitespace }) else { return }
        do {
            let (hits, names) = try await session.ask { (try $0.search(query: query), try $0.caseNames()) }
            if query == state.query { (state.hits, state.names, failure) = (hits, names, nil) }
        } catch {
            if query == state.query { failure = error }
        }
    }
}
