//! Who this phone is, and where it stands with the server.

use super::{StoreFault, Tx};
use crate::changes::{DeviceKey, Incarnation};
use crate::model::{CaseGrant, DeviceId, Directory, MemberId, OrgId, Scope};
use crate::sync::session::SyncPoint;
use crate::sync::wire::Certificate;
use rusqlite::OptionalExtension;
use std::sync::Arc;

const OPENED_HERE: &str = "opened_here";

/// What enrolment gave.
#[derive(Clone, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Identity {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// Whose phone it is.
    #[n(1)]
    pub member: MemberId,
    /// This device.
    #[n(2)]
    pub device: DeviceId,
    /// The organisation's word for it.
    #[n(3)]
    pub certificate: Certificate,
    /// The server's address and key, as the enrolment code gave them.
    #[n(4)]
    pub server: crate::sync::ServerAddress,
}

impl Tx<'_> {
    /// A small value.
    pub fn meta(&self, key: &str) -> Result<Option<Vec<u8>>, StoreFault> {
        let mut statement = self.sql.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
        Ok(statement.query_row([key], |row| row.get(0)).optional()?)
    }

    /// Sets a small value.
    pub fn set_meta(&self, key: &str, value: &[u8]) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached(
                "INSERT INTO meta (key, value) VALUES (?1, ?2) ON CONFLICT DO UPDATE SET value = ?2",
            )?
            .execute((key, value))?;
        Ok(())
    }

    /// Takes a small value away.
    pub fn clear_meta(&self, key: &str) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([key])?;
        Ok(())
    }

    /// Who this phone is; none before enrolment.
    pub fn identity(&self) -> Result<Option<Identity>, StoreFault> {
        self.read_meta("identity")
    }

    /// Keeps what enrolment gave.
    pub fn set_identity(&self, identity: &Identity) -> Result<(), StoreFault> {
        self.write_meta("identity", identity)
    }

    /// The device's signing key; made on first use by [`Tx::set_device_key`].
    pub fn device_key(&self) -> Result<Option<Arc<DeviceKey>>, StoreFault> {
        let key = |seed: &[u8]| DeviceKey::from_seed(seed).map_err(|_| StoreFault::Damaged);
        self.meta("device_key")?.map(|seed| self.store.device_key.of(seed, key)).transpose()
    }

    /// Keeps the device's signing key.
    pub fn set_device_key(&self, key: &DeviceKey) -> Result<(), StoreFault> {
        self.set_meta("device_key", key.to_seed().as_slice())
    }

    /// The incarnation that the phone writes under.
    pub fn incarnation(&self) -> Result<Option<Incarnation>, StoreFault> {
        let bytes = self.meta("incarnation")?;
        bytes.map(|bytes| bytes.try_into().map_err(|_| StoreFault::Damaged)).transpose()
    }

    /// Takes a new incarnation; the one before joins the former ones.
    pub fn set_incarnation(&self, incarnation: &Incarnation) -> Result<(), StoreFault> {
        let mut former = self.former_incarnations()?;
        if let Some(before) = self.incarnation()?.filter(|before| before != incarnation) {
            former.push(before);
        }
        self.set_meta("former_incarnations", &former.concat())?;
        self.set_meta("incarnation", incarnation)
    }

    /// Incarnations that the phone wrote under before, oldest first.
    pub fn former_incarnations(&self) -> Result<Vec<Incarnation>, StoreFault> {
        let bytes = self.meta("former_incarnations")?.unwrap_or_default();
        Ok(bytes.chunks_exact(16).filter_map(|chunk| chunk.try_into().ok()).collect())
    }

    /// Where the phone stands; none before the first sync.
    pub fn sync_point(&self) -> Result<Option<SyncPoint>, StoreFault> {
        self.read_meta("sync_point")
    }

    /// Moves on, in the transaction that stores the page.
    pub fn set_sync_point(&self, point: &SyncPoint) -> Result<(), StoreFault> {
        self.write_meta("sync_point", point)
    }

    /// What the member may know of the organisation.
    pub fn directory(&self) -> Result<Option<Arc<Directory>>, StoreFault> {
        // Of a large office it is decoded in a millisecond or more, and every verb asks for it.
        let decode = |bytes: &[u8]| Ok(minicbor::decode(bytes)?);
        self.meta("directory")?.map(|bytes| self.store.directory.of(bytes, decode)).transpose()
    }

    /// Version of the directory that the phone has; 0 for none.
    pub fn directory_version(&self) -> Result<u64, StoreFault> {
        let bytes = self.meta("directory_version")?;
        Ok(bytes.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes))
    }

    /// Keeps a new directory. Cases opened here that it has are confirmed by it.
    pub fn set_directory(&self, directory: &Directory) -> Result<(), StoreFault> {
        self.set_meta("directory_version", &directory.version.to_be_bytes())?;
        let mut opened = self.cases_opened_here()?;
        let before = opened.len();
        opened.retain(|here| !directory.cases.iter().any(|case| case.case == here.case));
        if opened.len() < before {
            self.write_meta(OPENED_HERE, &opened)?;
        }
        self.write_meta("directory", directory)
    }

    /// The directory is to be sent whole again, whatever its version.
    pub fn forget_directory_version(&self) -> Result<(), StoreFault> {
        self.set_meta("directory_version", &0_u64.to_be_bytes())
    }

    /// A case that was opened here has ended before any directory had it.
    pub fn forget_opened_here(&self, scope: Scope) -> Result<(), StoreFault> {
        let mut opened = self.cases_opened_here()?;
        let before = opened.len();
        opened.retain(|here| Some(here.case) != scope.case());
        if opened.len() < before { self.write_meta(OPENED_HERE, &opened) } else { Ok(()) }
    }

    /// Cases that were opened here and that no directory has yet.
    pub fn cases_opened_here(&self) -> Result<Vec<CaseGrant>, StoreFault> {
        Ok(self.read_meta(OPENED_HERE)?.unwrap_or_default())
    }

    /// Adds one.
    pub fn add_case_opened_here(&self, case: CaseGrant) -> Result<(), StoreFault> {
        let mut opened = self.cases_opened_here()?;
        opened.push(case);
        self.write_meta(OPENED_HERE, &opened)
    }

    /// A small value in CBOR.
    pub fn read_meta<T: for<'b> minicbor::Decode<'b, ()>>(&self, key: &str) -> Result<Option<T>, StoreFault> {
        Ok(self.meta(key)?.map(|bytes| minicbor::decode(&bytes)).transpose()?)
    }

    /// Sets a small value in CBOR.
    pub fn write_meta<T: minicbor::Encode<()>>(&self, key: &str, value: &T) -> Result<(), StoreFault> {
        self.set_meta(key, &minicbor::to_vec(value).expect("writing into memory does not fail"))
    }
}
