//! A photo of an entry, as a browser is shown it: decoded within limits and encoded anew, so that
//! nothing but the picture reaches the browser, whatever a phone may have sent.

use super::Console;
use super::entry::find;
use super::fault::Fault;
use super::minor::note_reading;
use super::visit::Reader;
use crate::records::{Record, Records};
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{AttachmentId, DocId, Photo, Scope};
use doorstep_core::pictures::encode_anew;

/// A photo on the page of its entry.
pub struct Shown {
    /// Which photo.
    pub photo: String,
    /// Of the thumbnail, in pixels: the page keeps its place while it loads.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Whether it has arrived.
    pub is_here: bool,
}

/// The photos that an entry names.
pub fn photos_of(record: &Record) -> Vec<Photo> {
    record.document.fields().iter().filter_map(|(field, value)| Photo::read(field, value)).collect()
}

/// The photos of an entry for its page.
pub fn shown(records: &Records<'_>, record: &Record) -> Result<Vec<Shown>, Fault> {
    let show = |photo: Photo| {
        let longer = photo.width.max(photo.height).max(1);
        let edge = longer.min(doorstep_core::pictures::THUMBNAIL_EDGE);
        let scaled = |length: u32| (length.saturating_mul(edge) / longer).max(1);
        Ok(Shown {
            photo: photo.id.to_string(),
            width: scaled(photo.width),
            height: scaled(photo.height),
            is_here: records.has_attachment(record.row.doc, photo.thumbnail)?,
        })
    };
    photos_of(record).into_iter().map(show).collect()
}

/// `GET /entries/{entry}/photos/{photo}`
pub async fn photo(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Path(address): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (entry, photo) = parse(&address)?;
    let picture = console
        .run(move |server| {
            let (picture, is_minor) = server.records_of::<_, Fault>(signed.member, |records| {
                let record = find(records, entry)?;
                let named = photos_of(&record).into_iter().find(|named| named.id == photo);
                let named = named.ok_or(Fault::NotFound)?;
                let picture = records.attachment(entry, named.id)?.ok_or(Fault::NotFound)?;
                Ok((picture, is_minors(records, &record)?))
            })?;
            if is_minor {
                note_reading(server, signed.member, visit.now, entry)?;
            }
            Ok(picture)
        })
        .await?;
    jpeg(picture).await
}

/// `GET /entries/{entry}/photos/{photo}/thumbnail`: part of the entry's page, whose reading is noted.
pub async fn thumbnail(
    State(console): State<Console>,
    Reader(_, signed): Reader,
    Path(address): Path<(String, String)>,
) -> Result<Response, Fault> {
    let (entry, photo) = parse(&address)?;
    let read = move |records: &Records<'_>| {
        let record = find(records, entry)?;
        let named = photos_of(&record).into_iter().find(|named| named.id == photo);
        let named = named.ok_or(Fault::NotFound)?;
        records.attachment(entry, named.thumbnail)?.ok_or(Fault::NotFound)
    };
    jpeg(console.run(move |server| server.records_of(signed.member, read)).await?).await
}

fn parse((entry, photo): &(String, String)) -> Result<(DocId, AttachmentId), Fault> {
    let entry = entry.parse().map_err(|_| Fault::NotFound)?;
    Ok((entry, photo.parse().map_err(|_| Fault::NotFound)?))
}

fn is_minors(records: &Records<'_>, record: &Record) -> Result<bool, Fault> {
    match record.row.scope {
        Scope::Case(case) => Ok(records.case(case)?.ok_or(Fault::NotFound)?.case.minor),
        Scope::Team(_) => Ok(false),
    }
}

/// Encodes a picture anew, outside any transaction: it takes a moment.
async fn jpeg(picture: Vec<u8>) -> Result<Response, Fault> {
    let anew = tokio::task::spawn_blocking(move || encode_anew(&picture)).await;
    let anew = anew.map_err(|_| Fault::Internal("panic".into()))?.map_err(|_| Fault::NotFound)?;
    let headers = [(CONTENT_TYPE, "image/jpeg"), (CONTENT_DISPOSITION, "inline; filename=\"photo.jpg\"")];
    Ok((headers, anew).into_response())
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use crate::fixture::Visit;
    use doorstep_core::model::AttachmentId;
    use doorstep_core::pictures::{PHOTO_EDGE, check_frame};

    fn addresses(visit: &Visit, photo: AttachmentId) -> [String; 3] {
        let entry = format!("/entries/{}", visit.doc);
        [format!("{entry}/photos/{photo}/thumbnail"), format!("{entry}/photos/{photo}"), entry]
    }

    #[tokio::test]
    async fn an_entry_shows_its_photos_and_each_opens_in_full() {
        let office = Office::open();
        let mut visit = office.submitted_visit();
        let photo = office.take_photo(&mut visit);
        let [thumbnail, full, entry] = addresses(&visit, photo);
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get(&entry).await.text;
        assert!(page.contains("id=\"photos\"") && !page.contains("/thumbnail"), "not here yet: {page}");
        assert_eq!(browser.get(&thumbnail).await.status, 404);
        office.send_photo(&visit);
        let page = browser.get(&entry).await.text;
        assert!(page.contains(&format!("<a href=\"{full}\"")), "{page}");
        assert!(page.contains(&format!("src=\"{thumbnail}\"")));
        for (address, edge) in [(&thumbnail, 320), (&full, PHOTO_EDGE)] {
            let reply = browser.get(address).await;
            assert_eq!((reply.status, reply.header("content-type").as_str()), (200, "image/jpeg"));
            assert_eq!(reply.header("x-content-type-options"), "nosniff");
            assert!(reply.header("content-security-policy").starts_with("default-src 'none'"));
            assert_eq!(reply.header("cache-control"), "no-store");
            assert!(check_frame(&reply.bytes, edge).is_ok());
        }
        // The answers name no hashes.
        assert!(!page.contains(&format!("<dd>{photo}")) && !page.contains("data-field=\"attachments"));
    }

    #[tokio::test]
    async fn photos_of_others_and_of_other_entries_are_not_there() {
        let office = Office::open();
        let (mut visit, other) = (office.submitted_visit(), office.submitted_visit());
        let photo = office.take_photo(&mut visit);
        office.send_photo(&visit);
        let mut foreign = office.signed_in_as_foreign_supervisor().await;
        for address in addresses(&visit, photo) {
            assert_eq!(foreign.get(&address).await.status, 404, "{address}");
        }
        let mut browser = office.signed_in_as_supervisor().await;
        let [thumbnail, full, _] = addresses(&other, photo);
        assert_eq!((browser.get(&thumbnail).await.status, browser.get(&full).await.status), (404, 404));
    }

    #[tokio::test]
    async fn looking_at_a_minors_photo_is_audited() {
        let office = Office::open();
        let mut visit = office.minors_visit();
        let photo = office.take_photo(&mut visit);
        office.send_photo(&visit);
        let mut browser = office.signed_in_as_supervisor().await;
        assert_eq!(browser.get(&addresses(&visit, photo)[1]).await.status, 200);
        assert_eq!(office.audited("read_minor"), 1);
    }
}
