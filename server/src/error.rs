//! What can go wrong below the requests. Nothing in here carries personal data.

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFault {
    /// The folder cannot be made or read.
    #[error("data folder: {0}")]
    Folder(#[source] std::io::Error),
    /// The master key is not the one that the databases were made with, or a file is damaged.
    #[error("the master key does not open this office, or its files are damaged")]
    WrongKey,
    /// The files were written by a newer release.
    #[error("written by a newer release (schema {found}, this release knows {known})")]
    Newer {
        /// Version found.
        found: u32,
        /// Newest version known.
        known: u32,
    },
    /// Only one of the two databases is there.
    #[error("{0} is missing beside its sister")]
    Missing(&'static str),
    /// Anything else of the store.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Why the store could not do something.
#[derive(Debug, thiserror::Error)]
pub enum StoreFault {
    /// No room on the disk: nothing was stored.
    #[error("no room on the disk")]
    NoRoom,
    /// So much of one device is set aside already that no more of it is kept until somebody has decided.
    #[error("too much of this device is set aside")]
    SetAsideFull,
    /// Another process holds the database.
    #[error("database is busy")]
    Busy,
    /// Something stored does not read as what it should be: the table and why.
    #[error("damaged row in {0}")]
    Damaged(&'static str),
    /// The key of a scope is gone, and so is what it sealed.
    #[error("the key is gone")]
    KeyGone,
    /// Anything else that SQLite says. Its text names tables and codes, never bound values.
    #[error("database: {0}")]
    Sqlite(#[source] rusqlite::Error),
}

impl From<rusqlite::Error> for StoreFault {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        // A write, a sync or a growing WAL index that fails half-way is as good as a full disk: nothing was stored.
        const WRITE_FAILED: [i32; 3] = [
            rusqlite::ffi::SQLITE_IOERR_WRITE,
            rusqlite::ffi::SQLITE_IOERR_FSYNC,
            rusqlite::ffi::SQLITE_IOERR_SHMSIZE,
        ];
        match error.sqlite_error() {
            Some(cause)
                if cause.code == ErrorCode::DiskFull || WRITE_FAILED.contains(&cause.extended_code) =>
            {
                Self::NoRoom
            }
            Some(cause) if matches!(cause.code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Busy
            }
            _ => Self::Sqlite(error),
        }
    }
}

/// Makes panics say where they happened, and nothing else: a panic's message may quote what was
/// read. For programs that serve; they call it once, before anything else.
pub fn log_panics_without_content() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(%place, "something panicked and was caught");
    }));
}
