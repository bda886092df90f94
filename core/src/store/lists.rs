//! What lists show: rows found by index, never by reading documents.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::model::{Class, Date, DocId, DocKind, Scope, Summary};
use rusqlite::{Params, params};

/// A document's row with where it belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What lists show.
    pub summary: Summary,
}

impl Tx<'_> {
    /// Parts of one class of all cases, e.g. every contact part for the list of cases.
    pub fn parts(&self, class: Class) -> Result<Vec<EntryRow>, StoreFault> {
        self.rows("WHERE kind = ?1 ORDER BY scope", [DocKind::case_part(class).rank()])
    }

    /// Everything of one scope, latest contact first.
    pub fn timeline(&self, scope: Scope) -> Result<Vec<EntryRow>, StoreFault> {
        self.rows("WHERE scope = ?1 AND kind = 3 ORDER BY date DESC, rowid DESC", [scope.to_bytes()])
    }

    /// Contacts from a date on, latest first, at most `limit`.
    pub fn entries_since(&self, date: Date, limit: u32) -> Result<Vec<EntryRow>, StoreFault> {
        self.rows(
            "WHERE date >= ?1 ORDER BY date DESC, rowid DESC LIMIT ?2",
            params![date.to_string(), limit],
        )
    }

    /// Contacts of one scope from a date on.
    pub fn contacts_since(&self, scope: Scope, date: Date) -> Result<Vec<EntryRow>, StoreFault> {
        self.rows("WHERE scope = ?1 AND date >= ?2", params![scope.to_bytes(), date.to_string()])
    }

    /// Entries whose next step is due in a span of dates, both ends included.
    pub fn entries_planned(&self, from: Date, to: Date, limit: u32) -> Result<Vec<EntryRow>, StoreFault> {
        let (from, to) = (from.to_string(), to.to_string());
        self.rows("WHERE next_date BETWEEN ?1 AND ?2 ORDER BY next_date LIMIT ?3", params![from, to, limit])
    }

    /// Documents with a field that two people set differently, those with most of them first.
    pub fn in_conflict(&self) -> Result<Vec<EntryRow>, StoreFault> {
        self.rows("WHERE conflicts > 0 ORDER BY conflicts DESC, rowid DESC", [])
    }

    /// Every entry, latest first and those without a date last: for search, which stops when it
    /// has enough.
    pub fn each_entry(&self, mut visit: impl FnMut(EntryRow) -> bool) -> Result<(), StoreFault> {
        for condition in [
            "date IS NOT NULL ORDER BY date DESC, rowid DESC",
            "date IS NULL AND kind = 3 ORDER BY rowid DESC",
        ] {
            let mut statement = self
                .sql
                .prepare_cached(&format!("SELECT scope, class, summary FROM documents WHERE {condition}"))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                if !visit(entry_row(row)?) {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// The row of one document.
    pub fn row(&self, doc: DocId) -> Result<Option<EntryRow>, StoreFault> {
        Ok(self.rows("WHERE doc = ?1", [doc.as_bytes()])?.pop())
    }

    /// The latest contact of a case with an outcome, of those that `counts` lets count. Date and
    /// outcome are in the index, so that no more rows are read than needed.
    pub fn latest_contact(
        &self,
        scope: Scope,
        outcome: &str,
        counts: impl Fn(DocId) -> bool,
    ) -> Result<Option<EntryRow>, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT scope, class, summary FROM documents WHERE scope = ?1 AND outcome = ?2 ORDER BY date DESC",
        )?;
        let mut rows = statement.query(params![scope.to_bytes(), outcome])?;
        while let Some(row) = rows.next()? {
            let row = entry_row(row)?;
            if counts(row.summary.doc) {
                return Ok(Some(row));
            }
        }
        Ok(None)
    }

    /// How many documents there are.
    pub fn document_count(&self) -> Result<u64, StoreFault> {
        let count: i64 = self.sql.query_row("SELECT count(*) FROM documents", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    fn rows(&self, condition: &str, parameters: impl Params) -> Result<Vec<EntryRow>, StoreFault> {
        let mut statement =
            self.sql.prepare_cached(&format!("SELECT scope, class, summary FROM documents {condition}"))?;
        let mut rows = statement.query(parameters)?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(entry_row(row)?);
        }
        Ok(found)
    }
}

fn entry_row(row: &rusqlite::Row<'_>) -> Result<EntryRow, StoreFault> {
    Ok(EntryRow {
        scope: read_scope(&row.get::<_, Vec<u8>>(0)?)?,
        class: read_class(row.get(1)?)?,
        summary: minicbor::decode(&row.get::<_, Vec<u8>>(2)?)?,
    })
}
