//! Messages of `/v1/recovery…`: how a phone whose keystore was wiped comes by its database's key again.
//!
//! From enrolment on the key lies beside the database, sealed to the office's recovery key. A phone
//! that lost it shows a code and sends the sealed key with a fresh public key; when somebody in the
//! office has typed the code, the answer brings the database's key sealed to the fresh one. The
//! request alone reveals nothing and opens nothing.

use crate::changes::SealingKey;
use crate::model::DeviceId;
use sha2::{Digest, Sha256};

/// Where a phone asks for its key.
pub const RECOVERY_PATH: &str = "/v1/recovery";
/// Where a phone leaves its sealed key, signed like all its requests.
pub const KEEP_PATH: &str = "/v1/recovery/keep";

/// What is sealed to the office's recovery key.
#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct WrappedKey {
    /// Whose database it opens.
    #[n(0)]
    pub device: DeviceId,
    /// The database's key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub key: [u8; 32],
}

/// `POST /v1/recovery/keep`: the sealed key, so that nobody can later offer another for this phone.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct KeepKey {
    /// A [`WrappedKey`], sealed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
}

/// Answer to [`KeepKey`].
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Kept {}

/// `POST /v1/recovery`: asks, and asks again until somebody has confirmed. Not signed, for the
/// device's own key is in the database that does not open; what it brings is worth nothing to others.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct AskRecovery {
    /// Which phone.
    #[n(0)]
    pub device: DeviceId,
    /// Its sealed key.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub sealed: Vec<u8>,
    /// What the answer is to be sealed to.
    #[n(2)]
    pub fresh: SealingKey,
}

impl AskRecovery {
    /// What the phone shows and the office types: twelve digits in groups of four. They follow from
    /// everything that is asked, so that a confirmation fits this request only.
    pub fn code(&self) -> String {
        let digest = Sha256::new()
            .chain_update(b"doorstep-recovery-v1\0")
            .chain_update(self.device.as_bytes())
            .chain_update(self.fresh.0)
            .chain_update(Sha256::digest(&self.sealed))
            .finalize();
        let mut first = [0; 8];
        first.copy_from_slice(&digest[..8]);
        let digits = format!("{:012}", u64::from_be_bytes(first) % 1_000_000_000_000);
        [&digits[..4], &digits[4..8], &digits[8..]].join("-")
    }
}

/// Answer to [`AskRecovery`].
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct RecoveryAnswer {
    /// The database's key sealed to the fresh one; none while nobody has confirmed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub sealed: Option<Vec<u8>>,
}
