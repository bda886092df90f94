//! Who changed what, when; and how it read at any earlier moment.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::HistoryRow;
use doorstep_core::documents::{FieldChange, Fields};
use doorstep_core::model::{DocId, Heads, Timestamp};

/// One save.
#[uniffi::remote(Record)]
pub struct HistoryRow {
    /// Who saved.
    pub name: String,
    /// When, by their phone.
    pub time: Timestamp,
    /// What it changed.
    pub changes: Vec<FieldChange>,
    /// The document right after it: pass to `entry_at`.
    pub heads: Heads,
}

#[uniffi::export]
impl Client {
    /// All saves of a document, oldest first.
    pub fn history(&self, doc: DocId) -> Result<Vec<HistoryRow>, ClientError> {
        Ok(self.core.history(doc)?)
    }

    /// A document as it read at an earlier moment.
    pub fn entry_at(&self, doc: DocId, heads: Heads) -> Result<Fields, ClientError> {
        Ok(self.core.entry_at(doc, &heads)?)
    }
}
