//! What a phone does about a photo that is not what it asked for: a server that lies, or a case that
//! was taken away while the photo travelled. Nothing of it is kept, nothing is asked for without end.

use doorstep_core::app::{Failure, PhotosOf};
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{AttachmentId, CaseId, CaseRole, Class, DocId, Edit, EntryKind, Photo, Scope};
use doorstep_core::pictures::{PHOTO_BYTES, PHOTO_EDGE, check_frame};
use doorstep_core::sync::attachments::{CHUNK_BYTES, GotChunk};
use doorstep_core::sync::{Reply, Transport, Unreachable};
use doorstep_server::directory;
use doorstep_tests::hostile::device::compress;
use doorstep_tests::picture::camera;
use doorstep_tests::site::{Phone, Site};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Most requests that a phone may spend on one photo.
const PATIENCE: usize = PHOTO_BYTES / CHUNK_BYTES + 1;

/// A server that answers each request for a chunk as the test says, by its number.
struct Lying<C> {
    chunk: C,
    asked: AtomicUsize,
}

impl<C: Fn(usize) -> GotChunk + Send + Sync> Transport for Lying<C> {
    fn exchange(&self, _: &str, _: &RequestProof, _: &[u8]) -> Result<Reply, Unreachable> {
        let number = self.asked.fetch_add(1, Ordering::SeqCst);
        assert!(number < PATIENCE, "asked on and on");
        Ok(Reply { status: 200, body: compress(&minicbor::to_vec((self.chunk)(number)).unwrap()) })
    }
}

/// Someone on a case with a visit whose photo is not on her phone.
struct Scene {
    site: Site,
    looking: Phone,
    case: CaseId,
    visit: DocId,
    photo: AttachmentId,
    /// The photo as it should come.
    picture: Vec<u8>,
}

impl Scene {
    fn new() -> Self {
        let file = camera(1200, 800, 1);
        Self::with(|worker, draft| worker.client.add_photo(draft, &file).unwrap())
    }

    fn with(add: impl FnOnce(&Phone, doorstep_core::store::DraftId) -> AttachmentId) -> Self {
        let site = Site::start();
        let (worker, looking) = (site.phone("lin", site.worker), site.phone("zhou", site.mentor));
        let case = worker.case(site.team);
        worker.client.sync_now(&worker.way).unwrap();
        directory::assign(&site.server, None, case, site.mentor, &CaseRole::CoWorker).unwrap();
        let draft = worker.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
        let photo = add(&worker, draft);
        let visit = worker.client.save_done(draft).unwrap();
        worker.client.sync_now(&worker.way).unwrap();
        looking.client.sync_now(&looking.way).unwrap();
        let picture = worker.client.original(PhotosOf::Entry(visit), photo, &worker.way).unwrap_or_default();
        Self { site, looking, case, visit, photo, picture }
    }

    /// Asks a server for the photo; nothing of a lie may stay on the phone.
    fn ask(&self, chunk: impl Fn(usize) -> GotChunk + Send + Sync) -> Result<Vec<u8>, Failure> {
        let lying = Lying { chunk, asked: AtomicUsize::new(0) };
        let asked = self.looking.client.original(PhotosOf::Entry(self.visit), self.photo, &lying);
        let is_kept = self.looking.client.storage().unwrap().fetched.count > 0;
        assert_eq!(is_kept, asked.is_ok());
        asked
    }
}

fn whole(bytes: &[u8]) -> GotChunk {
    GotChunk { whole: bytes.len() as u64, bytes: bytes.to_vec() }
}

fn garbled() -> Result<Vec<u8>, Failure> {
    Err(Failure::Unexpected("garbled".to_owned()))
}

#[test]
fn a_photo_that_is_not_the_one_that_the_entry_names_is_not_kept() {
    let scene = Scene::new();
    // In our own form to the last byte, but for one bit of the picture.
    let mut other = scene.picture.clone();
    let at = other.len() / 2;
    let plain = other[at..].iter().position(|&byte| (2..0x80).contains(&byte)).unwrap();
    other[at + plain] ^= 1;
    assert!(check_frame(&other, PHOTO_EDGE).is_ok());
    assert_eq!(scene.ask(|_| whole(&other)), garbled());
    assert_eq!(scene.ask(|_| whole(&scene.picture)), Ok(scene.picture.clone()));
}

#[test]
fn a_photo_without_end_is_not_waited_for() {
    let scene = Scene::new();
    let chunk = |whole: u64, bytes: usize| move |_| GotChunk { whole, bytes: vec![7; bytes] };
    let limit = PHOTO_BYTES as u64;
    // Larger than any photo, by its own word.
    assert_eq!(scene.ask(chunk(limit * 100, CHUNK_BYTES)), garbled());
    // More bytes than it said.
    assert_eq!(scene.ask(chunk(1000, 1001)), garbled());
    // Nothing, again and again.
    assert_eq!(scene.ask(chunk(1000, 0)), garbled());
    // Longer with each answer.
    assert_eq!(scene.ask(|number| GotChunk { whole: 2000 + number as u64, bytes: vec![7; 1] }), garbled());
}

#[test]
fn what_is_not_a_photo_in_our_form_never_reaches_the_screen() {
    // Somebody with a key of the office has written an entry that names it.
    let file = [camera(300, 200, 1).as_slice(), b"and something else"].concat();
    assert!(check_frame(&file, PHOTO_EDGE).is_err());
    let scene = Scene::with(|worker, draft| {
        let (id, thumbnail) = (AttachmentId::of(&file), AttachmentId::of(b"thumbnail"));
        let bytes = u32::try_from(file.len()).unwrap();
        let photo = Photo { id, thumbnail, width: 300, height: 200, bytes, thumbnail_bytes: 9 };
        let edit = Edit { field: Photo::field_of(id), value: photo.to_value() };
        worker.client.type_into(draft, vec![edit]).unwrap();
        id
    });
    assert_eq!(scene.ask(|_| whole(&file)), Err(Failure::Unexpected("bad_photo".to_owned())));
}

#[test]
fn a_photo_of_a_case_that_was_taken_away_meanwhile_is_not_kept() {
    let scene = Scene::new();
    let asked = scene.ask(|_| {
        directory::end_assignment(&scene.site.server, None, scene.case, scene.site.mentor).unwrap();
        scene.looking.client.sync_now(&scene.looking.way).unwrap();
        whole(&scene.picture)
    });
    assert_eq!(asked, Err(Failure::NotFound));
}
