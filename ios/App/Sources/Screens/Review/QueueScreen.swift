import CoreKit
import DoorstepCore
import SwiftUI

/// What waits for a supervisor, the longest waiting first.
struct QueueScreen: View {
    let rows: [QueueRow]
    let names: [CaseId: String]
    let today: CivilDate
    let now: Date
    let onOpen: @MainActor (DocId) -> Void
    @State private var sifts = false
    @State private var sieve = Sieve()

    var body: some View {
        Page(say("queue.title")) {
            if rows.isEmpty { Hint(say("queue.empty")) } else { list(sieve.keep(rows)) }
        }
    }

    @ViewBuilder private func list(_ kept: [QueueRow]) -> some View {
        let chosen = sieve.count == 0 ? asWritten("") : say("queue.chosen", number(sieve.count))
        SideButton(sifts ? say("queue.hide_filters") : say("queue.filter", chosen)) { sifts.toggle() }
        if sifts { SieveChoices(rows: rows, sieve: $sieve) }
        let count =
            kept.count == rows.count
            ? number(rows.count) : say("queue.kept", number(rows.count), number(kept.count))
        Hint(say("queue.count", count))
        ForEach(kept, id: \.row.doc) { waiting in
            EntryLine(
                row: waiting.row, person: names.person(waiting.row.scope), today: today,
                below: beside(
                    asWritten(waiting.row.author), waiting.since.map { say("queue.waiting", ago($0, now)) })
            ) { onOpen(waiting.row.doc) }
        }
        if kept.isEmpty { SideButton(say("queue.show_all")) { sieve = Sieve() } }
    }
}
