//! Keeping SQLCipher's cipher loaded for the life of the process.

use rusqlite::Connection;
use std::sync::{Mutex, OnceLock};

/// Keeps one encrypted connection in memory open for ever.
///
/// SQLCipher lets go of its OpenSSL provider when the last encrypted connection of a process
/// closes, and takes it up again with the next one. A thread that opens a database while another
/// closes the last one was once seen to fail at `PRAGMA key`; with this the last one never closes.
pub fn keep_cipher_loaded() {
    static KEPT: OnceLock<Option<Mutex<Connection>>> = OnceLock::new();
    KEPT.get_or_init(|| {
        let kept = Connection::open_in_memory().ok()?;
        // The key protects nothing: the database is empty and never written to.
        kept.execute_batch("PRAGMA key = 'kept open'; SELECT count(*) FROM sqlite_master;").ok()?;
        Some(Mutex::new(kept))
    });
}
