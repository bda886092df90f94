//! Putting a backup back: a new lineage, so that phones offer again what the backup does not have.

use crate::config::SALT;
use crate::error::{OpenFault, StoreFault};
use crate::store::devices::{self, Device, DeviceState};
use crate::store::{self, Store, attachments, cases, frozen, members, office, sessions, teams};
use crate::vault::MasterKey;
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, CaseRole, DeviceId, Epoch, MemberId, Private};
use rusqlite::Connection;
use std::path::Path;

/// Why nothing was restored. The data folder is as it was.
#[derive(Debug, thiserror::Error)]
pub enum RestoreFault {
    /// The data folder holds an office already.
    #[error("the data folder is not empty: restore into a new one")]
    NotEmpty,
    /// The folder to restore from holds no backup.
    #[error("there is no backup in this folder: {0} is missing")]
    NoBackup(&'static str),
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoreReport {
    /// Position that the backup covers.
    pub position: u64,
    /// Everyone, with what they may do again.
    pub members: Vec<RestoredMember>,
}

/// What a member may do as of the backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredMember {
    /// Who.
    pub id: MemberId,
    /// Name as colleagues know it.
    pub name: Private<String>,
    /// Cases that they work on.
    pub cases: Vec<(CaseId, CaseRole)>,
    /// Teams that they are in, and whether they supervise them.
    pub teams: Vec<(Private<String>, bool)>,
    /// Phones, revoked ones too: a revocation that is missing here has to be made again.
    pub phones: Vec<RestoredPhone>,
}

/// A phone as of the backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestoredPhone {
    /// Which device.
    pub id: DeviceId,
    /// What its member calls it.
    pub label: Private<String>,
    /// Whether it may sync.
    pub state: DeviceState,
}

/// Copies a backup into an empty data folder and begins a new lineage.
pub fn restore(
    backup: &Path,
    data_dir: &Path,
    master_key: &MasterKey,
    env: &Env,
) -> Result<RestoreReport, RestoreFault> {
    for name in ["data.db", "keys.db"] {
        if !backup.join(name).is_file() {
            return Err(RestoreFault::NoBackup(name));
        }
    }
    std::fs::create_dir_all(data_dir)?;
    if std::fs::read_dir(data_dir)?.next().is_some() {
        return Err(RestoreFault::NotEmpty);
    }
    let restored = copy_and_renew(backup, data_dir, master_key, env);
    if restored.is_err() {
        // It was empty before, and half an office must not look like one.
        for name in ["data.db", "data.db-wal", "data.db-shm", "keys.db", "keys.db-wal", "keys.db-shm", SALT] {
            let _ = std::fs::remove_file(data_dir.join(name));
        }
    }
    restored
}

fn copy_and_renew(
    backup: &Path,
    data_dir: &Path,
    master_key: &MasterKey,
    env: &Env,
) -> Result<RestoreReport, RestoreFault> {
    if backup.join(SALT).exists() {
        std::fs::copy(backup.join(SALT), data_dir.join(SALT))?;
    }
    // Keys first: a data.db without its keys.db is refused at start, the other way round is not.
    for name in ["keys.db", "data.db"] {
        std::fs::copy(backup.join(name), data_dir.join(name))?;
        std::fs::File::open(data_dir.join(name))?.sync_all()?;
    }
    drop(store::open_keys(&data_dir.join("keys.db"), &master_key.derive("doorstep-keys-db-v1"))?);
    let store = Store::open(&data_dir.join("data.db"), master_key.derive("doorstep-data-db-v1"))?;
    let epoch = Epoch(env.bytes());
    Ok(store.write::<_, StoreFault>(|tx| {
        office::set_epoch(tx, epoch)?;
        office::clear_backed_up(tx)?;
        attachments::clear_backed_up(tx)?;
        // What was decided after an earlier restore must not end anything after this one.
        frozen::clear(tx)?;
        // Who signed out since would be signed in again.
        sessions::end_every(tx, env.now())?;
        Ok(RestoreReport { position: office::get(tx)?.head, members: restored_members(tx)? })
    })?)
}

fn restored_members(tx: &Connection) -> Result<Vec<RestoredMember>, StoreFault> {
    let phones = devices::list(tx)?;
    let mut restored = Vec::new();
    for member in members::list(tx)?.into_iter().filter(|member| member.ended.is_none()) {
        let mut cases = Vec::new();
        for case in cases::of_member(tx, member.id)? {
            if let Some(role) = cases::role_of(tx, case.id, member.id)? {
                cases.push((case.id, role));
            }
        }
        let mut teams = Vec::new();
        for (team, supervises) in teams::of_member(tx, member.id)? {
            if let Some(team) = teams::find(tx, team)? {
                teams.push((team.name, supervises));
            }
        }
        let own = |phone: &&Device| phone.member == Some(member.id);
        let phones = phones.iter().filter(own).map(|phone| RestoredPhone {
            id: phone.id,
            label: phone.label.clone(),
            state: phone.state,
        });
        let phones = phones.collect();
        restored.push(RestoredMember { id: member.id, name: member.name, cases, teams, phones });
    }
    Ok(restored)
}
