//! Photos of entries: taken into a draft, shown, sent when there is a network, fetched when someone looks.

use super::client::lock;
use super::practice::refuse_practice;
use super::{Client, Failure};
use crate::courier::{self, PhotoReport, refused};
use crate::documents::Document;
use crate::model::{AttachmentId, DocId, Edit, PHOTOS_LIMIT, Photo, Value};
use crate::pictures::{self, PHOTO_BYTES, PHOTO_EDGE, PictureFault, THUMBNAIL_BYTES, THUMBNAIL_EDGE};
use crate::store::{DraftId, DraftRow, NewAttachment, PhotoSize, Storage, StoreFault, Tx};
use crate::sync::{Cancel, Transport};

/// Room for colleagues' photos that were looked at, in bytes. They can be fetched again.
const FETCHED_LIMIT: u64 = 64 * 1024 * 1024;

/// Where photos belong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotosOf {
    /// To what is being typed, with those of the entry that it edits.
    Draft(DraftId),
    /// To a saved entry.
    Entry(DocId),
}

/// A photo as screens show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhotoView {
    /// Which photo.
    pub id: AttachmentId,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Length of the photo in bytes.
    pub bytes: u32,
    /// Its thumbnail is on this phone.
    pub has_thumbnail: bool,
    /// The photo itself is on this phone.
    pub has_original: bool,
    /// Only this phone has the photo.
    pub is_only_here: bool,
    /// Why the server will not take it; a stable code.
    pub refused: Option<String>,
}

impl From<PictureFault> for Failure {
    fn from(fault: PictureFault) -> Self {
        let code = match fault {
            PictureFault::TooLarge => "too_large",
            PictureFault::TooManyPixels => "too_many_pixels",
            PictureFault::Unreadable => "unreadable",
        };
        Failure::invalid("photo", code)
    }
}

impl Client {
    /// Takes a camera's or a gallery's file into a draft: made smaller, turned upright, without its
    /// place and time. Durable when this returns; the same photo twice is one photo.
    pub fn add_photo(&self, draft: DraftId, file: &[u8]) -> Result<AttachmentId, Failure> {
        // Asked first, since making the photo takes a moment.
        self.read(|tx| tx.draft(draft)?.ok_or(Failure::NotFound).map(drop))?;
        let prepared = pictures::prepare(file)?;
        let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        let photo = Photo {
            id: AttachmentId::of(&prepared.original),
            thumbnail: AttachmentId::of(&prepared.thumbnail),
            width: prepared.width,
            height: prepared.height,
            bytes: length(&prepared.original),
            thumbnail_bytes: length(&prepared.thumbnail),
        };
        self.write(|tx| {
            let mut row = tx.draft(draft)?.ok_or(Failure::NotFound)?;
            let there = listed(tx, PhotosOf::Draft(draft))?;
            if there.iter().any(|other| other.id == photo.id) {
                return Ok(photo.id);
            }
            if there.len() >= PHOTOS_LIMIT {
                return Err(Failure::invalid("photo", "too_many"));
            }
            let pictures = [
                (PhotoSize::Thumbnail, photo.thumbnail, &prepared.thumbnail),
                (PhotoSize::Original, photo.id, &prepared.original),
            ];
            for (size, name, bytes) in pictures {
                let (scope, class, made) = (row.scope, row.class, self.env.now());
                let new = NewAttachment { photo: photo.id, name, size, scope, class, bytes, made };
                tx.put_draft_photo(draft, &new)?;
            }
            type_photo(&mut row, photo.id, Some(photo.to_value()));
            row.updated = self.env.now();
            tx.put_draft(&row)?;
            Ok(photo.id)
        })
    }

    /// Takes a photo out of a draft, because its author said so.
    pub fn remove_photo(&self, draft: DraftId, id: AttachmentId) -> Result<(), Failure> {
        self.write(|tx| {
            let mut row = tx.draft(draft)?.ok_or(Failure::NotFound)?;
            if !listed(tx, PhotosOf::Draft(draft))?.iter().any(|photo| photo.id == id) {
                return Err(Failure::NotFound);
            }
            let is_saved = match row.doc {
                Some(doc) => listed(tx, PhotosOf::Entry(doc))?.iter().any(|photo| photo.id == id),
                None => false,
            };
            type_photo(&mut row, id, is_saved.then_some(Value::Empty));
            row.updated = self.env.now();
            tx.put_draft(&row)?;
            Ok(tx.remove_draft_photo(draft, id)?)
        })
    }

    /// The photos of a draft or an entry.
    pub fn photos(&self, of: PhotosOf) -> Result<Vec<PhotoView>, Failure> {
        self.read(|tx| {
            let (doc, draft) = match of {
                PhotosOf::Entry(doc) => (Some(doc), None),
                PhotosOf::Draft(draft) => (tx.draft(draft)?.and_then(|row| row.doc), Some(draft)),
            };
            let view = |photo: Photo| {
                let original = tx.picture_state(doc, draft, photo.id)?;
                let thumbnail = tx.picture_state(doc, draft, photo.thumbnail)?;
                Ok(PhotoView {
                    id: photo.id,
                    width: photo.width,
                    height: photo.height,
                    bytes: photo.bytes,
                    has_thumbnail: thumbnail.is_some_and(|state| state.is_here),
                    has_original: original.as_ref().is_some_and(|state| state.is_here),
                    is_only_here: original.as_ref().is_some_and(|state| state.is_only_here),
                    refused: original.and_then(|state| state.refused),
                })
            };
            listed(tx, of)?.into_iter().map(view).collect()
        })
    }

    /// A photo's thumbnail, if it is on this phone; JPEG. [`Client::fetch_thumbnails`] brings others.
    pub fn thumbnail(&self, of: PhotosOf, id: AttachmentId) -> Result<Vec<u8>, Failure> {
        self.read(|tx| {
            let photo = find(tx, of, id)?;
            tx.picture(photo.thumbnail)?.ok_or(Failure::NotFound)
        })
    }

    /// A photo itself; JPEG. Fetched if it is not on this phone.
    pub fn original(&self, of: PhotosOf, id: AttachmentId, way: &dyn Transport) -> Result<Vec<u8>, Failure> {
        let (photo, here, doc) = self.read(|tx| {
            let doc = match of {
                PhotosOf::Entry(doc) => Some(doc),
                PhotosOf::Draft(draft) => tx.draft(draft)?.and_then(|row| row.doc),
            };
            let photo = find(tx, of, id)?;
            Ok((photo, tx.picture(photo.id)?, doc))
        })?;
        match (here, doc) {
            (Some(here), _) => Ok(here),
            (None, Some(doc)) => self.fetch(doc, &photo, PhotoSize::Original, way),
            (None, None) => Err(Failure::NotFound),
        }
    }

    /// Fetches the thumbnails of an entry that are not on this phone. What the server does not have
    /// yet is left out; returns how many came.
    pub fn fetch_thumbnails(&self, doc: DocId, way: &dyn Transport) -> Result<usize, Failure> {
        let missing = self.read(|tx| {
            let mut missing = Vec::new();
            for photo in listed(tx, PhotosOf::Entry(doc))? {
                if tx.picture(photo.thumbnail)?.is_none() {
                    missing.push(photo);
                }
            }
            Ok(missing)
        })?;
        let mut came = 0;
        for photo in &missing {
            match self.fetch(doc, photo, PhotoSize::Thumbnail, way) {
                Ok(_) => came += 1,
                Err(Failure::NotFound) => {}
                Err(failure) => return Err(failure),
            }
        }
        Ok(came)
    }

    /// Sends photos whose entries the server has, until none is left, `cancel` says so, or the
    /// network fails; what was sent stays sent. Records are not held up: syncs go on beside it.
    pub fn send_photos(&self, way: &dyn Transport, cancel: &Cancel) -> Result<PhotoReport, Failure> {
        self.read(refuse_practice)?;
        let _one_at_a_time = lock(&self.sending);
        let desk = self.desk()?;
        let mut report = PhotoReport::default();
        let goes_on = || !cancel.is_cancelled() && !self.is_locked();
        let sent = courier::send_photos(&desk.store, &self.env, way, &goes_on, &mut report);
        self.notify();
        sent?;
        Ok(report)
    }

    /// What takes room on this phone.
    pub fn storage(&self) -> Result<Storage, Failure> {
        self.read(|tx| Ok(tx.storage()?))
    }

    fn fetch(
        &self,
        doc: DocId,
        photo: &Photo,
        size: PhotoSize,
        way: &dyn Transport,
    ) -> Result<Vec<u8>, Failure> {
        let (name, limit, edge) = match size {
            PhotoSize::Original => (photo.id, PHOTO_BYTES, PHOTO_EDGE),
            PhotoSize::Thumbnail => (photo.thumbnail, THUMBNAIL_BYTES, THUMBNAIL_EDGE),
        };
        self.read(refuse_practice)?;
        let desk = self.desk()?;
        let bytes = courier::fetch_photo(&desk.store, &self.env, way, doc, name, limit)?;
        // The platform's decoder gets what this core makes, and nothing else.
        pictures::check_frame(&bytes, edge).map_err(|_| Failure::Unexpected("bad_photo".to_owned()))?;
        let made = self.env.now();
        desk.store.write::<_, Failure>(|tx| {
            // The grant may have ended while the photo travelled.
            let Some(stored) = tx.document(doc)? else { return Err(Failure::NotFound) };
            let (scope, class) = (stored.scope, stored.class);
            let new = NewAttachment { photo: photo.id, name, size, scope, class, bytes: &bytes, made };
            tx.put_fetched_photo(doc, &new)?;
            Ok(tx.trim_fetched(FETCHED_LIMIT)?)
        })?;
        Ok(bytes)
    }
}

/// Sets, empties or forgets a photo's field in a draft.
fn type_photo(row: &mut DraftRow, id: AttachmentId, value: Option<Value>) {
    let field = Photo::field_of(id);
    row.edits.retain(|edit| edit.field != field);
    row.edits.extend(value.map(|value| Edit { field, value }));
}

fn find(tx: &Tx<'_>, of: PhotosOf, id: AttachmentId) -> Result<Photo, Failure> {
    listed(tx, of)?.into_iter().find(|photo| photo.id == id).ok_or(Failure::NotFound)
}

/// The photos that an entry or a draft names.
fn listed(tx: &Tx<'_>, of: PhotosOf) -> Result<Vec<Photo>, Failure> {
    let (doc, edits) = match of {
        PhotosOf::Entry(doc) => (Some(doc), Vec::new()),
        PhotosOf::Draft(draft) => {
            let row = tx.draft(draft)?.ok_or(Failure::NotFound)?;
            (row.doc, row.edits)
        }
    };
    let mut photos = Vec::new();
    if let Some(doc) = doc {
        let fields = match tx.document(doc)? {
            Some(stored) => Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?.fields(),
            None if matches!(of, PhotosOf::Entry(_)) => return Err(Failure::NotFound),
            // An entry that was refused as a whole: the draft goes on with its photos too.
            None => refused::find(tx, doc)?.map(|refused| refused.fields).unwrap_or_default(),
        };
        photos.extend(fields.iter().filter_map(|(field, value)| Photo::read(field, value)));
    }
    for edit in edits.iter().filter(|edit| Photo::is_field(&edit.field)) {
        photos.retain(|photo| Photo::field_of(photo.id) != edit.field);
        photos.extend(Photo::read(&edit.field, &edit.value));
    }
    Ok(photos)
}
