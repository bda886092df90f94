import CoreKit
import DoorstepCore
import SwiftUI

/// What a kind of record holds besides what every record holds.
struct Particulars: View {
    let state: RecordState
    let on: RecordEvents
    let typing: FocusState<Field?>.Binding

    var body: some View {
        switch state.kind {
        case .aid:
            Yuan(label: say("record.yuan"), kept: state.values["amount"]) { on.choose("amount", $0) }
            words("field.source", "source")
            words("field.receipt", "receipt")
        case .documentServed: words("field.served", "served")
        default: EmptyView()
        }
    }

    private func words(_ label: String, _ field: Field) -> some View {
        Words(say(label), state.text(field), typing: (typing, field)) { on.type(field, $0) }
    }
}

/// Who was there: the usual ones by a touch, anybody else in words.
struct MetPart: View {
    @Environment(\.language) private var language
    let state: RecordState
    let on: RecordEvents
    let typing: FocusState<Field?>.Binding

    var body: some View {
        Heading(say("field.met"))
        Flow {
            usual(say("met.person"), written("met.person", in: language))
            usual(say("met.parents"), written("met.parents", in: language))
            usual(say("met.grandparents"), written("met.grandparents", in: language))
            usual(say("met.partner"), written("met.partner", in: language))
        }
        Words(say("record.met_words"), met, typing: (typing, "met")) { on.type("met", $0) }
    }

    private var met: String { state.text("met") }

    /// Written into the record in the language that is spoken here.
    private func usual(_ words: Text, _ one: String) -> some View {
        let comma = written("list.comma", in: language)
        return Tick(words, parts(of: met, by: comma).contains(one)) { _ in
            on.choose("met", toggled(met, one, by: comma))
        }
    }
}

/// An amount of money: typed in yuan, kept in fen.
private struct Yuan: View {
    let label: Text
    let kept: Value?
    let onChoose: @MainActor (Value) -> Void
    /// What is typed may be on its way to an amount, as "3." is.
    @State private var typed = ""

    var body: some View {
        Words(label, shown) { text in
            guard text.isEmpty || fen(text) != nil else { return }
            typed = text
            onChoose(fen(text).map { .number(number: $0) } ?? .empty)
        }
        .keyboardType(.decimalPad)
    }

    private var shown: String {
        guard case .number(let amount) = kept else { return fen(typed) == nil ? typed : "" }
        return fen(typed) == amount ? typed : yuan(amount)
    }
}
