//! A wiped keystore: the database is there, its key is not, and the office gives it back to the phone
//! that it recognises. Over real HTTP, with each refusal.

use doorstep_core::app::{Client, Failure, Marker, OpenOptions, Recovery};
use doorstep_core::changes::SealingKey;
use doorstep_core::env::Env;
use doorstep_core::model::DeviceId;
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::HttpTransport;
use doorstep_core::sync::session::Defences;
use doorstep_server::directory::{confirm_recovery, revoke_device};
use doorstep_server::store::devices;
use doorstep_tests::site::{Phone, Site, open_phone};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

fn only_device(site: &Site) -> DeviceId {
    site.server.store().read(|tx| devices::list(tx)).unwrap()[0].id
}

fn audited(site: &Site, verb: &str) -> i64 {
    let count = |tx: &rusqlite::Transaction<'_>| {
        let count = tx.query_row("SELECT count(*) FROM audit WHERE verb = ?1", [verb], |row| row.get(0))?;
        Ok::<i64, doorstep_server::StoreFault>(count)
    };
    site.server.store().read(count).unwrap()
}

/// A phone with a visit of which the server knows nothing yet, whose keystore is then wiped.
fn wiped(site: &Site) -> (PathBuf, HttpTransport) {
    let phone = site.phone("lin.db", site.worker);
    phone.case(site.team);
    assert!(phone.client.sync_state().unwrap().waiting > 0);
    let Phone { client, way, path, .. } = phone;
    drop(client);
    (path, way)
}

fn begin(path: &Path) -> Recovery {
    Recovery::begin(path, Env::system()).unwrap()
}

#[test]
fn a_wiped_keystore_loses_nothing() {
    let site = Site::start();
    let (path, _) = wiped(&site);
    let lost = Recovery::begin(&path, Env::system()).unwrap();
    let way = lost.way().unwrap();
    assert!(lost.fetch(&way).unwrap().is_none(), "nobody has confirmed");
    // The app is killed meanwhile; the keystore kept the fresh secret.
    let secret = Zeroizing::new(*lost.secret());
    let code = lost.code();
    drop(lost);
    let lost = Recovery::resume(&path, Env::system(), secret).unwrap();
    assert_eq!(lost.code(), code);
    confirm_recovery(&site.server, Some(site.supervisor), only_device(&site), &code.replace('-', " "))
        .unwrap();
    let key = lost.fetch(&way).unwrap().unwrap();
    let client = open_phone(path.clone(), key.clone(), Marker::Absent);
    assert_eq!(client.member(), Ok(Some(site.worker)));
    client.sync_now(&way).unwrap();
    assert!(client.sync_state().unwrap().is_synced(), "what only this phone had has arrived");
    // The answer was lost on the way: asking again is harmless, and noted once.
    assert!(lost.fetch(&way).unwrap().unwrap().as_bytes() == key.as_bytes());
    assert_eq!(["ask_recovery", "recover", "give_recovery"].map(|verb| audited(&site, verb)), [1, 1, 1]);
}

#[test]
fn a_wrong_code_confirms_nothing_and_after_five_the_phone_asks_anew() {
    let site = Site::start();
    let (path, way) = wiped(&site);
    let (lost, device) = (begin(&path), only_device(&site));
    assert!(confirm_recovery(&site.server, None, device, &lost.code()).is_err(), "nothing was asked");
    lost.fetch(&way).unwrap();
    let another = begin(&path).code();
    for _ in 0..5 {
        assert!(confirm_recovery(&site.server, None, device, &another).is_err());
    }
    assert!(confirm_recovery(&site.server, None, device, &lost.code()).is_err(), "too late for this request");
    assert!(lost.fetch(&way).unwrap().is_none());
    assert_eq!(audited(&site, "recover_wrong_code"), 5);
    let anew = begin(&path);
    anew.fetch(&way).unwrap();
    confirm_recovery(&site.server, None, device, &anew.code()).unwrap();
    assert!(anew.fetch(&way).unwrap().is_some());
    assert!(lost.fetch(&way).unwrap().is_none(), "the one before is not confirmed by it");
}

#[test]
fn a_revoked_phone_gets_nothing_even_if_it_was_confirmed() {
    let site = Site::start();
    let (path, way) = wiped(&site);
    let (lost, device) = (begin(&path), only_device(&site));
    lost.fetch(&way).unwrap();
    confirm_recovery(&site.server, None, device, &lost.code()).unwrap();
    revoke_device(&site.server, None, device).unwrap();
    assert_eq!(lost.fetch(&way).err(), Some(Failure::SignInNeeded("revoked")));
    assert!(confirm_recovery(&site.server, None, device, &lost.code()).is_err());
    assert_eq!(audited(&site, "give_recovery"), 0);
}

#[test]
fn a_phone_that_another_office_knows_gets_nothing() {
    let (site, other) = (Site::start(), Site::start());
    let (path, _) = wiped(&site);
    let elsewhere = HttpTransport::new(&other.address()).unwrap();
    assert_eq!(begin(&path).fetch(&elsewhere).err(), Some(Failure::Unexpected("bad_content".into())));
}

#[test]
fn a_key_that_the_phone_did_not_leave_is_not_taken_for_it() {
    let site = Site::start();
    let (path, way) = wiped(&site);
    // Whoever knows the office's public half can seal something for this phone, but not what it left.
    let forged = path.with_file_name("forged.db");
    let recovery = site.server.vault().recovery().sealing();
    forge(&path, &forged, recovery);
    assert_eq!(begin(&forged).fetch(&way).err(), Some(Failure::Unexpected("bad_content".into())));
    assert_eq!(audited(&site, "ask_recovery"), 0);
}

/// A file as it lies beside a database, with another key in it.
fn forge(genuine: &Path, target: &Path, recovery: SealingKey) {
    let bytes = std::fs::read(genuine.with_extension("recovery")).unwrap();
    let mut decoder = minicbor::Decoder::new(&bytes);
    let device = {
        decoder.map().unwrap();
        decoder.u8().unwrap();
        decoder.decode::<DeviceId>().unwrap()
    };
    let wrapped = doorstep_core::sync::recovery::WrappedKey { device, key: [7; 32] };
    let sealed = recovery.seal(&Env::system(), &minicbor::to_vec(wrapped).unwrap());
    // Same length: the sealed bytes are the file's last field.
    let mut forged = bytes.clone();
    let at = forged.len() - sealed.len();
    forged[at..].copy_from_slice(&sealed);
    std::fs::write(target.with_extension("recovery"), forged).unwrap();
}

#[test]
fn a_phone_asks_a_few_times_a_day_at_most() {
    let site = Site::start();
    let (path, way) = wiped(&site);
    let asked: Vec<_> = (0..6).map(|_| begin(&path).fetch(&way).map(|key| key.is_none())).collect();
    assert_eq!(asked[..5], [const { Ok(true) }; 5]);
    assert_eq!(asked[5], Err(Failure::Offline), "later, as when the office cannot be reached");
}

#[test]
fn the_files_of_a_phone_alone_open_nothing() {
    let site = Site::start();
    let phone = site.phone("lin.db", site.worker);
    let beside = std::fs::read(phone.path.with_extension("recovery")).unwrap();
    let key = phone.key.as_bytes();
    assert!(!beside.windows(key.len()).any(|window| window == key));
    assert_eq!(
        Recovery::begin(&site.folder().join("no-such.db"), Env::system()).err(),
        Some(Failure::NotFound)
    );
    // The file was lost: opening the phone with its key makes another, and the server hears of it.
    let Phone { client, way, path, key } = phone;
    let marker = client.marker();
    drop(client);
    std::fs::remove_file(path.with_extension("recovery")).unwrap();
    open_phone(path.clone(), key, marker).sync_now(&way).unwrap();
    let lost = begin(&path);
    assert!(lost.fetch(&way).unwrap().is_none(), "the server knows the new one");
    let wrong = OpenOptions {
        path,
        key: Some(DatabaseKey::from_bytes([1; 32])),
        marker,
        env: Env::system(),
        zone: jiff::tz::TimeZone::UTC,
        defences: Defences::default(),
    };
    assert!(Client::open(wrong).is_err());
}
