import CoreKit
import DoorstepCore
import SwiftUI

/// What was written here and the server would not take: nothing of it is lost, and a person decides.
struct ParkedSheet: View {
    let state: EntryState
    let reading: Reading
    let onWriteAgain: @MainActor () -> Void
    let onPutAway: @MainActor () -> Void

    var body: some View {
        let shown = state.parked.filter { isShown($0.field) }
        if !shown.isEmpty {
            Sheet(tone: .care) {
                SheetHeading(say("parked.title"))
                Sheet { ForEach(shown, id: \.field) { Changed(change: $0, reading: reading) } }
                if state.mayEdit { SideButton(say("parked.write_again"), action: onWriteAgain) }
                AskingButton(
                    text: say("parked.put_away"), question: say("parked.ask"),
                    yes: say("attention.delete_yes"),
                    isQuiet: true, onYes: onPutAway)
            }
        }
    }
}
