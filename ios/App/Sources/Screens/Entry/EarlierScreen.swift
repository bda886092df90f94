import CoreKit
import DoorstepCore
import SwiftUI

/// An entry as it read at an earlier moment, and the way to put it back.
struct EarlierScreen: View {
    @Environment(\.language) private var language
    let state: EarlierState
    let now: Date
    let onRestore: @MainActor () -> Void

    var body: some View {
        let reading = Reading(language: language, questions: state.questions, names: state.names)
        Page(say("earlier.title")) {
            Hint(beside(asWritten(state.name), state.time.map { since($0, now) }))
            ForEach(inOrder(state.fields), id: \.field) { field, value in
                Heading(reading.label(field))
                Prose(reading.shown(field, value))
            }
        } bottom: {
            if !state.back.isEmpty {
                AskingButton(
                    text: say("earlier.restore"), question: say("earlier.asked", number(state.back.count)),
                    yes: say("earlier.yes"), onYes: onRestore)
            }
        }
    }
}
