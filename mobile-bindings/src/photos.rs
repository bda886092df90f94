//! Photos of entries: taken into a draft, shown, sent, fetched when someone looks.

use crate::client::Client;
use crate::failure::ClientError;
use crate::stop::Stop;
use doorstep_core::app::{self, PhotoView, PhotosOf};
use doorstep_core::model::{AttachmentId, DocId};
use doorstep_core::store::DraftId;

/// Where photos belong.
#[uniffi::remote(Enum)]
pub enum PhotosOf {
    /// To what is being typed, with those of the entry that it edits.
    Draft(#[uniffi(name = "id")] DraftId),
    /// To a saved entry.
    Entry(#[uniffi(name = "doc")] DocId),
}

/// A photo as screens show it.
#[uniffi::remote(Record)]
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

/// What sending photos came to.
#[derive(uniffi::Record)]
pub struct PhotoReport {
    /// Pictures (photos and thumbnails) that the server has now and had not before.
    pub sent: u64,
    /// Pictures that the server will not take; they stay on the phone.
    pub refused: u64,
    /// Bytes sent.
    pub bytes_up: u64,
    /// Nothing is left that could be sent now.
    pub complete: bool,
}

#[uniffi::export]
impl Client {
    /// Takes a camera's or a gallery's file into a draft: made smaller, turned upright, without its
    /// place and time. Durable when this returns; the same photo twice is one photo.
    pub fn add_photo(&self, draft: DraftId, file: Vec<u8>) -> Result<AttachmentId, ClientError> {
        Ok(self.core.add_photo(draft, &file)?)
    }

    /// Takes a photo out of a draft, because its author said so.
    pub fn remove_photo(&self, draft: DraftId, id: AttachmentId) -> Result<(), ClientError> {
        Ok(self.core.remove_photo(draft, id)?)
    }

    /// The photos of a draft or an entry.
    pub fn photos(&self, of: PhotosOf) -> Result<Vec<PhotoView>, ClientError> {
        Ok(self.core.photos(of)?)
    }

    /// A photo's thumbnail, if it is on this phone; JPEG.
    pub fn thumbnail(&self, of: PhotosOf, id: AttachmentId) -> Result<Vec<u8>, ClientError> {
        Ok(self.core.thumbnail(of, id)?)
    }

    /// A photo itself; JPEG. Fetched if it is not on this phone.
    pub fn original(&self, of: PhotosOf, id: AttachmentId, stop: &Stop) -> Result<Vec<u8>, ClientError> {
        Ok(self.core.original(of, id, &self.way(stop)?)?)
    }

    /// Fetches the thumbnails of an entry that are not on this phone; how many came.
    pub fn fetch_thumbnails(&self, doc: DocId, stop: &Stop) -> Result<u64, ClientError> {
        Ok(self.core.fetch_thumbnails(doc, &self.way(stop)?)? as u64)
    }

    /// Sends photos whose entries the server has. What was sent stays sent; syncs go on beside it.
    pub fn send_photos(&self, stop: &Stop) -> Result<PhotoReport, ClientError> {
        Ok(self.core.send_photos(&self.way(stop)?, &stop.0)?.into())
    }
}

impl From<app::PhotoReport> for PhotoReport {
    fn from(report: app::PhotoReport) -> Self {
        let app::PhotoReport { sent, refused, bytes_up, complete } = report;
        Self { sent: sent as u64, refused: refused as u64, bytes_up, complete }
    }
}
