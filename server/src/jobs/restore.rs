//! Putting a backup back: a new lineage, so that phones offer again what the backup does not have.

use crate::error::{OpenFault, StoreFault};
use crate::store::{self, grants, office};
use crate::vault::MasterKey;
use doorstep_core::env::Env;
use doorstep_core::model::Epoch;
use std::path::Path;

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFault {
    /// The data folder holds an office already.
    #[error("the data folder is not empty: restore into a new one")]
    NotEmpty,
    /// A file or folder.
    #[error("{0}")]
    Io(#[from] std::io::Error),
    /// The backup does not open.
    #[error(transparent)]
    Open(#[from] OpenFault),
    /// A database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// What a person has to look at after a restore: whatever was granted or taken away since the
/// backup is not in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestoreReport {
    /// Position that the backup covers.
    pub position: u64,
    /// Grants that are in force again as of the backup.
    pub grants: u64,
    /// Phones that may sync again as of the backup, revoked since or not.
    pub active_devices: u64,
    /// Phones that were revoked before the backup and stay so.
    pub revoked_devices: u64,
}

/// Copies a backup into an empty data folder and begins a new lineage.
pub fn restore(
    backup: &Path,
    data_dir: &Path,
    master_key: &MasterKey,
    env: &Env,
) -> Result<RestoreReport, RestoreFault> {
    std::fs::create_dir_all(data_dir)?;
    if std::fs::read_dir(data_dir)?.next().is_some() {
        return Err(RestoreFault::NotEmpty);
    }
    // Keys first: a data.db without its keys.db is refused at start, the other way round is not.
    for name in ["keys.db", "data.db"] {
        std::fs::copy(backup.join(name), data_dir.join(name))?;
        std::fs::File::open(data_dir.join(name))?.sync_all()?;
    }
    let store = store::Store::open(&data_dir.join("data.db"), master_key.derive("doorstep-data-db-v1"))?;
    let epoch = Epoch(env.bytes());
    Ok(store.write(|tx| {
        office::set_epoch(tx, epoch)?;
        office::clear_backed_up(tx)?;
        let (active_devices, revoked_devices) = store::devices::counts(tx)?;
        Ok::<_, StoreFault>(RestoreReport {
            position: office::get(tx)?.head,
            grants: grants::count(tx)?,
            active_devices,
            revoked_devices,
        })
    })?)
}
