import Foundation

/// The server's command line, on the data of one office.
struct Command {
    let folder: URL

    struct Refused: Error {
        var what: String
        var why: String
    }

    func process(_ arguments: [String]) -> Process {
        let process = Process()
        let given = ProcessInfo.processInfo.environment
        process.executableURL =
            given["DOORSTEP_BIN"].map { URL(fileURLWithPath: $0) } ?? beside("bin/doorstep")
        process.arguments = arguments
        process.environment = given.filter { !$0.key.hasPrefix("DOORSTEP_") }.merging([
            "DOORSTEP_DATA": folder.appendingPathComponent("office").path,
            "DOORSTEP_MASTER_KEY": String(repeating: "5a", count: 32),
        ]) { $1 }
        return process
    }

    @discardableResult
    func run(_ arguments: [String]) throws -> String {
        let process = process(arguments)
        process.standardError = try log("errors")
        let text = String(decoding: try process.started().readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Refused(what: arguments.joined(separator: " "), why: read("errors"))
        }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    func log(_ name: String) throws -> FileHandle {
        let file = folder.appendingPathComponent(name)
        _ = FileManager.default.createFile(atPath: file.path, contents: nil)
        return try FileHandle(forWritingTo: file)
    }

    func read(_ name: String) -> String {
        (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
    }
}

typealias Refused = Command.Refused

/// What `ios/test` puts beside the generated sources.
func beside(_ name: String) -> URL { package.appendingPathComponent("Generated/\(name)") }

let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// A folder of its own, in memory where the machine has room there.
func scratch() throws -> URL {
    let memory = URL(fileURLWithPath: "/dev/shm", isDirectory: true)
    let isThere = FileManager.default.fileExists(atPath: memory.path)
    let folder = (isThere ? memory : FileManager.default.temporaryDirectory)
        .appendingPathComponent("doorstep-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
}

extension FileHandle {
    /// The next line, without its end; empty at the end of the file.
    func line() -> String {
        var bytes = Data()
        while let byte = try? read(upToCount: 1), let byte = byte.first, byte != UInt8(ascii: "\n") {
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// One at a time: on Linux a process inherits the ends of what another one, being started at that moment, is heard
/// by. As long as it lived, nobody would hear that the other has ended.
private let starting = NSLock()

extension Process {
    /// Starts it; what it prints.
    func started() throws -> FileHandle {
        try starting.withLock {
            let printed = Pipe()
            standardOutput = printed
            try run()
            return printed.fileHandleForReading
        }
    }

    /// Ended without warning.
    func killed() {
        kill(processIdentifier, SIGKILL)
        waitUntilExit()
    }
}
