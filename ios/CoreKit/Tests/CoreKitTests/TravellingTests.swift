import CoreKit
import DoorstepCore
import Foundation
import Testing

/// What takes its time with the server, and what ends it.
struct TravellingTests {
    @Test func cancellingASyncStopsItAndNothingRunsOnBehind() async throws {
        let office = try await Office(.worker("林晓"), isPlain: true)
        let phone = try await Phone.enrolled(office, "林晓")
        _ = try phone.openCase(office.team, "小川")
        office.stop()
        let slow = try Listener(office.address)
        let session = phone.session
        let sync = Task { try await session.sync() }
        // Called, and left without an answer.
        let caller = await slow.accept()
        sync.cancel()
        try caller.close()
        slow.end()
        await #expect(throws: CancellationError.self) { try await sync.value }
        #expect(try phone.client.syncState().waiting > 0)
    }

    @Test func cancelledBeforeItBeganItNeverCalls() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await Phone.enrolled(office, "林晓")
        _ = try phone.openCase(office.team, "小川")
        let session = phone.session
        let sync = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await session.sync()
        }
        sync.cancel()
        await #expect(throws: CancellationError.self) { try await sync.value }
        #expect(try phone.client.syncState().waiting > 0)
    }

    @Test func newsComesWhenAColleagueSavesAndWaitingEndsWhenItIsCancelled() async throws {
        let office = try await Office(.worker("林晓"), .worker("何平"))
        let one = try await Phone.enrolled(office, "林晓")
        let other = try await Phone.enrolled(office, "何平")
        let id = try one.openCase(office.team, "小川")
        try await one.sync()
        try office.assign(id, to: "何平", as: "co_worker")
        try await other.sync()

        let client = other.client
        let news = Task { try await client.news() }
        try await Task.sleep(for: .milliseconds(300))
        _ = try one.client.saveDone(id: one.visit(id, ["outcome": "met"]))
        try await one.sync()
        #expect(try await news.value)

        try await other.sync()
        let waiting = Task { try await client.news() }
        try await Task.sleep(for: .milliseconds(100))
        waiting.cancel()
        let cancelled = ContinuousClock.now
        // Whoever did not hear of it waits no longer than the server lives.
        let ending = Task {
            try await Task.sleep(for: .seconds(6))
            office.stop()
        }
        defer { ending.cancel() }
        await #expect(throws: CancellationError.self) { try await waiting.value }
        #expect(ContinuousClock.now - cancelled < .seconds(5))
    }

    @Test func aWipedKeychainLosesNothingWhenTheOfficeConfirmsThePhone() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await Phone.enrolled(office, "林晓")
        let id = try phone.openCase(office.team, "小川")
        let draft = try phone.visit(id, ["narrative": "只在这部手机上"])
        phone.close()
        phone.around.keys.kept.now = .lost
        await fails("storage.key_lost") { try await phone.restart() }

        try await recoverKey(database: phone.database, keys: phone.around.keys) { code in
            // The phone asks first; then there is something to confirm.
            Task {
                try await Task.sleep(for: .seconds(1))
                try office.recover(try office.phones()[0], code: code)
            }
        }
        phone.around.marker.kept.now = .absent
        try await phone.restart()
        #expect(try phone.client.draft(id: draft).fields["narrative"] == .text(text: "只在这部手机上"))
    }

    @Test func aPhotoTravelsAfterItsEntryAndAColleagueSeesIt() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        let phone = try await Phone.enrolled(office, "林晓")
        let draft = try phone.visit(phone.openCase(office.team, "小川"), ["outcome": "met"])
        let photo = try phone.client.addPhoto(draft: draft, file: picture)
        let doc = try phone.client.saveDone(id: draft)
        try await phone.sync()
        #expect(try await phone.client.sendPhotos().complete)

        let supervisor = try await Phone.enrolled(office, "周敏").client
        #expect(try await supervisor.fetchThumbnails(doc: doc) == 1)
        let bytes = try await supervisor.original(of: .entry(doc: doc), id: photo)
        #expect(width(ofJpeg: bytes) == 320)
    }
}
