import CoreKit
import DoorstepCore
import SwiftUI

// The rooms of what is read. A room owns its model, follows it while it is seen, and says where to go.

struct TodayRoom: View {
    @State private var model: TodayModel
    let with: Rooming

    init(with: Rooming) {
        self.with = with
        _model = State(initialValue: TodayModel(session: with.session))
    }

    var body: some View {
        Group {
            if model.state.isMentor {
                MentorTodayScreen(state: model.state, today: civil(.now), now: .now, onGo: with.to) {
                    id, kind in
                    with.record(kind, about: id)
                }
            } else {
                TodayScreen(state: model.state, today: civil(.now), now: .now, onGo: with.to)
            }
        }
        .task { await model.follow() }
    }
}

struct CaseRoom: View {
    @State private var model: CaseModel
    let id: CaseId
    let with: Rooming

    init(id: CaseId, with: Rooming) {
        (self.id, self.with) = (id, with)
        _model = State(initialValue: CaseModel(session: with.session, case: id))
    }

    var body: some View {
        CaseScreen(
            state: model.state, today: civil(.now),
            on: CaseEvents(
                record: { with.to(.chooseKind(id)) },
                details: { with.to(.details(id)) },
                open: { with.to(.entry($0)) },
                settle: { card, value in
                    Task { if await !model.settle(card, value) { with.trouble = model.failure } }
                })
        )
        .task { await model.follow() }
    }
}

struct QueueRoom: View {
    @State private var model: QueueModel
    let with: Rooming

    init(with: Rooming) {
        self.with = with
        _model = State(initialValue: QueueModel(session: with.session))
    }

    var body: some View {
        QueueScreen(rows: model.rows, names: model.names, today: civil(.now), now: .now) {
            with.to(.entry($0))
        }
        .task { await model.follow() }
    }
}

struct AttentionRoom: View {
    @State private var model: AttentionModel
    let with: Rooming

    init(with: Rooming) {
        self.with = with
        _model = State(initialValue: AttentionModel(session: with.session))
    }

    var body: some View {
        AttentionScreen(
            items: model.items, names: model.names,
            on: AttentionEvents(
                open: { doc in
                    Task {
                        if let draft = await model.refused(doc) {
                            with.home(then: .record(draft))
                        } else {
                            with.to(.entry(doc))
                        }
                    }
                },
                seen: { notice in Task { await model.seen(notice) } },
                takeUp: { draft in
                    Task { if await model.takeUp(draft) { with.home(then: .record(draft)) } }
                },
                forget: { draft in Task { await model.forget(draft) } })
        )
        .task { await model.follow() }
        .onChange(of: model.failure) { with.trouble = model.failure }
    }
}

struct SyncRoom: View {
    @State private var settings: SettingsModel
    let with: Rooming

    init(with: Rooming) {
        self.with = with
        _settings = State(initialValue: SettingsModel(session: with.session))
    }

    var body: some View {
        SyncScreen(
            state: with.sync.state, storage: settings.storage, status: with.sync.status, now: .now
        ) {
            Task { await with.sync.now() }
        }
        .task { await settings.follow() }
    }
}

struct SettingsRoom: View {
    @Environment(\.language) private var language
    @State private var model: SettingsModel
    let with: Rooming
    let onLanguage: @MainActor (Language) -> Void

    init(with: Rooming, onLanguage: @escaping @MainActor (Language) -> Void) {
        (self.with, self.onLanguage) = (with, onLanguage)
        _model = State(initialValue: SettingsModel(session: with.session))
    }

    var body: some View {
        SettingsScreen(
            member: model.me, office: model.office,
            on: SettingsEvents(
                speak: onLanguage,
                lock: { with.door.lock() },
                sync: { with.to(.sync) },
                practise: { with.door.practise(language.practice) },
                endPractice: { with.door.endPractice() })
        )
        .task { await model.follow() }
    }
}
