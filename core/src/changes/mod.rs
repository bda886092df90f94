//! The signed change and the signed action: who wrote what, provable before any CRDT parse.
//!
//! A change's hash is automerge's own (SHA-256 over the chunk without magic and checksum), so one
//! signature over the envelope with that hash covers the content, and both are checked before
//! automerge sees a byte. Signatures are prefixed by purpose, so that none can be used for another.
//! Nothing here decides what a member may do: that is `access`.

mod actor;
mod key;
mod request;
mod sealed_box;
mod signed_action;
mod signed_change;

pub use actor::{Incarnation, actor_of};
pub use key::{DeviceKey, DevicePublicKey, KeyFault, Signature};
pub use request::{RequestProof, verify_request};
pub use sealed_box::{OpeningKey, SealedFault, SealingKey};
pub use signed_action::SignedAction;
pub use signed_change::{Envelope, SignedChange, chunk_hash};

/// Why a signed thing was not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ChangeFault {
    /// The bytes are not the ones that were hashed.
    #[error("content does not match its hash")]
    Hash,
    /// The signature is not the device's.
    #[error("signature does not match")]
    Signature,
    /// The actor does not follow from the device's key and incarnation.
    #[error("actor is not the device's")]
    Actor,
    /// The content cannot be read.
    #[error("content cannot be read")]
    Malformed,
}
