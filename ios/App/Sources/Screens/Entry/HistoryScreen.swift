import CoreKit
import DoorstepCore
import SwiftUI

/// Every save, newest first; a touch shows how it read then. Or one answer alone, with the way back to what it was.
struct HistoryScreen: View {
    /// Newest first.
    let rows: [HistoryRow]
    /// As it reads now.
    let fields: Fields
    let mayEdit: Bool
    let reading: Reading
    let now: Date
    let onOpen: @MainActor (Heads) -> Void
    let onRestore: @MainActor (Field, Value) -> Void
    @State private var only: Field?

    var body: some View {
        Page(say("entry.history")) {
            let rewritten = rewritten(rows)
            if !rewritten.isEmpty {
                Heading(say("history.only"))
                OneOf(choices: rewritten, chosen: only, word: reading.label) { only = $0 }
            }
            if let only {
                wordings(of: only)
            } else {
                saves
            }
        }
    }

    @ViewBuilder private var saves: some View {
        if !rows.isEmpty { Hint(say("history.touch")) }
        ForEach(rows, id: \.heads) { row in
            Sheet {
                heading(row)
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

    private func wordings(of field: Field) -> some View {
        ForEach(CoreKit.wordings(rows, field), id: \.row.heads) { row, value in
            Sheet {
                heading(row)
                Prose(reading.shown(field, value))
                if value == fields[field] ?? .empty {
                    Hint(say("history.so_now"))
                } else if mayEdit {
                    AskingButton(
                        text: say("earlier.restore"), question: say("history.stays"), yes: say("earlier.yes"),
                        isQuiet: true
                    ) { onRestore(field, value) }
                }
            }
        }
    }

    private func heading(_ row: HistoryRow) -> some View {
        Beside {
            Strong(asWritten(row.name))
        } right: {
            Hint(since(row.time, now))
        }
    }
}
