//! This phone's own work: queued for the server in the order in which it was done, and kept
//! until a backup of the server covers it.

use super::documents::{read_class, read_scope, scope_and_class};
use super::{StoreFault, Tx};
use crate::changes::{SignedAction, SignedChange};
use crate::model::{Class, DocId, Scope, Timestamp};
use crate::sync::wire::{ItemResult, ItemVerdict, RefusalCode};
use rusqlite::Row;

/// One signed thing of one's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OwnItem {
    /// A change of a document.
    Change(SignedChange),
    /// An action about a document.
    Action(SignedAction),
}

/// Own work as it lies in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnWork {
    /// Its place in the order of work.
    pub id: i64,
    /// The document that it is about.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What it is.
    pub item: OwnItem,
}

/// What is only on this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Waiting {
    /// Documents with waiting work.
    pub documents: u64,
    /// Of these, entries.
    pub entries: u64,
    /// When the oldest of it was made.
    pub oldest: Option<Timestamp>,
}

const WORK: &str = "SELECT id, doc, scope, class, item, signed FROM own";

fn own_work(row: &Row<'_>) -> Result<OwnWork, StoreFault> {
    let signed: Vec<u8> = row.get(5)?;
    let (scope, class) = scope_and_class(row, 2)?;
    let item = match row.get::<_, u8>(4)? {
        0 => OwnItem::Change(minicbor::decode(&signed)?),
        _ => OwnItem::Action(minicbor::decode(&signed)?),
    };
    Ok(OwnWork {
        id: row.get(0)?,
        doc: DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
        scope: read_scope(&scope)?,
        class: read_class(class)?,
        item,
    })
}

impl Tx<'_> {
    /// Queues own work behind all other.
    pub fn queue(
        &self,
        doc: DocId,
        scope: Scope,
        class: Class,
        item: &OwnItem,
        made: Timestamp,
    ) -> Result<(), StoreFault> {
        let (rank, signed) = match item {
            OwnItem::Change(change) => (0, minicbor::to_vec(change)),
            OwnItem::Action(action) => (1, minicbor::to_vec(action)),
        };
        self.sql
            .prepare_cached(
                "INSERT INTO own (doc, scope, class, item, signed, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(rusqlite::params![
                doc.as_bytes(),
                scope.to_bytes(),
                class.rank(),
                rank,
                signed.expect("writing into memory does not fail"),
                made.as_ms(),
            ])?;
        Ok(())
    }

    /// Shows work that waits for the server, oldest first, until `visit` has enough (returns false).
    pub fn each_waiting(&self, mut visit: impl FnMut(OwnWork) -> bool) -> Result<(), StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!("{WORK} WHERE verdict IS NULL ORDER BY id"))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            if !visit(own_work(row)?) {
                break;
            }
        }
        Ok(())
    }

    /// Work on a document that is not part of the server's version: it waits, or was set aside or refused.
    /// What the server keeps for later (held, late) is not among it.
    pub fn unaccepted_work(&self, doc: DocId) -> Result<Vec<OwnWork>, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "{WORK} WHERE doc = ?1 AND (verdict IS NULL OR verdict IN ('quarantined', 'refused')) ORDER BY id"
        ))?;
        let mut rows = statement.query([doc.as_bytes()])?;
        let mut work = Vec::new();
        while let Some(row) = rows.next()? {
            work.push(own_work(row)?);
        }
        Ok(work)
    }

    /// Work that the server did not take, by document: for a person to read.
    pub fn work_not_taken(&self) -> Result<Vec<OwnWork>, StoreFault> {
        let mut statement = self
            .sql
            .prepare_cached(&format!("{WORK} WHERE verdict IN ('quarantined', 'refused') ORDER BY id"))?;
        let mut rows = statement.query([])?;
        let mut work = Vec::new();
        while let Some(row) = rows.next()? {
            work.push(own_work(row)?);
        }
        Ok(work)
    }

    /// Lets go of a piece of work that was done again under another name.
    pub fn forget_own(&self, id: i64) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM own WHERE id = ?1")?.execute([id])?;
        Ok(())
    }

    /// Asks anew about work on a document that the server keeps apart: it has news of the document.
    pub fn ask_again(&self, doc: DocId) -> Result<usize, StoreFault> {
        self.offer_photos_again(Some(doc))?;
        let mut statement = self.sql.prepare_cached(
            "UPDATE own SET verdict = NULL, position = NULL, code = NULL
             WHERE doc = ?1 AND verdict IN ('held', 'late', 'quarantined')",
        )?;
        Ok(statement.execute([doc.as_bytes()])?)
    }

    /// Whether work in a scope and class never became part of the server's version.
    pub fn has_unaccepted(&self, scope: Scope, class: Class) -> Result<bool, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT 1 FROM own WHERE scope = ?1 AND class = ?2 AND verdict IS NOT 'accepted'",
        )?;
        Ok(statement.exists((scope.to_bytes(), class.rank()))?)
    }

    /// Notes what became of one piece of own work.
    pub fn settle_own(&self, id: i64, result: &ItemResult) -> Result<(), StoreFault> {
        let position = result.position.and_then(|position| i64::try_from(position).ok());
        self.sql
            .prepare_cached("UPDATE own SET verdict = ?2, position = ?3, code = ?4 WHERE id = ?1")?
            .execute((id, result.verdict.code(), position, result.code.as_ref().map(RefusalCode::code)))?;
        Ok(())
    }

    /// Offers everything of one's own again, as after a restore of the server: repeating is harmless.
    pub fn offer_all_again(&self) -> Result<usize, StoreFault> {
        self.offer_photos_again(None)?;
        Ok(self.sql.execute("UPDATE own SET verdict = NULL, position = NULL, code = NULL", [])?)
    }

    /// Lets go of what a backup covers. Only what was accepted can be covered.
    pub fn forget_backed_up(&self, position: u64) -> Result<usize, StoreFault> {
        let position = i64::try_from(position).unwrap_or(i64::MAX);
        let mut statement =
            self.sql.prepare_cached("DELETE FROM own WHERE verdict = ?1 AND position <= ?2")?;
        Ok(statement.execute((ItemVerdict::Accepted.code(), position))?)
    }

    /// What is only on this phone.
    pub fn waiting(&self) -> Result<Waiting, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT count(DISTINCT own.doc), min(made), count(DISTINCT documents.doc)
             FROM own LEFT JOIN documents ON documents.doc = own.doc AND documents.kind = 3
             WHERE verdict IS NULL",
        )?;
        let read =
            |row: &Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?, row.get::<_, i64>(2)?));
        let (documents, oldest, entries) = statement.query_row([], read)?;
        Ok(Waiting {
            documents: documents.unsigned_abs(),
            entries: entries.unsigned_abs(),
            oldest: oldest.map(Timestamp::from_ms),
        })
    }

    /// Whether a document has work that waits.
    pub fn is_waiting(&self, doc: DocId) -> Result<bool, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT 1 FROM own WHERE doc = ?1 AND verdict IS NULL")?;
        Ok(statement.exists([doc.as_bytes()])?)
    }

    /// Whether anything in a scope and class waits.
    pub fn is_scope_waiting(&self, scope: Scope, class: Class) -> Result<bool, StoreFault> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT 1 FROM own WHERE scope = ?1 AND class = ?2 AND verdict IS NULL")?;
        Ok(statement.exists((scope.to_bytes(), class.rank()))?)
    }
}
