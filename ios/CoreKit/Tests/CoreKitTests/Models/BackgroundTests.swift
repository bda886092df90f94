import CoreKit
import DoorstepCore
import Foundation
import Testing

@MainActor
struct BackgroundTests {
    @Test func whileNobodyLooksWorkGoesOutAndWhatNeedsThePersonIsAnnouncedOnce() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        // Without a PIN: the app was started by the phone, and nobody has unlocked it.
        let worker = try App(in: office.folder.appendingPathComponent("林晓"))
        await worker.door.open().value
        await worker.door.enrol(try office.invite("林晓")).value
        await worker.restart()
        try await worker.sync()
        let record = try await worker.record(about: worker.openCase(office, "小川"), narrative: "到访")
        await record.done()
        let doc = try #require(record.state.saved)
        #expect(await worker.background() == (.done, 0))

        let supervisor = try await App.inside(office, "周敏")
        try await supervisor.remark(.return, on: doc, "请补充")
        try await supervisor.sync()
        #expect(await worker.background() == (.done, 1))
        #expect(await worker.background() == (.done, 0))

        office.stop()
        #expect(await worker.background() == (.againLater, 0))
    }

    @Test func aLockedPhoneAndPracticeAreLeftAlone() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        _ = try await app.openCase(office, "小川")
        await app.restart()
        #expect(app.door.state == .locked())
        #expect(await app.background() == (.done, 0))
        await app.door.unlock("4711").value
        #expect(try app.session.client.syncState().waiting > 0)
        await app.door.practise(.zh).value
        #expect(await app.background() == (.done, 0))
    }
}

extension App {
    /// How it ended, and how often the person was reminded.
    fileprivate func background() async -> (Background, Int) {
        var reminded = 0
        let ended = await door.syncInBackground { reminded += 1 }
        return (ended, reminded)
    }
}
