//! `POST /v1/attachments/put` and `/get`: photos in chunks.
//!
//! A chunk is stored only for an entry that names the attachment, from someone who may write that
//! entry or began it (its photos may be under way when the case is handed on), or for late work of
//! the member's that waits for a supervisor. What is whole must be what its name says and a JPEG in
//! our own form, else none of it stays.

#[cfg(test)]
mod tests;

use super::proof::{self, Caller};
use super::{Refusal, body};
use crate::error::StoreFault;
use crate::records::{self, attachment_reference, find_whole, open_attachment, open_chunk, seal_chunk};
use crate::server::Server;
use crate::store::attachments::{self, Attachment};
use crate::store::devices::DeviceState;
use crate::store::{aside, documents, office};
use doorstep_core::access::{Target, Verb, may};
use doorstep_core::model::{AttachmentId, Class, DocId, EntryKind, PHOTOS_LIMIT, Photo, Scope};
use doorstep_core::pictures::{PHOTO_BYTES, PHOTO_EDGE, THUMBNAIL_BYTES, THUMBNAIL_EDGE, check_frame};
use doorstep_core::sync::attachments::{
    CHUNK_BYTES, GET_PATH, GetChunk, GotChunk, PUT_PATH, PutAnswer, PutChunk,
};
use doorstep_core::sync::wire::ErrorCode;
use rusqlite::Connection;

/// Largest body: a chunk and what names it.
const BODY_LIMIT: usize = CHUNK_BYTES + 4 * 1024;
/// What one device may begin to send in a day: far more than anyone photographs, far less than a disk.
const DEVICE_BYTES_A_DAY: u64 = 1024 * 1024 * 1024;
const DAY_MS: i64 = 86_400_000;
/// After how many days nobody is expected to go on with an upload: longer than a phone is without a network.
const HALF_SENT_DAYS: i64 = 60;
/// How many such uploads are thrown away at once.
const HALF_SENT_AT_ONCE: u32 = 16;
/// Most attachments of one entry: each photo with its thumbnail, and as many taken out again.
const ENTRY_LIMIT: u64 = 4 * PHOTOS_LIMIT as u64;

/// Where an attachment belongs and what it may be.
struct Slot {
    scope: Scope,
    class: Class,
    bytes: usize,
    edge: u32,
}

/// Answers a chunk that is sent.
pub fn put(server: &Server, header: Option<&str>, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let proof = proof::read(header)?;
    proof::check_time(server, &proof)?;
    let (caller, put, slot) = server.store().read::<_, Refusal>(|tx| {
        let caller = proven(tx, &proof, PUT_PATH, raw)?;
        let put: PutChunk = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
        let slot = slot(server, tx, &caller, &put)?;
        check_shape(&put, &slot)?;
        Ok((caller, put, slot))
    })?;
    let answer = server.store().write::<_, Refusal>(|tx| store(server, tx, &caller, &put, &slot))?;
    match answer {
        Some(answer) => Ok(body::compress(&answer)),
        // Committed: what was there of it is gone.
        None => Err(ErrorCode::BadContent.into()),
    }
}

fn proven(
    tx: &Connection,
    proof: &doorstep_core::changes::RequestProof,
    path: &str,
    raw: &[u8],
) -> Result<Caller, Refusal> {
    let caller = proof::check(tx, proof, ("POST", path), raw)?;
    if caller.device.state == DeviceState::Unconfirmed {
        return Err(ErrorCode::Unconfirmed.into());
    }
    Ok(caller)
}

fn check_shape(put: &PutChunk, slot: &Slot) -> Result<(), ErrorCode> {
    let chunk = CHUNK_BYTES as u64;
    if put.whole > slot.bytes as u64 {
        return Err(ErrorCode::TooLarge);
    }
    let expected = put.whole.saturating_sub(put.at).min(chunk);
    let is_shaped =
        put.whole > 0 && put.at.is_multiple_of(chunk) && put.bytes.len() as u64 == expected && expected > 0;
    if is_shaped { Ok(()) } else { Err(ErrorCode::Malformed) }
}

/// Whether the member may add this attachment to this entry.
fn slot(server: &Server, tx: &Connection, caller: &Caller, put: &PutChunk) -> Result<Slot, Refusal> {
    let Some(row) = documents::find_row(tx, put.doc)? else { return late_slot(tx, caller, put.doc) };
    let view = server.views().get(tx, caller.member, office::directory_revision(tx)?)?;
    let is_author = row.author == caller.member;
    let is_granted = view.generation(row.scope, row.class).is_some();
    if !is_author && !is_granted {
        return Err(ErrorCode::NotFound.into());
    }
    let document = records::load_document(tx, server.vault(), put.doc)?;
    let fields = document.fields();
    let photos = || fields.iter().filter_map(|(field, value)| Photo::read(field, value));
    let (scope, class) = (row.scope, row.class);
    let slot = if photos().any(|photo| photo.id == put.name) {
        Slot { scope, class, bytes: PHOTO_BYTES, edge: PHOTO_EDGE }
    } else if photos().any(|photo| photo.thumbnail == put.name) {
        Slot { scope, class, bytes: THUMBNAIL_BYTES, edge: THUMBNAIL_EDGE }
    } else {
        // Named by a change that waits for a supervisor, perhaps.
        return late_slot(tx, caller, put.doc);
    };
    let kind = EntryKind::from_code(fields.text("kind"));
    let target = Target { doc_kind: row.kind, ..Target::entry(scope, class, kind, Some(row.author)) };
    let may_write = is_granted
        && view.standing(scope).is_some_and(|standing| may(&standing, &Verb::EditDoc, &target).is_allowed());
    if is_author || may_write { Ok(slot) } else { Err(ErrorCode::NotAllowed.into()) }
}

/// A place beside late work of the member's: what it names cannot be known before it is accepted.
fn late_slot(tx: &Connection, caller: &Caller, doc: DocId) -> Result<Slot, Refusal> {
    let (scope, class) = aside::late_place(tx, doc, caller.member)?.ok_or(ErrorCode::NotFound)?;
    Ok(Slot { scope, class, bytes: PHOTO_BYTES, edge: PHOTO_EDGE })
}

/// Stores a chunk that goes on where the last one ended; none if what is whole now is not what it should be.
fn store(
    server: &Server,
    tx: &Connection,
    caller: &Caller,
    put: &PutChunk,
    slot: &Slot,
) -> Result<Option<PutAnswer>, Refusal> {
    let key = server.vault().existing(slot.scope, slot.class)?;
    let reference = attachment_reference(&key, put.name);
    let now = server.env().now();
    let mut found = match attachments::find(tx, put.doc, &reference)? {
        Some(found) => found,
        None if put.at > 0 => return Ok(Some(PutAnswer { received: 0, place: None })),
        None => {
            let since = now.plus_ms(-DAY_MS);
            let day = attachments::bytes_of_device(tx, caller.device.id, since)?.saturating_add(put.whole);
            if attachments::count_of(tx, put.doc)? >= ENTRY_LIMIT || day > DEVICE_BYTES_A_DAY {
                return Err(ErrorCode::TooMany.into());
            }
            let (doc, scope, class, whole) = (put.doc, slot.scope, slot.class, put.whole);
            let new = Attachment { id: 0, doc, scope, class, reference, whole, received: 0, place: None };
            // A little at every beginning: no job has to be thought of for it.
            attachments::remove_half_sent(tx, now.plus_ms(-HALF_SENT_DAYS * DAY_MS), HALF_SENT_AT_ONCE)?;
            let id = attachments::begin(tx, &new, caller.device.id, now)?;
            Attachment { id, ..new }
        }
    };
    if found.whole != put.whole {
        return Err(ErrorCode::Malformed.into());
    }
    if found.place.is_some() || found.received != put.at {
        return Ok(Some(PutAnswer { received: found.received, place: found.place }));
    }
    let chunk = put.at / CHUNK_BYTES as u64;
    found.received += put.bytes.len() as u64;
    let sealed = seal_chunk(server, &key, &found, chunk, &put.bytes);
    attachments::add_chunk(tx, found.id, chunk, &sealed, found.received, now)?;
    if found.received < found.whole {
        return Ok(Some(PutAnswer { received: found.received, place: None }));
    }
    let bytes = open_attachment(tx, &key, &found)?;
    if AttachmentId::of(&bytes) != put.name || check_frame(&bytes, slot.edge).is_err() {
        attachments::remove(tx, found.id)?;
        return Ok(None);
    }
    let place = attachments::complete(tx, found.id)?;
    Ok(Some(PutAnswer { received: found.received, place: Some(place) }))
}

/// Answers a chunk that is asked for.
pub fn get(server: &Server, header: Option<&str>, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let proof = proof::read(header)?;
    proof::check_time(server, &proof)?;
    server.store().read(|tx| {
        let caller = proven(tx, &proof, GET_PATH, raw)?;
        let get: GetChunk = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
        let (key, found) = readable(server, tx, &caller, &get)?.ok_or(ErrorCode::NotFound)?;
        if !get.at.is_multiple_of(CHUNK_BYTES as u64) || get.at >= found.whole {
            return Err(ErrorCode::Malformed.into());
        }
        let bytes = open_chunk(tx, &key, &found, get.at / CHUNK_BYTES as u64)?;
        Ok(body::compress(&GotChunk { whole: found.whole, bytes }))
    })
}

type Key = std::sync::Arc<crate::vault::ScopeKey>;

/// What the member may read and is whole. Anything else answers like "not there".
fn readable(
    server: &Server,
    tx: &Connection,
    caller: &Caller,
    get: &GetChunk,
) -> Result<Option<(Key, Attachment)>, StoreFault> {
    let Some(row) = documents::find_row(tx, get.doc)? else { return Ok(None) };
    let view = server.views().get(tx, caller.member, office::directory_revision(tx)?)?;
    if view.generation(row.scope, row.class).is_none() {
        return Ok(None);
    }
    let found = find_whole(tx, server.vault(), (get.doc, row.scope, row.class), get.name)?;
    let key = server.vault().existing(row.scope, row.class)?;
    Ok(found.map(|found| (key, found)))
}
