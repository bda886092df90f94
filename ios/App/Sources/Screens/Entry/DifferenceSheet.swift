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
        line(shown).font(.body).accessibilityLabel(line(spoken))
    }

    /// Prose is compared word by word; a choice is simply another one.
    private func line(_ show: (PieceKind, Text) -> Text) -> Text {
        guard ["narrative", "next_step", "place_note"].contains(change.field) else {
            let value = { (value: Value) in value == .empty ? nil : reading.shown(change.field, value) }
            let (before, after) = (value(change.before), value(change.after))
            return joined(
                [before.map { show(.removed, $0) }, after.map { show(.added, $0) }].compactMap { $0 },
                by: asWritten(" "))
        }
        let pieces = textDifference(before: written(change.before), after: written(change.after))
        return pieces.enumerated().reduce(asWritten("")) { line, next in
            let (index, piece) = next
            let isReplaced = index > 0 && piece.kind == .added && pieces[index - 1].kind == .removed
            return line + asWritten(isReplaced ? " " : "") + show(piece.kind, asWritten(piece.text))
        }
    }

    /// Struck through, and bold and underlined: never told by colour alone.
    private func shown(_ kind: PieceKind, _ text: Text) -> Text {
        switch kind {
        case .same: text
        case .removed: text.foregroundStyle(Shade.error.colour(scheme)).strikethrough()
        case .added: text.foregroundStyle(Shade.primary.colour(scheme)).fontWeight(.semibold).underline()
        }
    }

    /// Lines through and under words are not heard.
    private func spoken(_ kind: PieceKind, _ text: Text) -> Text {
        switch kind {
        case .same: text
        case .removed: say("difference.removed", text)
        case .added: say("difference.added", text)
        }
    }

    private func written(_ value: Value) -> String {
        if case .text(let text) = value { text } else { "" }
    }
}
