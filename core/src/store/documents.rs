//! Documents and their rows for lists, always stored together.

use super::{StoreFault, Tx};
use crate::model::{Class, DocId, DocKind, SUMMARY_VERSION, Scope, Summary};
use rusqlite::{OptionalExtension, Row};

/// A document as it lies on the phone.
pub struct StoredDocument {
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What it holds.
    pub kind: DocKind,
    /// automerge's undeflated form.
    pub snapshot: Vec<u8>,
}

macro_rules! insert {
    () => {
        "INSERT INTO documents
           (doc, scope, class, kind, version, date, outcome, next_date, conflicts, summary, snapshot)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)"
    };
}

impl Tx<'_> {
    /// A document; none if it is not on this phone.
    pub fn document(&self, doc: DocId) -> Result<Option<StoredDocument>, StoreFault> {
        self.sql
            .prepare_cached("SELECT scope, class, kind, snapshot FROM documents WHERE doc = ?1")?
            .query_row([doc.as_bytes()], |row| {
                Ok((
                    row.get::<_, Vec<u8>>(0)?,
                    row.get::<_, u8>(1)?,
                    row.get::<_, u8>(2)?,
                    row.get::<_, Vec<u8>>(3)?,
                ))
            })
            .optional()?
            .map(|(scope, class, kind, snapshot)| {
                Ok(StoredDocument {
                    scope: read_scope(&scope)?,
                    class: read_class(class)?,
                    kind: read_kind(kind)?,
                    snapshot,
                })
            })
            .transpose()
    }

    /// Whether a document is on this phone.
    pub fn has_document(&self, doc: DocId) -> Result<bool, StoreFault> {
        let mut statement = self.sql.prepare_cached("SELECT 1 FROM documents WHERE doc = ?1")?;
        Ok(statement.exists([doc.as_bytes()])?)
    }

    /// Stores a document that is new here; whether it was. One statement, for a first sync brings thousands.
    pub fn put_new_document(
        &self,
        scope: Scope,
        class: Class,
        kind: DocKind,
        snapshot: &[u8],
        summary: &Summary,
    ) -> Result<bool, StoreFault> {
        let sql = concat!(insert!(), " ON CONFLICT (doc) DO NOTHING");
        Ok(self.insert_document(sql, (scope, class, kind), snapshot, summary)? > 0)
    }

    /// Stores a document with the row that was computed from exactly these bytes.
    pub fn put_document(
        &self,
        scope: Scope,
        class: Class,
        kind: DocKind,
        snapshot: &[u8],
        summary: &Summary,
    ) -> Result<(), StoreFault> {
        let sql = concat!(
            insert!(),
            " ON CONFLICT (doc) DO UPDATE SET version = ?5, date = ?6, outcome = ?7, next_date = ?8,
                conflicts = ?9, summary = ?10, snapshot = ?11"
        );
        self.insert_document(sql, (scope, class, kind), snapshot, summary)?;
        Ok(())
    }

    fn insert_document(
        &self,
        sql: &str,
        (scope, class, kind): (Scope, Class, DocKind),
        snapshot: &[u8],
        summary: &Summary,
    ) -> Result<usize, StoreFault> {
        let entry = summary.entry.as_ref();
        Ok(self.sql.prepare_cached(sql)?.execute(rusqlite::params![
            summary.doc.as_bytes(),
            scope.to_bytes(),
            class.rank(),
            kind.rank(),
            summary.version,
            entry.and_then(|entry| entry.date).map(|date| date.to_string()),
            entry.and_then(|entry| entry.outcome.as_ref()).map(crate::model::Outcome::code),
            entry.and_then(|entry| entry.next_date).map(|date| date.to_string()),
            summary.conflicts,
            minicbor::to_vec(summary).expect("writing into memory does not fail"),
            snapshot,
        ])?)
    }

    /// Takes away a document that exists on this phone only, after it was parked.
    pub fn remove_document(&self, doc: DocId) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM documents WHERE doc = ?1")?.execute([doc.as_bytes()])?;
        Ok(())
    }

    /// The row of a document.
    pub fn summary(&self, doc: DocId) -> Result<Option<Summary>, StoreFault> {
        let mut statement = self.sql.prepare_cached("SELECT summary FROM documents WHERE doc = ?1")?;
        let bytes = statement.query_row([doc.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).optional()?;
        Ok(bytes.map(|bytes| minicbor::decode(&bytes)).transpose()?)
    }

    /// Documents whose row was computed by another release, newest first, each with its place in
    /// that order; only those below a place.
    pub fn outdated_summaries(&self, below: i64, limit: u32) -> Result<Vec<(i64, DocId)>, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT rowid, doc FROM documents WHERE rowid < ?1 AND version <> ?2 ORDER BY rowid DESC LIMIT ?3",
        )?;
        let rows = statement
            .query_map((below, SUMMARY_VERSION, limit), |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
        rows.map(|row| row.map_err(StoreFault::from).and_then(|(at, doc)| Ok((at, DocId::from_slice(&doc)?))))
            .collect()
    }

    /// All documents of a scope and class.
    pub fn documents_of(&self, scope: Scope, class: Class) -> Result<Vec<DocId>, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT doc FROM documents WHERE scope = ?1 AND class = ?2")?;
        let rows = statement.query_map((scope.to_bytes(), class.rank()), |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| Ok(DocId::from_slice(&row?)?)).collect()
    }

    /// Takes everything of a scope and class off the phone, own handed-over work included.
    pub fn purge(&self, scope: Scope, class: Class) -> Result<usize, StoreFault> {
        let key = (scope.to_bytes(), class.rank());
        let documents = self.sql.execute("DELETE FROM documents WHERE scope = ?1 AND class = ?2", key)?;
        for table in ["actions", "own", "drafts", "remarks", "parked", "grants", "attachments"] {
            self.sql.execute(&format!("DELETE FROM {table} WHERE scope = ?1 AND class = ?2"), key)?;
        }
        Ok(documents)
    }
}

pub(super) fn read_scope(bytes: &[u8]) -> Result<Scope, StoreFault> {
    Scope::from_bytes(bytes).ok_or(StoreFault::Damaged)
}

pub(super) fn read_class(rank: u8) -> Result<Class, StoreFault> {
    Class::from_rank(rank).ok_or(StoreFault::Damaged)
}

pub(super) fn read_kind(rank: u8) -> Result<DocKind, StoreFault> {
    DocKind::from_rank(rank).ok_or(StoreFault::Damaged)
}

/// Scope and class from two neighbouring columns.
pub(super) fn scope_and_class(row: &Row<'_>, first: usize) -> rusqlite::Result<(Vec<u8>, u8)> {
    Ok((row.get(first)?, row.get(first + 1)?))
}
