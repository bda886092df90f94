//! Who changed what, when; and how it read at any earlier moment.

use super::standing::Office;
use super::{Client, Failure};
use crate::documents::{Document, FieldChange, Fields};
use crate::model::{DocId, Heads, Timestamp};
use crate::store::StoreFault;

/// One save.
#[derive(Clone)]
pub struct HistoryRow {
    /// Who saved.
    pub name: String,
    /// When, by their phone.
    pub time: Timestamp,
    /// What it changed.
    pub changes: Vec<FieldChange>,
    /// The document right after it: pass to [`Client::entry_at`].
    pub heads: Heads,
}

/// Personal data: without the name.
impl std::fmt::Debug for HistoryRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HistoryRow({:?}, {:?})", self.time, self.changes)
    }
}

impl Client {
    /// All saves of a document, oldest first.
    pub fn history(&self, doc: DocId) -> Result<Vec<HistoryRow>, Failure> {
        self.read(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
            let office = Office::read(tx)?;
            let row = |step: crate::documents::HistoryStep| HistoryRow {
                name: step.member.map(|member| office.name(member).to_owned()).unwrap_or_default(),
                time: step.time,
                changes: step.changes,
                heads: step.heads,
            };
            Ok(document.history().into_iter().map(row).collect())
        })
    }

    /// A document as it read at an earlier moment.
    pub fn entry_at(&self, doc: DocId, heads: &Heads) -> Result<Fields, Failure> {
        self.read(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
            if document.contains(heads) { Ok(document.fields_at(heads)) } else { Err(Failure::NotFound) }
        })
    }
}
