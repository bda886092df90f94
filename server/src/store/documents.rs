//! One row a document. Everything in it can be rebuilt from the log.

use super::{Row, sql};
use crate::error::StoreFault;
use doorstep_core::model::{Class, DocId, DocKind, MemberId, Scope, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// Where a document belongs and how far it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentRow {
    /// Which document.
    pub doc: DocId,
    /// Position of its first change.
    pub created_position: u64,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What it holds.
    pub kind: DocKind,
    /// Who created it.
    pub author: MemberId,
    /// Position of its latest change or action.
    pub last_position: u64,
    /// Changes so far. Part of the seals' place, so that an older snapshot does not pass for this one.
    pub revision: u64,
    /// Operations so far.
    pub operations: u64,
    /// Since when a supervisor has something to do.
    pub waiting_since: Option<Timestamp>,
    /// The approval that holds was given by someone who handed the entry in.
    pub self_reviewed: bool,
    /// Release of the summary's computation.
    pub summary_version: u32,
}

/// A document's row with what is sealed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedDocument {
    /// The open columns.
    pub row: DocumentRow,
    /// Sealed CBOR of the summary.
    pub summary: Vec<u8>,
    /// Sealed bytes of the document.
    pub snapshot: Vec<u8>,
}

const OPEN: &str = "created_position, doc, scope, class, kind, author, last_position, revision, operations, waiting_since, summary_version, self_reviewed";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<DocumentRow> {
    Ok(DocumentRow {
        created_position: row.number(0)?,
        doc: DocId(row.get(1)?),
        scope: row.map(2, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(3, Class::from_rank)?,
        kind: row.map(4, DocKind::from_rank)?,
        author: MemberId(row.get(5)?),
        last_position: row.number(6)?,
        revision: row.number(7)?,
        operations: row.number(8)?,
        waiting_since: row.get::<_, Option<i64>>(9)?.map(Timestamp::from_ms),
        summary_version: row.get(10)?,
        self_reviewed: row.get(11)?,
    })
}

fn read_sealed(row: &rusqlite::Row<'_>) -> rusqlite::Result<SealedDocument> {
    Ok(SealedDocument { row: read(row)?, summary: row.get(12)?, snapshot: row.get(13)? })
}

/// Writes a document's row, new or not.
pub fn put(tx: &Connection, document: &SealedDocument) -> Result<(), StoreFault> {
    let row = &document.row;
    tx.prepare_cached(&format!(
        "INSERT INTO documents ({OPEN}, summary, snapshot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
         ON CONFLICT (created_position) DO UPDATE SET
             last_position = excluded.last_position, revision = excluded.revision, operations = excluded.operations,
             waiting_since = excluded.waiting_since, self_reviewed = excluded.self_reviewed, summary_version = excluded.summary_version,
             summary = excluded.summary, snapshot = excluded.snapshot"
    ))?
    .execute(rusqlite::params![
        sql(row.created_position),
        row.doc.0,
        row.scope.to_bytes(),
        row.class.rank(),
        row.kind.rank(),
        row.author.0,
        sql(row.last_position),
        sql(row.revision),
        sql(row.operations),
        row.waiting_since.map(Timestamp::as_ms),
        row.summary_version,
        row.self_reviewed,
        &document.summary,
        &document.snapshot,
    ])?;
    Ok(())
}

/// Moves a document that got an action, but no change.
pub fn touch(
    tx: &Connection,
    created_position: u64,
    last_position: u64,
    waiting_since: Option<Timestamp>,
    self_reviewed: bool,
) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "UPDATE documents SET last_position = ?2, waiting_since = ?3, self_reviewed = ?4 WHERE created_position = ?1",
    )?
    .execute((sql(created_position), sql(last_position), waiting_since.map(Timestamp::as_ms), self_reviewed))?;
    Ok(())
}

/// A document's open columns.
pub fn find_row(tx: &Connection, doc: DocId) -> Result<Option<DocumentRow>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {OPEN} FROM documents WHERE doc = ?1"))?;
    Ok(statement.query_row([doc.0], read).optional()?)
}

/// Position of a document's latest change or action.
pub fn last_position(tx: &Connection, doc: DocId) -> Result<Option<u64>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT last_position FROM documents WHERE doc = ?1")?;
    Ok(statement.query_row([doc.0], |row| row.number(0)).optional()?)
}

/// A document with what is sealed in it.
pub fn find(tx: &Connection, doc: DocId) -> Result<Option<SealedDocument>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {OPEN}, summary, snapshot FROM documents WHERE doc = ?1"))?;
    Ok(statement.query_row([doc.0], read_sealed).optional()?)
}

/// The document whose first change stands at a position.
pub fn find_created_at(tx: &Connection, position: u64) -> Result<Option<SealedDocument>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {OPEN}, summary, snapshot FROM documents WHERE created_position = ?1"
    ))?;
    Ok(statement.query_row([sql(position)], read_sealed).optional()?)
}

/// Visits the documents of a scope × class created below a position, newest first, until `visit` says stop.
pub fn each_below<E: From<StoreFault>>(
    tx: &Connection,
    scope: Scope,
    class: Class,
    below: Option<u64>,
    mut visit: impl FnMut(SealedDocument) -> Result<std::ops::ControlFlow<()>, E>,
) -> Result<(), E> {
    let fault = |error: rusqlite::Error| E::from(error.into());
    let mut statement = tx
        .prepare_cached(&format!(
            "SELECT {OPEN}, summary, snapshot FROM documents
             WHERE scope = ?1 AND class = ?2 AND created_position < ?3 ORDER BY created_position DESC"
        ))
        .map_err(fault)?;
    let below = below.map_or(i64::MAX, sql);
    let mut rows = statement.query((scope.to_bytes(), class.rank(), below)).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        if visit(read_sealed(row).map_err(fault)?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Rows and sealed summaries of a scope × class, newest first. Snapshots are not read.
pub fn summaries_in(
    tx: &Connection,
    scope: Scope,
    class: Class,
) -> Result<Vec<(DocumentRow, Vec<u8>)>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {OPEN}, summary FROM documents WHERE scope = ?1 AND class = ?2 ORDER BY created_position DESC"
    ))?;
    let rows = statement.query_map((scope.to_bytes(), class.rank()), |row| Ok((read(row)?, row.get(12)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows and sealed summaries of what waits for a supervisor in a scope × class, longest wait first.
pub fn waiting_in(
    tx: &Connection,
    scope: Scope,
    class: Class,
) -> Result<Vec<(DocumentRow, Vec<u8>)>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {OPEN}, summary FROM documents
         WHERE scope = ?1 AND class = ?2 AND waiting_since IS NOT NULL ORDER BY waiting_since"
    ))?;
    let rows = statement.query_map((scope.to_bytes(), class.rank()), |row| Ok((read(row)?, row.get(12)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Rows and sealed summaries of what was approved by who handed it in, in a scope × class, newest first.
pub fn self_reviewed_in(
    tx: &Connection,
    scope: Scope,
    class: Class,
) -> Result<Vec<(DocumentRow, Vec<u8>)>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {OPEN}, summary FROM documents
         WHERE scope = ?1 AND class = ?2 AND self_reviewed = 1 ORDER BY created_position DESC"
    ))?;
    let rows = statement.query_map((scope.to_bytes(), class.rank()), |row| Ok((read(row)?, row.get(12)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Visits every document in order of creation (jobs).
pub fn each<E: From<StoreFault>>(
    tx: &Connection,
    mut visit: impl FnMut(SealedDocument) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |error: rusqlite::Error| E::from(error.into());
    let mut statement = tx
        .prepare_cached(&format!("SELECT {OPEN}, summary, snapshot FROM documents ORDER BY created_position"))
        .map_err(fault)?;
    let mut rows = statement.query([]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        visit(read_sealed(row).map_err(fault)?)?;
    }
    Ok(())
}

/// How many documents there are.
pub fn count(tx: &Connection) -> Result<u64, StoreFault> {
    Ok(tx.query_row("SELECT count(*) FROM documents", [], |row| row.number(0))?)
}

const WITHOUT_LOG: &str = "NOT EXISTS (SELECT 1 FROM log WHERE log.doc = documents.doc AND log.item = 0)";

/// Rows of documents that the log does not know (jobs).
pub fn count_without_log(tx: &Connection) -> Result<u64, StoreFault> {
    Ok(tx
        .query_row(&format!("SELECT count(*) FROM documents WHERE {WITHOUT_LOG}"), [], |row| row.number(0))?)
}

/// Takes those rows out: nothing was recorded in them.
pub fn delete_without_log(tx: &Connection) -> Result<(), StoreFault> {
    tx.execute(&format!("DELETE FROM documents WHERE {WITHOUT_LOG}"), [])?;
    Ok(())
}

/// Takes a document's row out, to be written anew.
pub fn delete(tx: &Connection, doc: DocId) -> Result<(), StoreFault> {
    tx.prepare_cached("DELETE FROM documents WHERE doc = ?1")?.execute([doc.0])?;
    Ok(())
}
