import CoreKit
import DoorstepCore
import Foundation

/// Keeps the database's key in the keychain, which the phone's own hardware seals. No fingerprint is asked for: the
/// PIN guards the app, and a phone whose owner enrols another finger must not lose a day's visits.
struct KeychainVault: KeyVault {
    private let item = Keychain(account: "database-key")

    func load() -> KeptKey {
        switch item.load() {
        case .data(let key): .present(key)
        case .absent: .absent
        case .unreadable: .unreadable
        }
    }

    func store(_ key: Data) throws(Failure) {
        if !item.store(key) { throw .storage(code: "keystore") }
    }

    func forget() throws(Failure) {
        if !item.delete() { throw .storage(code: "keystore") }
    }
}

/// The incarnation marker: it stays on this phone when the database is copied or restored elsewhere.
struct KeychainMarker: MarkerStore {
    private let item = Keychain(account: "incarnation")

    func load() -> HostMarker {
        switch item.load() {
        // A marker of another length is nobody's. A new incarnation is always safe, a wrong one never.
        case .data(let bytes): bytes.count == 16 ? .kept(incarnation: bytes) : .absent
        case .absent: .absent
        case .unreadable: .unreadable
        }
    }

    func store(_ marker: HostMarker) throws(Failure) {
        guard case .kept(let incarnation) = marker else { return }
        if !item.store(incarnation) { throw .storage(code: "keystore") }
    }
}
