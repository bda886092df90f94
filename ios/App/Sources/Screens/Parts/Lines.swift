import SwiftUI

/// The heading of a stretch of a screen.
struct Heading: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View {
        text.font(.subheadline.weight(.semibold))
            .painted(ink: .onSurfaceVariant)
            .padding(.top, 12)
            .accessibilityAddTraits(.isHeader)
    }
}

/// The heading of a sheet, in the sheet's ink.
struct SheetHeading: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View { text.font(.subheadline.weight(.semibold)).accessibilityAddTraits(.isHeader) }
}

/// What a line in a list is about.
struct Strong: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View { text.font(.headline) }
}

/// What somebody wrote.
struct Prose: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View { text.font(.body) }
}

/// A quiet line.
struct Hint: View {
    let text: Text

    init(_ text: Text) { self.text = text }

    var body: some View { text.font(.subheadline).painted(ink: .onSurfaceVariant) }
}
