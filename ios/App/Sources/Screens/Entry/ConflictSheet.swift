import DoorstepCore
import SwiftUI

/// A wrote this, B wrote that: one touch settles it.
struct ConflictSheet: View {
    let card: ConflictCard
    let reading: Reading
    let onSettle: @MainActor (Value) -> Void

    var body: some View {
        Sheet(tone: .care) {
            SheetHeading(say("entry.conflict", reading.label(card.field)))
            ForEach(card.sides, id: \.self) { side in
                SideButton(say("entry.wrote", asWritten(side.name), reading.shown(card.field, side.value))) {
                    onSettle(side.value)
                }
            }
        }
    }
}
