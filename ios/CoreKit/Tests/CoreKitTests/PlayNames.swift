import DoorstepCore

/// What a step calls by name.
extension Play {
    func phone(_ step: Json) throws -> Phone { try named(phones, step["phone"].text) }
    func client(_ step: Json) throws -> Client { try phone(step).client }
    func known(_ step: Json) throws -> CaseId { try named(cases, step["case"].text) }
    func entry(_ step: Json) throws -> DocId { try named(docs, step["entry"].text) }
    func entries(_ step: Json) throws -> [DocId] { try step["entries"].texts.map { try named(docs, $0) } }
    func shown(_ step: Json) throws -> Heads { try client(step).entry(doc: try entry(step)).heads }
    func draft(_ step: Json) throws -> DraftId { try named(drafts, key(step)) }

    /// A draft belongs to a phone.
    func key(_ step: Json) throws -> String {
        "\(try step["phone"].text) \(try step.object["entry"]?.text ?? "")"
    }

    /// The draft, which saving uses up.
    func taken(_ step: Json) throws -> DraftId {
        let taken = try draft(step)
        drafts[try key(step)] = nil
        return taken
    }

    func edits(_ step: Json) throws -> [Edit] {
        try step["fields"].object.map { Edit(field: $0, value: try $1.value) }
    }

    func part(_ step: Json) throws -> Class {
        switch try step.object["class"]?.text ?? "file" {
        case "contact": .contact
        case "file": .file
        case "restricted": .restricted
        case let other: throw Unreadable(what: "no such class: \(other)")
        }
    }

    private func named<T>(_ known: [String: T], _ name: String) throws -> T {
        guard let it = known[name] else { throw Unreadable(what: "nothing is called \(name)") }
        return it
    }
}

extension String {
    /// The rest; none where it does not begin so.
    func dropping(_ prefix: String) -> String? { hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil }
}
