import CoreKit
import DoorstepCore
import Foundation
import Testing

@MainActor
struct SyncTests {
    private func hasty() -> SyncModel.Pauses {
        var pauses = SyncModel.Pauses()
        pauses.afterSaving = .milliseconds(50)
        pauses.afterSilence = .milliseconds(100)
        pauses.afterFailure = .milliseconds(100)
        return pauses
    }

    @Test func whatIsSavedGoesOutByItselfAndAColleaguesWorkComesIn() async throws {
        let office = try await Office(.worker("林晓"), .worker("何平"))
        let one = try await App.inside(office, "林晓")
        let other = try await App.inside(office, "何平")
        let models = [one, other].map { SyncModel(session: $0.session, pauses: hasty()) }
        for model in models { model.start() }
        defer { for model in models { model.stop() } }

        let id = try await one.openCase(office, "小川")
        try await eventually("it went out") {
            models[0].state.map { $0.waiting == 0 && $0.lastSync != nil } == true
        }
        try office.assign(id, to: "何平", as: "co_worker")
        // The office's other process tells nobody; the next sync brings it.
        await models[1].now()
        #expect(try other.session.client.caseList().count == 1)
        let record = try await one.record(about: id, narrative: "到访")
        await record.done()
        let doc = try #require(record.state.saved)
        try await eventually("the visit came in") { (try? other.session.client.entry(doc: doc)) != nil }
    }

    @Test func whatWaitedGoesOutWhenTheServerIsBackThoughTheNetworkNeverWent() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        office.stop()
        let sync = SyncModel(session: app.session, pauses: hasty())
        sync.start()
        defer { sync.stop() }
        _ = try await app.openCase(office, "小川")
        try await eventually("it waits") { sync.state?.waiting ?? 0 > 0 }
        // Past the moment after saving: that was tried as well.
        try await Task.sleep(for: .milliseconds(300))
        try await eventually("it was tried") { sync.status.failure == .offline }
        try office.start()
        try await eventually("it went out") { sync.state?.waiting == 0 && sync.status == SyncStatus() }
    }

    @Test func theNetworksReturnStartsASync() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        app.around.network.turn(false)
        var patient = SyncModel.Pauses()
        patient.afterSaving = .seconds(600)
        let sync = SyncModel(session: app.session, pauses: patient)
        sync.start()
        defer { sync.stop() }
        _ = try await app.openCase(office, "小川")
        try await eventually("it waits") { sync.state?.waiting ?? 0 > 0 }
        app.around.network.turn(true)
        try await eventually("it went out") { sync.state?.waiting == 0 }
    }

    @Test func stoppedItLeavesNothingRunning() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let sync = SyncModel(session: app.session, pauses: hasty())
        sync.start()
        try await eventually("it watches") { app.session.client.subscriptions() == 1 }
        sync.stop()
        try await eventually("nobody watches") { app.session.client.subscriptions() == 0 }
        try await eventually("no sync runs") { !sync.status.isRunning }
        _ = try await app.openCase(office, "小川")
        try await Task.sleep(for: .milliseconds(300))
        #expect(try app.session.client.syncState().waiting > 0)
    }
}
