import CoreKit
import DoorstepCore
import SwiftUI

/// In plain words what is where.
struct SyncScreen: View {
    let state: SyncState?
    let storage: Storage?
    let status: SyncStatus
    let now: Date
    let onSync: @MainActor () -> Void

    var body: some View {
        Page(say("sync.title")) {
            if status.isRunning { ProgressView().frame(maxWidth: .infinity) }
            if let state { standing(state) }
            if let failure = status.failure {
                // What nobody can act on is no alarm.
                if failure == .offline { Hint(sentence(failure)) } else { Trouble(sentence(failure)) }
            }
        } bottom: {
            MainButton(
                status.isRunning ? say("sync.running") : say("sync.now"), isEnabled: !status.isRunning,
                action: onSync)
        }
    }

    @ViewBuilder private func standing(_ state: SyncState) -> some View {
        Sheet(tone: state.waiting > 0 ? .care : .good) {
            (state.waiting > 0 ? say("sync.waiting", number(state.waiting)) : say("sync.all_there")).font(
                .headline)
            if let oldest = state.oldestWaiting { say("today.oldest", ago(oldest, now)) }
        }
        if state.drafts > 0 {
            Sheet { say("sync.drafts", number(state.drafts)).font(.body) }
        }
        if let arriving = state.arriving { Sheet { words(arriving).font(.body) } }
        if let storage { Room(storage: storage) }
        Hint(state.lastSync.map { say("sync.last", ago($0, now)) } ?? say("sync.never"))
    }
}

/// How far the records have come: whole persons, and what can be read of the others.
func words(_ arriving: Arriving) -> Text {
    say(
        "sync.arriving", number(arriving.personsHere), number(arriving.persons),
        number(arriving.entriesHere))
}

/// What takes room, and which photos only this phone has.
private struct Room: View {
    let storage: Storage

    var body: some View {
        Sheet {
            if storage.waiting.count > 0 { say("sync.pictures", number(storage.waiting.count)).font(.body) }
            let pictures = storage.waiting.bytes + storage.sent.bytes + storage.fetched.bytes
            Hint(say("sync.room", size(storage.database), size(pictures)))
        }
    }
}

private func size(_ bytes: UInt64) -> Text {
    asWritten(bytes < 1_000_000 ? "\(bytes / 1_000) kB" : "\(bytes / 1_000_000) MB")
}
