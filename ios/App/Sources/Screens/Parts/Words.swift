import SwiftUI

/// A field of text with its name above it, so that the name stays when something is typed.
struct Words: View {
    let label: Text
    let text: String
    var lines = 1
    let onType: @MainActor (String) -> Void

    init(_ label: Text, _ text: String, lines: Int = 1, onType: @escaping @MainActor (String) -> Void) {
        (self.label, self.text, self.lines, self.onType) = (label, text, lines, onType)
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            label.font(.caption).painted(ink: .onSurfaceVariant).accessibilityHidden(true)
            TextField(text: Binding(get: { text }, set: { onType($0) }), axis: .vertical) { label }
                .lineLimit(lines...)
                .accessibilityLabel(label)
        }
        .padding(.horizontal, 14)
        .padding(.vertical, 8)
        .frame(maxWidth: .infinity, minHeight: Measure.row, alignment: .leading)
        .painted(ground: .surfaceContainerLowest, radius: 10)
        .lined(.outline, radius: 10)
    }
}
