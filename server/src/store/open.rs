//! Opening: pragmas, then migrations in one transaction, then use.

use crate::error::{OpenFault, StoreFault};
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::watch;
use zeroize::Zeroizing;

/// Migrations of `data.db`, append-only.
const DATA: &[&str] = &[
    include_str!("schema/data_1.sql"),
    include_str!("schema/data_2.sql"),
    include_str!("schema/data_3.sql"),
    include_str!("schema/data_4.sql"),
    include_str!("schema/data_5.sql"),
    include_str!("schema/data_6.sql"),
    include_str!("schema/data_7.sql"),
];
/// Migrations of `keys.db`, append-only.
const KEYS: &[&str] = &[include_str!("schema/keys_1.sql"), include_str!("schema/keys_2.sql")];

/// Readers kept open. More than this at once open one for themselves.
const READERS_KEPT: usize = 4;
/// Pages that a connection may cache: 4 MiB. A new phone's first sync reads each row once, so more would not help.
const CACHE_KIB: i64 = 4 * 1024;
/// How long a statement waits for another process's lock.
const BUSY: Duration = Duration::from_secs(10);

/// `data.db`: one writer, several readers that see the last commit.
pub struct Store {
    path: PathBuf,
    key: Zeroizing<[u8; 32]>,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
    commits: watch::Sender<u64>,
}

impl Store {
    /// Opens or creates `data.db`.
    pub fn open(path: &Path, key: Zeroizing<[u8; 32]>) -> Result<Self, OpenFault> {
        let writer = open_database(path, &key, DATA)?;
        Ok(Self {
            path: path.to_owned(),
            key,
            writer: Mutex::new(writer),
            readers: Mutex::default(),
            commits: watch::Sender::new(0),
        })
    }

    /// Runs `read` on the last commit; everything it sees belongs to one state.
    pub fn read<T, E: From<StoreFault>>(
        &self,
        read: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let kept = lock(&self.readers).pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => self.open_reader().map_err(E::from)?,
        };
        let outcome = {
            let tx = reader.transaction().map_err(|error| E::from(error.into()))?;
            read(&tx)
        };
        let mut readers = lock(&self.readers);
        if readers.len() < READERS_KEPT {
            readers.push(reader);
        }
        outcome
    }

    /// Runs `write` in the one write transaction; commits if it succeeds, else nothing happened.
    pub fn write<T, E: From<StoreFault>>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut writer = lock(&self.writer);
        let fault = |error: rusqlite::Error| E::from(error.into());
        let tx = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(fault)?;
        let outcome = write(&tx)?;
        tx.commit().map_err(fault)?;
        self.commits.send_modify(|commits| *commits += 1);
        Ok(outcome)
    }

    /// Runs something on the writer itself, outside a transaction (checkpoints, tests).
    pub fn with_writer<T>(&self, run: impl FnOnce(&Connection) -> T) -> T {
        run(&lock(&self.writer))
    }

    /// Transactions that were committed since the start, for figures.
    pub fn commits(&self) -> u64 {
        *self.commits.borrow()
    }

    /// Tells of each commit, for those who wait for one.
    pub(crate) fn watch_commits(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// The file, for backups.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Another connection of its own, for long work such as a backup.
    pub fn open_reader(&self) -> Result<Connection, StoreFault> {
        let reader = connect(&self.path, &self.key)?;
        reader.pragma_update(None, "query_only", true)?;
        Ok(reader)
    }
}

/// Opens or creates `keys.db`.
pub(crate) fn open_keys(path: &Path, key: &[u8; 32]) -> Result<Connection, OpenFault> {
    open_database(path, key, KEYS)
}

/// Copies a database page by page into a new file under its key, while others go on using it.
pub(crate) fn copy(source: &Connection, target: &Path, key: &[u8; 32]) -> Result<(), StoreFault> {
    /// So that the writer gets its turn between steps.
    const PAGES_A_STEP: i32 = 512;
    let mut copy = connect(target, key)?;
    rusqlite::backup::Backup::new(source, &mut copy)?.run_to_completion(
        PAGES_A_STEP,
        Duration::ZERO,
        None,
    )?;
    Ok(copy.pragma_update(None, "wal_checkpoint", "TRUNCATE")?)
}

/// Opens a copy for reading.
pub(crate) fn open_copy(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreFault> {
    let copy = connect(path, key)?;
    copy.pragma_update(None, "query_only", true)?;
    Ok(copy)
}

/// A panic while a lock was held leaves a connection whose transaction was rolled back: it can be used.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn open_database(path: &Path, key: &[u8; 32], migrations: &[&str]) -> Result<Connection, OpenFault> {
    let mut connection = connect(path, key).map_err(|fault| match fault {
        StoreFault::Sqlite(error) if error.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
            OpenFault::WrongKey
        }
        other => OpenFault::Store(other),
    })?;
    migrate(&mut connection, migrations)?;
    Ok(connection)
}

fn connect(path: &Path, key: &[u8; 32]) -> Result<Connection, StoreFault> {
    doorstep_core::store::keep_cipher_loaded();
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(path, flags)?;
    // SQLCipher would otherwise write to the terminal about a wrong key; we answer with an error of our own.
    connection.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    let hex = Zeroizing::new(data_encoding::HEXLOWER.encode(key));
    connection.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"x'{}'\";", hex.as_str())))?;
    // Each page that is read or written is authenticated. SHA-256 has instructions of its own on today's
    // processors and costs a quarter of the default, SHA-512: a visit's commit writes a dozen pages.
    connection.execute_batch("PRAGMA cipher_hmac_algorithm = HMAC_SHA256;")?;
    connection.busy_timeout(BUSY)?;
    // The first statement that reads the file: a wrong key shows here.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()))?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // FULL: an acknowledged push is on the disk, not in a buffer.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "cache_size", -CACHE_KIB)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), OpenFault> {
    let known = u32::try_from(migrations.len()).unwrap_or(u32::MAX);
    let sqlite = |error: rusqlite::Error| OpenFault::Store(error.into());
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(sqlite)?;
    let found: u32 = tx.pragma_query_value(None, "user_version", |row| row.get(0)).map_err(sqlite)?;
    if found > known {
        return Err(OpenFault::Newer { found, known });
    }
    for migration in migrations.iter().skip(found as usize) {
        tx.execute_batch(migration).map_err(sqlite)?;
    }
    if found < known {
        tx.pragma_update(None, "user_version", known).map_err(sqlite)?;
    }
    tx.commit().map_err(sqlite)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> Zeroizing<[u8; 32]> {
        Zeroizing::new([byte; 32])
    }

    #[test]
    fn another_key_does_not_open_the_database() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.db");
        drop(Store::open(&path, key(1)).unwrap());
        assert!(matches!(Store::open(&path, key(2)), Err(OpenFault::WrongKey)));
        Store::open(&path, key(1)).unwrap();
    }

    #[test]
    fn a_newer_schema_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data.db");
        let store = Store::open(&path, key(1)).unwrap();
        lock(&store.writer).pragma_update(None, "user_version", 99).unwrap();
        drop(store);
        assert!(matches!(Store::open(&path, key(1)), Err(OpenFault::Newer { found: 99, .. })));
    }

    #[test]
    fn a_failed_write_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("data.db"), key(1)).unwrap();
        let failed: Result<(), StoreFault> = store.write(|tx| {
            tx.execute("INSERT INTO audit (time, verb) VALUES (1, 'test')", [])?;
            Err(StoreFault::Busy)
        });
        assert!(failed.is_err());
        let rows: i64 = store
            .read::<_, StoreFault>(|tx| Ok(tx.query_row("SELECT count(*) FROM audit", [], |r| r.get(0))?))
            .unwrap();
        assert_eq!(rows, 0);
    }

    #[test]
    fn every_commit_is_on_the_disk_before_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("data.db"), key(1)).unwrap();
        let writer = lock(&store.writer);
        let synchronous: i64 = writer.pragma_query_value(None, "synchronous", |r| r.get(0)).unwrap();
        let journal: String = writer.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
        assert_eq!((synchronous, journal.as_str()), (2, "wal"));
    }
}
