import DoorstepCore
import Foundation

/// Gets the key of a database back from the office, after `storage.key_lost`: `show` gets the digits that the
/// person reads to the office, and this returns when somebody there has confirmed and the key is in the
/// vault. Then `Session.open` opens as ever. Without a network it asks again; cancelling ends it.
public func recoverKey(
    database: URL, keys: any KeyVault, show: @Sendable (String) async -> Void
) async throws {
    let recovery = try await besides { try Recovery.begin(path: database.path) }
    await show(recovery.code())
    while true {
        if let key = try await asked(recovery) {
            try await besides { try keys.store(key) }
            return
        }
        try await Task.sleep(for: .seconds(3))
    }
}

private func asked(_ recovery: Recovery) async throws(Failure) -> Data? {
    do {
        return try await besides { try recovery.fetch() }
    } catch .offline {
        return nil
    }
}
