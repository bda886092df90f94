import DoorstepCore
import Foundation

extension Session {
    /// Opens a phone's database, or makes it. Guarded by a PIN it opens locked.
    ///
    /// `storage.key_lost`: the database is there and what opens it is not; nothing is touched.
    /// `locked`: the phone was not unlocked since it started; try again later.
    public static func open(database: URL, zone: String, host: Host) async throws(Failure) -> Session {
        let client = try await besides {
            let marker = host.marker.load()
            func opened(_ key: Data?) throws -> Client {
                try Client.open(
                    opening: Opening(path: database.path, key: key, marker: marker, zone: zone))
            }
            // Asked first, so that a PIN that was set is always needed.
            if let locked = try lockedClient(opened) {
                if !host.hasLostSecret { return locked }
                // The office gave the key itself back: the PIN opens nothing any more, and a new one is chosen.
                guard case .present = host.keys.load() else { throw Failure.storage(code: "key_lost") }
                try forgetPin(path: database.path)
            }
            return try opened(try key(of: database, in: host.keys))
        }
        let session = Session(client: client, host: host)
        try await session.keepMarker()
        return session
    }

    /// None if no PIN guards the database.
    private static func lockedClient(_ opened: (Data?) throws -> Client) throws -> Client? {
        do { return try opened(nil) } catch ClientError.Locked { return nil }
    }

    private static func key(of database: URL, in keys: any KeyVault) throws(Failure) -> Data {
        switch keys.load() {
        case .present(let key): return key
        case .unreadable: throw .locked
        case .lost: throw .storage(code: "key_lost")
        case .absent: break
        }
        guard !FileManager.default.fileExists(atPath: database.path) else {
            throw .storage(code: "key_lost")
        }
        // Kept before anything is encrypted with it.
        let key = generateKey()
        try keys.store(key)
        return key
    }
}

extension Host {
    fileprivate var hasLostSecret: Bool {
        switch secret.load() {
        case .lost, .absent: true
        case .present, .unreadable: false
        }
    }
}
