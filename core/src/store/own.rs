//! This phone's own work: queued for the server in the order in which it was done, and kept
//! until a backup of the server covers it.

use super::documents::{read_class, read_scope, scope_and_class};
use super::{StoreFault, Tx};
use crate::changes::{SignedAction, SignedChange};
use crate::model::{Class, DocId, Scope, Timestamp};
use crate::sync::wire::{ItemResult, ItemVerdict, RefusalCode};

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
    /// When the oldest of it was made.
    pub oldest: Option<Timestamp>,
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

    /// Work that waits for the server, oldest first, at most `bytes` of it (but always one item).
    pub fn waiting_work(&self, items: usize, bytes: usize) -> Result<Vec<OwnWork>, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id, doc, scope, class, item, signed FROM own WHERE verdict IS NULL ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        let (mut work, mut total) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            let signed: Vec<u8> = row.get(5)?;
            total += signed.len();
            if !work.is_empty() && (total > bytes || work.len() >= items) {
                break;
            }
            let (scope, class) = scope_and_class(row, 2)?;
            let item = match row.get::<_, u8>(4)? {
                0 => OwnItem::Change(minicbor::decode(&signed)?),
                _ => OwnItem::Action(minicbor::decode(&signed)?),
            };
            work.push(OwnWork {
                id: row.get(0)?,
                doc: DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
                scope: read_scope(&scope)?,
                class: read_class(class)?,
                item,
            });
        }
        Ok(work)
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
        let mut statement = self
            .sql
            .prepare_cached("SELECT count(DISTINCT doc), min(made) FROM own WHERE verdict IS NULL")?;
        let (documents, oldest) =
            statement.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Option<i64>>(1)?)))?;
        Ok(Waiting { documents: documents.unsigned_abs(), oldest: oldest.map(Timestamp::from_ms) })
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
