//! Photos of entries: rows and sealed chunks.

use super::{Row, sql};
use crate::error::StoreFault;
use doorstep_core::model::{Class, DeviceId, DocId, Scope, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// One attachment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its row.
    pub id: i64,
    /// The entry.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// HMAC of the content's hash under the scope's key.
    pub reference: [u8; 32],
    /// Length in bytes.
    pub whole: u64,
    /// How many of them are here.
    pub received: u64,
    /// How many were whole when this one became so.
    pub place: Option<u64>,
}

const COLUMNS: &str = "id, doc, scope, class, reference, whole, received, place";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Attachment> {
    Ok(Attachment {
        id: row.get(0)?,
        doc: DocId(row.get(1)?),
        scope: row.map(2, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(3, Class::from_rank)?,
        reference: row.get(4)?,
        whole: row.number(5)?,
        received: row.number(6)?,
        place: row.number_or_none(7)?,
    })
}

/// An attachment of an entry by its reference.
pub fn find(tx: &Connection, doc: DocId, reference: &[u8; 32]) -> Result<Option<Attachment>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM attachments WHERE doc = ?1 AND reference = ?2"))?;
    Ok(statement.query_row((doc.0, reference), read).optional()?)
}

/// How many attachments an entry has, begun ones included.
pub fn count_of(tx: &Connection, doc: DocId) -> Result<u64, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT count(*) FROM attachments WHERE doc = ?1")?;
    Ok(statement.query_row([doc.0], |row| row.number(0))?)
}

/// How many bytes a device began to send since an instant.
pub fn bytes_of_device(tx: &Connection, device: DeviceId, since: Timestamp) -> Result<u64, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT coalesce(sum(whole), 0) FROM attachments WHERE device = ?1 AND begun >= ?2",
    )?;
    Ok(statement.query_row((device.0, since.as_ms()), |row| row.number(0))?)
}

/// Makes the row of an attachment whose first chunk comes; returns its row.
pub fn begin(tx: &Connection, new: &Attachment, device: DeviceId, now: Timestamp) -> Result<i64, StoreFault> {
    tx.prepare_cached(
        "INSERT INTO attachments (doc, scope, class, reference, whole, received, begun, touched, device)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?6, ?7)",
    )?
    .execute((
        new.doc.0,
        new.scope.to_bytes(),
        new.class.rank(),
        new.reference,
        sql(new.whole),
        now.as_ms(),
        device.0,
    ))?;
    Ok(tx.last_insert_rowid())
}

/// Adds a chunk; `received` is how many bytes are here with it.
pub fn add_chunk(
    tx: &Connection,
    attachment: i64,
    chunk: u64,
    sealed: &[u8],
    received: u64,
    now: Timestamp,
) -> Result<(), StoreFault> {
    tx.prepare_cached("INSERT INTO attachment_chunks (attachment, chunk, sealed) VALUES (?1, ?2, ?3)")?
        .execute((attachment, sql(chunk), sealed))?;
    tx.prepare_cached("UPDATE attachments SET received = ?2, touched = ?3 WHERE id = ?1")?.execute((
        attachment,
        sql(received),
        now.as_ms(),
    ))?;
    Ok(())
}

/// A sealed chunk.
pub fn chunk(tx: &Connection, attachment: i64, chunk: u64) -> Result<Option<Vec<u8>>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT sealed FROM attachment_chunks WHERE attachment = ?1 AND chunk = ?2")?;
    Ok(statement.query_row((attachment, sql(chunk)), |row| row.get(0)).optional()?)
}

/// All of it is here: counts it among the whole ones and returns its place.
pub fn complete(tx: &Connection, attachment: i64) -> Result<u64, StoreFault> {
    let place = last_place(tx)? + 1;
    tx.prepare_cached("UPDATE attachments SET place = ?2 WHERE id = ?1")?
        .execute((attachment, sql(place)))?;
    Ok(place)
}

/// Place of the attachment that became whole last; 0 for none.
pub fn last_place(tx: &Connection) -> Result<u64, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT max(place) FROM attachments")?;
    Ok(statement.query_row([], |row| row.number_or_none(0))?.unwrap_or(0))
}

/// Throws away what turned out not to be what it should.
pub fn remove(tx: &Connection, attachment: i64) -> Result<(), StoreFault> {
    tx.prepare_cached("DELETE FROM attachments WHERE id = ?1")?.execute([attachment])?;
    Ok(())
}

/// Throws away some uploads that nobody has gone on with since an instant. The phone
/// that comes back to one is told that nothing is here, and begins again.
pub fn remove_half_sent(tx: &Connection, before: Timestamp, limit: u32) -> Result<usize, StoreFault> {
    let mut statement = tx.prepare_cached(
        "DELETE FROM attachments WHERE id IN
             (SELECT id FROM attachments WHERE place IS NULL AND touched < ?1 ORDER BY touched LIMIT ?2)",
    )?;
    Ok(statement.execute((before.as_ms(), limit))?)
}

/// Visits all whole attachments, one at a time.
pub fn each_whole<E: From<StoreFault>>(
    tx: &Connection,
    mut visit: impl FnMut(Attachment) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |error: rusqlite::Error| E::from(error.into());
    let mut statement = tx
        .prepare(&format!("SELECT {COLUMNS} FROM attachments WHERE place IS NOT NULL ORDER BY place"))
        .map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        visit(read(row).map_err(fault)?)?;
    }
    Ok(())
}

/// How many whole attachments a backup covers.
pub fn backed_up(tx: &Connection) -> Result<u64, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT photos_backed_up FROM office")?;
    Ok(statement.query_row([], |row| row.number(0))?)
}

/// Records that a backup covers so many.
pub fn set_backed_up(tx: &Connection, place: u64) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET photos_backed_up = max(photos_backed_up, ?1)", [sql(place)])?;
    Ok(())
}

/// No backup covers any in this lineage.
pub fn clear_backed_up(tx: &Connection) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET photos_backed_up = 0", [])?;
    Ok(())
}
