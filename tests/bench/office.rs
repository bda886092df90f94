//! The office that is measured: a real server behind real HTTP on loopback, on a real disk.

use crate::writer::{ENTRIES_A_CASE, Writer, accepted};
use anyhow::{Context, Result, ensure};
use doorstep_core::app::{Client, Marker, OpenOptions};
use doorstep_core::changes::RequestProof;
use doorstep_core::env::Env;
use doorstep_core::model::{MemberId, Role, TeamId};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences as PhoneDefences;
use doorstep_core::sync::wire::Push;
use doorstep_core::sync::{HttpTransport, Reply, ServerAddress, Transport, Unreachable};
use doorstep_server::directory::{self, NewMember};
use doorstep_server::serve::{Listen, serve};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Defences, Server, ServerConfig};
use doorstep_tests::hostile::device::RawDevice;
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};

/// Documents pushed in one request while seeding.
const SEED_BATCH: usize = 40;

/// Opens the office in a folder. Every bench office has the same key.
pub fn open_server(folder: &Path) -> Result<Arc<Server>> {
    Ok(Server::open(ServerConfig {
        data_dir: folder.to_owned(),
        master_key: MasterKey::from_bytes([0x42; 32]),
        env: Env::system(),
        office_name: "Bench".into(),
        defences: Defences::default(),
    })?)
}

/// Listens on a free port of this machine until the process ends; returns the address.
pub fn listen(server: Arc<Server>) -> Result<ServerAddress> {
    let (ready, address) = mpsc::channel();
    std::thread::spawn(move || -> Result<()> {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
        let listen =
            Listen { address: ([127, 0, 0, 1], 0).into(), plain: true, zone: TimeZone::UTC, url: None };
        let tell = move |address| {
            // The receiver lives until the address has come.
            let _ = ready.send(address);
        };
        Ok(runtime.block_on(serve(server, listen, std::future::pending(), tell))?)
    });
    let address = address.recv().context("the server did not listen")?;
    Ok(ServerAddress { url: format!("http://{address}"), fingerprint: None })
}

/// A server with a team and one member who writes.
pub struct BenchOffice {
    /// The server, for its counters.
    pub server: Arc<Server>,
    /// Where it listens.
    pub address: ServerAddress,
    /// The member whose phones are measured.
    pub member: MemberId,
    /// Their team.
    pub team: TeamId,
}

impl BenchOffice {
    /// A new office with at least so many documents, all in the member's cases.
    pub fn with_documents(folder: &Path, documents: usize) -> Result<Self> {
        let server = open_server(folder)?;
        let roles = [Role::Worker];
        let new = NewMember { name: "林", login: None, language: "zh", roles: &roles };
        let member = directory::add_member(&server, None, &new)?;
        let team = directory::create_team(&server, None, "一队")?;
        directory::join_team(&server, None, team, member, false)?;
        let address = listen(Arc::clone(&server))?;
        let office = Self { server, address, member, team };
        office.seed(documents)?;
        Ok(office)
    }

    /// A device that writes without an app around it.
    pub fn writer(&self) -> Result<Writer> {
        let env = Env::system();
        Ok(Writer::new(RawDevice::add(&self.server, env, self.member)?))
    }

    fn seed(&self, documents: usize) -> Result<()> {
        let (writer, transport) = (self.writer()?, HttpTransport::new(&self.address)?);
        let mut pushes: Vec<Push> = Vec::new();
        let mut done = 0;
        while done + pushes.len() < documents {
            let first = (done + pushes.len()) / (ENTRIES_A_CASE + 3) * ENTRIES_A_CASE;
            pushes.extend(writer.case(self.team, first, ENTRIES_A_CASE)?);
            if pushes.len() >= SEED_BATCH {
                done += pushes.len();
                push(&writer, &transport, std::mem::take(&mut pushes))?;
            }
        }
        if !pushes.is_empty() {
            push(&writer, &transport, pushes)?;
        }
        Ok(())
    }

    /// A new phone of the member, enrolled and not yet synced.
    pub fn phone(&self, path: PathBuf, key: &DatabaseKey, transport: &dyn Transport) -> Result<Client> {
        let client = open_phone(path, key, Marker::Absent)?;
        let code = directory::invite(&self.server, None, self.member, self.address.clone())?;
        client.enrol(&code, "bench", transport)?;
        Ok(client)
    }
}

/// Sends pushes and insists that all of them were accepted.
pub fn push(writer: &Writer, transport: &dyn Transport, pushes: Vec<Push>) -> Result<()> {
    let (proof, body) = writer.sealed(&writer.request(None, pushes))?;
    let reply = transport.exchange("/v1/sync", &proof, &body)?;
    ensure!(reply.status == 200, "a push of the bench was answered {}", reply.status);
    writer.note(&accepted(&reply.body)?);
    Ok(())
}

/// Opens a phone's database.
pub fn open_phone(path: PathBuf, key: &DatabaseKey, marker: Marker) -> Result<Client> {
    Ok(Client::open(OpenOptions {
        path,
        key: Some(key.clone()),
        marker,
        env: Env::system(),
        zone: TimeZone::UTC,
        defences: PhoneDefences::default(),
    })?)
}

/// HTTP that keeps what travelled, so that the floor can read the same bytes.
pub struct Recorder {
    inner: HttpTransport,
    pages: Mutex<Vec<Vec<u8>>>,
}

impl Recorder {
    /// A recorder in front of a server.
    pub fn new(address: &ServerAddress) -> Result<Self> {
        Ok(Self { inner: HttpTransport::new(address)?, pages: Mutex::default() })
    }

    /// The answers so far; begins anew.
    pub fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.pages.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Transport for Recorder {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let reply = self.inner.exchange(path, proof, body)?;
        self.pages.lock().unwrap_or_else(PoisonError::into_inner).push(reply.body.clone());
        Ok(reply)
    }

    fn may_fetch_ahead(&self) -> bool {
        self.inner.may_fetch_ahead()
    }
}
