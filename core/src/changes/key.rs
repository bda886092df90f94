//! The device's key pair. Ed25519 as the library has it; nothing of our own.

use crate::env::Env;
use ed25519_dalek::{Signer, Verifier};
use zeroize::Zeroizing;

/// Why bytes are not a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a key")]
pub struct KeyFault;

/// A device's secret key.
pub struct DeviceKey(ed25519_dalek::SigningKey);

impl DeviceKey {
    /// A new key.
    pub fn generate(env: &Env) -> Self {
        let seed = Zeroizing::new(env.bytes::<32>());
        Self(ed25519_dalek::SigningKey::from_bytes(&seed))
    }

    /// From the 32 bytes that [`DeviceKey::to_seed`] gave.
    pub fn from_seed(seed: &[u8]) -> Result<Self, KeyFault> {
        let seed: &[u8; 32] = seed.try_into().map_err(|_| KeyFault)?;
        Ok(Self(ed25519_dalek::SigningKey::from_bytes(seed)))
    }

    /// The secret, for storage in an encrypted database only.
    pub fn to_seed(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(self.0.to_bytes())
    }

    /// The public half.
    pub fn public(&self) -> DevicePublicKey {
        DevicePublicKey(self.0.verifying_key().to_bytes())
    }

    /// Signs `purpose ‖ message`. Purposes end in a version, e.g. `doorstep-change-v1`.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> Signature {
        Signature(self.0.sign(&purposed(purpose, message)).to_bytes())
    }
}

/// A device's public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DevicePublicKey(pub [u8; 32]);

impl DevicePublicKey {
    /// Whether a signature over `purpose ‖ message` is this key's. Weak keys are refused.
    pub fn verify(&self, purpose: &str, message: &[u8], signature: &Signature) -> bool {
        let Ok(key) = ed25519_dalek::VerifyingKey::from_bytes(&self.0) else { return false };
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        !key.is_weak() && key.verify(&purposed(purpose, message), &signature).is_ok()
    }
}

/// An Ed25519 signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

fn purposed(purpose: &str, message: &[u8]) -> Vec<u8> {
    [purpose.as_bytes(), &[0], message].concat()
}

macro_rules! bytes_cbor {
    ($name:ident) => {
        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
                d.bytes()?
                    .try_into()
                    .map(Self)
                    .map_err(|_| minicbor::decode::Error::message("wrong length of a key or signature"))
            }
        }
    };
}

bytes_cbor!(DevicePublicKey);
bytes_cbor!(Signature);
