//! Photos in drafts: durable at once, gone only when their author says so.

use super::*;
use crate::app::{Failure, PhotosOf};
use crate::model::{AttachmentId, PHOTOS_LIMIT};
use crate::store::{DraftId, StoreFault};
use crate::sync::{Reply, Transport, Unreachable};
use image::{ImageFormat, Rgb, RgbImage};

/// No network.
struct Dead;

impl Transport for Dead {
    fn exchange(&self, _: &str, _: &crate::changes::RequestProof, _: &[u8]) -> Result<Reply, Unreachable> {
        Err(Unreachable)
    }
}

/// A screenshot; another seed is another picture.
fn png(edge: u32, seed: u32) -> Vec<u8> {
    let shade = |value: u32| u8::try_from(value % 256).unwrap();
    let picture =
        RgbImage::from_fn(edge, edge, |x, y| Rgb([shade(x * 7 + seed), shade(y + seed / 256), shade(x * y)]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn draft(phone: &Phone, case: CaseId) -> DraftId {
    phone.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap()
}

fn ids(phone: &Phone, of: PhotosOf) -> Vec<AttachmentId> {
    phone.client.photos(of).unwrap().into_iter().map(|photo| photo.id).collect()
}

#[test]
fn a_photo_survives_a_kill_with_its_draft_and_becomes_the_entrys() {
    let phone = Phone::worker();
    let draft = draft(&phone, phone.case("小川"));
    let photo = phone.client.add_photo(draft, &png(600, 1)).unwrap();
    assert_eq!(phone.client.add_photo(draft, &png(600, 1)), Ok(photo), "the same one twice is one");
    let phone = phone.killed();
    assert_eq!(ids(&phone, PhotosOf::Draft(draft)), [photo]);
    assert!(phone.client.original(PhotosOf::Draft(draft), photo, &Dead).is_ok());
    let doc = phone.client.save_later(draft).unwrap();
    let phone = phone.killed();
    assert_eq!(ids(&phone, PhotosOf::Entry(doc)), [photo]);
    assert!(phone.client.photos(PhotosOf::Entry(doc)).unwrap()[0].is_only_here);
    assert!(phone.client.thumbnail(PhotosOf::Entry(doc), photo).is_ok());
    assert_eq!(phone.client.storage().unwrap().waiting.count, 2);
}

#[test]
fn a_full_phone_says_so_and_keeps_the_draft_as_it_was() {
    let phone = Phone::worker();
    let draft = draft(&phone, phone.case("小川"));
    phone.client.type_into(draft, vec![Edit::set("narrative", "写到一半")]).unwrap();
    let kept = phone.client.add_photo(draft, &png(300, 1)).unwrap();
    let before = phone.client.draft(draft).unwrap();
    phone.client.limit_pages(Some(1)).unwrap();
    assert_eq!(phone.client.add_photo(draft, &png(900, 2)), Err(Failure::Storage(StoreFault::NoRoom)));
    assert!(phone.client.draft(draft).unwrap() == before);
    assert_eq!(ids(&phone, PhotosOf::Draft(draft)), [kept]);
    phone.client.limit_pages(None).unwrap();
    assert!(phone.client.add_photo(draft, &png(900, 2)).is_ok(), "there is room again");
}

#[test]
fn what_is_no_photo_is_turned_down_by_its_code() {
    let phone = Phone::worker();
    let draft = draft(&phone, phone.case("小川"));
    for (file, code) in [
        (b"GIF89a".to_vec(), "unreadable"),
        (png(40, 1)[..60].to_vec(), "unreadable"),
        (vec![0; crate::pictures::SOURCE_BYTES + 1], "too_large"),
    ] {
        assert_eq!(phone.client.add_photo(draft, &file), Err(Failure::invalid("photo", code)));
    }
    assert_eq!(phone.client.add_photo(DraftId([7; 16]), &png(40, 1)), Err(Failure::NotFound));
    assert_eq!(phone.client.storage().unwrap().waiting.count, 0);
}

#[test]
fn a_photo_goes_with_its_author_word_and_comes_back_with_a_deleted_draft() {
    let phone = Phone::worker();
    let draft = draft(&phone, phone.case("小川"));
    let (first, second) = (
        phone.client.add_photo(draft, &png(200, 1)).unwrap(),
        phone.client.add_photo(draft, &png(200, 2)).unwrap(),
    );
    phone.client.remove_photo(draft, first).unwrap();
    assert_eq!(phone.client.remove_photo(draft, first), Err(Failure::NotFound));
    assert_eq!(ids(&phone, PhotosOf::Draft(draft)), [second]);
    phone.client.delete_draft(draft).unwrap();
    assert_eq!(phone.client.storage().unwrap().waiting.count, 2, "kept for a while");
    phone.client.restore_draft(draft).unwrap();
    assert!(phone.client.thumbnail(PhotosOf::Draft(draft), second).is_ok());
    let doc = phone.client.save_later(draft).unwrap();
    // Out of the entry, by way of another draft.
    let again = phone.client.edit_draft_of(doc).unwrap();
    phone.client.remove_photo(again, second).unwrap();
    assert_eq!(ids(&phone, PhotosOf::Draft(again)), []);
    assert_eq!(ids(&phone, PhotosOf::Entry(doc)), [second], "not before it is saved");
    phone.client.save_later(again).unwrap();
    assert_eq!(ids(&phone, PhotosOf::Entry(doc)), []);
    assert_eq!(phone.client.storage().unwrap().waiting.count, 0);
}

#[test]
fn five_hundred_photos_lie_on_one_phone_and_fifty_in_one_entry() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let mut seed = 0;
    let entries: Vec<DocId> = (0..10)
        .map(|_| {
            let draft = draft(&phone, case);
            for _ in 0..PHOTOS_LIMIT {
                seed += 1;
                phone.client.add_photo(draft, &png(24, seed)).unwrap();
            }
            let one_more = phone.client.add_photo(draft, &png(24, seed + 1));
            assert_eq!(one_more, Err(Failure::invalid("photo", "too_many")));
            phone.client.save_done(draft).unwrap()
        })
        .collect();
    let phone = phone.killed();
    assert_eq!(phone.client.storage().unwrap().waiting.count, 1000);
    for entry in entries {
        assert_eq!(ids(&phone, PhotosOf::Entry(entry)).len(), PHOTOS_LIMIT);
    }
}
