//! What differs between two versions of an entry.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{Since, Unseen};
use doorstep_core::documents::FieldChange;
use doorstep_core::model::{DocId, Heads};

/// Since when something changed.
#[uniffi::remote(Enum)]
pub enum Since {
    /// Since it was returned: of what came back.
    Return,
    /// Since it was approved.
    Approval,
}

/// Exactly what a supervisor has not seen yet.
#[uniffi::remote(Record)]
pub struct Unseen {
    /// Since when.
    pub since: Since,
    /// What changed; nothing if no version was returned or approved.
    pub changes: Vec<FieldChange>,
}

#[uniffi::export]
impl Client {
    /// What a supervisor has not seen: of what was handed in again, since the return that it answers; of
    /// everything else, since the approval.
    pub fn unseen(&self, doc: DocId) -> Result<Unseen, ClientError> {
        Ok(self.core.unseen(doc)?)
    }

    /// What it would change to go back to an earlier version: its values are the `after`.
    pub fn way_back(&self, doc: DocId, to: Heads) -> Result<Vec<FieldChange>, ClientError> {
        Ok(self.core.way_back(doc, &to)?)
    }

    /// What it would change to write in again what the server would not take of this phone's work: its
    /// values are the `after`. Nothing where all was taken, or a person has put it away.
    pub fn parked_way(&self, doc: DocId) -> Result<Vec<FieldChange>, ClientError> {
        Ok(self.core.parked_way(doc)?)
    }
}
