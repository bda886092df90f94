import CoreKit
import DoorstepCore
import SwiftUI

/// A mentor's first screen, in large type: the own persons, and for each the two things a mentor records.
struct MentorTodayScreen: View {
    let state: TodayState
    let today: CivilDate
    let now: Date
    let onGo: @MainActor (Place) -> Void
    let onRecord: @MainActor (CaseId, EntryKind) -> Void

    var body: some View {
        Page(say("today.title")) {
            if state.isComing { Hint(say("today.coming")) }
            if let shown = state.today { inside(shown) }
        } actions: {
            IconButton("gearshape.fill", say("settings.title")) { onGo(.settings) }
        }
        .larger()
    }

    @ViewBuilder private func inside(_ shown: Today) -> some View {
        if shown.attention > 0 {
            Sheet(tone: .care) {
                say("today.attention", number(shown.attention)).font(.body)
            } onTap: {
                onGo(.attention)
            }
        }
        Unfinished(state: state, now: now, onGo: onGo)
        ForEach(state.persons, id: \.grant.case) { Person(row: $0, onGo: onGo, onRecord: onRecord) }
        if state.persons.isEmpty { Hint(say("mentor.nobody")) }
        if !shown.recent.isEmpty {
            Heading(say("today.recent"))
            ForEach(shown.recent, id: \.doc) { row in
                EntryLine(row: row, person: state.person(row.scope), today: today) { onGo(.entry(row.doc)) }
            }
        }
        SyncCard(sync: shown.sync, now: now) { onGo(.sync) }
    }
}

private struct Person: View {
    let row: CaseRow
    let onGo: @MainActor (Place) -> Void
    let onRecord: @MainActor (CaseId, EntryKind) -> Void

    var body: some View {
        let id = row.grant.case
        Sheet {
            asWritten(row.part.pseudonym).font(.title2.weight(.semibold)).accessibilityAddTraits(.isHeader)
            if !row.part.reach.isEmpty { asWritten(row.part.reach).font(.body) }
            if !row.part.safety.isEmpty { Sheet(tone: .care) { asWritten(row.part.safety).font(.body) } }
            MainButton(say("mentor.check_in")) { onRecord(id, .mentorCheckIn) }
            HStack(spacing: 8) {
                SideButton(say("mentor.session")) { onRecord(id, .mentorSession) }
                SideButton(say("mentor.entries")) { onGo(.aCase(id)) }
            }
        }
    }
}
