import CoreKit
import DoorstepCore
import SwiftUI

/// What can be done with the details of a case.
struct DetailsEvents {
    let edit: @MainActor (DocId) -> Void
    let history: @MainActor (DocId) -> Void
}

/// All that is written down about a person, part by part.
struct DetailsScreen: View {
    @Environment(\.language) private var language
    let person: String
    let parts: [CasePartState]
    let on: DetailsEvents

    var body: some View {
        let reading = Reading(language: language)
        Page(asWritten(person)) {
            ForEach(parts, id: \.doc) { part in
                Heading(word(part.part))
                Sheet {
                    if part.lines.isEmpty { Hint(say("details.nothing")) }
                    ForEach(part.lines, id: \.field) { field, value in
                        Hint(partLabel(field))
                        Prose(reading.shown(field, value))
                    }
                }
                // Named by their part: read out one by one, they must not sound the same.
                Flow {
                    if part.mayEdit {
                        SideButton(say("details.edit", word(part.part))) { on.edit(part.doc) }
                    }
                    SideButton(say("details.history", word(part.part))) { on.history(part.doc) }
                }
            }
        }
    }
}
