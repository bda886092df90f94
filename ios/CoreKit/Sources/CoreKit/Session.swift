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

    /// Guards the database with a PIN; from then on nothing but the PIN opens it.
    public func setPin(_ pin: String) async throws(Failure) {
        let keys = host.keys
        try await ask { client in
            try client.setPin(pin: pin)
            // After the PIN is durable: a kill in between leaves two ways in, never none.
            try keys.forget()
        }
    }

    /// Opens a locked phone.
    public func unlock(_ pin: String) async throws(Failure) {
        let keys = host.keys
        try await ask { try $0.unlock(pin: pin) }
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
