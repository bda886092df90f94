import CoreKit
import DoorstepCore
import SwiftUI

/// What can be done with an entry.
struct EntryEvents {
    let edit: @MainActor () -> Void
    let approve: @MainActor () -> Void
    let returnIt: @MainActor () -> Void
    let next: @MainActor () -> Void
    let comment: @MainActor () -> Void
    let resolve: @MainActor (ActionId) -> Void
    let history: @MainActor () -> Void
    let withdraw: @MainActor () -> Void
    let copy: @MainActor () -> Void
    /// What the server would not take is written in again.
    let writeAgain: @MainActor () -> Void
    /// What the server would not take is needed no longer.
    let putAway: @MainActor () -> Void
    let settle: @MainActor (ConflictCard, Value) -> Void
    let openPhoto: @MainActor (AttachmentId) -> Void
}

/// An entry to be read: where it stands first, then what is asked about it, then the answers.
struct EntryScreen: View {
    @Environment(\.language) private var language
    let state: EntryState
    let now: Date
    let on: EntryEvents

    private var reading: Reading {
        Reading(language: language, questions: state.questions, names: state.names)
    }

    var body: some View {
        Page(beside(state.person.map(asWritten), state.view?.summary.entry.map { word($0.kind) })) {
            if let view = state.view, view.summary.entry != nil { inside(view) }
            if let failure = state.failure { Trouble(sentence(failure)) }
        } bottom: {
            if state.hasButtons { buttons }
        }
    }

    @ViewBuilder private func inside(_ view: EntryView) -> some View {
        Standing(view: view, state: state, reading: reading)
        ParkedSheet(state: state, reading: reading, onWriteAgain: on.writeAgain, onPutAway: on.putAway)
        ForEach(view.conflicts, id: \.self) { card in
            ConflictSheet(card: card, reading: reading) { on.settle(card, $0) }
        }
        if view.mayDecide, let unseen = state.unseen {
            DifferenceSheet(unseen: unseen, reading: reading)
        }
        Answers(state: state, reading: reading)
        PhotoRow(photos: state.photos, onOpen: on.openPhoto)
        CommentThread(state: state, reading: reading, now: now, on: on)
        // What is needed less often.
        SideButton(say("entry.history"), action: on.history)
        if state.mayWithdraw { SideButton(say("entry.wrong_person"), action: on.withdraw) }
    }

    /// What stays under the thumb: the one thing that this reader most likely came for.
    @ViewBuilder private var buttons: some View {
        if state.mayDecide {
            HStack(spacing: 12) {
                SideButton(say("return.title"), action: on.returnIt)
                MainButton(say("entry.approve"), action: on.approve)
            }
        } else if state.isToBeCorrected {
            MainButton(say("entry.resubmit"), action: on.edit)
        } else if state.isWithdrawn {
            MainButton(say("entry.copy"), action: on.copy)
        } else if state.next != nil {
            MainButton(say("entry.next"), action: on.next)
        } else {
            MainButton(say("entry.edit"), action: on.edit)
        }
    }
}

/// Where it stands; a return or a withdrawal with its reason.
private struct Standing: View {
    @Environment(\.isPractice) private var isPractice
    let view: EntryView
    let state: EntryState
    let reading: Reading

    var body: some View {
        let isOnlyHere = view.isWaiting && !isPractice
        Flow(spacing: 6) {
            Tag(word(view.review.state), tone(view.review.state))
            if isOnlyHere { Tag(say("tag.waiting"), .care) }
        }
        if isOnlyHere { Hint(say("entry.goes_out")) }
        if let reason = state.withdrawal { Sheet { Prose(asWritten(reason)) } }
        if let returned = state.openReturn {
            let who = asWritten(state.names[returned.member] ?? "")
            Sheet(tone: .care) {
                if returned.fields.isEmpty {
                    SheetHeading(say("entry.returned_by", who))
                    Prose(asWritten(returned.reason))
                } else {
                    let asked = joined(returned.fields.map(reading.label), by: say("list.comma"))
                    SheetHeading(say("entry.returned_about", who, asked))
                }
            }
        }
    }
}
