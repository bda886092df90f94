import Foundation
import Security

/// One item of the phone's keychain: readable while the phone is unlocked, and on this phone only.
struct Keychain {
    let account: String

    enum Kept {
        case data(Data)
        case absent
        case unreadable
    }

    private var query: [CFString: Any] {
        [
            kSecClass: kSecClassGenericPassword, kSecAttrService: "app.doorstep", kSecAttrAccount: account,
            kSecUseDataProtectionKeychain: true,
        ]
    }

    func load() -> Kept {
        var found: CFTypeRef?
        var asked = query
        asked[kSecReturnData] = true
        switch SecItemCopyMatching(asked as CFDictionary, &found) {
        case errSecSuccess: return (found as? Data).map(Kept.data) ?? .unreadable
        case errSecItemNotFound: return .absent
        default: return .unreadable
        }
    }

    /// The old item or the new one is there afterwards.
    func store(_ data: Data) -> Bool {
        let values: [CFString: Any] = [
            kSecValueData: data, kSecAttrAccessible: kSecAttrAccessibleWhenUnlockedThisDeviceOnly,
        ]
        let status = SecItemUpdate(query as CFDictionary, values as CFDictionary)
        guard status == errSecItemNotFound else { return status == errSecSuccess }
        return SecItemAdd(query.merging(values) { $1 } as CFDictionary, nil) == errSecSuccess
    }

    func delete() -> Bool {
        let status = SecItemDelete(query as CFDictionary)
        return status == errSecSuccess || status == errSecItemNotFound
    }
}
