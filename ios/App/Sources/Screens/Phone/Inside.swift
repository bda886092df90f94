import CoreKit
import DoorstepCore
import SwiftUI

/// Behind the door: the first screen, and from there wherever one goes.
struct Inside: View {
    @State private var rooming: Rooming
    @Environment(\.isPractice) private var isPractice
    @Environment(\.scenePhase) private var phase
    let onLanguage: @MainActor (Language) -> Void

    init(rooming: @autoclosure () -> Rooming, onLanguage: @escaping @MainActor (Language) -> Void) {
        _rooming = State(initialValue: rooming())
        self.onLanguage = onLanguage
    }

    var body: some View {
        NavigationStack(path: $rooming.way) {
            TodayRoom(with: rooming)
                .environment(\.recordCrisis, rooming.crisis(at: nil))
                .navigationDestination(for: Place.self) { place in
                    RoomOf(place: place, with: rooming, onLanguage: onLanguage)
                        .environment(\.recordCrisis, rooming.crisis(at: place))
                }
        }
        .alert(asWritten(""), isPresented: isTroubled) {
            Button {
                rooming.trouble = nil
            } label: {
                say("trouble.ok")
            }
        } message: {
            if let trouble = rooming.trouble { sentence(trouble) }
        }
        .task {
            if !isPractice { rooming.sync.start() }
            // What was being typed when the app ended a moment ago is on the screen again.
            if let draft = await rooming.session.draftInHand(now: .now) { rooming.home(then: .record(draft)) }
        }
        .onDisappear { rooming.sync.stop() }
        .onChange(of: phase) {
            if phase == .active, !isPractice { Task { await rooming.sync.now() } }
        }
    }

    private var isTroubled: Binding<Bool> {
        Binding(get: { rooming.trouble != nil }, set: { if !$0 { rooming.trouble = nil } })
    }
}

/// The room of a place.
private struct RoomOf: View {
    let place: Place
    let with: Rooming
    let onLanguage: @MainActor (Language) -> Void

    var body: some View {
        switch place {
        case .people: EverybodyRoom(with: with)
        case .newPerson: NewPersonRoom(with: with)
        case .details(let id): DetailsRoom(id: id, with: with)
        case .choosePerson(let kind): ChoosePersonRoom(kind: kind, with: with)
        case .chooseKind(let id): KindRoom(id: id, with: with)
        case .record(let draft): RecordRoom(draft: draft, with: with)
        case .aCase(let id): CaseRoom(id: id, with: with)
        case .entry(let doc): EntryRoom(doc: doc, with: with)
        case .remark(let doc, let seen, let remark):
            RemarkRoom(doc: doc, seen: seen, remark: remark, with: with)
        case .history(let doc): HistoryRoom(doc: doc, with: with)
        case .earlier(let doc, let heads): EarlierRoom(doc: doc, heads: heads, with: with)
        case .copyEntry(let doc): CopyEntryRoom(doc: doc, with: with)
        case .photo(let of, let id): PhotoRoom(of: of, id: id, with: with)
        case .participants(let draft): ParticipantsRoom(draft: draft, with: with)
        case .search: SearchRoom(with: with)
        case .queue: QueueRoom(with: with)
        case .attention: AttentionRoom(with: with)
        case .sync: SyncRoom(with: with)
        case .settings: SettingsRoom(with: with, onLanguage: onLanguage)
        }
    }
}
