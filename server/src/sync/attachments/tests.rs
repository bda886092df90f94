//! Hostile and unlucky uploads: none of it stays, and honest ones go on.

use super::*;
use crate::fixture::{Office, Phone, Visit, assert_all_accepted, header, pack, photo};
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{CaseId, CaseRole, Edit};
use doorstep_core::sync::wire::ErrorBody;

/// A worker's visit that names the fixture's photo, accepted.
struct Scene {
    office: Office,
    worker: Phone,
    case: CaseId,
    visit: Visit,
    original: Vec<u8>,
}

impl Scene {
    fn new() -> Self {
        Self::naming(|_| Vec::new())
    }

    /// With attachments named beside the fixture's photo.
    fn naming(more: impl FnOnce(&Photo) -> Vec<Photo>) -> Self {
        let office = Office::open();
        let (mut worker, case) = office.phone_with_case();
        let mut visit = worker.visit(&office.server, case);
        let (photo, prepared) = photo();
        let named = more(&photo).into_iter().chain([photo]);
        let edit = |photo: Photo| Edit { field: Photo::field_of(photo.id), value: photo.to_value() };
        let edits: Vec<Edit> = named.map(edit).collect();
        visit.edit(&office.server, &worker, &edits);
        assert_all_accepted(&worker.sync(&office.server, vec![visit.push()]));
        Self { office, worker, case, visit, original: prepared.original }
    }

    /// A visit that names bytes which are no photo of ours.
    fn claiming(bytes: &[u8]) -> Self {
        let id = AttachmentId::of(bytes);
        Self::naming(|photo| vec![Photo { id, ..*photo }])
    }

    /// Lets days go by for what is half sent.
    fn age(&self, days: i64) {
        let sql = "UPDATE attachments SET begun = begun - ?1, touched = touched - ?1";
        self.office
            .server
            .store()
            .write(|tx| Ok::<_, StoreFault>(tx.execute(sql, [days * DAY_MS])?))
            .unwrap();
    }

    fn put(&self, by: &Phone, bytes: &[u8]) -> Result<PutAnswer, String> {
        code(by.put(&self.office.server, self.visit.doc, bytes))
    }

    fn chunk(&self, name: AttachmentId, whole: usize, at: usize, bytes: &[u8]) -> Result<PutAnswer, String> {
        let (whole, at) = (whole as u64, at as u64);
        let chunk = PutChunk { doc: self.visit.doc, name, whole, at, bytes: bytes.to_vec() };
        code(self.worker.put_chunk(&self.office.server, &chunk))
    }

    fn get(&self, by: &Phone, at: u64) -> Result<GotChunk, String> {
        let get = GetChunk { doc: self.visit.doc, name: AttachmentId::of(&self.original), at };
        code(by.call(&self.office.server, GET_PATH, &get))
    }

    /// Rows and chunks in the database.
    fn stored(&self) -> (i64, i64) {
        let count = |tx: &rusqlite::Transaction<'_>| {
            let count = |table| tx.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0));
            Ok::<_, StoreFault>((count("attachments")?, count("attachment_chunks")?))
        };
        self.office.server.store().read(count).unwrap()
    }
}

fn code<T>(answer: Result<T, ErrorBody>) -> Result<T, String> {
    answer.map_err(|error| error.code.code().to_owned())
}

fn refused<T>(code: &str) -> Result<T, String> {
    Err(code.to_owned())
}

/// A photo of several chunks.
fn large() -> Vec<u8> {
    let mut state = 1_u32;
    let picture = image::RgbImage::from_fn(1200, 900, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [a, b, c, _] = state.to_be_bytes();
        image::Rgb([a, b, c])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    doorstep_core::pictures::prepare(png.get_ref()).unwrap().original
}

#[test]
fn what_arrives_is_stored_sealed_under_a_name_that_confirms_no_guess() {
    let scene = Scene::new();
    assert_eq!(scene.put(&scene.worker, &scene.original).unwrap().place, Some(1));
    let (name, plain) = (AttachmentId::of(&scene.original).0, scene.original[40..72].to_vec());
    let read = move |tx: &rusqlite::Transaction<'_>| {
        let reference: Vec<u8> = tx.query_row("SELECT reference FROM attachments", [], |row| row.get(0))?;
        let sealed: Vec<u8> = tx.query_row("SELECT sealed FROM attachment_chunks", [], |row| row.get(0))?;
        assert_ne!(reference, name);
        assert!(!sealed.windows(32).any(|window| window == plain));
        Ok::<_, StoreFault>(())
    };
    scene.office.server.store().read(read).unwrap();
    assert_eq!(scene.get(&scene.worker, 0).unwrap().bytes, scene.original);
}

#[test]
fn chunks_out_of_order_change_nothing_and_are_told_where_to_go_on() {
    let bytes = large();
    let (name, whole) = (AttachmentId::of(&bytes), bytes.len());
    let scene = Scene::claiming(&bytes);
    let put = |at: usize| scene.chunk(name, whole, at, &bytes[at..whole.min(at + CHUNK_BYTES)]);
    let received = |received: usize| Ok(PutAnswer { received: received as u64, place: None });
    assert_eq!(put(CHUNK_BYTES), received(0), "the second before the first");
    assert_eq!(put(0), received(CHUNK_BYTES));
    assert_eq!(put(0), received(CHUNK_BYTES), "again");
    assert_eq!(put(2 * CHUNK_BYTES), received(CHUNK_BYTES), "one left out");
    let mut last = put(CHUNK_BYTES).unwrap();
    while last.place.is_none() {
        last = put(usize::try_from(last.received).unwrap()).unwrap();
    }
    assert_eq!(last, PutAnswer { received: whole as u64, place: Some(1) });
    assert_eq!(put(0), Ok(last), "what is whole stays whole");
}

#[test]
fn an_upload_that_nobody_went_on_with_is_thrown_away_in_the_end_and_can_begin_again() {
    let uploads: Vec<Vec<u8>> = (1..=3).map(|byte| vec![byte; CHUNK_BYTES + 9]).collect();
    let scene = Scene::naming(|photo| {
        uploads.iter().map(|bytes| Photo { id: AttachmentId::of(bytes), ..*photo }).collect()
    });
    let begin = |bytes: &[u8]| {
        let first = scene.chunk(AttachmentId::of(bytes), bytes.len(), 0, &bytes[..CHUNK_BYTES]);
        assert_eq!(first.unwrap().received, CHUNK_BYTES as u64);
    };
    let age = |days: i64| scene.age(days);
    begin(&uploads[0]);
    age(HALF_SENT_DAYS - 1);
    begin(&uploads[1]);
    assert_eq!(scene.stored(), (2, 2), "it may still be gone on with");
    age(2);
    begin(&uploads[2]);
    assert_eq!(scene.stored(), (2, 2), "the first is gone, with its bytes");
    let rest = scene.chunk(AttachmentId::of(&uploads[0]), CHUNK_BYTES + 9, CHUNK_BYTES, &[1; 9]);
    assert_eq!(rest.unwrap().received, 0, "the phone is told to begin again");
    begin(&uploads[0]);
}

#[test]
fn an_upload_that_goes_on_now_and_then_is_never_thrown_away_however_long_ago_it_began() {
    let (slow, other) = (vec![1; 2 * CHUNK_BYTES + 9], vec![2; CHUNK_BYTES + 9]);
    let names = [AttachmentId::of(&slow), AttachmentId::of(&other)];
    let scene = Scene::naming(|photo| names.map(|id| Photo { id, ..*photo }).to_vec());
    let send = |name, bytes: &[u8], at: usize| {
        let sent = scene.chunk(name, bytes.len(), at, &bytes[at..at + CHUNK_BYTES]);
        assert_eq!(sent.unwrap().received, (at + CHUNK_BYTES) as u64);
    };
    send(names[0], &slow, 0);
    scene.age(HALF_SENT_DAYS - 1);
    send(names[0], &slow, CHUNK_BYTES);
    scene.age(2);
    send(names[1], &other, 0);
    assert_eq!(scene.stored(), (2, 3), "both are there, with all that was sent");
}

#[test]
fn shapes_that_no_phone_sends_are_refused() {
    let scene = Scene::new();
    let name = AttachmentId::of(&scene.original);
    let whole = scene.original.len();
    for (whole, at, length) in [
        (0, 0, 0),
        (whole, 0, whole - 1),
        (whole, 0, whole + 1),
        (whole, 1, whole - 1),
        (whole, whole, 0),
        (whole, CHUNK_BYTES, 0),
        (2 * CHUNK_BYTES, 0, CHUNK_BYTES - 1),
    ] {
        let bytes = vec![7; length];
        assert_eq!(scene.chunk(name, whole, at, &bytes), refused("malformed"), "{whole} {at} {length}");
    }
    assert_eq!(scene.stored(), (0, 0));
    // Another length for the same name, once it has begun.
    let large = vec![7; CHUNK_BYTES];
    assert!(scene.chunk(name, 2 * CHUNK_BYTES, 0, &large).is_ok());
    assert_eq!(scene.chunk(name, 3 * CHUNK_BYTES, CHUNK_BYTES, &large), refused("malformed"));
}

#[test]
fn size_limits_hold_to_the_byte() {
    let scene = Scene::new();
    let (photo, _) = photo();
    let chunk = vec![7; CHUNK_BYTES];
    assert!(scene.chunk(photo.id, PHOTO_BYTES, 0, &chunk).is_ok());
    assert_eq!(scene.chunk(photo.id, PHOTO_BYTES + 1, 0, &chunk), refused("too_large"));
    let thumbnail = vec![7; THUMBNAIL_BYTES + 1];
    // Exactly the limit is looked at, and then is no picture.
    assert_eq!(scene.chunk(photo.thumbnail, THUMBNAIL_BYTES, 0, &thumbnail[1..]), refused("bad_content"));
    assert_eq!(scene.chunk(photo.thumbnail, THUMBNAIL_BYTES + 1, 0, &thumbnail), refused("too_large"));
    let body = vec![7; BODY_LIMIT];
    assert_eq!(scene.chunk(photo.id, body.len(), 0, &body), refused("too_large"), "by its body alone");
}

#[test]
fn bytes_that_are_not_what_their_name_says_leave_nothing() {
    let scene = Scene::new();
    let mut other = scene.original.clone();
    let middle = other.len() / 2;
    other[middle] ^= 1;
    let name = AttachmentId::of(&scene.original);
    assert_eq!(scene.chunk(name, other.len(), 0, &other), refused("bad_content"));
    assert_eq!(scene.stored(), (0, 0));
    assert!(scene.put(&scene.worker, &scene.original).is_ok(), "the true one is still welcome");
}

#[test]
fn what_is_no_photo_of_our_own_form_leaves_nothing() {
    let (_, prepared) = photo();
    let jpeg = prepared.original;
    let mut bomb = jpeg.clone();
    let sof = bomb.windows(2).position(|window| window == [0xFF, 0xC0]).unwrap();
    bomb[sof + 5..sof + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    let zip = [jpeg.as_slice(), b"PK\x03\x04 a program behind the picture"].concat();
    let script = [&jpeg[..2], b"\xFF\xFE\x00\x1B<script>alert(1)</script>", &jpeg[2..]].concat();
    let cut = jpeg[..jpeg.len() / 2].to_vec();
    let hostile =
        [("bomb", bomb), ("polyglot", zip), ("comment", script), ("cut", cut), ("text", b"hi".to_vec())];
    for (what, bytes) in hostile {
        let scene = Scene::claiming(&bytes);
        assert_eq!(scene.put(&scene.worker, &bytes), refused("bad_content"), "{what}");
        assert_eq!(scene.stored(), (0, 0), "{what}");
    }
}

#[test]
fn only_those_who_may_write_the_entry_add_to_it_and_only_what_it_names() {
    let scene = Scene::new();
    let office = &scene.office;
    let other = [scene.original.as_slice(), b"x"].concat();
    assert_eq!(scene.put(&scene.worker, &other), refused("not_found"), "not named");
    let nowhere = code(scene.worker.put(&office.server, DocId::new(office.server.env()), &scene.original));
    assert_eq!(nowhere, refused("not_found"));
    // In the same team, not in the case.
    let outsider = office.phone(office.colleague);
    assert_eq!(scene.put(&outsider, &scene.original), refused("not_found"));
    // In the case, but not for this class.
    office.assign(scene.case, office.mentor, &CaseRole::Mentor);
    let mentor = office.phone(office.mentor);
    assert_eq!(scene.put(&mentor, &scene.original), refused("not_found"));
    // Reads everything, writes nothing of others.
    let supervisor = office.phone(office.supervisor);
    assert_eq!(scene.put(&supervisor, &scene.original), refused("not_allowed"));
    assert_eq!(scene.stored(), (0, 0));
    assert!(scene.put(&scene.worker, &scene.original).is_ok());
    for stranger in [&outsider, &mentor] {
        assert_eq!(scene.get(stranger, 0), refused("not_found"));
    }
    assert_eq!(scene.get(&supervisor, 0).unwrap().bytes, scene.original);
    assert_eq!(scene.get(&supervisor, 1), refused("malformed"));
    assert_eq!(scene.get(&supervisor, CHUNK_BYTES as u64), refused("malformed"));
}

#[test]
fn a_revoked_phone_and_one_whose_proof_is_for_something_else_are_refused() {
    let scene = Scene::new();
    let server = &scene.office.server;
    let get = GetChunk { doc: scene.visit.doc, name: AttachmentId::of(&scene.original), at: 0 };
    // A request that was signed for another address.
    let (body, now) = (pack(&get), server.env().now());
    let proof = RequestProof::sign(&scene.worker.key, scene.worker.device, "POST", PUT_PATH, &body, now);
    assert_eq!(server.exchange("POST", GET_PATH, Some(&header(&proof)), &body).status, 401);
    crate::directory::revoke_device(server, None, scene.worker.device).unwrap();
    assert_eq!(scene.put(&scene.worker, &scene.original), refused("revoked"));
    assert_eq!(scene.get(&scene.worker, 0), refused("revoked"));
}

#[test]
fn an_author_who_has_handed_the_case_on_may_still_finish_but_no_longer_look() {
    let scene = Scene::new();
    scene.office.end_assignment(scene.case, scene.office.worker);
    assert!(scene.put(&scene.worker, &scene.original).unwrap().place.is_some());
    assert_eq!(scene.get(&scene.worker, 0), refused("not_found"));
}

#[test]
fn photos_of_late_work_are_kept_beside_it() {
    let scene = Scene::new();
    let (server, mut worker) = (&scene.office.server, scene.office.phone(scene.office.worker));
    let mut late = worker.visit(server, scene.case);
    let (photo, _) = photo();
    late.edit(server, &worker, &[Edit { field: Photo::field_of(photo.id), value: photo.to_value() }]);
    scene.office.end_assignment(scene.case, scene.office.worker);
    let early = code(worker.put(server, late.doc, &scene.original));
    assert_eq!(early, refused("not_found"), "nothing is known of it");
    let response = worker.sync(server, vec![late.push()]);
    assert_eq!(response.results[0].changes[0].verdict.code(), "late");
    assert!(code(worker.put(server, late.doc, &scene.original)).unwrap().place.is_some());
    let other = scene.office.phone(scene.office.colleague);
    assert_eq!(code(other.put(server, late.doc, &scene.original)), refused("not_found"));
}

#[test]
fn an_entry_and_a_device_have_their_fill() {
    for (rows, whole, is_taken) in
        [(ENTRY_LIMIT - 1, 1, true), (ENTRY_LIMIT, 1, false), (1, DEVICE_BYTES_A_DAY, false)]
    {
        let scene = Scene::new();
        fill(&scene, rows, whole);
        assert_eq!(scene.put(&scene.worker, &scene.original).is_ok(), is_taken, "{rows} of {whole}");
    }
    let scene = Scene::new();
    fill(&scene, 1, DEVICE_BYTES_A_DAY - scene.original.len() as u64);
    assert!(scene.put(&scene.worker, &scene.original).is_ok(), "to the byte");
    let scene = Scene::new();
    fill(&scene, 1, DEVICE_BYTES_A_DAY - scene.original.len() as u64 + 1);
    assert_eq!(scene.put(&scene.worker, &scene.original), refused("too_many"));
}

/// As if the worker's phone had begun to send so many attachments of this length.
fn fill(scene: &Scene, rows: u64, whole: u64) {
    let (device, now) = (scene.worker.device, scene.office.server.env().now());
    let (doc, scope, class) = (scene.visit.doc, scene.visit.scope, scene.visit.class);
    let begin = |tx: &rusqlite::Transaction<'_>| {
        (0..rows).try_for_each(|row| {
            let mut reference = [0; 32];
            reference[..8].copy_from_slice(&row.to_be_bytes());
            let new = Attachment { id: 0, doc, scope, class, reference, whole, received: 0, place: None };
            attachments::begin(tx, &new, device, now).map(drop)
        })
    };
    scene.office.server.store().write::<_, StoreFault>(begin).unwrap();
}

#[test]
fn verify_finds_a_touched_photo() {
    for touch in [
        "UPDATE attachment_chunks SET sealed = zeroblob(200)",
        "DELETE FROM attachment_chunks",
        "UPDATE attachments SET reference = zeroblob(32)",
        "UPDATE attachments SET whole = whole + 1",
    ] {
        let scene = Scene::new();
        let server = &scene.office.server;
        scene.put(&scene.worker, &scene.original).unwrap();
        assert_eq!(server.verify_attachments().unwrap(), 1);
        server.store().write::<_, StoreFault>(|tx| Ok(tx.execute_batch(touch)?)).unwrap();
        assert!(server.verify_attachments().is_err(), "{touch}");
    }
}

#[test]
fn a_touched_or_exchanged_photo_is_not_handed_out() {
    for touch in [
        "UPDATE attachment_chunks SET sealed = zeroblob(200)",
        "UPDATE attachment_chunks SET sealed = (SELECT sealed FROM attachment_chunks ORDER BY attachment DESC)",
        "DELETE FROM attachment_chunks",
    ] {
        let scene = Scene::new();
        scene.put(&scene.worker, &scene.original).unwrap();
        scene.put(&scene.worker, &photo().1.thumbnail).unwrap();
        assert!(scene.get(&scene.worker, 0).is_ok());
        scene.office.server.store().write::<_, StoreFault>(|tx| Ok(tx.execute_batch(touch)?)).unwrap();
        assert_eq!(scene.get(&scene.worker, 0), refused("internal"), "{touch}");
    }
}
