import DoorstepCore

extension [CaseRow] {
    /// Pseudonyms by case.
    public var names: [CaseId: String] {
        reduce(into: [:]) { $0[$1.grant.case] = $1.part.pseudonym }
    }
}

extension [CaseId: String] {
    /// The person that a record is about; none for a team's own.
    public func person(_ scope: Scope) -> String? {
        if case .case(let id) = scope { self[id] } else { nil }
    }
}

extension Client {
    /// Pseudonyms of the cases on this phone.
    func caseNames() throws -> [CaseId: String] { try caseList().names }
}
