import CoreKit
import DoorstepCore
import SwiftUI

/// Every save of an entry, newest first; a touch shows how it read then.
struct HistoryScreen: View {
    /// Newest first.
    let rows: [HistoryRow]
    let reading: Reading
    let now: Date
    let onOpen: @MainActor (Heads) -> Void

    var body: some View {
        Page(say("entry.history")) {
            if !rows.isEmpty { Hint(say("history.touch")) }
            ForEach(rows, id: \.heads) { row in
                Sheet {
                    Beside {
                        Strong(asWritten(row.name))
                    } right: {
                        Hint(since(row.time, now))
                    }
                    if row.heads == rows.last?.heads {
                        Hint(say("history.first"))
                    } else {
                        ForEach(row.changes.filter { isShown($0.field) }, id: \.field) { change in
                            Changed(change: change, reading: reading)
                        }
                    }
                } onTap: {
                    onOpen(row.heads)
                }
            }
        }
    }
}
