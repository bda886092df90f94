//! Passwords of the console: Argon2id, in its own text form.

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use doorstep_core::env::Env;

/// Shortest password, in characters.
pub const PASSWORD_LEAST: usize = 10;
/// Longest password, in bytes.
pub const PASSWORD_LIMIT: usize = 1_024;

/// What a password is checked against when the name is unknown, so that both take as long.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$ZG9vcnN0ZXAtbm9ib2R5$5FjmYvhtODpPYYTVRBrpFUeBNqhVFSyDtPBiOJVbBuU";

/// Hashes a password with a fresh salt (19 MiB, two passes: OWASP's first choice for Argon2id).
pub fn hash_password(env: &Env, password: &str) -> String {
    let salt = SaltString::encode_b64(&env.bytes::<16>()).expect("sixteen bytes are a salt");
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    hash.expect("the default parameters are valid").to_string()
}

/// Whether a password is the one that was hashed. Takes as long when there is none.
pub fn verify_password(stored: Option<&str>, password: &str) -> bool {
    let Ok(hash) = PasswordHash::new(stored.unwrap_or(NOBODY)) else { return false };
    let is_right = Argon2::default().verify_password(password.as_bytes(), &hash).is_ok();
    is_right && stored.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_password_itself_verifies() {
        let hash = hash_password(&Env::system(), "春天在后山看桃花");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(verify_password(Some(&hash), "春天在后山看桃花"));
        assert!(!verify_password(Some(&hash), "春天在后山看桃"));
        assert!(!verify_password(None, "春天在后山看桃花"));
    }

    #[test]
    fn unknown_name_costs_a_full_verification() {
        assert!(PasswordHash::new(NOBODY).is_ok());
    }
}
