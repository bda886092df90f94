import CoreKit
import DoorstepCore
import Foundation
import Testing

/// The app on one phone of a test, as far as its models go.
@MainActor
final class App {
    let around = FakeHost()
    let folder: URL
    private(set) var door: Door

    init(in folder: URL) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        self.folder = folder
        door = App.door(in: folder, around)
    }

    private static func door(in folder: URL, _ around: FakeHost) -> Door {
        Door(
            database: folder.appendingPathComponent("phone.db"), zone: Office.zone, host: around.host,
            label: "phone of a test")
    }

    /// Behind the door: enrolled, with a PIN, first sync done.
    static func inside(_ office: Office, _ name: String) async throws -> App {
        let app = try App(in: office.folder.appendingPathComponent(name))
        await app.door.open().value
        await app.door.enrol(" \(try office.invite(name))\n").value
        await app.door.choosePin("4711").value
        try same(app.door.state, .inside())
        try await app.sync()
        return app
    }

    var session: Session { door.session! }

    /// The app ends without a word, and is opened anew.
    func restart() async {
        door = App.door(in: folder, around)
        await door.open().value
    }

    func sync() async throws {
        let sync = SyncModel(session: session)
        await sync.now()
        try same(sync.status, SyncStatus())
    }

    func openCase(_ office: Office, _ name: String) async throws -> CaseId {
        let team = office.team
        return try await session.ask { client in
            try client.openCase(
                new: NewCase(
                    team: team, kind: .released, minor: false,
                    contact: [Edit(field: "pseudonym", value: .text(text: name))], file: [], restricted: []))
        }
    }

    /// A form with something in it.
    func record(about id: CaseId, outcome: String = "met", narrative: String) async throws -> RecordModel {
        let draft = try await session.record(.homeVisit, about: id)
        let record = RecordModel(session: session, draft: draft)
        await record.load()
        record.choose("outcome", .text(text: outcome))
        record.type("narrative", narrative)
        return record
    }

    /// An entry, read once and followed until the test ends.
    func entry(_ doc: DocId) async throws -> EntryModel {
        let model = EntryModel(session: session, doc: doc)
        following.append(Task { await model.follow() })
        try await eventually("the entry is read") { model.state.view != nil }
        return model
    }

    /// Words about an entry as it is here, from the first one to its being recorded.
    func remark(_ kind: RemarkKind, on doc: DocId, about fields: [Field] = [], _ text: String) async throws {
        let seen = try session.client.entry(doc: doc).heads
        let model = RemarkModel(session: session, doc: doc, kind: kind, seen: seen)
        model.write(about: fields, text)
        await model.send()
        #expect(model.isSent && model.failure == nil)
    }

    private var following: [Task<Void, Swift.Never>] = []

    deinit { for task in following { task.cancel() } }
}
