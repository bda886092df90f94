import SwiftUI

/// The button that most people want, as wide as the thumb likes it.
struct MainButton: View {
    let text: Text
    var isEnabled = true
    let action: @MainActor () -> Void

    init(_ text: Text, isEnabled: Bool = true, action: @escaping @MainActor () -> Void) {
        (self.text, self.isEnabled, self.action) = (text, isEnabled, action)
    }

    var body: some View {
        Button(action: action) {
            text.font(.headline)
                .multilineTextAlignment(.center)
                .padding(.horizontal, 16)
                .frame(maxWidth: .infinity, minHeight: Measure.button)
                .painted(ink: .onPrimary, ground: .primary, radius: Measure.radius)
        }
        .buttonStyle(.plain)
        .disabled(!isEnabled)
        .opacity(isEnabled ? 1 : 0.5)
    }
}

/// The other way.
struct SideButton: View {
    let text: Text
    var isEnabled = true
    let action: @MainActor () -> Void

    init(_ text: Text, isEnabled: Bool = true, action: @escaping @MainActor () -> Void) {
        (self.text, self.isEnabled, self.action) = (text, isEnabled, action)
    }

    var body: some View {
        Button(action: action) {
            text.font(.headline)
                .multilineTextAlignment(.center)
                .padding(.horizontal, 16)
                .frame(maxWidth: .infinity, minHeight: Measure.button)
                .painted(ink: .primary)
                .contentShape(Rectangle())
                .lined(.outline, radius: Measure.radius)
        }
        .buttonStyle(.plain)
        .disabled(!isEnabled)
        .opacity(isEnabled ? 1 : 0.5)
    }
}

/// A picture to touch; its name is read aloud.
struct IconButton: View {
    let symbol: String
    let label: Text
    let action: @MainActor () -> Void

    init(_ symbol: String, _ label: Text, action: @escaping @MainActor () -> Void) {
        (self.symbol, self.label, self.action) = (symbol, label, action)
    }

    var body: some View {
        Button(action: action) {
            Image(systemName: symbol).frame(minWidth: Measure.target, minHeight: Measure.target)
        }
        .accessibilityLabel(label)
    }
}

/// What went wrong, in a sentence.
struct Trouble: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View { Sheet(tone: .care) { text } }
}

/// A short word on a coloured ground.
struct Tag: View {
    let text: Text
    var tone = Tone.plain

    init(_ text: Text, _ tone: Tone = .plain) { (self.text, self.tone) = (text, tone) }

    var body: some View {
        let shades = tone.shades ?? (.secondaryContainer, .onSecondaryContainer)
        text.font(.caption)
            .padding(.horizontal, 8)
            .padding(.vertical, 3)
            .painted(ink: shades.ink, ground: shades.ground, radius: 10)
    }
}

/// Words left and right; the right ones go below where there is no room.
struct Beside<Left: View, Right: View>: View {
    @ViewBuilder let left: Left
    @ViewBuilder let right: Right

    var body: some View {
        ViewThatFits(in: .horizontal) {
            HStack(spacing: 8) {
                left
                Spacer(minLength: 8)
                right
            }
            VStack(alignment: .leading, spacing: 4) {
                left
                right
            }
        }
    }
}
