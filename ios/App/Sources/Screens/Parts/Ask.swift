import SwiftUI

/// A button for what is not done by a slip of the thumb: it asks once, in the same place; quiet where it
/// is rarely wanted.
struct AskingButton: View {
    let text: Text
    let question: Text
    let yes: Text
    var isEnabled = true
    var isQuiet = false
    let onYes: @MainActor () -> Void
    @State private var asks = false

    var body: some View {
        if asks {
            question.font(.body).multilineTextAlignment(.center)
            HStack(spacing: 12) {
                SideButton(say("ask.not_now")) { asks = false }
                MainButton(yes, isEnabled: isEnabled, action: onYes)
            }
        } else if isQuiet {
            SideButton(text, isEnabled: isEnabled) { asks = true }
        } else {
            MainButton(text, isEnabled: isEnabled) { asks = true }
        }
    }
}
