import DoorstepCore

/// What somebody said about an answer.
public struct Said: Hashable, Sendable {
    public let who: String
    public let what: String
}

extension EntryState {
    /// Comments that nobody has dealt with yet.
    public var openComments: [Comment] { (view?.review.comments ?? []).filter { !$0.resolved } }

    /// The open return first, then open comments.
    public func said(about field: Field) -> [Said] {
        let returned = openReturn.map { [($0.member, $0.fields, $0.reason)] } ?? []
        return (returned + openComments.map { ($0.member, $0.fields, $0.reason) })
            .filter { $0.1.contains(field) }
            .map { Said(who: names[$0.0] ?? "", what: $0.2) }
    }

    /// Answers that were asked for and are not there.
    public var missing: [Field] {
        let fields = view?.fields ?? [:]
        var seen: Set<Field> = []
        return ((openReturn?.fields ?? []) + openComments.flatMap(\.fields))
            .filter { fields[$0] ?? .empty == .empty && seen.insert($0).inserted }
    }
}
