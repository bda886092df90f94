//! Work around the records: backup, restore, verify. Rebuilding is in [`crate::records`].

mod backup;
mod restore;

pub use backup::{BackupFault, backup};
pub use restore::{RestoreFault, RestoreReport, restore};

use crate::error::StoreFault;
use crate::server::Server;
use rusqlite::Connection;

impl Server {
    /// SQLite's and SQLCipher's own checks of both files.
    pub fn check_files(&self) -> Result<(), StoreFault> {
        let check = |sql: &Connection| -> Result<(), StoreFault> {
            let answer: String = sql.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            let tampered = sql.prepare("PRAGMA cipher_integrity_check")?.exists([])?;
            if answer == "ok" && !tampered { Ok(()) } else { Err(StoreFault::Damaged("database file")) }
        };
        self.store().with_writer(check)?;
        self.vault().with_connection(check)
    }
}
