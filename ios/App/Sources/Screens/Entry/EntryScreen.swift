import CoreKit
import DoorstepCore
import SwiftUI

/// What can be done with an entry.
struct EntryEvents {
    let edit: @MainActor () -> Void
    let approve: @MainActor () -> Void
    let returnIt: @MainActor () -> Void
    let settle: @MainActor (ConflictCard, Value) -> Void
    let openPhoto: @MainActor (AttachmentId) -> Void
}

/// An entry to be read, decided about, and corrected.
struct EntryScreen: View {
    @Environment(\.language) private var language
    let state: EntryState
    let on: EntryEvents

    private var reading: Reading {
        Reading(language: language, questions: state.questions, names: state.names)
    }

    var body: some View {
        Page(beside(state.person.map(asWritten), state.view?.summary.entry.map { word($0.kind) })) {
            if let view = state.view, view.summary.entry != nil { inside(view) }
            if let failure = state.failure { Trouble(sentence(failure)) }
        } actions: {
            EmptyView()
        } bottom: {
            if let view = state.view { buttons(view) }
        }
    }

    @ViewBuilder private func inside(_ view: EntryView) -> some View {
        Standing(view: view, names: state.names)
        ForEach(view.conflicts, id: \.self) { card in
            ConflictSheet(card: card, reading: reading) { on.settle(card, $0) }
        }
        if view.mayDecide, !state.since.isEmpty { Difference(since: state.since, reading: reading) }
        Answers(view: view, reading: reading)
        PhotoRow(photos: state.photos, onOpen: on.openPhoto)
        Comments(view: view, names: state.names)
    }

    @ViewBuilder private func buttons(_ view: EntryView) -> some View {
        if view.mayDecide {
            HStack(spacing: 12) {
                SideButton(say("entry.return"), action: on.returnIt)
                MainButton(say("entry.approve"), action: on.approve)
            }
        } else if view.mayEdit {
            MainButton(
                view.review.state == .returned ? say("entry.resubmit") : say("entry.edit"), action: on.edit)
        }
    }
}

/// Where it stands; a return with its reason.
private struct Standing: View {
    let view: EntryView
    let names: [MemberId: String]

    var body: some View {
        Flow(spacing: 6) {
            Tag(word(view.review.state), tone(view.review.state))
            if view.isWaiting { Tag(say("tag.waiting"), .care) }
        }
        if let returned = view.review.returned, view.review.state == .returned {
            Sheet(tone: .care) {
                say("entry.returned_by", asWritten(names[returned.member] ?? "")).font(
                    .subheadline.weight(.semibold))
                asWritten(returned.reason).font(.body)
            }
        }
    }
}

/// What was answered; what the supervisor asks about stands out.
private struct Answers: View {
    let view: EntryView
    let reading: Reading

    var body: some View {
        let asked = view.review.state == .returned ? view.review.returned?.fields ?? [] : []
        ForEach(inOrder(view.fields), id: \.field) { field, value in
            if asked.contains(field) {
                Sheet(tone: .care) {
                    reading.label(field).font(.subheadline.weight(.semibold))
                    reading.shown(field, value).font(.body)
                }
            } else {
                Heading(reading.label(field))
                reading.shown(field, value).font(.body)
            }
        }
    }
}

/// Exactly what has changed since the approved version.
private struct Difference: View {
    let since: [FieldChange]
    let reading: Reading

    var body: some View {
        Sheet(tone: .good) {
            say("entry.since").font(.headline)
            ForEach(since, id: \.field) { change in
                reading.label(change.field).font(.subheadline.weight(.semibold))
                asWritten("− ") + reading.shown(change.field, change.before)
                asWritten("+ ") + reading.shown(change.field, change.after)
            }
        }
    }
}

private struct Comments: View {
    let view: EntryView
    let names: [MemberId: String]

    var body: some View {
        if !view.review.comments.isEmpty {
            Heading(say("entry.comments"))
            ForEach(view.review.comments, id: \.action) { comment in
                Sheet {
                    Hint(asWritten(names[comment.member] ?? ""))
                    asWritten(comment.reason).font(.body)
                }
            }
        }
    }
}

/// A wrote this, B wrote that: one touch settles it.
private struct ConflictSheet: View {
    let card: ConflictCard
    let reading: Reading
    let onSettle: @MainActor (Value) -> Void

    var body: some View {
        Sheet(tone: .care) {
            say("entry.conflict", reading.label(card.field)).font(.headline)
            ForEach(card.sides, id: \.self) { side in
                SideButton(say("entry.wrote", asWritten(side.name)) + reading.shown(card.field, side.value)) {
                    onSettle(side.value)
                }
            }
        }
    }
}
