import CoreKit
import DoorstepCore
import Foundation
import Testing

final class SessionTests {
    private let folder: URL

    init() throws { folder = try scratch() }

    deinit { try? FileManager.default.removeItem(at: folder) }

    private func newPhone() async throws -> Phone {
        try await Phone(database: folder.appendingPathComponent("phone.db"))
    }

    @Test func aNewPhoneKeepsItsKeyBeforeAnythingIsEncryptedWithItAndItsMarker() async throws {
        let phone = try await newPhone()
        guard case .present = phone.around.keys.load(), case .kept = phone.around.marker.load() else {
            return #expect(Bool(false), "neither key nor marker is kept")
        }
        try await phone.restart()
        #expect(!phone.client.isLocked())
    }

    @Test func aDatabaseWhoseKeyIsLostIsLeftAsItIs() async throws {
        let phone = try await newPhone()
        phone.close()
        let before = try Data(contentsOf: phone.database)
        for kept in [KeptKey.absent, .lost] {
            phone.around.keys.kept.now = kept
            await fails("storage.key_lost") { try await phone.restart() }
            #expect(try Data(contentsOf: phone.database) == before)
            #expect(phone.around.keys.load() == kept)
        }
    }

    @Test func beforeThePhonesFirstUnlockNothingIsOpenedAndNothingMadeAnew() async throws {
        let phone = try await newPhone()
        phone.close()
        phone.around.keys.kept.now = .unreadable
        await fails("locked") { try await phone.restart() }
        #expect(phone.around.keys.load() == .unreadable)
    }

    @Test func onceThereIsAPinOnlyThePinOpens() async throws {
        let phone = try await newPhone()
        let key = phone.around.keys.load()
        try await phone.session.setPin("4711")
        #expect(phone.around.keys.load() == .absent)
        // As if the app had been killed before the key was forgotten.
        phone.around.keys.kept.now = key
        try await phone.restart()
        #expect(phone.client.isLocked())
        await fails("invalid.pin.wrong") { try await phone.session.unlock("0000") }
        #expect(phone.client.isLocked())
        try await phone.session.unlock("4711")
        #expect(!phone.client.isLocked())
        #expect(phone.around.keys.load() == .absent)
    }

    @Test func theRightPinOpensNothingWithoutThePhonesSecretAndTheOfficesKeyOpensAll() async throws {
        let phone = try await newPhone()
        let key = phone.around.keys.load()
        try await phone.session.setPin("4711")
        for lost in [KeptKey.absent, .lost] {
            phone.around.secret.kept.now = lost
            await fails("storage.key_lost") { try await phone.restart() }
        }
        phone.around.keys.kept.now = key
        try await phone.restart()
        #expect(!phone.client.isLocked())
        #expect(!phone.client.hasPin())
        try await phone.session.setPin("1379")
        try await phone.restart()
        try await phone.session.unlock("1379")
    }

    @Test func aDatabaseCopiedToAnotherPhoneGoesOnAsANewWriter() async throws {
        let office = try await Office(.worker("林晓"))
        let phone = try await Phone.enrolled(office, "林晓")
        let first = phone.around.marker.load()
        phone.around.marker.kept.now = .absent
        try await phone.restart()
        #expect(phone.around.marker.load() != first)
        #expect(phone.around.marker.load() != .absent)
        #expect(try phone.client.attention().count == 1)
    }

    @Test func practiceBeginsWithSampleCasesAndNeverTalksToAServer() async throws {
        let session = try await practise(
            in: folder.appendingPathComponent("practice"), zone: Office.zone, language: .zh,
            camera: FakeCamera())
        #expect(try session.client.isPractice())
        #expect(try !session.client.caseList().isEmpty)
        await fails("invalid.phone.practice") { _ = try await session.sync() }
    }
}

/// Fails with this key, and with no other.
func fails(
    _ key: String, isolation: isolated (any Actor)? = #isolation, at place: SourceLocation = #_sourceLocation,
    _ verb: () async throws -> Void
) async {
    do {
        try await verb()
        Issue.record("it worked, instead of \(key)", sourceLocation: place)
    } catch let error as ClientError {
        #expect(Failure(error).key == key, sourceLocation: place)
    } catch {
        #expect((error as? Failure)?.key == key, "\(error)", sourceLocation: place)
    }
}
