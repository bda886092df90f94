import Foundation

/// Someone at the office.
struct Member {
    var name: String
    var roles: [String]
    var supervises = false

    static func worker(_ name: String) -> Member { Member(name: name, roles: ["worker"]) }
    static func supervisor(_ name: String) -> Member {
        Member(name: name, roles: ["supervisor"], supervises: true)
    }
}

/// A small office: the real server in a process of its own, with one team. Its folder goes with it.
final class Office: @unchecked Sendable {
    static let zone = "Asia/Shanghai"
    let folder: URL
    let team: String
    private let ids: [String: String]
    private let isPlain: Bool
    private let command: Command
    private var serving: Process?
    /// Where it listens; stays when it is started again.
    private(set) var address = "127.0.0.1:0"

    /// Asynchronous so that starting a server keeps nobody's main thread busy.
    convenience init(_ members: Member..., isPlain: Bool = false) async throws {
        try await self.init(members, isPlain: isPlain)
    }

    init(_ members: [Member], isPlain: Bool = false) async throws {
        (folder, self.isPlain) = (try scratch(), isPlain)
        command = Command(folder: folder)
        var ids: [String: String] = [:]
        for member in members {
            let roles = member.roles.flatMap { ["--role", $0] }
            ids[member.name] = try command.run(["add-member", member.name] + roles)
        }
        self.ids = ids
        team = try command.run(["add-team", "一队"])
        for member in members {
            try command.run(
                ["join-team", team, ids[member.name]!] + (member.supervises ? ["--supervises"] : []))
        }
        try start()
    }

    deinit {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    func start() throws {
        let process = command.process(
            ["serve", "--address", address, "--zone", Office.zone] + (isPlain ? ["--plain"] : []))
        process.standardError = try command.log("log")
        let said = try process.started()
        serving = process
        let line = said.line()
        let prefix = "listening on "
        guard line.hasPrefix(prefix) else { throw Refused(what: "serve", why: command.read("log")) }
        address = String(line.dropFirst(prefix.count))
    }

    /// Ends the server without a word, as a power cut does.
    func stop() {
        serving?.killed()
        serving = nil
    }

    func id(_ name: String) -> String { ids[name]! }

    /// A fresh one-time code.
    func invite(_ name: String) throws -> String {
        let url = ["--url", "\(isPlain ? "http" : "https")://\(address)", "--address", address]
        let printed = try command.run(["invite", id(name)] + url + (isPlain ? ["--plain"] : []))
        return printed.split(separator: "\n").first { $0.hasPrefix("DOORSTEP1-") }.map(String.init)!
    }

    func assign(_ id: String, to name: String, as role: String) throws {
        try command.run(["assign", id, self.id(name), "--role", role])
    }

    /// Makes somebody supervisor of the team.
    func promote(_ name: String) throws {
        try command.run(["join-team", team, id(name), "--supervises"])
    }

    /// Confirms that a phone which lost its key may have it, by what the person read out.
    func recover(_ phone: String, code: String) throws {
        try command.run(["recover", phone, code])
    }

    /// The phones that are enrolled, by identifier.
    func phones() throws -> [String] {
        try command.run(["list"]).split(separator: "\n").filter { $0.hasPrefix("phone ") }.map {
            String($0.split(separator: " ")[1])
        }
    }
}
