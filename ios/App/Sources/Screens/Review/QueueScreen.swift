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

    var body: some View {
        Page(say("queue.title")) {
            ForEach(rows, id: \.row.doc) { waiting in
                if let since = waiting.since {
                    Hint(say("queue.waiting", ago(since, now), asWritten(waiting.row.author)))
                }
                EntryLine(row: waiting.row, person: names.person(waiting.row.scope), today: today) {
                    onOpen(waiting.row.doc)
                }
            }
            if rows.isEmpty { Hint(say("queue.empty")) }
        }
    }
}
