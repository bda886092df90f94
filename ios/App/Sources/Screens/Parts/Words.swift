import DoorstepCore
import SwiftUI

/// A field of text with its name above it, so that the name stays when something is typed.
struct Words: View {
    let label: Text
    let text: String
    var lines = 1
    /// Typing goes on here when this field is named.
    var typing: (now: FocusState<Field?>.Binding, field: Field)?
    let onType: @MainActor (String) -> Void
    @FocusState private var isHere: Bool

    init(
        _ label: Text, _ text: String, lines: Int = 1,
        typing: (now: FocusState<Field?>.Binding, field: Field)? = nil,
        onType: @escaping @MainActor (String) -> Void
    ) {
        (self.label, self.text, self.lines, self.onType) = (label, text, lines, onType)
        self.typing = typing
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            label.font(.caption).painted(ink: .onSurfaceVariant).accessibilityHidden(true)
            if let typing {
                field.focused(typing.now, equals: typing.field)
            } else {
                field.focused($isHere, equals: true)
            }
        }
        .typedInto { if let typing { typing.now.wrappedValue = typing.field } else { isHere = true } }
    }

    private var field: some View {
        TextField(text: Binding(get: { text }, set: { onType($0) }), axis: .vertical) { label }
            .lineLimit(lines...)
            .accessibilityLabel(label)
    }
}

extension View {
    /// The box around what can be typed or chosen.
    func boxed() -> some View {
        padding(.horizontal, 14)
            .padding(.vertical, 8)
            .frame(maxWidth: .infinity, minHeight: Measure.row, alignment: .leading)
            .painted(ground: .surfaceContainerLowest, radius: 10)
            .lined(.outline, radius: 10)
    }

    /// The box around a field, which is too low a target by itself: a touch anywhere in the box goes to the field.
    func typedInto(_ take: @escaping @MainActor () -> Void) -> some View {
        boxed().contentShape(Rectangle()).onTapGesture(perform: take)
    }
}
