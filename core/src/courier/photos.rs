//! Photos on their way: sent in chunks after the records that name them, fetched when someone looks.

use super::SyncFault;
use super::round::{clock_offset, keep_clock_offset};
use crate::env::Env;
use crate::model::{AttachmentId, DocId};
use crate::store::{AttentionKind, Store, StoreFault, ToSend, Tx};
use crate::sync::attachments::{CHUNK_BYTES, GET_PATH, GetChunk, GotChunk, PUT_PATH, PutAnswer, PutChunk};
use crate::sync::wire::ErrorCode;
use crate::sync::{Call, CallFault, Transport};

/// What sending photos did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PhotoReport {
    /// Pictures (photos and thumbnails) that the server has now and had not before.
    pub sent: usize,
    /// Pictures that the server will not take. They stay on the phone, with an item in *needs attention*.
    pub refused: usize,
    /// Bytes sent.
    pub bytes_up: u64,
    /// Nothing is left that could be sent now.
    pub complete: bool,
}

/// Sends pictures, each from where the server has it, as long as `goes_on` says so before each chunk.
/// Nothing waits for this: records go their own way meanwhile.
pub fn send_photos(
    store: &Store,
    env: &Env,
    transport: &dyn Transport,
    goes_on: &dyn Fn() -> bool,
    report: &mut PhotoReport,
) -> Result<(), SyncFault> {
    with_call(store, env, |call| {
        while let Some(next) = store.read(next)? {
            match send(store, call, transport, &next, goes_on) {
                Ok(true) => report.sent += 1,
                Ok(false) => return Ok(()),
                Err(SyncFault::Call(CallFault::Refused(code))) if is_about_the_picture(&code) => {
                    report.refused += 1;
                    store.write::<_, StoreFault>(|tx| {
                        tx.note_refused(next.id, code.code())?;
                        let (kind, scope) = (AttentionKind::NotTaken, Some(next.scope));
                        tx.add_attention(&kind, scope, Some(next.doc), Some(code.code()), env.now())
                    })?;
                }
                Err(fault) => return Err(fault),
            }
            report.bytes_up = call.bytes_up;
        }
        report.complete = true;
        Ok(())
    })
}

fn next(tx: &Tx<'_>) -> Result<Option<ToSend>, StoreFault> {
    tx.next_to_send()
}

/// Whether a refusal will be the same next time, as long as the entry stays what it is.
fn is_about_the_picture(code: &ErrorCode) -> bool {
    matches!(
        code,
        ErrorCode::NotFound
            | ErrorCode::NotAllowed
            | ErrorCode::BadContent
            | ErrorCode::TooLarge
            | ErrorCode::Malformed
    )
}

/// Sends one picture; false if `goes_on` said to stop.
fn send(
    store: &Store,
    call: &mut Call<'_>,
    transport: &dyn Transport,
    next: &ToSend,
    goes_on: &dyn Fn() -> bool,
) -> Result<bool, SyncFault> {
    let mut at = next.sent;
    loop {
        if !goes_on() {
            return Ok(false);
        }
        let bytes = store.read::<_, StoreFault>(|tx| tx.picture_chunk(next.id, at, CHUNK_BYTES))?;
        let chunk = PutChunk { doc: next.doc, name: next.name, whole: next.length, at, bytes };
        let answer: PutAnswer = call.post(transport, PUT_PATH, &chunk)?;
        let is_sound = answer.received <= next.length && (answer.place.is_some() || answer.received != at);
        if !is_sound {
            return Err(CallFault::Garbled.into());
        }
        store.write::<_, StoreFault>(|tx| tx.note_sent(next.id, answer.received, answer.place))?;
        if answer.place.is_some() {
            return Ok(true);
        }
        at = answer.received;
    }
}

/// Fetches a picture of an entry; what comes is proven to be what the entry names.
pub fn fetch_photo(
    store: &Store,
    env: &Env,
    transport: &dyn Transport,
    doc: DocId,
    name: AttachmentId,
    limit: usize,
) -> Result<Vec<u8>, SyncFault> {
    with_call(store, env, |call| {
        let mut picture = Vec::new();
        loop {
            let at = picture.len() as u64;
            let got: GotChunk = call.post(transport, GET_PATH, &GetChunk { doc, name, at })?;
            let is_last = at + got.bytes.len() as u64 == got.whole;
            // Each but the last is as long as can be: nobody is kept waiting byte by byte.
            if got.whole > limit as u64 || !(is_last || got.bytes.len() == CHUNK_BYTES) {
                return Err(CallFault::Garbled.into());
            }
            picture.extend_from_slice(&got.bytes);
            if is_last {
                break;
            }
        }
        if AttachmentId::of(&picture) == name { Ok(picture) } else { Err(CallFault::Garbled.into()) }
    })
}

/// Calls as this phone; what was learnt of the server's clock is kept.
fn with_call<T>(
    store: &Store,
    env: &Env,
    work: impl FnOnce(&mut Call<'_>) -> Result<T, SyncFault>,
) -> Result<T, SyncFault> {
    let (identity, key, offset_ms) = store.read::<_, SyncFault>(|tx| {
        let identity = tx.identity()?.ok_or(SyncFault::NotEnrolled)?;
        let key = tx.device_key()?.ok_or(SyncFault::NotEnrolled)?;
        Ok((identity, key, clock_offset(tx)?))
    })?;
    let mut call = Call::new(env, &key, identity.device, offset_ms);
    let done = work(&mut call);
    if call.offset_ms != offset_ms {
        store.write(|tx| keep_clock_offset(tx, call.offset_ms))?;
    }
    done
}
