import DoorstepCore
import Foundation

/// Opens what was practised in `folder`, or begins: a database of its own with made-up cases, that no server
/// ever hears of. Its key lies beside it, for there is nothing to guard. Who deletes the folder ends practice.
public func practise(
    in folder: URL, zone: String, language: PracticeLanguage, camera: any Camera
) async throws(Failure) -> Session {
    do {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
        throw .storage(code: "folder")
    }
    let host = Host(
        keys: KeyBeside(file: folder.appendingPathComponent("key")),
        secret: KeyBeside(file: folder.appendingPathComponent("secret")), marker: NoMarker(),
        network: NoNetwork(), camera: camera, scheduler: NoScheduler())
    let session = try await Session.open(
        database: folder.appendingPathComponent("practice.db"), zone: zone, host: host)
    try await session.ask { client in
        if try !client.isPractice() { try client.enrolPractice(language: language) }
    }
    return session
}

private struct KeyBeside: KeyVault {
    let file: URL

    func load() -> KeptKey {
        (try? Data(contentsOf: file)).map(KeptKey.present) ?? .absent
    }

    func store(_ key: Data) throws(Failure) {
        do {
            try key.write(to: file, options: .atomic)
        } catch {
            throw .storage(code: "keystore")
        }
    }

    func forget() {
        try? FileManager.default.removeItem(at: file)
    }
}

/// Nobody mistakes a copy of it for the phone.
private struct NoMarker: MarkerStore {
    func load() -> HostMarker { .absent }
    func store(_ marker: HostMarker) {}
}

private struct NoNetwork: Network {
    func isUp() -> AsyncStream<Bool> {
        AsyncStream { $0.finish() }
    }
}

private struct NoScheduler: Scheduler {
    func afterSaving() {}
    func whileCharging() {}
    func stop() {}
}
