//! The handle: one member's phone, locked or open.

use super::Failure;
use super::observe::Observers;
use super::pin::{self, DeviceSecret};
use crate::changes::{DeviceKey, Incarnation};
use crate::courier::new_incarnation;
use crate::env::Env;
use crate::model::{Date, TimeOfDay};
use crate::store::{AttentionKind, DatabaseKey, Store, Tx};
use crate::sync::session::Defences;
use jiff::tz::TimeZone;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What the host keeps outside backups to recognise a restored or copied phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marker {
    /// What [`Client::marker`] gave last time.
    Kept(Incarnation),
    /// There is none: a new phone, or a database that came from elsewhere.
    Absent,
    /// It cannot be read now (before the first unlock after a start). Not the same as absent.
    Unreadable,
}

/// What a phone opens with.
pub struct OpenOptions {
    /// The database file.
    pub path: PathBuf,
    /// Its key; none when a PIN guards it and [`Client::unlock`] will bring it.
    pub key: Option<DatabaseKey>,
    /// The incarnation marker kept outside backups.
    pub marker: Marker,
    /// Clock and randomness.
    pub env: Env,
    /// Where the office is: what "today" means.
    pub zone: TimeZone,
    /// All standing, unless a test says otherwise.
    pub defences: Defences,
}

/// One member's phone. Every method may be called from any thread.
pub struct Client {
    pub(super) env: Env,
    pub(super) defences: Defences,
    pub(super) observers: Observers,
    pub(super) syncing: Mutex<()>,
    pub(super) sending: Mutex<()>,
    zone: TimeZone,
    pub(super) path: PathBuf,
    marker: Mutex<Marker>,
    desk: Mutex<Option<Arc<Desk>>>,
}

/// What is there only while the phone is unlocked.
pub(super) struct Desk {
    pub store: Store,
    pub key: DatabaseKey,
}

impl Client {
    /// Opens a phone's database, or makes it. Without a key it is locked at first.
    pub fn open(options: OpenOptions) -> Result<Self, Failure> {
        let client = Self {
            env: options.env,
            defences: options.defences,
            observers: Observers::default(),
            syncing: Mutex::new(()),
            sending: Mutex::new(()),
            zone: options.zone,
            path: options.path,
            marker: Mutex::new(options.marker),
            desk: Mutex::new(None),
        };
        if let Some(key) = options.key {
            client.open_desk(key)?;
        } else if !pin::is_set(&client.path) {
            return Err(Failure::Locked);
        }
        Ok(client)
    }

    /// The incarnation marker that the host keeps outside backups; to be stored after opening and
    /// after every sync.
    pub fn marker(&self) -> Marker {
        *lock(&self.marker)
    }

    /// Guards the database's key with a PIN and the keystore's secret from now on: both are needed.
    pub fn set_pin(&self, pin: &str, secret: &DeviceSecret) -> Result<(), Failure> {
        pin::wrap(&self.env, &self.path, pin, secret, &self.desk()?.key)
    }

    /// Whether a PIN is set.
    pub fn has_pin(&self) -> bool {
        pin::is_set(&self.path)
    }

    /// How long one has to wait before the PIN is tried again, in milliseconds.
    pub fn pin_wait_ms(&self) -> i64 {
        pin::wait_left_ms(&self.env, &self.path)
    }

    /// Clears everything decrypted from memory. Does nothing without a PIN: nobody could unlock.
    pub fn lock(&self) -> bool {
        let can_lock = pin::is_set(&self.path);
        if can_lock {
            *lock(&self.desk) = None;
        }
        can_lock
    }

    /// Whether the PIN is needed.
    pub fn is_locked(&self) -> bool {
        lock(&self.desk).is_none()
    }

    /// Opens with the PIN and the keystore's secret. Another secret is answered like a wrong PIN.
    pub fn unlock(&self, pin: &str, secret: &DeviceSecret) -> Result<(), Failure> {
        if self.is_locked() {
            let key = pin::unwrap(&self.env, &self.path, pin, secret)?;
            self.open_desk(key)?;
        }
        Ok(())
    }

    /// The date and time of day where the office is.
    pub(super) fn here(&self) -> (Date, TimeOfDay) {
        self.env.now().local(&self.zone)
    }

    pub(super) fn desk(&self) -> Result<Arc<Desk>, Failure> {
        lock(&self.desk).clone().ok_or(Failure::Locked)
    }

    pub(super) fn read<T>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        self.desk()?.store.read(work)
    }

    /// One verb: one transaction, then everyone who watches is told.
    pub(super) fn write<T>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, Failure>) -> Result<T, Failure> {
        let result = self.desk()?.store.write(work)?;
        self.notify();
        Ok(result)
    }

    /// Bounds the database's size, so that tests can fill the phone up.
    pub fn limit_pages(&self, pages: Option<u32>) -> Result<(), Failure> {
        Ok(self.desk()?.store.limit_pages(pages)?)
    }

    fn open_desk(&self, key: DatabaseKey) -> Result<(), Failure> {
        let store = Store::open(&self.path, &key)?;
        let marker = self.marker();
        let now = store.write(|tx| self.settle_incarnation(tx, marker))?;
        *lock(&self.marker) = Marker::Kept(now);
        *lock(&self.desk) = Some(Arc::new(Desk { store, key }));
        // A full phone must open all the same; the next opening tries again.
        drop(self.wrap_for_recovery());
        Ok(())
    }

    /// A database whose incarnation is not the one kept outside backups came from elsewhere: it
    /// goes on as a new writer, for the old one may be writing too.
    fn settle_incarnation(&self, tx: &Tx<'_>, marker: Marker) -> Result<Incarnation, Failure> {
        let known = tx.incarnation()?;
        if tx.device_key()?.is_none() {
            tx.set_device_key(&DeviceKey::generate(&self.env))?;
        }
        match (known, marker) {
            (Some(known), Marker::Kept(kept)) if known == kept => Ok(known),
            (Some(_), Marker::Unreadable) => Err(Failure::Locked),
            (Some(known), _) if !self.defences.new_actor_after_restore => Ok(known),
            (Some(_), marker) => {
                // One that this database had itself only says that the host could not note the last
                // one in time (killed during a sync): no news for a person. As an older copy of the
                // database would look the same, it goes on as a new writer all the same.
                let is_own = match marker {
                    Marker::Kept(kept) => tx.former_incarnations()?.contains(&kept),
                    Marker::Absent | Marker::Unreadable => false,
                };
                if !is_own && tx.identity()?.is_some() {
                    tx.add_attention(&AttentionKind::PhoneRestored, None, None, None, self.env.now())?;
                }
                Ok(new_incarnation(tx, &self.env)?)
            }
            (None, _) => Ok(new_incarnation(tx, &self.env)?),
        }
    }

    /// Notes a new incarnation that recovery took.
    pub(super) fn remember_marker(&self, desk: &Desk) -> Result<(), Failure> {
        if let Some(incarnation) = desk.store.read(|tx: &Tx<'_>| tx.incarnation())? {
            *lock(&self.marker) = Marker::Kept(incarnation);
        }
        Ok(())
    }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What the locks guard is replaced whole: a panic elsewhere cannot leave it half done.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
