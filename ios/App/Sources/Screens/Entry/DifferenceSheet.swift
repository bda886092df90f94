import CoreKit
import DoorstepCore
import SwiftUI

/// Exactly what a supervisor has not seen yet.
struct DifferenceSheet: View {
    let unseen: Unseen
    let reading: Reading

    var body: some View {
        let shown = unseen.changes.filter { isShown($0.field) }
        if !shown.isEmpty {
            switch unseen.since {
            case .return: Heading(say("entry.since_return"))
            case .approval: Heading(say("entry.since_approval"))
            }
            Sheet {
                ForEach(shown, id: \.field) { Changed(change: $0, reading: reading) }
            }
            Heading(say("entry.whole"))
        }
    }
}

/// One change, piece by piece.
struct Changed: View {
    @Environment(\.colorScheme) private var scheme
    let change: FieldChange
    let reading: Reading

    var body: some View {
        SheetHeading(reading.label(change.field))
        line.font(.body)
    }

    /// Prose is compared word by word; a choice is simply another one.
    private var line: Text {
        guard ["narrative", "next_step", "place_note"].contains(change.field) else {
            let before = change.before == .empty ? nil : removed(reading.shown(change.field, change.before))
            let after = change.after == .empty ? nil : added(reading.shown(change.field, change.after))
            return joined([before, after].compactMap { $0 }, by: asWritten(" "))
        }
        let pieces = textDifference(before: written(change.before), after: written(change.after))
        return pieces.enumerated().reduce(asWritten("")) { line, next in
            let (index, piece) = next
            let isReplaced = index > 0 && piece.kind == .added && pieces[index - 1].kind == .removed
            return line + asWritten(isReplaced ? " " : "") + shown(piece)
        }
    }

    private func shown(_ piece: Piece) -> Text {
        switch piece.kind {
        case .same: asWritten(piece.text)
        case .removed: removed(asWritten(piece.text))
        case .added: added(asWritten(piece.text))
        }
    }

    // Struck through, and bold and underlined: never told by colour alone.

    private func removed(_ text: Text) -> Text {
        text.foregroundStyle(Shade.error.colour(scheme)).strikethrough()
    }

    private func added(_ text: Text) -> Text {
        text.foregroundStyle(Shade.primary.colour(scheme)).fontWeight(.semibold).underline()
    }

    private func written(_ value: Value) -> String {
        if case .text(let text) = value { text } else { "" }
    }
}
