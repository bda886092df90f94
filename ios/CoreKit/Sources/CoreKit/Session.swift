import DoorstepCore
import Foundation

/// One member's phone while the app runs: the core's client, and what it needs of the phone around it.
///
///     let session = try await Session.open(database: folder.appending(path: "phone.db"), zone: zone, host: host)
///     let today = try await session.ask { try $0.today() }
public final class Session: Sendable {
    public let client: Client
    public let host: Host

    init(client: Client, host: Host) {
        self.client = client
        self.host = host
    }

    /// Asks the core, off the main thread. Throws a `Failure` and nothing else.
    public func ask<T: Sendable>(
        _ verb: @escaping @Sendable (Client) throws -> T
    ) async throws(Failure) -> T {
        let client = client
        return try await besides { try verb(client) }
    }

    /// What is only on this phone, now and after every change.
    public func watch() throws(Failure) -> AsyncStream<SyncState> {
        try client.watch()
    }

    /// Synchronises once; cancelling stops it between two requests.
    public func sync() async throws -> SyncReport {
        do {
            let report = try await client.sync()
            try await keepMarker()
            return report
        } catch {
            // A sync that was stopped may have taken a new incarnation as well.
            try? await keepMarker()
            throw error
        }
    }

    /// Guards the database with a PIN; from then on nothing opens it but the PIN on this very phone.
    public func setPin(_ pin: String) async throws(Failure) {
        let (keys, vault) = (host.keys, host.secret)
        try await ask { client in
            try client.setPin(pin: pin, secret: try vault.loadOrMake())
            // After the PIN is durable: a kill in between leaves two ways in, never none.
            try keys.forget()
        }
    }

    /// Opens a locked phone. `storage.key_lost`: the phone has lost its part of the key.
    public func unlock(_ pin: String) async throws(Failure) {
        let (keys, vault) = (host.keys, host.secret)
        try await ask { client in
            switch vault.load() {
            case .present(let secret): try client.unlock(pin: pin, secret: secret)
            case .unreadable: throw Failure.locked
            case .lost, .absent: throw Failure.storage(code: "key_lost")
            }
        }
        // Opening may have taken a new incarnation; and a kill may have come before the key was forgotten.
        try await keepMarker()
        try await besides { try keys.forget() }
    }

    func keepMarker() async throws(Failure) {
        let store = host.marker
        try await ask { client in
            let marker = client.marker()
            if case .kept = marker { try store.store(marker) }
        }
    }
}

extension KeyVault {
    /// The secret of this phone; made, and durable, before anything depends on it.
    fileprivate func loadOrMake() throws(Failure) -> Data {
        switch load() {
        case .present(let secret): return secret
        case .unreadable: throw .locked
        case .lost, .absent: break
        }
        let secret = generateKey()
        try store(secret)
        return secret
    }
}
