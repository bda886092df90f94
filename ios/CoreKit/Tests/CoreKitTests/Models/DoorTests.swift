import CoreKit
import DoorstepCore
import Foundation
import Testing

@MainActor
struct DoorTests {
    @Test func aNewPhoneIsEnrolledGetsAPinAndIsLockedAndUnlocked() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        await app.door.lock().value
        #expect(app.door.state == .locked())
        await app.door.unlock("0000").value
        #expect(app.door.state == .locked(failure: .invalid(field: "pin", code: "wrong")))
        await app.door.unlock("4711").value
        #expect(app.door.state == .inside())
        await app.restart()
        #expect(app.door.state == .locked())
    }

    @Test func whatIsOpenIsNotOpenedAgain() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        let session = app.session
        await app.door.open().value
        #expect(app.door.state == .inside())
        #expect(app.session === session)
    }

    @Test func aCodeThatIsNoneIsSaidAndTheNextOneIsTaken() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try App(in: office.folder.appendingPathComponent("林晓"))
        await app.door.open().value
        #expect(app.door.state == .firstStart())
        await app.door.enrol("WIFI:S:office;;").value
        #expect(app.door.state == .firstStart(failure: .invalid(field: "code", code: "not_a_code")))
        await app.door.enrol(try office.invite("林晓")).value
        #expect(app.door.state == .choosePin())
        await app.door.choosePin("1").value
        #expect(app.door.state == .choosePin(failure: .invalid(field: "pin", code: "length")))
    }

    @Test func aPhoneThatWasEnrolledAndGotNoPinYetIsAskedForOneFirst() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try App(in: office.folder.appendingPathComponent("林晓"))
        await app.door.open().value
        await app.door.enrol(try office.invite("林晓")).value
        await app.restart()
        #expect(app.door.state == .choosePin())
        await app.door.choosePin("4711").value
        #expect(app.door.state == .inside())
    }

    @Test func beforeThePhonesFirstUnlockTheDoorStaysShutAndSaysWhy() async throws {
        let app = try App(in: scratch())
        defer { try? FileManager.default.removeItem(at: app.folder) }
        app.around.keys.kept.now = .unreadable
        await app.door.open().value
        #expect(app.door.state == .shut(.locked))
        // Unlocked meanwhile.
        app.around.keys.kept.now = .absent
        await app.door.open().value
        #expect(app.door.state == .firstStart())
    }

    @Test func practiceIsADatabaseOfItsOwnGoesOnAfterARestartAndEndsWithoutTrace() async throws {
        let app = try App(in: scratch())
        defer { try? FileManager.default.removeItem(at: app.folder) }
        await app.door.open().value
        await app.door.practise(.en).value
        #expect(app.door.state == .inside(isPractice: true))
        #expect(try await app.session.ask { try !$0.caseList().isEmpty })
        await app.restart()
        #expect(app.door.state == .inside(isPractice: true))
        await app.door.endPractice().value
        #expect(app.door.state == .firstStart())
        let left = try FileManager.default.contentsOfDirectory(atPath: app.folder.path)
        #expect(left.allSatisfy { $0.hasPrefix("phone.db") })
    }

    @Test func aMemberWhoPractisesComesBackToALockedPhone() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try await App.inside(office, "林晓")
        await app.door.practise(.zh).value
        #expect(app.door.state == .inside(isPractice: true))
        await app.door.lock().value
        #expect(app.door.state == .inside(isPractice: true))
        await app.door.endPractice().value
        #expect(app.door.state == .locked())
    }

    @Test func aLostKeyComesBackFromTheOfficeWhileTheDoorShowsTheDigits() async throws {
        let office = try await Office(.worker("林晓"))
        let app = try App(in: office.folder.appendingPathComponent("林晓"))
        await app.door.open().value
        await app.door.enrol(try office.invite("林晓")).value
        try await app.sync()
        await app.door.choosePin("4711").value
        app.around.secret.kept.now = .lost
        let opening = Task { await app.restart() }
        try await eventually("the digits are shown") { digits(app.door.state) != nil }
        // The phone asks first; then there is something to confirm.
        try await Task.sleep(for: .seconds(1))
        try office.recover(try office.phones()[0], code: digits(app.door.state)!)
        await opening.value
        #expect(app.door.state == .choosePin())
        await app.door.choosePin("1379").value
        #expect(app.door.state == .inside())
    }

    private func digits(_ state: DoorState) -> String? {
        if case .keyLost(let code) = state, !code.isEmpty { code } else { nil }
    }
}
