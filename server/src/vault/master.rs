//! The one secret that an administrator keeps. Never inside the data folder.

use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::path::Path;
use zeroize::Zeroizing;

/// Why a master key could not be read.
#[derive(Debug, thiserror::Error)]
pub enum MasterKeyFault {
    /// Not 32 bytes as 64 hexadecimal digits.
    #[error("a master key is 64 hexadecimal digits")]
    Shape,
    /// The file can be read by others than its owner.
    #[error("the key file can be read by others: set its mode to 0400")]
    Open,
    /// The file cannot be read.
    #[error("key file: {0}")]
    Unreadable(#[source] std::io::Error),
    /// The passphrase is too short to protect anything.
    #[error("a passphrase has at least 12 characters")]
    Weak,
    /// Argon2 refused its input.
    #[error("passphrase could not be used")]
    Passphrase,
}

/// The secret that both databases' keys are derived from.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// Fewest characters of a passphrase.
    pub const PASSPHRASE_MIN: usize = 12;

    /// From raw bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// From 64 hexadecimal digits, e.g. out of an environment variable.
    pub fn from_hex(text: &str) -> Result<Self, MasterKeyFault> {
        let lower = Zeroizing::new(text.trim().to_ascii_lowercase());
        let bytes = Zeroizing::new(
            data_encoding::HEXLOWER.decode(lower.as_bytes()).map_err(|_| MasterKeyFault::Shape)?,
        );
        bytes.as_slice().try_into().map(Self::from_bytes).map_err(|_| MasterKeyFault::Shape)
    }

    /// From a file of 64 hexadecimal digits that only its owner may read.
    pub fn from_file(path: &Path) -> Result<Self, MasterKeyFault> {
        use std::os::unix::fs::PermissionsExt;
        let metadata = std::fs::metadata(path).map_err(MasterKeyFault::Unreadable)?;
        if metadata.permissions().mode() & 0o077 != 0 {
            return Err(MasterKeyFault::Open);
        }
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(MasterKeyFault::Unreadable)?);
        Self::from_hex(&text)
    }

    /// From a passphrase and a salt that is kept beside the data (a salt is no secret).
    pub fn from_passphrase(passphrase: &str, salt: &[u8; 16]) -> Result<Self, MasterKeyFault> {
        if passphrase.chars().count() < Self::PASSPHRASE_MIN {
            return Err(MasterKeyFault::Weak);
        }
        let mut key = Zeroizing::new([0; 32]);
        argon2::Argon2::default()
            .hash_password_into(passphrase.as_bytes(), salt, key.as_mut_slice())
            .map_err(|_| MasterKeyFault::Passphrase)?;
        Ok(Self(key))
    }

    /// The key of one purpose.
    pub(crate) fn derive(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(self.0.as_slice()).expect("HMAC takes keys of any length");
        mac.update(purpose.as_bytes());
        Zeroizing::new(mac.finalize().into_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn a_key_file_that_others_can_read_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, "07".repeat(32)).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o444)).unwrap();
        assert!(matches!(MasterKey::from_file(&path), Err(MasterKeyFault::Open)));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o400)).unwrap();
        assert_eq!(*MasterKey::from_file(&path).unwrap().0, [7; 32]);
    }

    #[test]
    fn purposes_get_different_keys() {
        let master = MasterKey::from_bytes([1; 32]);
        assert_ne!(master.derive("a"), master.derive("b"));
    }

    #[test]
    fn short_passphrases_and_odd_shapes_are_refused() {
        assert!(matches!(MasterKey::from_passphrase("too short", &[0; 16]), Err(MasterKeyFault::Weak)));
        assert!(matches!(MasterKey::from_hex("zz"), Err(MasterKeyFault::Shape)));
        assert!(matches!(MasterKey::from_hex(&"0".repeat(62)), Err(MasterKeyFault::Shape)));
    }
}
