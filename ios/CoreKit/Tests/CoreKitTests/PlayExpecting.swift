import CoreKit
import DoorstepCore

/// What was found is not what a scenario wants.
struct Differs: Error {
    var found: String
    var wanted: String
}

func same<T: Equatable>(_ found: T, _ wanted: T) throws {
    if found != wanted { throw Differs(found: "\(found)", wanted: "\(wanted)") }
}

extension Play {
    func expect(_ what: String, _ step: Json) throws {
        let client = try client(step)
        switch what {
        case "fields": try compare(client.entry(doc: try entry(step)).fields, step)
        case "draft": try compare(client.draft(id: try draft(step)).fields, step)
        case "state":
            let state = try client.entry(doc: try entry(step)).review.state
            try same(reviewStateCode(value: state), try step["state"].text)
        case "returned":
            let returned = try client.entry(doc: try entry(step)).review.returned
            try same(returned?.fields, try step["fields"].texts)
            try same(returned?.reason, try step["reason"].text)
        case "comments":
            let comments = try client.entry(doc: try entry(step)).review.comments
            try same(comments.filter { !$0.resolved }.count, try step["open"].number)
        case "changed":
            let changed = try client.unseen(doc: try entry(step)).changes
            try same(changed.map(\.field), try step["fields"].texts)
        case "conflict": try expectConflict(client, step)
        default: try expectList(what, client, step)
        }
    }

    private func expectList(_ what: String, _ client: Client, _ step: Json) throws {
        switch what {
        case "waiting": try same(Int(client.syncState().waiting), try step["documents"].number)
        case "locked": try same(client.isLocked(), try step["locked"].isYes)
        case "queue": try same(client.queue().map(\.row.doc), try entries(step))
        case "cases":
            try same(try client.caseList().map(\.part.pseudonym).sorted(), try step["cases"].texts.sorted())
        case "search": try expectSearch(client, step)
        case "returned_attention":
            let returned = try client.attention().compactMap { item in
                if case .returned(let doc, _, _, _) = item { doc } else { nil }
            }
            try same(returned, try entries(step))
        default: throw Unreadable(what: "no such step: expect_\(what)")
        }
    }

    private func expectConflict(_ client: Client, _ step: Json) throws {
        let (doc, field) = (try entry(step), try step["field"].text)
        let cards = try client.conflicts().filter { $0.doc == doc && $0.field == field }
        let values = Set(try step["values"].list.map { try $0.value })
        try same(cards.count, values.isEmpty ? 0 : 1)
        try same(Set(cards.flatMap(\.sides).map(\.value)), values)
    }

    private func expectSearch(_ client: Client, _ step: Json) throws {
        let hits = try client.search(query: try step["query"].text)
        let found = hits.compactMap { if case .case(let id, _) = $0 { id } else { nil } }
        try same(found, try step["cases"].texts.map { cases[$0]! })
        let entries = hits.compactMap { if case .entry(let row) = $0 { row.doc } else { nil } }
        try same(entries, try self.entries(step))
    }

    /// Other fields do not matter.
    private func compare(_ found: Fields, _ step: Json) throws {
        for (field, wanted) in try step["fields"].object {
            try same(found[field] ?? .empty, try wanted.value)
        }
    }
}
