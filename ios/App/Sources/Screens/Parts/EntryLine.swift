import DoorstepCore
import SwiftUI

/// An entry in a list: whom, what and when; what else matters `below`; how it came out; where it stands.
struct EntryLine: View {
    @Environment(\.isPractice) private var isPractice
    let row: EntryListRow
    let person: String?
    let today: CivilDate
    var below: Text?
    let onOpen: @MainActor () -> Void

    var body: some View {
        let entry = row.entry
        Sheet {
            Beside {
                beside(person.map(asWritten), word(entry.kind)).font(.headline)
            } right: {
                if let date = entry.date { Hint(day(date, today)) }
            }
            if let below { Hint(below) }
            if !entry.excerpt.isEmpty {
                asWritten(entry.excerpt).font(.subheadline).lineLimit(2)
            }
            Flow(spacing: 6) {
                if entry.crisis { Tag(say("field.crisis"), .danger) }
                if let outcome = entry.outcome { Tag(word(outcome)) }
                if row.state != .draft { Tag(word(row.state), tone(row.state)) }
                if row.conflicts > 0 { Tag(say("tag.conflict"), .care) }
                if row.isWaiting, !isPractice { Tag(say("tag.waiting"), .care) }
            }
        } onTap: {
            onOpen()
        }
    }
}

/// The tone of a review state.
func tone(_ state: ReviewState) -> Tone {
    switch state {
    case .approved: .good
    case .returned, .amended: .care
    default: .plain
    }
}
