import DoorstepCore
import SwiftUI

/// A wrote this, B wrote that: one touch settles it.
struct ConflictSheet: View {
    let card: ConflictCard
    /// In what, where that is not clear from the screen.
    var what: Text?
    let reading: Reading
    let onSettle: @MainActor (Value) -> Void

    var body: some View {
        Sheet(tone: .care) {
            SheetHeading(say("entry.conflict", beside(what, reading.label(card.field))))
            ForEach(card.sides, id: \.self) { side in
                SideButton(say("entry.wrote", asWritten(side.name), reading.shown(card.field, side.value))) {
                    onSettle(side.value)
                }
            }
        }
    }
}
