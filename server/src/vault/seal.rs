//! Sealing: XChaCha20-Poly1305 with a random nonce, bound to the place where a record stands.

use crate::error::StoreFault;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use doorstep_core::env::Env;
use doorstep_core::model::DocId;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

const NONCE: usize = 24;

/// Where a sealed record stands. A record moved elsewhere does not open.
///
/// What tells rows of one table and document apart is known before the row's position is: the
/// reference of a change or action, the revision of a document. The chain guards positions.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Table and column, e.g. `log`.
    pub table: &'static str,
    /// The document.
    pub doc: DocId,
    /// Which of its rows.
    pub row: &'a [u8],
}

impl Place<'_> {
    fn bytes(&self) -> Vec<u8> {
        [self.table.as_bytes(), &[0], self.doc.as_bytes(), self.row].concat()
    }
}

/// The key of a scope × class: seals, and makes references.
pub struct ScopeKey {
    cipher: XChaCha20Poly1305,
    reference: Zeroizing<[u8; 32]>,
}

impl ScopeKey {
    pub(super) fn new(bytes: &Zeroizing<[u8; 32]>) -> Self {
        let cipher = Zeroizing::new(keyed(bytes, &[b"doorstep-seal-v1"]));
        Self {
            cipher: XChaCha20Poly1305::new(cipher.as_slice().into()),
            reference: Zeroizing::new(keyed(bytes, &[b"doorstep-reference-v1"])),
        }
    }

    /// Nonce and ciphertext.
    pub fn seal(&self, env: &Env, place: &Place<'_>, plain: &[u8]) -> Vec<u8> {
        let nonce = XNonce::from(env.bytes::<NONCE>());
        let sealed = self
            .cipher
            .encrypt(&nonce, Payload { msg: plain, aad: &place.bytes() })
            .expect("records are far smaller than the cipher's limit");
        [nonce.as_slice(), &sealed].concat()
    }

    /// The record, if it was sealed with this key for this place.
    pub fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, StoreFault> {
        let damaged = StoreFault::Damaged(place.table);
        let Some((nonce, sealed)) = sealed.split_at_checked(NONCE) else { return Err(damaged) };
        self.cipher
            .decrypt(XNonce::from_slice(nonce), Payload { msg: sealed, aad: &place.bytes() })
            .map_err(|_| damaged)
    }

    /// A reference to content: tells equal from different, but confirms no guess without the key.
    pub fn reference(&self, purpose: &str, content: &[u8]) -> [u8; 32] {
        keyed(&self.reference, &[purpose.as_bytes(), &[0], content])
    }
}

fn keyed(key: &[u8; 32], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_opens_only_where_it_was_sealed() {
        let env = Env::system();
        let key = ScopeKey::new(&Zeroizing::new([5; 32]));
        let doc = DocId::new(&env);
        let place = Place { table: "log", doc, row: b"1" };
        let sealed = key.seal(&env, &place, b"visit");
        assert_eq!(key.open(&place, &sealed).unwrap(), b"visit");
        for elsewhere in [
            Place { table: "summary", ..place },
            Place { doc: DocId::new(&env), ..place },
            Place { row: b"2", ..place },
        ] {
            assert!(matches!(key.open(&elsewhere, &sealed), Err(StoreFault::Damaged(_))));
        }
        let other = ScopeKey::new(&Zeroizing::new([6; 32]));
        assert!(other.open(&place, &sealed).is_err());
        assert!(key.open(&place, &sealed[..10]).is_err());
    }
}
