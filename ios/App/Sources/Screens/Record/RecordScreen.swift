import CoreKit
import DoorstepCore
import SwiftUI

/// What the form does with what is touched.
struct RecordEvents {
    let choose: @MainActor (Field, Value) -> Void
    let type: @MainActor (Field, String) -> Void
    let photograph: @MainActor () -> Void
    /// Where the phone is now is to be noted, roughly.
    let locate: @MainActor () -> Void
    let openPhoto: @MainActor (AttachmentId) -> Void
    /// Whom a group session is credited to is to be chosen.
    let chooseParticipants: @MainActor () -> Void
    let done: @MainActor () -> Void
    let later: @MainActor () -> Void
    let leave: @MainActor () -> Void
    /// What was typed is not wanted.
    let delete: @MainActor () -> Void
}

/// One screen that fits a visit at a doorstep: the outcome first, and only what belongs to it below.
struct RecordScreen: View {
    let state: RecordState
    let on: RecordEvents
    @FocusState private var typing: Field?

    var body: some View {
        Page(beside(state.person.map(asWritten), state.kind.map(word) ?? state.part.map(word))) {
            if let part = state.part { PartForm(state: state, on: on, part: part, typing: $typing) }
            if let kind = state.kind { form(kind) }
            if state.kind != nil || state.part != nil {
                AskingButton(
                    text: state.isNew ? say("record.throw_away") : say("record.drop_changes"),
                    question: say("record.throw_away_ask"), yes: say("record.throw_away_yes"), isQuiet: true,
                    onYes: on.delete)
            }
        } actions: {
            // As on every other screen, one tap; here it marks what is being recorded.
            if state.mayBeCrisis, !state.isOn("crisis") {
                CrisisButton(label: say("record.crisis")) { on.choose("crisis", flag(true)) }
            }
        } bottom: {
            if let failure = state.failure { Trouble(sentence(failure)) }
            HStack(spacing: 12) {
                // A part of a case is nobody's to review: there is nothing to hand in later.
                if state.kind != nil {
                    SideButton(say("record.later"), isEnabled: !state.isSaving, action: on.later)
                }
                MainButton(
                    state.willSubmit ? say("record.done") : say("record.save"), isEnabled: !state.isSaving,
                    action: on.done)
            }
        }
        // Leaving writes first, and stays with the reason where that fails.
        .navigationBarBackButtonHidden()
        .toolbar {
            ToolbarItem(placement: .topBarLeading) {
                IconButton("chevron.backward", say("page.back"), action: on.leave)
            }
        }
        // Typing goes on where it stopped.
        .onChange(of: state.last, initial: true) { if let last = state.last { typing = last } }
    }

    @ViewBuilder private func form(_ kind: EntryKind) -> some View {
        if state.mayBeCrisis, state.isOn("crisis") {
            Tick(say("record.crisis"), true) { on.choose("crisis", flag($0)) }
        }
        if kind == .groupSession {
            ParticipantsPart(names: state.participants, onChoose: on.chooseParticipants)
        }
        if state.asksOutcome { OutcomePart(state: state, on: on) }
        if !state.asksOutcome || state.outcome != nil {
            if state.isAttempt {
                AttemptPart(state: state, on: on, typing: $typing)
            } else {
                ContactPart(state: state, on: on, kind: kind, typing: $typing)
            }
        }
        PhotoRow(photos: state.photos, onOpen: on.openPhoto)
        SideButton(say("photo.take"), action: on.photograph)
    }
}

extension RecordState {
    var mayBeCrisis: Bool { kind.map { $0 != .crisisEvent } ?? false }

    /// A group that came together was met; whom, says the list of participants.
    var asksOutcome: Bool { kind.map { isContact(kind: $0) && $0 != .groupSession } ?? false }

    var outcome: Outcome? {
        if case .text(let code) = values["outcome"] { outcomeOf(code: code) } else { nil }
    }

    /// Nobody was met: the attempt is closed and the duty stays.
    var isAttempt: Bool { outcome.map { $0 != .met && $0 != .metFamilyOnly } ?? false }
}

func flag(_ isOn: Bool) -> Value { isOn ? .flag(yes: true) : .empty }

private struct OutcomePart: View {
    let state: RecordState
    let on: RecordEvents

    var body: some View {
        Heading(say("field.outcome"))
        OneOf(choices: outcomes(), chosen: state.outcome, word: word) { chosen in
            on.choose("outcome", chosen.map { .text(text: outcomeCode(value: $0)) } ?? .empty)
        }
    }
}

private struct ParticipantsPart: View {
    let names: [String]
    let onChoose: @MainActor () -> Void

    var body: some View {
        Heading(say("record.took_part"))
        Sheet {
            names.isEmpty ? say("record.choose_participants") : listed(names)
        } onTap: {
            onChoose()
        }
    }
}
