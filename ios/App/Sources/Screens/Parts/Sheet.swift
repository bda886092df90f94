import SwiftUI

/// A sheet of paper that things lie on; one that can be touched as a whole if `onTap` is given.
struct Sheet<Content: View>: View {
    private let tone: Tone
    private let onTap: (@MainActor () -> Void)?
    private let content: Content

    init(
        tone: Tone = .plain, @ViewBuilder content: () -> Content, onTap: (@MainActor () -> Void)? = nil
    ) {
        (self.tone, self.onTap) = (tone, onTap)
        self.content = content()
    }

    var body: some View {
        if let onTap {
            // Its words are read as one, and the whole is one button, not a heading as well.
            Button(action: onTap) { paper(Measure.row) }
                .buttonStyle(.plain)
                .accessibilityElement(children: .combine)
                .accessibilityRemoveTraits(.isHeader)
        } else {
            paper(nil)
        }
    }

    private func paper(_ minHeight: CGFloat?) -> some View {
        let shades = tone.shades ?? (.surfaceContainerLowest, .onSurface)
        return VStack(alignment: .leading, spacing: 4) { content }
            .padding(.horizontal, 16)
            .padding(.vertical, 12)
            .frame(maxWidth: .infinity, minHeight: minHeight, alignment: .leading)
            .painted(ink: shades.ink, ground: shades.ground, radius: Measure.radius)
            .lined(tone == .plain ? .outlineVariant : shades.ground, radius: Measure.radius)
            .contentShape(Rectangle())
    }
}

/// A value under its name, which is chosen and not typed.
struct Labelled: View {
    let label: Text
    let value: Text?
    let onOpen: @MainActor () -> Void

    init(_ label: Text, _ value: Text?, onOpen: @escaping @MainActor () -> Void) {
        (self.label, self.value, self.onOpen) = (label, value, onOpen)
    }

    var body: some View {
        Button(action: onOpen) {
            VStack(alignment: .leading, spacing: 2) {
                label.font(.caption).painted(ink: .onSurfaceVariant)
                (value ?? asWritten("—")).font(.body).accessibilityLabel(value ?? say("labelled.empty"))
            }
            .boxed()
        }
        .buttonStyle(.plain)
        .accessibilityElement(children: .combine)
    }
}
