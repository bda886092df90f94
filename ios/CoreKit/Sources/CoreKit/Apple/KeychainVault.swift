#if canImport(Security)
    import Foundation
    import Security

    /// Keeps a key in the keychain, for this device alone: no backup and no other phone gets it.
    /// Readable from the first unlock after a start on, so that a sync can run while the phone is in a pocket.
    public struct KeychainVault: KeyVault {
        private let service: String

        /// `service` names the item; another name is another vault.
        public init(service: String) { self.service = service }

        public func load() -> KeptKey {
            var found: CFTypeRef?
            let wanted = item.merging([
                kSecReturnData: true, kSecMatchLimit: kSecMatchLimitOne,
            ]) { $1 }
            switch SecItemCopyMatching(wanted as CFDictionary, &found) {
            case errSecSuccess:
                // There, and not to be used: what opens the database is lost.
                return (found as? Data).map(KeptKey.present) ?? .lost
            case errSecItemNotFound: return .absent
            // Before the first unlock, and whatever else may heal: nobody is sent to recovery for a hiccup.
            default: return .unreadable
            }
        }

        public func store(_ key: Data) throws(Failure) {
            let values: [CFString: Any] = [
                kSecValueData: key,
                kSecAttrAccessible: kSecAttrAccessibleAfterFirstUnlockThisDeviceOnly,
            ]
            let updated = SecItemUpdate(item as CFDictionary, values as CFDictionary)
            guard updated == errSecItemNotFound else { return try check(updated) }
            try check(SecItemAdd(item.merging(values) { $1 } as CFDictionary, nil))
        }

        public func forget() throws(Failure) {
            let deleted = SecItemDelete(item as CFDictionary)
            if deleted != errSecItemNotFound { try check(deleted) }
        }

        /// Never in iCloud's keychain.
        private var item: [CFString: Any] {
            [
                kSecClass: kSecClassGenericPassword, kSecAttrService: service, kSecAttrAccount: "phone",
                kSecAttrSynchronizable: false, kSecUseDataProtectionKeychain: true,
            ]
        }

        private func check(_ status: OSStatus) throws(Failure) {
            if status != errSecSuccess { throw .storage(code: "keystore") }
        }
    }
#endif
