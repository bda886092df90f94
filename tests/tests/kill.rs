//! `kill -9` at random instants: what was acknowledged is there, and databases open.
//!
//! `DOORSTEP_KILLS` asks for more of each than CI runs.

use doorstep_core::changes::RequestProof;
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, Class, DocId, Role};
use doorstep_core::store::{DatabaseKey, Store, StoreFault};
use doorstep_core::sync::wire::{ItemVerdict, Push};
use doorstep_core::sync::{EnrolmentCode, HttpTransport, ServerAddress, Transport};
use doorstep_server::records::load_document;
use doorstep_server::store::devices;
use doorstep_tests::dice::Dice;
use doorstep_tests::hostile::device::{RawDevice, compress, read};
use doorstep_tests::hostile::record::{Record, entry_in, open_case, push_of, visit};
use doorstep_tests::office::{Office, open};
use doorstep_tests::process::Process;
use doorstep_tests::program::Serving;
use doorstep_tests::time::WorldTime;
use sha2::{Digest, Sha256};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::Duration;

fn kills() -> u64 {
    std::env::var("DOORSTEP_KILLS").map_or(300, |text| text.parse().expect("a number"))
}

/// `doorstep serve` on an office that the tests made. Dropping it is `kill -9`.
fn serve(data: &Path) -> Serving {
    let key = "5a".repeat(32);
    let log = data.with_extension("log");
    let arguments = ["--plain", "--address", "127.0.0.1:0"];
    Serving::start(data, ("DOORSTEP_MASTER_KEY", &key), &arguments, &log)
}

fn url(serving: &Serving) -> String {
    format!("http://{}", serving.address)
}

fn transport(url: &str) -> HttpTransport {
    HttpTransport::new(&ServerAddress { url: url.to_owned(), fingerprint: None }).unwrap()
}

/// Pushes over HTTP; whether all of it was acknowledged.
fn push(device: &RawDevice, server: &HttpTransport, push: Push) -> bool {
    let body = compress(&minicbor::to_vec(device.request(vec![push])).unwrap());
    let proof = RequestProof::sign(&device.key, device.device, "POST", "/v1/sync", &body, device.env.now());
    let Ok(reply) = server.exchange("/v1/sync", &proof, &body) else { return false };
    let reply = doorstep_server::sync::Reply { status: reply.status, body: reply.body };
    let answer = read(&reply).expect("a server that answers takes honest work");
    answer.results[0].changes.iter().all(|item| item.verdict == ItemVerdict::Accepted)
}

/// Records and pushes visits until the server is gone; every acknowledged one is told.
fn push_visits(device: &RawDevice, case: CaseId, url: &str, told: &std::sync::mpsc::Sender<Record>) {
    let server = transport(url);
    loop {
        let (mut record, first) = Record::begin(device, entry_in(device, case, Class::File), &visit());
        let second = record.edit(device, &[doorstep_core::model::Edit::set("outcome", "not_home")]);
        for change in [first, second] {
            if !push(device, &server, push_of(&record.place, vec![change])) {
                return;
            }
        }
        told.send(record).unwrap();
    }
}

#[test]
fn a_server_killed_at_any_instant_keeps_what_it_acknowledged() {
    let mut office = Office::new(1);
    let member = office.member("王芳", &[Role::Worker]);
    let team = office.team(&[(member, false)]);
    let mut worker = office.raw_device(member);
    worker.env = Env::system();
    let data = office.folder().join("office");
    let (folder, server) = office.close();
    drop(server);

    let serving = serve(&data);
    let (case, _, opening) = open_case(&worker, team);
    assert!(push(&worker, &transport(&url(&serving)), opening));
    drop(serving);

    let (told, acknowledged) = channel();
    let mut dice = Dice::new(1);
    for _ in 0..kills() {
        let serving = serve(&data);
        let url = url(&serving);
        std::thread::scope(|scope| {
            let (worker, told) = (&worker, &told);
            scope.spawn(move || push_visits(worker, case, &url, told));
            std::thread::sleep(Duration::from_micros(dice.below(40_000) as u64));
            drop(serving);
        });
    }
    let server = open(data, &WorldTime::start(), Dice::new(2), doorstep_server::Defences::default()).unwrap();
    let acknowledged: Vec<Record> = acknowledged.try_iter().collect();
    println!("{} acknowledged", acknowledged.len());
    assert!(!acknowledged.is_empty());
    for record in acknowledged {
        let kept = server.store().read(|tx| load_document(tx, server.vault(), record.place.doc)).unwrap();
        assert_eq!(kept.heads(), record.document.heads());
    }
    server.verify_log().unwrap();
    drop(folder);
}

#[test]
fn a_phone_killed_at_any_instant_keeps_what_it_saved_and_hands_it_over() {
    let mut office = Office::new(2);
    let member = office.member("王芳", &[Role::Worker]);
    office.team(&[(member, false)]);
    let env = Env::system();
    let secret: [u8; 16] = env.bytes();
    let now = env.now();
    let hash = Sha256::digest(secret).into();
    office
        .server
        .store()
        .write::<_, doorstep_server::StoreFault>(|tx| {
            devices::add_invite(tx, hash, member, None, now, now.plus_ms(600_000))
        })
        .unwrap();
    let data = office.folder().join("office");
    let database = office.folder().join("phone.db");
    let (folder, server) = office.close();
    drop(server);

    let serving = serve(&data);
    let recorder = |code: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recorder"));
        command.arg(&database).arg(url(&serving)).args(code);
        Process::start(&mut command)
    };
    let address = ServerAddress { url: url(&serving), fingerprint: None };
    let code = EnrolmentCode { server: address, secret }.to_text();
    assert_eq!(recorder(Some(&code)).line().as_deref(), Some("ready"));

    let mut dice = Dice::new(3);
    let mut saved: Vec<DocId> = Vec::new();
    let key = DatabaseKey::from_bytes([0x21; 32]);
    for _ in 0..kills() {
        let phone = recorder(None);
        std::thread::sleep(Duration::from_micros(dice.below(60_000) as u64));
        let lines = phone.kill();
        saved.extend(lines.iter().filter_map(|line| line.strip_prefix("saved ")?.parse::<DocId>().ok()));
        let store = Store::open(&database, &key).expect("the database opens");
        for &doc in saved.iter().rev().take(20) {
            let is_there = store.read::<_, StoreFault>(|tx| tx.has_document(doc)).unwrap();
            assert!(is_there, "{doc} was saved and is gone");
        }
    }
    println!("{} saved", saved.len());
    assert!(!saved.is_empty());
    let store = Store::open(&database, &key).unwrap();
    let missing = |doc: &&DocId| !store.read::<_, StoreFault>(|tx| tx.has_document(**doc)).unwrap();
    assert_eq!(saved.iter().find(missing), None);

    // Left alone for a while, the phone hands everything over.
    let mut last = recorder(None);
    let mut more = Vec::new();
    for _ in 0..7 {
        more.push(last.line().expect("the phone goes on"));
    }
    last.kill();
    drop(serving);
    let server = open(data, &WorldTime::start(), Dice::new(4), doorstep_server::Defences::default()).unwrap();
    for doc in saved {
        server.store().read(|tx| load_document(tx, server.vault(), doc)).expect("it was handed over");
    }
    drop(folder);
}
