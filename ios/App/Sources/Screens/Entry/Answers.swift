import CoreKit
import DoorstepCore
import SwiftUI

/// All answers; those that a return is about stand out, with its reason beside them.
struct Answers: View {
    let state: EntryState
    let reading: Reading

    var body: some View {
        let fields = state.view?.fields ?? [:]
        let returned = state.openReturn
        // What is asked for may be just what is missing.
        let missing = (returned?.fields ?? []).filter { fields[$0] ?? .empty == .empty }.map {
            ($0, Value.empty)
        }
        ForEach(inOrder(fields) + missing, id: \.field) { field, value in
            if let returned, returned.fields.contains(field) {
                asked(reading.label(field), reading.shown(field, value), returned)
            } else {
                Heading(reading.label(field))
                Prose(reading.shown(field, value))
            }
        }
    }

    private func asked(_ label: Text, _ text: Text, _ returned: Returned) -> some View {
        Sheet(tone: .care) {
            SheetHeading(label)
            Prose(text)
            Sheet {
                Prose(
                    say(
                        "entry.who_why", asWritten(state.names[returned.member] ?? ""),
                        asWritten(returned.reason)))
            }
        }
    }
}
