//! The PIN: wraps the database's key in a file beside the database. A PIN is short, so that Argon2id
//! alone would only make guessing slow: it is keyed with a secret that never leaves the phone's hardware
//! keystore unwrapped (Argon2's own secret input, RFC 9106 section 3.1). Who has copied the files has nothing to
//! guess against.

use super::Failure;
use crate::env::Env;
use crate::store::{DatabaseKey, StoreFault};
use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use std::io::Write;
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const PURPOSE: &[u8] = b"doorstep-pin-v2";
/// 64 MiB and three passes: about half a second on a cheap phone.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;
const SHORTEST: usize = 4;
const LONGEST: usize = 64;
/// Wrong guesses before a wait; each further one doubles it.
const FREE_TRIES: u32 = 5;
const FIRST_WAIT_MS: i64 = 30_000;
const LONGEST_WAIT_MS: i64 = 3_600_000;

/// What the host's keystore keeps for the PIN: random, and of this phone alone.
pub type DeviceSecret = [u8; 32];

/// What lies in the file.
#[derive(minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct Wrapped {
    #[cbor(n(0), with = "minicbor::bytes")]
    salt: [u8; 16],
    #[cbor(n(1), with = "minicbor::bytes")]
    nonce: [u8; 24],
    #[cbor(n(2), with = "minicbor::bytes")]
    sealed: Vec<u8>,
    #[n(3)]
    wrong_tries: u32,
    #[n(4)]
    last_wrong_ms: i64,
}

pub(super) fn is_set(database: &Path) -> bool {
    file_of(database).exists()
}

pub(super) fn wrap(
    env: &Env,
    database: &Path,
    pin: &str,
    secret: &DeviceSecret,
    key: &DatabaseKey,
) -> Result<(), Failure> {
    if !(SHORTEST..=LONGEST).contains(&pin.chars().count()) {
        return Err(Failure::invalid("pin", "length"));
    }
    let (salt, nonce) = (env.bytes(), env.bytes());
    let payload = Payload { msg: key.as_bytes(), aad: PURPOSE };
    let sealed = cipher(pin, secret, &salt)?
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| Failure::Unexpected("pin_seal".to_owned()))?;
    write(database, &Wrapped { salt, nonce, sealed, wrong_tries: 0, last_wrong_ms: 0 })
}

pub(super) fn unwrap(
    env: &Env,
    database: &Path,
    pin: &str,
    secret: &DeviceSecret,
) -> Result<DatabaseKey, Failure> {
    let mut wrapped = read(database)?;
    if left_ms(env, &wrapped) > 0 {
        return Err(Failure::invalid("pin", "wait"));
    }
    let payload = Payload { msg: &wrapped.sealed, aad: PURPOSE };
    let opened = cipher(pin, secret, &wrapped.salt)?.decrypt(XNonce::from_slice(&wrapped.nonce), payload);
    let key = opened.ok().map(Zeroizing::new).and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok());
    let Some(key) = key else {
        wrapped.wrong_tries = wrapped.wrong_tries.saturating_add(1);
        wrapped.last_wrong_ms = env.now().as_ms();
        write(database, &wrapped)?;
        return Err(Failure::invalid("pin", "wrong"));
    };
    if wrapped.wrong_tries > 0 {
        // A full phone must not keep out who knows the PIN; the tries are forgotten another time.
        drop(write(database, &Wrapped { wrong_tries: 0, ..wrapped }));
    }
    Ok(DatabaseKey::from_bytes(key))
}

/// How long one has to wait before the next try, in milliseconds.
pub(super) fn wait_left_ms(env: &Env, database: &Path) -> i64 {
    read(database).map_or(0, |wrapped| left_ms(env, &wrapped))
}

fn left_ms(env: &Env, wrapped: &Wrapped) -> i64 {
    let wait = wait_ms(wrapped.wrong_tries);
    let since = env.now().as_ms().saturating_sub(wrapped.last_wrong_ms);
    // A clock set back must not lock anybody out for years.
    if (0..wait).contains(&since) { wait - since } else { 0 }
}

/// Takes the PIN of a closed database away, where its key came back another way.
pub fn forget(database: &Path) -> Result<(), Failure> {
    match std::fs::remove_file(file_of(database)) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::Storage(StoreFault::NoRoom))
        }
        _ => Ok(()),
    }
}

fn read(database: &Path) -> Result<Wrapped, Failure> {
    let bytes = std::fs::read(file_of(database)).map_err(|_| Failure::NotFound)?;
    minicbor::decode(&bytes).map_err(|_| Failure::Storage(StoreFault::Damaged))
}

fn wait_ms(wrong_tries: u32) -> i64 {
    match wrong_tries.checked_sub(FREE_TRIES) {
        None => 0,
        Some(over) => FIRST_WAIT_MS.saturating_mul(1 << over.min(20)).min(LONGEST_WAIT_MS),
    }
}

fn cipher(pin: &str, secret: &DeviceSecret, salt: &[u8; 16]) -> Result<XChaCha20Poly1305, Failure> {
    let unexpected = |_| Failure::Unexpected("pin_derive".to_owned());
    let params = Params::new(MEMORY_KIB, PASSES, 1, Some(32)).map_err(unexpected)?;
    let mut key = Zeroizing::new([0; 32]);
    Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params)
        .map_err(unexpected)?
        .hash_password_into(pin.as_bytes(), salt, key.as_mut_slice())
        .map_err(unexpected)?;
    Ok(XChaCha20Poly1305::new(key.as_slice().into()))
}

/// Written beside and moved into place, so that a kill leaves the old file or the new one.
fn write(database: &Path, wrapped: &Wrapped) -> Result<(), Failure> {
    let target = file_of(database);
    let beside = target.with_extension("pin-new");
    let write = || -> std::io::Result<()> {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(&minicbor::to_vec(wrapped).expect("writing into memory does not fail"))?;
        file.sync_all()?;
        std::fs::rename(&beside, &target)?;
        // The name is durable with its folder: what the PIN replaces, the key kept by the phone, is
        // forgotten right after this.
        let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty());
        std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
    };
    write().map_err(|_| Failure::Storage(StoreFault::NoRoom))
}

fn file_of(database: &Path) -> PathBuf {
    database.with_extension("pin")
}
