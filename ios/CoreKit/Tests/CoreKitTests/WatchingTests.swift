import CoreKit
import DoorstepCore
import Foundation
import Testing

struct WatchingTests {
    private func phone(_ office: Office) async throws -> Phone { try await .enrolled(office, "林晓") }

    @Test func tenThousandSubscriptionsLeaveNoneBehind() async throws {
        let office = try await Office(.worker("林晓"))
        let client = try await phone(office).client
        let counting = Counting()
        for at in 0..<10_000 {
            let subscription = try client.observe(observer: counting)
            // Half are ended by name, half by letting go of the handle.
            if at.isMultiple(of: 2) { subscription.end() }
        }
        #expect(counting.told.now == 10_000)
        #expect(client.subscriptions() == 0)
    }

    @Test func tenThousandStreamsLeaveNoneBehind() async throws {
        let office = try await Office(.worker("林晓"))
        let client = try await phone(office).client
        for _ in 0..<10_000 { _ = try client.watch() }
        #expect(client.subscriptions() == 0)
    }

    @Test func aStreamTellsThePresentFirstThenWhatIsStoredAndEndsWithItsReader() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await phone(office)
        var seen: [UInt64] = []
        for await state in try phone.session.watch() {
            seen.append(state.waiting)
            if seen.count == 2 { break }
            #expect(phone.client.subscriptions() == 1)
            _ = try phone.openCase(office.team, "小川")
        }
        #expect(seen.first == 0)
        #expect(seen.last! > 0)
        #expect(phone.client.subscriptions() == 0)
    }

    @Test func cancellingWhoReadsEndsTheSubscription() async throws {
        let office = try await Office(.worker("林晓"))
        let session = try await phone(office).session
        let reading = Task { for await _ in try session.watch() {} }
        try await eventually("it watches") { session.client.subscriptions() == 1 }
        reading.cancel()
        _ = try await reading.value
        #expect(session.client.subscriptions() == 0)
    }

    @Test func aScreenThatThrowsSpoilsNeitherTheSaveNorTheOthersWhoWatch() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await phone(office)
        let counting = Counting()
        let broken = try phone.client.observe(observer: Broken())
        let watching = try phone.client.observe(observer: counting)
        _ = try phone.openCase(office.team, "小川")
        #expect(counting.told.now == 2)
        broken.end()
        watching.end()
    }
}

private final class Counting: Observer {
    let told = Kept(0)

    func changed(state: SyncState) { told.change { $0 += 1 } }
}

private final class Broken: Observer {
    struct Mistake: Error {}

    func changed(state: SyncState) throws { throw Mistake() }
}
