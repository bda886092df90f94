//! Which actor a device writes under.

use super::DevicePublicKey;
use crate::model::Actor;
use sha2::{Digest, Sha256};

/// What makes a restored or cloned phone a new actor: 16 random bytes, kept in the database and
/// outside backups. If the two differ at start, the device takes a new one.
pub type Incarnation = [u8; 16];

/// `SHA-256("doorstep-actor-v1" ‖ device public key ‖ incarnation)[..16]`.
pub fn actor_of(key: &DevicePublicKey, incarnation: &Incarnation) -> Actor {
    let digest = Sha256::new()
        .chain_update(b"doorstep-actor-v1")
        .chain_update(key.0)
        .chain_update(incarnation)
        .finalize();
    let mut actor = [0; 16];
    actor.copy_from_slice(&digest[..16]);
    Actor(actor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_incarnation_is_a_new_actor() {
        let key = DevicePublicKey([1; 32]);
        assert_ne!(actor_of(&key, &[0; 16]), actor_of(&key, &[1; 16]));
        assert_ne!(actor_of(&key, &[0; 16]), actor_of(&DevicePublicKey([2; 32]), &[0; 16]));
        assert_eq!(actor_of(&key, &[0; 16]), actor_of(&key, &[0; 16]));
    }
}
