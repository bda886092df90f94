//! Photos from one phone to another by way of a real server: records first, then chunks; what is
//! cut goes on; what may not be seen is not there.

use doorstep_core::app::{Failure, PhotosOf};
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{AttachmentId, CaseRole, Class, DocId, Edit, EntryKind, Scope};
use doorstep_core::pictures::{PHOTO_EDGE, check_frame};
use doorstep_core::sync::attachments::PUT_PATH;
use doorstep_core::sync::{Cancel, HttpTransport, Reply, Transport, Unreachable};
use doorstep_server::{directory, jobs};
use doorstep_tests::picture::{camera, noise};
use doorstep_tests::site::{Listening, Phone, Site, master_key};
use std::sync::atomic::{AtomicUsize, Ordering};

/// A visit with photos, saved and synced, its photos not sent.
fn visit_with(site: &Site, phone: &Phone, files: &[Vec<u8>]) -> (DocId, Vec<AttachmentId>) {
    let case = phone.case(site.team);
    let client = &phone.client;
    let draft = client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    client.type_into(draft, vec![Edit::set("outcome", "met")]).unwrap();
    let photos = files.iter().map(|file| client.add_photo(draft, file).unwrap()).collect();
    let doc = client.save_done(draft).unwrap();
    client.sync_now(&phone.way).unwrap();
    (doc, photos)
}

fn send(phone: &Phone) -> usize {
    let report = phone.client.send_photos(&phone.way, &Cancel::default()).unwrap();
    assert!(report.complete);
    report.sent
}

/// A way that breaks after some requests, as when the app is killed or the network ends.
struct Breaking<'a> {
    way: &'a HttpTransport,
    left: AtomicUsize,
    put: AtomicUsize,
}

impl<'a> Breaking<'a> {
    fn after(way: &'a HttpTransport, left: usize) -> Self {
        Self { way, left: AtomicUsize::new(left), put: AtomicUsize::new(0) }
    }
}

impl Transport for Breaking<'_> {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        if self.left.load(Ordering::SeqCst) == 0 {
            return Err(Unreachable);
        }
        self.left.fetch_sub(1, Ordering::SeqCst);
        self.put.fetch_add(usize::from(path == PUT_PATH), Ordering::SeqCst);
        self.way.exchange(path, proof, body)
    }
}

#[test]
fn a_photo_reaches_a_colleague_who_looks() {
    let site = Site::start();
    let (worker, supervisor) = (site.phone("lin", site.worker), site.phone("shen", site.supervisor));
    let (doc, photos) = visit_with(&site, &worker, &[camera(3000, 2000, 1)]);
    let of = PhotosOf::Entry(doc);
    supervisor.client.sync_now(&supervisor.way).unwrap();
    // The record is there before its photo is.
    let there = supervisor.client.photos(of).unwrap();
    assert_eq!((there.len(), there[0].id, there[0].has_thumbnail), (1, photos[0], false));
    assert_eq!(supervisor.client.fetch_thumbnails(doc, &supervisor.way), Ok(0));
    assert_eq!(supervisor.client.original(of, photos[0], &supervisor.way), Err(Failure::NotFound));
    assert!(worker.client.photos(of).unwrap()[0].is_only_here);

    assert_eq!(send(&worker), 2);
    assert_eq!(send(&worker), 0, "nothing is sent twice");
    assert!(!worker.client.photos(of).unwrap()[0].is_only_here);
    assert_eq!(supervisor.client.fetch_thumbnails(doc, &supervisor.way), Ok(1));
    let thumbnail = supervisor.client.thumbnail(of, photos[0]).unwrap();
    assert_eq!(check_frame(&thumbnail, 320), Ok((320, 213)));
    let original = supervisor.client.original(of, photos[0], &supervisor.way).unwrap();
    assert_eq!(AttachmentId::of(&original), photos[0]);
    assert_eq!(check_frame(&original, PHOTO_EDGE), Ok((2560, 1707)));
    // From now on without the network.
    let dead = Breaking::after(&supervisor.way, 0);
    assert_eq!(supervisor.client.original(of, photos[0], &dead), Ok(original));
    assert_eq!(site.server.verify_attachments().unwrap(), 2);
}

#[test]
fn an_upload_that_is_killed_goes_on_where_it_was() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let (doc, _) = visit_with(&site, &worker, &[noise(1200, 900, 5)]);
    let size = worker.client.photos(PhotosOf::Entry(doc)).unwrap()[0].bytes as usize;
    let chunks = size.div_ceil(256 * 1024);
    assert!(chunks >= 4, "{size} bytes");
    // The thumbnail and two chunks.
    let cut = Breaking::after(&worker.way, 3);
    assert_eq!(worker.client.send_photos(&cut, &Cancel::default()), Err(Failure::Offline));
    let worker = worker.killed();
    let rest = Breaking::after(&worker.way, usize::MAX);
    let report = worker.client.send_photos(&rest, &Cancel::default()).unwrap();
    assert_eq!((report.sent, report.complete), (1, true));
    assert_eq!(rest.put.load(Ordering::SeqCst), chunks - 2, "only the rest travels");
    assert_eq!(site.server.verify_attachments().unwrap(), 2);
}

#[test]
fn records_do_not_wait_for_photos_and_photos_wait_for_their_record() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let case = worker.case(site.team);
    let draft = worker.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    worker.client.add_photo(draft, &camera(800, 600, 2)).unwrap();
    let doc = worker.client.save_later(draft).unwrap();
    // Saved, but the server has not heard of the entry: nothing can travel yet.
    assert_eq!(send(&worker), 0);
    worker.client.sync_now(&worker.way).unwrap();
    assert!(worker.client.sync_state().unwrap().is_synced(), "photos are not counted as records");
    assert!(worker.client.photos(PhotosOf::Entry(doc)).unwrap()[0].is_only_here);
    assert_eq!(send(&worker), 2);
}

#[test]
fn the_photo_leaves_the_phone_only_after_a_backup_has_it() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let (doc, photos) = visit_with(&site, &worker, &[camera(2000, 1500, 3)]);
    let of = PhotosOf::Entry(doc);
    let here = || worker.client.photos(of).unwrap()[0].has_original;
    // A backup that was made while the photo was on the phone only covers the record, not the photo.
    jobs::backup(&site.server, &master_key(), &site.folder().join("early")).unwrap();
    assert_eq!(send(&worker), 2);
    worker.client.sync_now(&worker.way).unwrap();
    assert!(here(), "the server has it, no backup has");
    jobs::backup(&site.server, &master_key(), &site.folder().join("late")).unwrap();
    worker.client.sync_now(&worker.way).unwrap();
    assert!(!here());
    assert!(worker.client.thumbnail(of, photos[0]).is_ok(), "the thumbnail stays");
    assert_eq!(AttachmentId::of(&worker.client.original(of, photos[0], &worker.way).unwrap()), photos[0]);
}

#[test]
fn photos_leave_with_the_case_and_those_on_their_way_arrive_first() {
    let site = Site::start();
    let (worker, colleague) = (site.phone("lin", site.worker), site.phone("zhou", site.mentor));
    let case = worker.case(site.team);
    worker.client.sync_now(&worker.way).unwrap();
    directory::assign(&site.server, None, case, site.mentor, &CaseRole::Mentor).unwrap();
    colleague.client.sync_now(&colleague.way).unwrap();
    let draft = colleague.client.start_draft(Scope::Case(case), Class::Contact, &EntryKind::MentorSession);
    let draft = draft.unwrap();
    colleague.client.add_photo(draft, &camera(900, 600, 4)).unwrap();
    let doc = colleague.client.save_done(draft).unwrap();
    colleague.client.sync_now(&colleague.way).unwrap();
    directory::end_assignment(&site.server, None, case, site.mentor).unwrap();
    colleague.client.sync_now(&colleague.way).unwrap();
    assert_eq!(
        colleague.client.photos(PhotosOf::Entry(doc)).unwrap().len(),
        1,
        "nothing goes before it arrived"
    );
    assert_eq!(send(&colleague), 2);
    colleague.client.sync_now(&colleague.way).unwrap();
    assert_eq!(colleague.client.photos(PhotosOf::Entry(doc)), Err(Failure::NotFound));
    let storage = colleague.client.storage().unwrap();
    assert_eq!((storage.waiting.count, storage.sent.count, storage.fetched.count), (0, 0, 0));
    worker.client.sync_now(&worker.way).unwrap();
    assert_eq!(worker.client.fetch_thumbnails(doc, &worker.way), Ok(1));
}

#[test]
fn a_restored_office_gets_photos_again_from_the_phones_that_took_them() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let (early, _) = visit_with(&site, &worker, &[camera(700, 500, 6)]);
    assert_eq!(send(&worker), 2);
    let backup = site.folder().join("backup");
    jobs::backup(&site.server, &master_key(), &backup).unwrap();
    let (late, _) = visit_with(&site, &worker, &[camera(700, 500, 7)]);
    assert_eq!(send(&worker), 2);
    let (data, env) = (site.folder().join("restored"), doorstep_core::env::Env::system());
    jobs::restore(&backup, &data, &master_key(), &env).unwrap();
    let port = site.listening.address.port();
    let Site { listening, server, supervisor, .. } = site;
    listening.stop();
    drop(server);
    let restored = doorstep_server::Server::open(doorstep_server::ServerConfig {
        data_dir: data,
        master_key: master_key(),
        env,
        office_name: String::new(),
        defences: doorstep_server::Defences::default(),
    });
    let restored = restored.unwrap();
    assert_eq!(restored.verify_attachments().unwrap(), 2, "those of the backup");
    let _listening = Listening::start(std::sync::Arc::clone(&restored), port);
    worker.client.sync_now(&worker.way).unwrap();
    assert!(send(&worker) >= 2, "what the backup did not have comes again");
    assert_eq!(restored.verify_attachments().unwrap(), 4);
    let seen = |doc| {
        let find = |records: &doorstep_server::records::Records<'_>| {
            let name = worker.client.photos(PhotosOf::Entry(doc)).unwrap()[0].id;
            records.attachment(doc, name)
        };
        restored.records_of::<_, doorstep_server::StoreFault>(supervisor, find).unwrap().is_some()
    };
    assert!(seen(early) && seen(late));
}
