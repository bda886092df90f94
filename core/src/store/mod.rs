//! The phone's database: SQLite under SQLCipher. All SQL of the phone is in here.
//!
//! [`Store::write`] runs one transaction: what a screen's verb does is stored whole or not at all,
//! and is durable when the call returns. Nothing here decides anything; it keeps and finds.

mod actions;
mod attachments;
mod attention;
mod cipher;
mod decoded;
mod documents;
mod drafts;
mod fault;
mod grants;
mod identity;
mod lists;
mod open;
mod own;
mod parked;
mod remarks;

#[cfg(test)]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a bare method is not general enough over `Tx`'s lifetime"
)]
mod tests;

pub use actions::StoredAction;
pub use attachments::{Amount, AttachmentState, NewAttachment, PhotoSize, Storage, ToSend};
pub use attention::{AttentionKind, AttentionRow};
pub use cipher::keep_cipher_loaded;
pub use documents::StoredDocument;
pub use drafts::{DraftId, DraftRow};
pub use fault::StoreFault;
pub use grants::Arriving;
pub use identity::Identity;
pub use lists::EntryRow;
pub use open::DatabaseKey;
pub use own::{OwnItem, OwnWork, Waiting};
pub use parked::ParkedRow;
pub use remarks::{Remark, RemarkKind};

use crate::changes::DeviceKey;
use crate::model::Directory;
use decoded::Decoded;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The open database of one phone.
pub struct Store {
    connection: Mutex<Connection>,
    directory: Decoded<Directory>,
    device_key: Decoded<DeviceKey>,
}

/// One transaction. Verbs of the other files in this folder are its methods.
pub struct Tx<'a> {
    sql: Transaction<'a>,
    store: &'a Store,
}

impl Store {
    /// Opens the database at a path, or makes it.
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreFault> {
        Ok(Self {
            connection: Mutex::new(open::open(path, key)?),
            directory: Decoded::default(),
            device_key: Decoded::default(),
        })
    }

    /// Runs one transaction; durable when this returns `Ok`, undone on `Err`.
    pub fn write<T, E: From<StoreFault>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection();
        let sql =
            connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(StoreFault::from)?;
        let tx = Tx { sql, store: self };
        let result = work(&tx)?;
        tx.sql.commit().map_err(StoreFault::from)?;
        Ok(result)
    }

    /// Reads at one moment.
    pub fn read<T, E: From<StoreFault>>(&self, work: impl FnOnce(&Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut connection = self.connection();
        let sql = connection.transaction().map_err(StoreFault::from)?;
        work(&Tx { sql, store: self })
    }

    /// Bounds the file's size, so that tests can fill it up.
    pub fn limit_pages(&self, pages: Option<u32>) -> Result<(), StoreFault> {
        let pages = pages.unwrap_or(u32::MAX - 1);
        self.connection().pragma_update(None, "max_page_count", pages)?;
        Ok(())
    }

    fn connection(&self) -> MutexGuard<'_, Connection> {
        // A panic while the lock was held has rolled its transaction back: the connection is sound.
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
