import DoorstepCore
import SwiftUI

/// What a supervisor wants to see of the queue; nothing chosen shows all of it.
struct Sieve: Equatable {
    var kind: EntryKind?
    var author: MemberId?
    /// Only what was returned and came back.
    var isAgain = false

    var count: Int { [kind != nil, author != nil, isAgain].filter { $0 }.count }

    func keep(_ rows: [QueueRow]) -> [QueueRow] {
        rows.filter { waiting in
            (kind == nil || waiting.row.entry.kind == kind)
                && (author == nil || waiting.row.entry.author == author)
                && (!isAgain || waiting.row.state == .resubmitted)
        }
    }
}

extension [QueueRow] {
    /// The kinds in the queue, the most frequent first.
    var kinds: [EntryKind] {
        let counts = reduce(into: [EntryKind: Int]()) { $0[$1.row.entry.kind, default: 0] += 1 }
        return reduce(into: [EntryKind]()) {
            if !$0.contains($1.row.entry.kind) { $0.append($1.row.entry.kind) }
        }
        .sorted { counts[$0] ?? 0 > counts[$1] ?? 0 }
    }

    /// Who wrote what waits.
    var authors: [MemberId: String] { reduce(into: [:]) { $0[$1.row.entry.author] = $1.row.author } }
}

/// Only choices that change something: one kind alone, or one author alone, is not asked about.
struct SieveChoices: View {
    let rows: [QueueRow]
    @Binding var sieve: Sieve

    var body: some View {
        if rows.kinds.count > 1 {
            Heading(say("field.kind"))
            OneOf(choices: rows.kinds, chosen: sieve.kind, word: word) { sieve.kind = $0 }
        }
        let authors = rows.authors
        if authors.count > 1 {
            Heading(say("queue.author"))
            OneOf(
                choices: authors.keys.sorted { authors[$0] ?? "" < authors[$1] ?? "" }, chosen: sieve.author,
                word: { asWritten(authors[$0] ?? "") }, onChoose: { sieve.author = $0 })
        }
        if rows.contains(where: { $0.row.state == .resubmitted }) {
            Tick(say("queue.again"), sieve.isAgain) { sieve.isAgain = $0 }
        }
    }
}
