import CoreKit
import DoorstepCore
import SwiftUI

/// The office's own questions, as its template asks them.
struct Questions: View {
    @Environment(\.language) private var language
    let state: RecordState
    let on: RecordEvents
    let typing: FocusState<Field?>.Binding

    var body: some View { ForEach(state.questions, id: \.id) { asked($0) } }

    @ViewBuilder private func asked(_ question: Question) -> some View {
        let field = "answers.\(question.id)"
        let wording = asWritten(language.pick(question.zh, question.en))
        switch question.answer {
        case .choice(let choices):
            Heading(wording)
            OneOf(choices: choices.map(\.code), chosen: chosen(field)) { code in
                asWritten(choices.first { $0.code == code }.map { language.pick($0.zh, $0.en) } ?? code)
            } onChoose: { code in
                on.choose(field, code.map { .text(text: $0) } ?? .empty)
            }
        case .flag:
            Tick(wording, state.isOn(field)) { on.choose(field, flag($0)) }
        case .number:
            Amount(label: wording, value: state.values[field]) { on.choose(field, $0) }
        case .text:
            Words(wording, state.text(field), typing: (typing, field)) { on.type(field, $0) }
        }
    }

    private func chosen(_ field: Field) -> String? {
        if case .text(let code) = state.values[field] { code } else { nil }
    }
}

/// A whole number; what is none is not taken.
private struct Amount: View {
    let label: Text
    let value: Value?
    let onChoose: @MainActor (Value) -> Void
    @State private var typed = ""

    var body: some View {
        Words(label, typed) { text in
            guard text.isEmpty || Int64(text) != nil else { return }
            typed = text
            onChoose(Int64(text).map { .number(number: $0) } ?? .empty)
        }
        .keyboardType(.numberPad)
        .onAppear { if case .number(let number) = value { typed = String(number) } }
    }
}
