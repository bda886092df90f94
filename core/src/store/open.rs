//! Opening: key, pragmas, then migrations in one transaction.

use super::StoreFault;
use crate::env::Env;
use rusqlite::Connection;
use std::path::Path;
use zeroize::Zeroizing;

/// Every schema step in order. Only ever appended to.
const MIGRATIONS: &[&str] = &[
    include_str!("schema/phone_1.sql"),
    include_str!("schema/phone_2.sql"),
    include_str!("schema/phone_3.sql"),
    include_str!("schema/phone_4.sql"),
    include_str!("schema/phone_5.sql"),
    include_str!("schema/phone_6.sql"),
];

/// The raw 256-bit key of a database. Never derived from a PIN: a PIN wraps it.
#[derive(Clone)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A new random key.
    pub fn generate(env: &Env) -> Self {
        Self(Zeroizing::new(env.bytes()))
    }

    /// From the bytes of [`DatabaseKey::as_bytes`].
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// The key, for wrapping only.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

pub(super) fn open(path: &Path, key: &DatabaseKey) -> Result<Connection, StoreFault> {
    super::keep_cipher_loaded();
    let mut connection = Connection::open(path)?;
    let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(key.as_bytes()));
    let pragma = Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex.as_str()));
    // SQLCipher's own log goes to the terminal; a wrong key is told by the answer below.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    connection.execute_batch(&pragma)?;
    // The first read is where a wrong key shows.
    connection.query_row("SELECT count(*) FROM sqlite_master", [], |_| Ok(()))?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL;
         PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON;
         PRAGMA secure_delete = ON;
         PRAGMA temp_store = MEMORY;
         PRAGMA cache_size = -8000;",
    )?;
    connection.set_prepared_statement_cache_capacity(64);
    migrate(&mut connection)?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), StoreFault> {
    let done: u32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let done = usize::try_from(done).map_err(|_| StoreFault::Damaged)?;
    if done > MIGRATIONS.len() {
        return Err(StoreFault::Newer);
    }
    if done < MIGRATIONS.len() {
        let tx = connection.transaction()?;
        for step in &MIGRATIONS[done..] {
            tx.execute_batch(step)?;
        }
        tx.pragma_update(None, "user_version", u32::try_from(MIGRATIONS.len()).unwrap_or(u32::MAX))?;
        tx.commit()?;
    }
    Ok(())
}
