//! A small office for tests: a real server in a folder of its own, with members, teams and cases.
//!
//! Rows of the directory are written straight into the store, as the console's verbs would, so that
//! a scenario begins in the middle of things.

use crate::dice::Dice;
use crate::time::WorldTime;
use doorstep_core::app::{Client, Marker, OpenOptions};
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{CaseId, CaseRole, DeviceId, MemberId, OrgId, Role, TeamId};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::{Reply, ServerAddress, Transport, Unreachable, session};
use doorstep_server::directory;
use doorstep_server::store::devices::DeviceState;
use doorstep_server::store::{cases, devices, members, teams};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Defences, OpenFault, Server, ServerConfig, StoreFault};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::hostile::device::{RawDevice, header};

/// A phone's way to a server in the same process.
pub struct Direct<'a>(pub &'a Server);

impl Transport for Direct<'_> {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let reply = self.0.exchange("POST", path, Some(&header(proof)), body);
        Ok(Reply { status: reply.status, body: reply.body })
    }
}

/// A folder that costs no disk where the machine has room in memory; removed when dropped.
///
/// # Panics
/// If no folder can be made.
pub fn scratch() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir()
        && let Ok(folder) = tempfile::tempdir_in(memory)
    {
        return folder;
    }
    tempfile::tempdir().expect("tests need a temporary folder")
}

/// An office.
pub struct Office {
    /// True time.
    pub time: WorldTime,
    /// The server, as its listener would use it.
    pub server: Arc<Server>,
    folder: tempfile::TempDir,
    dice: Dice,
}

impl Office {
    /// A new office with everything standing.
    pub fn new(seed: u64) -> Self {
        Self::with_defences(seed, Defences::default())
    }

    /// A new office, some of whose defences may be off.
    ///
    /// # Panics
    /// If the server does not open.
    pub fn with_defences(seed: u64, defences: Defences) -> Self {
        let (folder, time, mut dice) = (scratch(), WorldTime::start(), Dice::new(seed));
        let server = open(folder.path().join("office"), &time, dice.fork("server"), defences)
            .expect("a new office opens");
        Self { time, server, folder, dice }
    }

    /// The organisation.
    pub fn org(&self) -> OrgId {
        self.server.org()
    }

    /// A folder for what belongs to the office's surroundings.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Adds a member.
    pub fn member(&mut self, name: &str, roles: &[Role]) -> MemberId {
        let env = self.time.env(0, self.dice.fork("member"));
        let id = MemberId::new(&env);
        self.write(|tx| members::add(tx, id, name, None, "zh", roles, env.now()));
        id
    }

    /// Adds a team of members, each with whether they supervise it.
    pub fn team(&mut self, of: &[(MemberId, bool)]) -> TeamId {
        let env = self.time.env(0, self.dice.fork("team"));
        let id = TeamId::new(&env);
        self.write(|tx| {
            teams::add(tx, id, "一队", env.now())?;
            of.iter().try_for_each(|&(member, supervises)| teams::join(tx, id, member, supervises))
        });
        id
    }

    /// Puts a member on a case.
    pub fn assign(&self, case: CaseId, member: MemberId, role: &CaseRole) {
        self.write(|tx| cases::assign(tx, case, member, role, None, self.time.now()));
    }

    /// Takes a member off a case.
    pub fn end_assignment(&self, case: CaseId, member: MemberId) {
        self.write(|tx| cases::end_assignment(tx, case, member, None, self.time.now()).map(drop));
    }

    /// A device of a member whose key the test holds.
    pub fn raw_device(&mut self, member: MemberId) -> RawDevice {
        let env = self.time.env(0, self.dice.fork("device"));
        RawDevice::add(&self.server, env, member).expect("the directory takes what tests put into it")
    }

    /// A member's phone, enrolled and synced: the real client.
    ///
    /// # Panics
    /// If the server does not take it.
    pub fn phone(&mut self, member: MemberId) -> Client {
        let env = self.time.env(0, self.dice.fork("phone"));
        let address = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
        let code = directory::invite(&self.server, None, member, address).expect("a member is invited");
        let client = Client::open(OpenOptions {
            path: self.folder.path().join(format!("{member}.db")),
            key: Some(DatabaseKey::generate(&env)),
            marker: Marker::Absent,
            env,
            zone: jiff::tz::TimeZone::UTC,
            defences: session::Defences::default(),
        })
        .expect("a new phone's database opens");
        client.enrol(&code, "phone", &Direct(&self.server)).expect("the code is fresh");
        client.sync_now(&Direct(&self.server)).expect("the server is there");
        client
    }

    /// Ends a device.
    pub fn revoke(&self, device: DeviceId) {
        self.write(|tx| devices::set_state(tx, device, DeviceState::Revoked, self.time.now()).map(drop));
    }

    /// Lets go of the server, so that another process can have its folder. The folder goes with the
    /// first half of the answer.
    pub fn close(self) -> (tempfile::TempDir, Arc<Server>) {
        (self.folder, self.server)
    }

    fn write(&self, write: impl FnOnce(&rusqlite::Transaction<'_>) -> Result<(), StoreFault>) {
        self.server.store().write(write).expect("the directory takes what tests put into it");
    }
}

/// The key that all test offices share.
pub fn master_key() -> MasterKey {
    MasterKey::from_bytes([0x5a; 32])
}

/// Opens a server on a folder, with the key that all test offices share.
pub fn open(
    data_dir: PathBuf,
    time: &WorldTime,
    dice: Dice,
    defences: Defences,
) -> Result<Arc<Server>, OpenFault> {
    Server::open(ServerConfig {
        data_dir,
        master_key: master_key(),
        env: time.env(0, dice),
        office_name: "试点站".into(),
        defences,
    })
}
