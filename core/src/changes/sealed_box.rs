//! Sealing to a key pair's owner: whoever has the public half can seal, only the owner can open.
//!
//! The construction is libsodium's sealed box by way of the `crypto_box` crate; nothing here is our own.

use crate::env::Env;
use crypto_box::aead::rand_core::{CryptoRng, Error, RngCore};
use crypto_box::{PublicKey, SecretKey};
use zeroize::Zeroizing;

/// Why a sealed box does not open: another key's, or touched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not sealed to this key")]
pub struct SealedFault;

/// The half that seals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct SealingKey(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

/// The half that opens.
pub struct OpeningKey(SecretKey);

impl SealingKey {
    /// Seals for the owner of the other half.
    pub fn seal(&self, env: &Env, plain: &[u8]) -> Vec<u8> {
        let sealed = PublicKey::from(self.0).seal(&mut FromEnv(env), plain);
        sealed.expect("what is sealed here is far smaller than the cipher's limit")
    }
}

impl OpeningKey {
    /// From its 32 random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(SecretKey::from(bytes))
    }

    /// The half that seals.
    pub fn sealing(&self) -> SealingKey {
        SealingKey(*self.0.public_key().as_bytes())
    }

    /// Opens what was sealed to this key.
    pub fn open(&self, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealedFault> {
        self.0.unseal(sealed).map(Zeroizing::new).map_err(|_| SealedFault)
    }
}

/// Randomness by the door that all of it comes through.
struct FromEnv<'a>(&'a Env);

impl RngCore for FromEnv<'_> {
    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.0.bytes())
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }

    fn fill_bytes(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Error> {
        self.0.fill(bytes);
        Ok(())
    }
}

impl CryptoRng for FromEnv<'_> {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_owner_opens_and_only_what_was_sealed() {
        let env = Env::system();
        let (owner, other) = (OpeningKey::from_bytes(env.bytes()), OpeningKey::from_bytes(env.bytes()));
        let sealed = owner.sealing().seal(&env, b"a key");
        assert_eq!(owner.open(&sealed).unwrap().as_slice(), b"a key");
        assert_eq!(other.open(&sealed).err(), Some(SealedFault));
        for at in 0..sealed.len() {
            let mut touched = sealed.clone();
            touched[at] ^= 1;
            assert_eq!(owner.open(&touched).err(), Some(SealedFault), "byte {at}");
            assert_eq!(owner.open(&sealed[..at]).err(), Some(SealedFault));
        }
    }
}
