import CoreKit
import DoorstepCore
import Foundation

/// A phone of a test: a database of its own, and the phone around it that outlives the app.
final class Phone {
    let database: URL
    let around: FakeHost
    private var opened: Session?

    var session: Session { opened! }
    var client: Client { session.client }

    init(database: URL, around: FakeHost = FakeHost()) async throws {
        (self.database, self.around) = (database, around)
        try await open()
    }

    convenience init(_ office: Office, _ name: String) async throws {
        try await self.init(database: office.folder.appendingPathComponent("\(name).db"))
    }

    /// Enrolled, first sync done.
    static func enrolled(_ office: Office, _ name: String) async throws -> Phone {
        let phone = try await Phone(office, name)
        try await phone.enrol(office, name)
        return phone
    }

    func enrol(_ office: Office, _ name: String) async throws {
        let code = try office.invite(name)
        try told { try client.enrol(code: code, label: "phone of a test") }
        try await sync()
    }

    /// The app ends.
    func close() { opened = nil }

    /// The app ends and is opened again from what is on disk.
    func restart() async throws {
        close()
        try await open()
    }

    private func open() async throws {
        opened = try await Session.open(database: database, zone: Office.zone, host: around.host)
    }

    @discardableResult
    func sync() async throws -> SyncReport { try await session.sync() }

    func openCase(_ team: String, _ pseudonym: String) throws -> CaseId {
        try told {
            try client.openCase(
                new: NewCase(
                    team: team, kind: .released, minor: false,
                    contact: [Edit(field: "pseudonym", value: .text(text: pseudonym))],
                    file: [], restricted: []))
        }
    }

    /// A visit that is being typed.
    func visit(_ id: CaseId, _ fields: KeyValuePairs<String, String> = [:]) throws -> DraftId {
        try told {
            let draft = try client.startDraft(scope: .case(id: id), class: .file, kind: .homeVisit)
            let edits = fields.map { Edit(field: $0.key, value: .text(text: $0.value)) }
            try client.typeInto(id: draft, edits: edits)
            return draft
        }
    }
}

/// Something that a test waited for in vain.
struct Never: Error { var what: String }

/// Waits for what another thread does.
func eventually(
    _ what: String, isolation: isolated (any Actor)? = #isolation, _ holds: () throws -> Bool
) async throws {
    let end = ContinuousClock.now + .seconds(60)
    while try !holds() {
        guard ContinuousClock.now < end else { throw Never(what: what) }
        try await Task.sleep(for: .milliseconds(10))
    }
}
