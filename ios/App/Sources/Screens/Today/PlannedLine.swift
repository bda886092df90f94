import DoorstepCore
import SwiftUI

/// Whom something is planned with, on which day and what; opens the entry that says so.
struct PlannedLine: View {
    let row: EntryListRow
    let person: String?
    let today: CivilDate
    let onOpen: @MainActor () -> Void

    var body: some View {
        let entry = row.entry
        Sheet {
            Beside {
                (person.map(asWritten) ?? word(entry.kind)).font(.headline)
            } right: {
                if let due = entry.nextDate { Hint(day(due, today)) }
            }
            if entry.nextStep.isEmpty { word(entry.kind) } else { asWritten(entry.nextStep) }
        } onTap: {
            onOpen()
        }
    }
}
