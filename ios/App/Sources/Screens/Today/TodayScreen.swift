import CoreKit
import DoorstepCore
import SwiftUI

/// The first screen: what is only here, what needs a person, what is planned and recent.
struct TodayScreen: View {
    let state: TodayState
    let today: CivilDate
    let now: Date
    let onGo: @MainActor (Place) -> Void

    var body: some View {
        Page(say("today.title")) {
            if state.isComing { Hint(say("today.coming")) }
            if let shown = state.today {
                SyncCard(sync: shown.sync, now: now) { onGo(.sync) }
                asked(shown)
                lists(shown)
            }
        } actions: {
            IconButton("magnifyingglass", say("search.title")) { onGo(.search) }
            IconButton("person.fill", say("people.title")) { onGo(.people) }
            IconButton("gearshape.fill", say("settings.title")) { onGo(.settings) }
        } bottom: {
            MainButton(say("today.record")) { onGo(.choosePerson(kind: nil)) }
        }
    }

    @ViewBuilder private func asked(_ shown: Today) -> some View {
        if shown.attention > 0 {
            Sheet(tone: .care) {
                say("today.attention", number(shown.attention)).font(.headline)
            } onTap: {
                onGo(.attention)
            }
        }
        if let waiting = state.queue, waiting > 0 {
            Sheet(tone: .good) {
                say("today.queue", number(waiting)).font(.headline)
            } onTap: {
                onGo(.queue)
            }
        }
    }

    @ViewBuilder private func lists(_ shown: Today) -> some View {
        Unfinished(state: state, now: now, onGo: onGo)
        if !shown.planned.isEmpty {
            Heading(say("today.planned"))
            ForEach(shown.planned, id: \.doc) { row in
                PlannedLine(row: row, person: state.person(row.scope), today: today) { onGo(.entry(row.doc)) }
            }
        }
        if !shown.recent.isEmpty {
            Heading(say("today.recent"))
            ForEach(shown.recent, id: \.doc) { row in
                EntryLine(row: row, person: state.person(row.scope), today: today) { onGo(.entry(row.doc)) }
            }
        }
        if shown.drafts.isEmpty, shown.planned.isEmpty, shown.recent.isEmpty { Hint(say("today.quiet")) }
    }
}

/// What is only on this phone; a quiet line where nothing is. In practice nothing is meant to go anywhere.
struct SyncCard: View {
    @Environment(\.isPractice) private var isPractice
    let sync: SyncState
    let now: Date
    let onOpen: @MainActor () -> Void

    var body: some View {
        if isPractice {
            EmptyView()
        } else if sync.waiting == 0 {
            Sheet {
                Hint(
                    sync.isSynced
                        ? say("today.synced") : sync.arriving.map { words($0) } ?? say("today.on_the_way"))
            } onTap: {
                onOpen()
            }
        } else {
            Sheet(tone: .care) {
                say("today.waiting", number(sync.waitingEntries > 0 ? sync.waitingEntries : sync.waiting))
                    .font(.headline)
                if let oldest = sync.oldestWaiting { say("today.oldest", ago(oldest, now)) }
            } onTap: {
                onOpen()
            }
        }
    }
}

/// What was begun and not saved.
struct Unfinished: View {
    let state: TodayState
    let now: Date
    let onGo: @MainActor (Place) -> Void

    var body: some View {
        if let drafts = state.today?.drafts, !drafts.isEmpty {
            Heading(say("today.drafts"))
            ForEach(drafts, id: \.id) { draft in
                DraftLine(draft: draft, person: state.person(draft.scope), now: now) {
                    onGo(.record(draft.id))
                }
            }
        }
    }
}

private struct DraftLine: View {
    let draft: DraftView
    let person: String?
    let now: Date
    let onOpen: @MainActor () -> Void

    var body: some View {
        Sheet {
            Beside {
                beside(person.map(asWritten), draft.kind.map(word)).font(.headline)
            } right: {
                Hint(ago(draft.updated, now))
            }
        } onTap: {
            onOpen()
        }
    }
}
