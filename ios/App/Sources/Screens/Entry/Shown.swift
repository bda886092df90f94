import CoreKit
import DoorstepCore
import SwiftUI

/// How an entry's fields are shown: in which words, and whose names.
struct Reading {
    let language: Language
    var questions: [Question] = []
    var names: [MemberId: String] = [:]

    /// What a field is called.
    func label(_ field: Field) -> Text {
        if let question = question(field) { return asWritten(language.pick(question.zh, question.en)) }
        return switch field {
        case "kind": say("field.kind")
        case "date": say("field.date")
        case "start": say("field.start")
        case "end": say("field.end")
        case "outcome": say("field.outcome")
        case "place": say("field.place")
        case "place_note": say("field.place_note")
        case "location": say("field.location")
        case "mode": say("field.mode")
        case "met": say("field.met")
        case "card_left": say("field.card_left")
        case "leaflet": say("field.leaflet")
        case "message_with": say("field.message_with")
        case "accompanied_by": say("field.accompanied_by")
        case "narrative": say("field.narrative")
        case "next_step": say("field.next_step")
        case "next_date": say("field.next_date")
        case "crisis": say("field.crisis")
        case "amount": say("field.amount")
        case "source": say("field.source")
        case "receipt": say("field.receipt")
        case "served": say("field.served")
        default: answer(field).map(asWritten) ?? partLabel(field)
        }
    }

    /// A value as people read it.
    func shown(_ field: Field, _ value: Value) -> Text {
        switch value {
        case .empty: say("value.empty")
        case .flag(let yes): yes ? say("value.yes") : say("value.no")
        case .number(let number): asWritten(field == "amount" ? yuan(number) : String(number))
        case .text(let text): words(field, text)
        }
    }

    private func words(_ field: Field, _ text: String) -> Text {
        switch field {
        case "kind": return word(entryKindOf(code: text))
        case "outcome": return word(outcomeOf(code: text))
        case "place": return word(placeKindOf(code: text))
        case "mode": return word(contactModeOf(code: text))
        case "date", "next_date", "birth_date", "measure_start", "measure_end", "accepted_on":
            return civil(iso: text).map { plainDay($0, thisYear: 0) } ?? asWritten(text)
        default: break
        }
        if let code = partCode(field, text) { return code }
        if case .choice(let choices) = question(field)?.answer,
            let choice = choices.first(where: { $0.code == text })
        {
            return asWritten(language.pick(choice.zh, choice.en))
        }
        return asWritten(names[text] ?? text)
    }

    private func question(_ field: Field) -> Question? {
        answer(field).flatMap { id in questions.first { $0.id == id } }
    }

    /// The question that a field answers; none for a field of the core's own.
    private func answer(_ field: Field) -> String? {
        field.hasPrefix("answers.") ? String(field.dropFirst("answers.".count)) : nil
    }
}
