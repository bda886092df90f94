//! All SQL of the server. One SQLite database holds one organisation, so that no statement can
//! reach across two; sealed columns are opened by [`crate::vault`], never here.
//!
//! Functions in the files below take a [`rusqlite::Connection`] (a [`rusqlite::Transaction`] is
//! one), so that a caller composes them into one transaction:
//!
//! ```ignore
//! server.store().write(|tx| {
//!     store::office::bump_directory(tx)
//! })?;
//! ```

mod open;

pub mod aside;
pub mod attachments;
pub mod audit;
pub mod cases;
pub mod devices;
pub mod documents;
pub mod frozen;
pub mod grants;
pub(crate) mod keys;
pub mod log;
pub mod members;
pub mod office;
pub mod recoveries;
pub mod sessions;
pub mod teams;

pub use open::Store;
pub(crate) use open::{copy, open_copy, open_keys};

use rusqlite::types::FromSql;

/// Reading columns as our types.
pub(crate) trait Row {
    /// A number that is never negative.
    fn number(&self, index: usize) -> rusqlite::Result<u64>;
    /// A number that may be absent.
    fn number_or_none(&self, index: usize) -> rusqlite::Result<Option<u64>>;
    /// A column that is read by a function of ours.
    fn map<C: FromSql, T>(&self, index: usize, read: impl FnOnce(C) -> Option<T>) -> rusqlite::Result<T>;
}

impl Row for rusqlite::Row<'_> {
    fn number(&self, index: usize) -> rusqlite::Result<u64> {
        self.map(index, |value: i64| u64::try_from(value).ok())
    }

    fn number_or_none(&self, index: usize) -> rusqlite::Result<Option<u64>> {
        self.map(index, |value: Option<i64>| match value {
            None => Some(None),
            Some(value) => u64::try_from(value).ok().map(Some),
        })
    }

    fn map<C: FromSql, T>(&self, index: usize, read: impl FnOnce(C) -> Option<T>) -> rusqlite::Result<T> {
        let value = self.get(index)?;
        read(value).ok_or(rusqlite::Error::IntegralValueOutOfRange(index, 0))
    }
}

/// A position or count as SQL has it. Positions never come near the sign bit.
pub(crate) fn sql(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
