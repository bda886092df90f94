//! Keys and seals (design: at rest).
//!
//! Each scope × class has a random key in `keys.db`, durable before `data.db` uses it. Records are
//! sealed with it, and references to content are HMACs under it, since a plain hash confirms
//! guesses. Deleting the key is deletion, in history and in old backups of `data.db` too.

mod master;
mod seal;

use crate::error::{OpenFault, StoreFault};
use crate::store::{keys, open_keys};
use doorstep_core::changes::{DeviceKey, OpeningKey};
use doorstep_core::env::Env;
use doorstep_core::model::{Class, Scope};
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use zeroize::Zeroizing;

pub use master::{MasterKey, MasterKeyFault};
pub use seal::{Place, ScopeKey};

/// `keys.db`, with what was read of it kept in memory.
pub struct Vault {
    connection: Mutex<Connection>,
    known: RwLock<HashMap<(Scope, Class), Arc<ScopeKey>>>,
    office: ScopeKey,
    signing: DeviceKey,
    console: DeviceKey,
    recovery: OpeningKey,
}

impl Vault {
    /// Opens or creates `keys.db`, and makes the office's own keys if they are not there.
    pub fn open(path: &Path, key: &[u8; 32], env: &Env) -> Result<Self, OpenFault> {
        let mut connection = open_keys(path, key)?;
        let names = ["sealing", "signing", "console", "recovery"];
        let [office, signing, console, recovery] = keys::office_keys(&mut connection, names, env)?;
        let device_key =
            |seed: &[u8; 32]| DeviceKey::from_seed(seed).map_err(|_| StoreFault::Damaged("office_keys"));
        Ok(Self {
            connection: Mutex::new(connection),
            known: RwLock::default(),
            office: ScopeKey::new(&office),
            signing: device_key(&signing)?,
            console: device_key(&console)?,
            recovery: OpeningKey::from_bytes(*recovery),
        })
    }

    /// The key of a scope × class, if it has one.
    pub fn key(&self, scope: Scope, class: Class) -> Result<Option<Arc<ScopeKey>>, StoreFault> {
        if let Some(key) = self.known(scope, class) {
            return Ok(Some(key));
        }
        let connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let found = keys::find(&connection, scope, class)?;
        Ok(found.map(|bytes| self.remember(scope, class, &bytes)))
    }

    /// The key of a scope × class that has sealed something.
    pub fn existing(&self, scope: Scope, class: Class) -> Result<Arc<ScopeKey>, StoreFault> {
        self.key(scope, class)?.ok_or(StoreFault::KeyGone)
    }

    /// Makes the keys that are missing, in one commit, durable when this returns.
    pub fn ensure(&self, wanted: &[(Scope, Class)], env: &Env) -> Result<(), StoreFault> {
        if wanted.iter().all(|&(scope, class)| self.known(scope, class).is_some()) {
            return Ok(());
        }
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        for (scope, class, bytes) in keys::ensure(&mut connection, wanted, env)? {
            self.remember(scope, class, &bytes);
        }
        Ok(())
    }

    /// Seals what belongs to no known scope.
    pub fn office(&self) -> &ScopeKey {
        &self.office
    }

    /// The organisation's own key: signs certificates of devices.
    pub fn signing(&self) -> &DeviceKey {
        &self.signing
    }

    /// The console's device key: signs decisions made in the browser.
    pub fn console(&self) -> &DeviceKey {
        &self.console
    }

    /// The office's recovery key: phones seal their databases' keys to its other half.
    pub fn recovery(&self) -> &OpeningKey {
        &self.recovery
    }

    /// The certificate that phones pin and its private key, both DER; made the first time.
    pub(crate) fn tls<E: From<StoreFault>>(
        &self,
        make: impl FnOnce() -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), E>,
    ) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), E> {
        keys::tls(&mut self.connection.lock().unwrap_or_else(PoisonError::into_inner), make)
    }

    /// Runs something on `keys.db` itself, e.g. a backup.
    pub fn with_connection<T>(&self, run: impl FnOnce(&Connection) -> T) -> T {
        run(&self.connection.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn known(&self, scope: Scope, class: Class) -> Option<Arc<ScopeKey>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(&(scope, class)).cloned()
    }

    fn remember(&self, scope: Scope, class: Class, bytes: &Zeroizing<[u8; 32]>) -> Arc<ScopeKey> {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry((scope, class)).or_insert_with(|| Arc::new(ScopeKey::new(bytes))))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorstep_core::model::CaseId;

    fn vault(folder: &Path) -> Vault {
        Vault::open(&folder.join("keys.db"), &[3; 32], &Env::system()).unwrap()
    }

    #[test]
    fn a_key_is_there_again_after_a_restart_and_made_only_once() {
        let folder = tempfile::tempdir().unwrap();
        let env = Env::system();
        let scope = Scope::Case(CaseId::new(&env));
        let first = vault(folder.path());
        assert!(first.key(scope, Class::File).unwrap().is_none());
        first.ensure(&[(scope, Class::File)], &env).unwrap();
        let reference = first.existing(scope, Class::File).unwrap().reference("test", b"content");
        drop(first);
        let again = vault(folder.path());
        again.ensure(&[(scope, Class::File), (scope, Class::Contact)], &env).unwrap();
        assert_eq!(again.existing(scope, Class::File).unwrap().reference("test", b"content"), reference);
        assert_ne!(again.existing(scope, Class::Contact).unwrap().reference("test", b"content"), reference);
    }

    #[test]
    fn the_office_keeps_its_own_keys() {
        let folder = tempfile::tempdir().unwrap();
        let signing = vault(folder.path()).signing().public();
        let again = vault(folder.path());
        assert_eq!(again.signing().public(), signing);
        assert_ne!(again.console().public(), signing);
    }
}
