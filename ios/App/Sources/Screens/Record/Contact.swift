import CoreKit
import DoorstepCore
import SwiftUI

/// Nobody was met: what was left behind, and what comes next. Nothing of it has to be typed.
struct AttemptPart: View {
    @Environment(\.language) private var language
    let state: RecordState
    let on: RecordEvents
    let typing: FocusState<Field?>.Binding

    var body: some View {
        // Written into the record, in the language that is spoken here.
        let neighbour = written("record.neighbour", in: language)
        let isWithNeighbour = state.isOn("card_left") && state.text("message_with") == neighbour
        Heading(say("record.left"))
        Flow {
            Tick(say("field.card_left"), state.isOn("card_left")) { on.choose("card_left", flag($0)) }
            Tick(say("field.leaflet"), state.isOn("leaflet")) { on.choose("leaflet", flag($0)) }
            Tick(say("record.with_neighbour"), isWithNeighbour) { isOn in
                on.choose("card_left", flag(isOn))
                on.choose("message_with", isOn ? .text(text: neighbour) : .empty)
            }
        }
        Words(say("field.message_with"), state.text("message_with"), typing: (typing, "message_with")) {
            on.type("message_with", $0)
        }
        Words(
            say("record.narrative_open"), state.text("narrative"), lines: 2, typing: (typing, "narrative")
        ) { on.type("narrative", $0) }
        NextPart(state: state, on: on, typing: typing)
    }
}

/// Somebody was met, or it is no contact at all.
struct ContactPart: View {
    let state: RecordState
    let on: RecordEvents
    let kind: EntryKind
    let typing: FocusState<Field?>.Binding

    /// Contacts that may happen anywhere: how matters, not where.
    private var isAtADistance: Bool { [.mentorCheckIn, .phoneContact, .onlineContact].contains(kind) }

    private var isWorkers: Bool { isContact(kind: kind) && !mentorsOwn.contains(kind) }

    var body: some View {
        if isAtADistance {
            Heading(say("record.mode"))
            OneOf(choices: contactModes(), chosen: mode, word: word) { chosen in
                on.choose("mode", chosen.map { .text(text: contactModeCode(value: $0)) } ?? .empty)
            }
        }
        if isWorkers, state.asksOutcome { MetPart(state: state, on: on, typing: typing) }
        Particulars(state: state, on: on, typing: typing)
        Words(say("field.narrative"), state.text("narrative"), lines: 5, typing: (typing, "narrative")) {
            on.type("narrative", $0)
        }
        Questions(state: state, on: on, typing: typing)
        Heading(say("record.when"))
        DayField(label: say("field.date"), field: "date", state: state, on: on)
        if isContact(kind: kind) {
            HStack(spacing: 8) {
                TimeField(label: say("field.start"), field: "start", state: state, on: on)
                TimeField(label: say("field.end"), field: "end", state: state, on: on)
            }
        }
        if isContact(kind: kind), !isAtADistance {
            Heading(say("record.where"))
            OneOf(choices: placeKinds(), chosen: place, word: word) { chosen in
                on.choose("place", chosen.map { .text(text: placeKindCode(value: $0)) } ?? .empty)
            }
            Words(say("field.place_note"), state.text("place_note"), typing: (typing, "place_note")) {
                on.type("place_note", $0)
            }
            LocationPart(place: state.text("location"), on: on)
        }
        if isWorkers {
            Words(
                say("field.accompanied_by"), state.text("accompanied_by"), typing: (typing, "accompanied_by")
            ) { on.type("accompanied_by", $0) }
        }
        NextPart(state: state, on: on, typing: typing)
    }

    private var mode: ContactMode? {
        if case .text(let code) = state.values["mode"] { contactModeOf(code: code) } else { nil }
    }

    private var place: PlaceKind? {
        if case .text(let code) = state.values["place"] { placeKindOf(code: code) } else { nil }
    }
}

/// Where the phone is: only by a touch, only once, to about a kilometre.
private struct LocationPart: View {
    let place: String
    let on: RecordEvents

    var body: some View {
        if place.isEmpty {
            SideButton(say("record.locate"), action: on.locate)
        } else {
            Tick(say("record.located", asWritten(place)), true) { _ in on.choose("location", .empty) }
        }
    }
}

/// What comes next and when; a proposal is one touch, and can be changed.
private struct NextPart: View {
    @Environment(\.language) private var language
    let state: RecordState
    let on: RecordEvents
    let typing: FocusState<Field?>.Binding

    var body: some View {
        Heading(say("record.next"))
        if let proposal = state.proposal {
            let words = written(proposal.step, in: language)
            let day = proposal.date.map { plainDay($0, thisYear: civil(.now).year) }
            Tick(beside(asWritten(words), day), state.text("next_step") == words) { isTaken in
                on.choose("next_step", isTaken ? .text(text: words) : .empty)
                let date = isTaken ? proposal.date : nil
                on.choose("next_date", date.map { .text(text: iso($0)) } ?? .empty)
            }
        }
        Words(say("field.next_step"), state.text("next_step"), typing: (typing, "next_step")) {
            on.type("next_step", $0)
        }
        DayField(label: say("record.next_day"), field: "next_date", state: state, on: on)
    }
}
