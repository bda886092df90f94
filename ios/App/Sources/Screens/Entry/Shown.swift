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
        default: partLabel(field)
        }
    }

    /// What a field of a case's parts is called.
    private func partLabel(_ field: Field) -> Text {
        switch field {
        case "pseudonym": say("field.pseudonym")
        case "legal_name": say("field.legal_name")
        case "address": say("field.address")
        case "phone": say("field.phone")
        case "reach_note": say("case.reach")
        case "safety": say("field.safety")
        case "stage": say("field.stage")
        case "risk": say("field.risk")
        case "family_focus": say("field.family_focus")
        default: asWritten(answer(field) ?? field)
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
        default: break
        }
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
