//! A copy of both databases that opens on its own, made while the server goes on working.

use crate::config::SALT;
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::{self, attachments, office};
use crate::vault::MasterKey;
use std::path::{Path, PathBuf};

/// Why there is no backup. What was begun is removed.
#[derive(Debug, thiserror::Error)]
pub enum BackupFault {
    /// The target folder holds something already.
    #[error("the target folder is not empty")]
    NotEmpty,
    /// Not enough room for the copy.
    #[error("no room: {needed} bytes are needed, {free} are free")]
    NoRoom {
        /// Size of both databases.
        needed: u64,
        /// Room at the target.
        free: u64,
    },
    /// A file or folder.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// A database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// Copies `data.db`, then `keys.db`, into an empty folder; returns the position that the copy covers.
/// In this order every key that the data needs is in the copy. Both stay encrypted under the master
/// key, which is not in the backup: keep it elsewhere.
pub fn backup(server: &Server, master_key: &MasterKey, target: &Path) -> Result<u64, BackupFault> {
    backup_where_free(server, master_key, target, free_at)
}

/// The same, told how to ask for the room at the target.
fn backup_where_free(
    server: &Server,
    master_key: &MasterKey,
    target: &Path,
    free_at: impl FnOnce(&Path) -> std::io::Result<u64>,
) -> Result<u64, BackupFault> {
    std::fs::create_dir_all(target)?;
    if std::fs::read_dir(target)?.next().is_some() {
        return Err(BackupFault::NotEmpty);
    }
    let sources = [server.data_dir().join("data.db"), server.data_dir().join("keys.db")];
    check_room(&sources, free_at(target)?)?;
    let copied = copy_all(server, master_key, target);
    if copied.is_err() {
        // Half a backup must not look like one. Files that were never made cannot be removed.
        for name in ["data.db", "data.db-wal", "data.db-shm", "keys.db", "keys.db-wal", "keys.db-shm", SALT] {
            let _ = std::fs::remove_file(target.join(name));
        }
    }
    let covered = copied?;
    server.store().write::<_, StoreFault>(|tx| {
        office::set_backed_up(tx, covered.position)?;
        attachments::set_backed_up(tx, covered.photos)
    })?;
    Ok(covered.position)
}

/// What a copy covers.
struct Covered {
    /// Position of the log.
    position: u64,
    /// Place of the last whole photo.
    photos: u64,
}

fn copy_all(server: &Server, master_key: &MasterKey, target: &Path) -> Result<Covered, BackupFault> {
    let [data, keys] = [target.join("data.db"), target.join("keys.db")];
    let data_key = master_key.derive("doorstep-data-db-v1");
    store::copy(&server.store().open_reader()?, &data, &data_key)?;
    let keys_key = master_key.derive("doorstep-keys-db-v1");
    server.vault().with_connection(|source| store::copy(source, &keys, &keys_key))?;
    // What the copy covers is what the copy says, not what the server has by now.
    let copy = store::open_copy(&data, &data_key)?;
    let covered = Covered { position: office::get(&copy)?.head, photos: attachments::last_place(&copy)? };
    drop(copy);
    let mut files = vec![data, keys];
    let salt = server.data_dir().join(SALT);
    if salt.exists() {
        // Without it the passphrase does not open the backup.
        std::fs::copy(salt, target.join(SALT))?;
        files.push(target.join(SALT));
    }
    for file in files {
        std::fs::File::open(file)?.sync_all()?;
    }
    std::fs::File::open(target)?.sync_all()?;
    Ok(covered)
}

fn check_room(sources: &[PathBuf], free: u64) -> Result<(), BackupFault> {
    let mut needed = 0;
    for source in sources {
        needed += std::fs::metadata(source)?.len();
    }
    if free < needed { Err(BackupFault::NoRoom { needed, free }) } else { Ok(()) }
}

fn free_at(target: &Path) -> std::io::Result<u64> {
    let room = rustix::fs::statvfs(target)?;
    Ok(room.f_bavail.saturating_mul(room.f_frsize))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Office;

    #[test]
    fn without_room_nothing_is_begun_and_nothing_is_said_to_be_covered() {
        let office = Office::open();
        office.phone_with_case();
        let (target, key) = (office.folder.path().join("backup"), MasterKey::from_bytes([9; 32]));
        let size = |name| std::fs::metadata(office.folder.path().join(name)).unwrap().len();
        let needed = size("data.db") + size("keys.db");
        let tried = backup_where_free(&office.server, &key, &target, |_| Ok(needed - 1));
        let said = tried.unwrap_err().to_string();
        assert_eq!(said, format!("no room: {needed} bytes are needed, {} are free", needed - 1));
        assert!(std::fs::read_dir(&target).unwrap().next().is_none());
        let covered = || office.server.store().read(|tx| office::get(tx)).unwrap().backed_up;
        assert_eq!(covered(), 0, "phones keep everything");
        assert!(backup_where_free(&office.server, &key, &target, |_| Ok(needed)).unwrap() > 0);
        assert!(covered() > 0);
    }
}
