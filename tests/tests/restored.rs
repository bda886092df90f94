//! The office loses its machine and goes on with a backup: what phones hold that the backup does not
//! grant waits for a person's word, and only that word takes it off a phone.

use doorstep_core::app::{AttentionItem, Client, Marker, NewCase, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{
    CaseId, CaseKind, CaseRole, Class, Edit, EntryKind, MemberId, Role, Scope, TeamId,
};
use doorstep_core::store::{AttentionKind, DatabaseKey};
use doorstep_core::sync::session::Defences;
use doorstep_core::sync::{EnrolmentCode, ServerAddress};
use doorstep_server::store::{devices, frozen};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Server, ServerConfig, directory, jobs};
use doorstep_tests::office::Direct;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

fn key() -> MasterKey {
    MasterKey::from_bytes([7; 32])
}

fn open(data_dir: &Path) -> Arc<Server> {
    let (data_dir, env) = (data_dir.to_owned(), Env::system());
    let defences = doorstep_server::Defences::default();
    let office_name = "试点站".to_owned();
    Server::open(ServerConfig { data_dir, master_key: key(), env, office_name, defences }).unwrap()
}

fn restored(backup: &Path, data_dir: &Path) -> Arc<Server> {
    jobs::restore(backup, data_dir, &key(), &Env::system()).unwrap();
    open(data_dir)
}

fn add(server: &Server, name: &str, role: Role) -> MemberId {
    let new = directory::NewMember { name, login: None, language: "zh", roles: &[role] };
    directory::add_member(server, None, &new).unwrap()
}

fn phone(server: &Server, folder: &Path, member: MemberId) -> Client {
    let env = Env::system();
    let (secret, now): ([u8; 16], _) = (env.bytes(), env.now());
    let hash: [u8; 32] = Sha256::digest(secret).into();
    let invite = |tx: &rusqlite::Transaction<'_>| {
        devices::add_invite(tx, hash, member, None, now, now.plus_ms(600_000))
    };
    server.store().write(invite).unwrap();
    let options = OpenOptions {
        path: folder.join(format!("{member}.db")),
        key: Some(DatabaseKey::generate(&env)),
        marker: Marker::Absent,
        env,
        zone: jiff::tz::TimeZone::UTC,
        defences: Defences::default(),
    };
    let client = Client::open(options).unwrap();
    let address = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
    client.enrol(&EnrolmentCode { server: address, secret }, "phone", &Direct(server)).unwrap();
    client.sync_now(&Direct(server)).unwrap();
    client
}

fn open_case(phone: &Client, team: TeamId) -> CaseId {
    let contact = vec![Edit::set("pseudonym", "小川")];
    let (file, restricted) = (vec![Edit::set("legal_name", "某某")], Vec::new());
    phone
        .open_case(&NewCase { team, kind: CaseKind::Released, minor: false, contact, file, restricted })
        .unwrap()
}

fn visit(phone: &Client, case: CaseId, text: &str) {
    let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", text)]).unwrap();
    phone.save_done(draft).unwrap();
}

/// How much of the case is on a phone.
fn held(phone: &Client) -> usize {
    phone.search("小川").unwrap().len() + phone.search("备份之后").unwrap().len()
}

/// An office in which a colleague got a case after the backup, and the office after that backup was put back.
struct Lost {
    folder: tempfile::TempDir,
    server: Arc<Server>,
    supervisor: MemberId,
    colleague: MemberId,
    case: CaseId,
    phone: Client,
}

fn waiting(server: &Server) -> usize {
    server.store().read::<_, doorstep_server::StoreFault>(|tx| frozen::waiting(tx)).unwrap().len()
}

impl Lost {
    fn new() -> Self {
        let folder = doorstep_tests::office::scratch();
        let path = |name: &str| folder.path().join(name);
        let server = open(&path("first"));
        let worker = add(&server, "林", Role::Worker);
        let colleague = add(&server, "周", Role::Worker);
        let supervisor = add(&server, "沈", Role::Supervisor);
        let team = directory::create_team(&server, None, "一队").unwrap();
        for member in [worker, colleague, supervisor] {
            directory::join_team(&server, None, team, member, member == supervisor).unwrap();
        }
        let lin = phone(&server, folder.path(), worker);
        let zhou = phone(&server, folder.path(), colleague);
        let case = open_case(&lin, team);
        lin.sync_now(&Direct(&server)).unwrap();
        jobs::backup(&server, &key(), &path("backup")).unwrap();
        directory::assign(&server, None, case, colleague, &CaseRole::CoWorker).unwrap();
        zhou.sync_now(&Direct(&server)).unwrap();
        visit(&zhou, case, "备份之后去的。");
        zhou.sync_now(&Direct(&server)).unwrap();
        drop(server);

        let server = restored(&path("backup"), &path("second"));
        zhou.sync_now(&Direct(&server)).unwrap();
        Self { folder, server, supervisor, colleague, case, phone: zhou }
    }
}

#[test]
fn frozen_case_stays_until_its_end_is_confirmed_then_leaves_and_its_work_is_kept() {
    let lost = Lost::new();
    assert!(held(&lost.phone) > 0, "kept");
    assert_eq!(waiting(&lost.server), 2, "contact and file of the case wait for a word");
    directory::end_frozen(&lost.server, lost.supervisor, lost.colleague, Scope::Case(lost.case)).unwrap();
    lost.phone.sync_now(&Direct(&lost.server)).unwrap();
    assert_eq!(held(&lost.phone), 0);
    let cards = lost.phone.attention().unwrap();
    assert!(
        cards
            .iter()
            .any(|card| matches!(card, AttentionItem::Notice(row) if row.kind == AttentionKind::CaseEnded))
    );
    let kept = |tx: &rusqlite::Transaction<'_>| {
        Ok::<_, doorstep_server::StoreFault>(
            tx.query_row("SELECT count(*) FROM set_aside", [], |row| row.get::<_, i64>(0))?,
        )
    };
    assert!(lost.server.store().read(kept).unwrap() > 0, "what the backup lacks is with the supervisor");
    assert_eq!(lost.phone.sync_now(&Direct(&lost.server)).unwrap().round_trips, 1);
    let rows = |tx: &rusqlite::Transaction<'_>| {
        Ok::<_, doorstep_server::StoreFault>(
            tx.query_row("SELECT count(*) FROM frozen", [], |row| row.get::<_, i64>(0))?,
        )
    };
    assert_eq!(lost.server.store().read(rows).unwrap(), 0, "the decision is spent");
}

#[test]
fn frozen_case_that_is_given_back_goes_on_with_everything_in_it() {
    let lost = Lost::new();
    let role = CaseRole::CoWorker;
    directory::give_back_case(&lost.server, lost.supervisor, lost.case, lost.colleague, &role).unwrap();
    lost.phone.sync_now(&Direct(&lost.server)).unwrap();
    assert_eq!(waiting(&lost.server), 0);
    assert!(lost.phone.case(lost.case).is_ok());
    assert_eq!(lost.phone.search("备份之后").unwrap().len(), 1, "taken in after all");
}

#[test]
fn decision_of_an_earlier_restore_ends_nothing_after_the_next() {
    let lost = Lost::new();
    let folder = lost.folder.path();
    // Confirmed, and in a backup before the phone asks again; then the case is given to the colleague once more.
    directory::end_frozen(&lost.server, lost.supervisor, lost.colleague, Scope::Case(lost.case)).unwrap();
    jobs::backup(&lost.server, &key(), &folder.join("again")).unwrap();
    let role = CaseRole::CoWorker;
    directory::assign(&lost.server, Some(lost.supervisor), lost.case, lost.colleague, &role).unwrap();
    lost.phone.sync_now(&Direct(&lost.server)).unwrap();
    let server = restored(&folder.join("again"), &folder.join("third"));
    for _ in 0..3 {
        lost.phone.sync_now(&Direct(&server)).unwrap();
    }
    assert!(held(&lost.phone) > 0, "nobody has said anything about it since");
    assert_eq!(waiting(&server), 2);
}
