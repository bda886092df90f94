import CoreKit
import DoorstepCore
import Foundation
import Testing

/// Every way in which a verb can fail is reached for real, and arrives as what it is.
struct FailureTests {
    /// The variants of the core's error. One more of them, and this does not compile until it is provoked.
    enum Variant: CaseIterable {
        case offline, signInNeeded, locked, notAllowed, notFound, invalid, storage, unexpected

        init(_ error: ClientError) {
            switch error {
            case .Offline: self = .offline
            case .SignInNeeded: self = .signInNeeded
            case .Locked: self = .locked
            case .NotAllowed: self = .notAllowed
            case .NotFound: self = .notFound
            case .Invalid: self = .invalid
            case .Storage: self = .storage
            case .Unexpected: self = .unexpected
            }
        }
    }

    @Test(arguments: Variant.allCases)
    func eachFailureArrivesWithItsStableKey(of variant: Variant) async throws {
        let provoking = try await Provoking()
        let ways = try await provoking.ways(variant)
        #expect(!ways.isEmpty)
        for (key, verb) in ways {
            do {
                try verb()
                Issue.record("it worked, instead of \(key)")
            } catch let error as ClientError {
                #expect(Variant(error) == variant)
                #expect(Failure(error).key == key)
            }
        }
    }
}

/// What goes wrong on purpose.
private final class Provoking {
    typealias Ways = [(key: String, verb: () throws -> Void)]
    private let office: Office
    private let phone: Phone
    private let nobody = "01890000-0000-7000-8000-000000000000"

    init() async throws {
        office = try await Office(.worker("林晓"), Member(name: "马老师", roles: ["mentor"]), isPlain: true)
        phone = try await Phone(database: office.folder.appendingPathComponent("phone.db"))
    }

    func ways(_ variant: FailureTests.Variant) async throws -> Ways {
        switch variant {
        case .offline: try await offline()
        case .signInNeeded: signInNeeded()
        case .locked: [("locked", { try self.open("locked.db", key: nil) })]
        case .notAllowed: try await notAllowed()
        case .notFound: [("not_found", { _ = try self.phone.client.entry(doc: self.nobody) })]
        case .invalid: try invalid()
        case .storage: storage()
        case .unexpected: try await unexpected()
        }
    }

    private func offline() async throws -> Ways {
        try await phone.enrol(office, "林晓")
        office.stop()
        return [("offline", { _ = try self.phone.client.syncNow(stop: Stop()) })]
    }

    private func signInNeeded() -> Ways {
        [
            ("sign_in_needed.never_synced", { _ = try self.phone.client.today() }),
            ("sign_in_needed.not_enrolled", { _ = try self.phone.client.syncNow(stop: Stop()) }),
        ]
    }

    private func notAllowed() async throws -> Ways {
        try await phone.enrol(office, "马老师")
        let client = phone.client
        let new = NewCase(
            team: office.team, kind: .released, minor: false,
            contact: [Edit(field: "pseudonym", value: .text(text: "小川"))], file: [], restricted: [])
        return [
            ("not_allowed.role", { _ = try client.openCase(new: new) }),
            (
                "not_allowed.not_assigned",
                { _ = try client.startDraft(scope: .case(id: self.nobody), class: .file, kind: .homeVisit) }
            ),
        ]
    }

    private func invalid() throws -> Ways {
        let client = phone.client
        let code = try office.invite("林晓")
        let mistyped = code.dropLast() + (code.hasSuffix("A") ? "B" : "A")
        return [
            ("invalid.id.form", { _ = try client.entry(doc: "小川") }),
            ("invalid.heads.form", { _ = try client.entryAt(doc: self.nobody, heads: "xyz") }),
            ("invalid.pin.length", { try client.setPin(pin: "12", secret: Data(count: 32)) }),
            ("invalid.secret.length", { try client.setPin(pin: "2580", secret: Data(count: 31)) }),
            ("invalid.code.not_a_code", { try client.enrol(code: "WIFI:S:office;;", label: "phone") }),
            ("invalid.code.mistyped", { try client.enrol(code: String(mistyped), label: "phone") }),
            ("invalid.key.length", { try self.open("short.db", key: Data(count: 5)) }),
            ("invalid.zone.unknown", { try self.open("zone.db", key: generateKey(), zone: "Nowhere") }),
        ]
    }

    private func storage() -> Ways {
        phone.close()
        return [("storage.wrong_key", { try self.open("phone.db", key: generateKey()) })]
    }

    /// Something that is no server of ours answers at the address.
    private func unexpected() async throws -> Ways {
        try await phone.enrol(office, "林晓")
        office.stop()
        let impostor = try Listener(office.address)
        impostor.answerNonsense()
        return [
            (
                "unexpected.garbled",
                {
                    defer { impostor.end() }
                    _ = try self.phone.client.syncNow(stop: Stop())
                }
            )
        ]
    }

    private func open(_ name: String, key: Data?, zone: String = Office.zone) throws {
        let path = office.folder.appendingPathComponent(name).path
        _ = try Client.open(opening: Opening(path: path, key: key, marker: .absent, zone: zone))
    }
}
