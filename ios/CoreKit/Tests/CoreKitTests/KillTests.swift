import CoreKit
import DoorstepCore
import Foundation
import Testing

/// The app dies while somebody types: a process of its own, ended without warning.
struct KillTests {
    @Test func aProcessKilledWhileTypingLosesNothingThatAPauseHadKept() async throws {
        let office = try await Office(.worker("林晓"), .supervisor("周敏"))
        let phone = try await Phone.enrolled(office, "林晓")
        let draft = try phone.visit(phone.openCase(office.team, "小川"), ["outcome": "met"])
        phone.close()

        let kept = try typeUntilKilled(phone, office.folder, draft, pauses: 25)
        try await phone.restart()
        guard case .text(let typed)? = try phone.client.draft(id: draft).fields["narrative"] else {
            Issue.record("nothing typed is there")
            return
        }
        #expect(kept >= 25)
        #expect(typed.count >= kept)

        // And the work goes its way: saved, synced, read by somebody else.
        let doc = try phone.client.saveDone(id: draft)
        try await phone.sync()
        let supervisor = try await Phone.enrolled(office, "周敏")
        #expect(try supervisor.client.entry(doc: doc).fields["narrative"] == .text(text: typed))
    }

    /// How many characters were acknowledged when the process died.
    private func typeUntilKilled(
        _ phone: Phone, _ folder: URL, _ draft: DraftId, pauses: Int
    ) throws -> Int {
        guard case .present(let key) = phone.around.keys.load(),
            case .kept(let incarnation) = phone.around.marker.load()
        else { throw Unreadable(what: "neither key nor marker") }
        let (keyFile, markerFile) = (
            folder.appendingPathComponent("key"), folder.appendingPathComponent("marker")
        )
        try key.write(to: keyFile)
        try incarnation.write(to: markerFile)

        let typist = Process()
        typist.executableURL = built.appendingPathComponent("Typist")
        typist.arguments = [phone.database.path, keyFile.path, markerFile.path, draft]
        let said = try typist.started()
        defer { typist.killed() }
        var kept = 0
        for _ in 0..<pauses { kept = Int(said.line()) ?? kept }
        return kept
    }
}

/// Where the package's programs lie: beside the tests' own.
private var built: URL {
    #if os(macOS)
        let tests = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
    #else
        let tests: URL? = nil
    #endif
    return (tests ?? URL(fileURLWithPath: CommandLine.arguments[0])).deletingLastPathComponent()
}
