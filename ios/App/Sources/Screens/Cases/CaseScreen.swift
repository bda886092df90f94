import DoorstepCore
import SwiftUI

/// One person's file as this member may read it.
struct CaseScreen: View {
    let view: CaseView?
    let today: CivilDate
    let onRecord: @MainActor () -> Void
    let onOpen: @MainActor (DocId) -> Void

    var body: some View {
        Page(asWritten(view?.row.part.pseudonym ?? "")) {
            if let view { inside(view, view.row) }
        } bottom: {
            MainButton(say("case.record"), action: onRecord)
        }
    }

    @ViewBuilder private func inside(_ view: CaseView, _ row: CaseRow) -> some View {
        Hint(beside(word(row.grant.kind), row.grant.role.map(word)))
        if !row.part.safety.isEmpty {
            Sheet(tone: .care) { asWritten(row.part.safety).font(.body) }
        }
        if let days = row.daysSinceMet { say("case.last_met", number(days)).font(.body) }
        if !row.part.reach.isEmpty {
            Heading(say("case.reach"))
            asWritten(row.part.reach).font(.body)
        }
        Heading(say("case.entries"))
        ForEach(view.timeline, id: \.doc) { entry in
            EntryLine(row: entry, person: nil, today: today) { onOpen(entry.doc) }
        }
        if view.timeline.isEmpty { Hint(say("case.nothing")) }
    }
}
