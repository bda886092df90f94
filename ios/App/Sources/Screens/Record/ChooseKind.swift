import DoorstepCore
import SwiftUI

/// What is recorded about a person. A mentor sees what a mentor may write.
struct KindScreen: View {
    let person: String
    let kinds: [EntryKind]
    let onChoose: @MainActor (EntryKind) -> Void

    var body: some View {
        Page(asWritten(person)) {
            ForEach(kinds, id: \.self) { kind in
                Sheet {
                    word(kind).font(.headline)
                } onTap: {
                    onChoose(kind)
                }
            }
        }
    }
}
