//! What can go wrong with the database on a phone.

use rusqlite::ErrorCode;

/// Why the phone's database did not do what it was asked. Carries no content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum StoreFault {
    /// No room on the phone; nothing of the transaction was stored.
    #[error("no room on the device")]
    NoRoom,
    /// The key does not open the database, or it is no database.
    #[error("wrong key or not a database")]
    WrongKey,
    /// Stored bytes cannot be read back.
    #[error("stored data cannot be read")]
    Damaged,
    /// A newer release has written this database.
    #[error("written by a newer release")]
    Newer,
    /// Anything else, by SQLite's extended code.
    #[error("database error {0}")]
    Sqlite(i32),
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        match error {
            rusqlite::Error::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DiskFull => StoreFault::NoRoom,
                ErrorCode::NotADatabase => StoreFault::WrongKey,
                ErrorCode::DatabaseCorrupt => StoreFault::Damaged,
                // A full disk shows as a failing write where the journal cannot grow.
                ErrorCode::SystemIoFailure if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_WRITE => {
                    StoreFault::NoRoom
                }
                _ => StoreFault::Sqlite(failure.extended_code),
            },
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => StoreFault::Damaged,
            _ => StoreFault::Sqlite(-1),
        }
    }
}

impl From<minicbor::decode::Error> for StoreFault {
    fn from(_: minicbor::decode::Error) -> Self {
        StoreFault::Damaged
    }
}

impl From<crate::model::IdFault> for StoreFault {
    fn from(_: crate::model::IdFault) -> Self {
        StoreFault::Damaged
    }
}
