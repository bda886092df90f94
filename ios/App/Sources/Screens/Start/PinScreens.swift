import CoreKit
import SwiftUI

/// A PIN is chosen, typed twice. It is never kept in anything that outlives the screen.
struct ChoosePinScreen: View {
    let isBusy: Bool
    let failure: Failure?
    let onChoose: @MainActor (String) -> Void
    @State private var pin = ""
    @State private var again = ""

    private var isSame: Bool { pin == again }

    var body: some View {
        Page(say("pin.title")) {
            Hint(say("pin.hint"))
            PinField(label: say("pin.pin"), pin: $pin, content: .newPassword)
            PinField(label: say("pin.again"), pin: $again, content: .newPassword)
            if again.count >= pin.count, !isSame { Trouble(say("pin.differ")) }
            if let failure { Trouble(sentence(failure)) }
        } bottom: {
            MainButton(say("pin.done"), isEnabled: pin.count >= 4 && isSame && !isBusy) { onChoose(pin) }
        }
    }
}

/// The phone is locked.
struct LockScreen: View {
    let isBusy: Bool
    let failure: Failure?
    /// How long one has to wait before the PIN is tried again.
    var waitSeconds = 0
    let onUnlock: @MainActor (String) -> Void
    @State private var pin = ""

    var body: some View {
        Page(say("lock.title")) {
            PinField(label: say("pin.pin"), pin: $pin, content: .password)
            if waitSeconds > 0 {
                Trouble(say("lock.wait", span(waitSeconds)))
            } else if let failure {
                Trouble(sentence(failure))
            }
        } bottom: {
            MainButton(isBusy ? say("lock.opening") : say("lock.open"), isEnabled: !pin.isEmpty && !isBusy) {
                onUnlock(pin)
                pin = ""
            }
        }
    }
}

private func span(_ seconds: Int) -> Text {
    seconds <= 90 ? say("lock.seconds", number(seconds)) : say("lock.minutes", number((seconds + 59) / 60))
}

private struct PinField: View {
    let label: Text
    @Binding var pin: String
    let content: UITextContentType
    @FocusState private var isHere: Bool

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            label.font(.caption).painted(ink: .onSurfaceVariant).accessibilityHidden(true)
            SecureField(text: $pin) { label }
                .keyboardType(.numberPad)
                .textContentType(content)
                .focused($isHere, equals: true)
                .accessibilityLabel(label)
                .onChange(of: pin) { _, typed in
                    let digits = typed.filter(\.isNumber)
                    if digits != typed { pin = digits }
                }
        }
        .typedInto { isHere = true }
    }
}
