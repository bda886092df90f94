//! An office that listens on this machine, and real phones that reach it over HTTP.

use crate::office::scratch;
use doorstep_core::app::{Client, Marker, NewCase, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, CaseKind, Class, DocId, Edit, EntryKind, MemberId, Role, Scope, TeamId};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences as PhoneDefences;
use doorstep_core::sync::{HttpTransport, ServerAddress};
use doorstep_server::directory::{self, NewMember};
use doorstep_server::serve::{Listen, ServeFault, serve};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Defences, Server, ServerConfig};
use jiff::tz::TimeZone;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// A server that listens on loopback; stops when dropped.
pub struct Listening {
    /// Where.
    pub address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<Result<(), ServeFault>>>,
}

impl Listening {
    /// Listens; port 0 takes a free one.
    ///
    /// # Panics
    /// If it cannot.
    pub fn start(server: Arc<Server>, port: u16) -> Self {
        let (ready, address) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
            let listen = Listen {
                address: ([127, 0, 0, 1], port).into(),
                plain: true,
                zone: TimeZone::UTC,
                url: None,
            };
            let tell = move |address| ready.send(address).expect("somebody waits for the address");
            let stopped = async move { drop(stopped.await) };
            runtime.expect("a runtime starts").block_on(serve(server, listen, stopped, tell))
        });
        let address = address.recv().expect("the server listens");
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    /// Stops in good order.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails if the server has ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.end();
    }
}

/// An office with one team: a worker, a mentor and a supervisor.
pub struct Site {
    /// The server.
    pub server: Arc<Server>,
    /// Its listener.
    pub listening: Listening,
    /// The team.
    pub team: TeamId,
    /// Worker of the team.
    pub worker: MemberId,
    /// Mentor of the team.
    pub mentor: MemberId,
    /// Supervisor of the team.
    pub supervisor: MemberId,
    folder: tempfile::TempDir,
}

/// A phone and its way to the server.
pub struct Phone {
    /// The app's core.
    pub client: Client,
    /// Its way to the server.
    pub way: HttpTransport,
    /// Its database file.
    pub path: PathBuf,
    /// The database's key.
    pub key: DatabaseKey,
}

/// The key that every site's server opens with.
pub fn master_key() -> MasterKey {
    MasterKey::from_bytes([0x5a; 32])
}

impl Site {
    /// A new office that listens.
    ///
    /// # Panics
    /// If it does not open.
    pub fn start() -> Self {
        let folder = scratch();
        let server = Server::open(ServerConfig {
            data_dir: folder.path().join("office"),
            master_key: master_key(),
            env: Env::system(),
            office_name: "试点站".into(),
            defences: Defences::default(),
        })
        .expect("a new office opens");
        let team = directory::create_team(&server, None, "一队").expect("a new office takes a team");
        let member = |name, role, supervises| {
            let roles = [role];
            let new = NewMember { name, login: None, language: "zh", roles: &roles };
            let member = directory::add_member(&server, None, &new).expect("an office takes members");
            directory::join_team(&server, None, team, member, supervises).expect("so does a team");
            member
        };
        let worker = member("林", Role::Worker, false);
        let mentor = member("周", Role::Mentor, false);
        let supervisor = member("沈", Role::Supervisor, true);
        let listening = Listening::start(Arc::clone(&server), 0);
        Self { server, listening, team, worker, mentor, supervisor, folder }
    }

    /// A folder for what belongs to the site's surroundings.
    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// Where phones find the server.
    pub fn address(&self) -> ServerAddress {
        ServerAddress { url: format!("http://{}", self.listening.address), fingerprint: None }
    }

    /// A member's new phone, enrolled and synced.
    ///
    /// # Panics
    /// If the server does not take it.
    pub fn phone(&self, name: &str, member: MemberId) -> Phone {
        let (path, key) = (self.folder.path().join(name), DatabaseKey::generate(&Env::system()));
        let client = open_phone(path.clone(), key.clone(), Marker::Absent);
        let way = HttpTransport::new(&self.address()).expect("loopback may be plain");
        let code = directory::invite(&self.server, None, member, self.address()).expect("a member is known");
        client.enrol(&code, name, &way).expect("the code is fresh");
        client.sync_now(&way).expect("the server is there");
        Phone { client, way, path, key }
    }
}

/// Opens a phone's database.
///
/// # Panics
/// If the key is not the database's.
pub fn open_phone(path: PathBuf, key: DatabaseKey, marker: Marker) -> Client {
    let (env, zone, defences) = (Env::system(), TimeZone::UTC, PhoneDefences::default());
    Client::open(OpenOptions { path, key: Some(key), marker, env, zone, defences }).expect("the key fits")
}

impl Phone {
    /// The app is killed and started again.
    pub fn killed(self) -> Self {
        let Self { client, way, path, key } = self;
        let marker = client.marker();
        drop(client);
        Self { client: open_phone(path.clone(), key.clone(), marker), way, path, key }
    }

    /// Opens a case.
    ///
    /// # Panics
    /// If the member may not.
    pub fn case(&self, team: TeamId) -> CaseId {
        let new = NewCase {
            team,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", "小川")],
            file: vec![],
            restricted: vec![],
        };
        self.client.open_case(&new).expect("a worker may")
    }

    /// Records a visit, hands it in and syncs.
    ///
    /// # Panics
    /// If the member may not, or the server is not there.
    pub fn visit(&self, case: CaseId, text: &str) -> DocId {
        let client = &self.client;
        let draft = client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit);
        let draft = draft.expect("a worker may");
        let typed = vec![Edit::set("outcome", "met"), Edit::set("narrative", text)];
        client.type_into(draft, typed).expect("within the limits");
        let doc = client.save_done(draft).expect("a worker may");
        client.sync_now(&self.way).expect("the server is there");
        doc
    }
}
