import CoreKit
import DoorstepCore
import SwiftUI

/// What can be done with a case.
struct CaseEvents {
    let record: @MainActor () -> Void
    /// All that is written down about the person.
    let details: @MainActor () -> Void
    let open: @MainActor (DocId) -> Void
    let settle: @MainActor (ConflictCard, Value) -> Void
}

/// One person's file as this member may read it.
struct CaseScreen: View {
    @Environment(\.language) private var language
    let state: CaseState
    let today: CivilDate
    let on: CaseEvents

    var body: some View {
        Page(asWritten(state.view?.row.part.pseudonym ?? "")) {
            if let view = state.view { inside(view) }
        } bottom: {
            MainButton(say("case.record"), action: on.record)
        }
    }

    @ViewBuilder private func inside(_ view: CaseView) -> some View {
        Person(row: view.row, contact: state.contact, onDetails: on.details)
        let reading = Reading(language: language, questions: state.questions)
        ForEach(state.conflicts, id: \.self) { card in
            ConflictSheet(card: card, what: what(card, view), reading: reading) { on.settle(card, $0) }
        }
        if view.timeline.isEmpty {
            Heading(say("case.entries"))
            Hint(say("case.nothing"))
        }
        ForEach(byMonth(view.timeline), id: \.first) { month in
            Heading(month.first.map { monthName($0, thisYear: today.year) } ?? say("case.no_day"))
            ForEach(month.entries, id: \.doc) { entry in
                EntryLine(row: entry, person: nil, today: today) { on.open(entry.doc) }
            }
        }
    }

    /// In which entry two people wrote differently; none for the person's own parts.
    private func what(_ card: ConflictCard, _ view: CaseView) -> Text? {
        guard let entry = view.timeline.first(where: { $0.doc == card.doc })?.entry else { return nil }
        return beside(word(entry.kind), entry.date.map { day($0, today) })
    }
}

/// Who it is, how to be safe and how to reach them: line by line, or in short where only that has arrived.
private struct Person: View {
    let row: CaseRow
    let contact: Fields
    let onDetails: @MainActor () -> Void

    var body: some View {
        Hint(beside(word(row.grant.kind), row.grant.role.map(word)))
        let safety = text("safety") ?? row.part.safety
        if !safety.isEmpty { Sheet(tone: .care) { Prose(asWritten(safety)) } }
        if let days = row.daysSinceMet {
            Prose(days == 0 ? say("case.met_today") : say("case.last_met", number(days)))
        }
        let lines = Person.reach.filter { text($0) != nil }
        if !lines.isEmpty || !row.part.reach.isEmpty {
            Heading(say("case.reach"))
            if lines.isEmpty { Prose(asWritten(row.part.reach)) }
            ForEach(lines, id: \.self) { field in
                Prose(say("case.reach_line", partLabel(field), asWritten(text(field) ?? "")))
            }
        }
        SideButton(say("case.details"), action: onDetails)
    }

    private static let reach = ["phone", "address", "reach_note", "guardian", "guardian_phone", "frequency"]

    private func text(_ field: Field) -> String? {
        if case .text(let text) = contact[field] { text } else { nil }
    }
}
