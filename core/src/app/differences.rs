//! What differs between two versions of an entry, and which two a supervisor wants to compare.

use super::entries::review_of;
use super::{Client, Failure};
use crate::documents::{Document, FieldChange};
use crate::model::{DocId, Heads, ReviewState};
use crate::store::{StoreFault, Tx};

/// Since when something changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// Since it was returned: of what came back.
    Return,
    /// Since it was approved.
    Approval,
}

/// Exactly what a supervisor has not seen yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unseen {
    /// Since when.
    pub since: Since,
    /// What changed; nothing if no version was returned or approved.
    pub changes: Vec<FieldChange>,
}

impl Client {
    /// What a supervisor has not seen: of what was handed in again, since the return that it answers; of
    /// everything else, since the approval.
    pub fn unseen(&self, doc: DocId) -> Result<Unseen, Failure> {
        self.read(|tx| {
            let document = load(tx, doc)?;
            let (review, actions) = review_of(tx, doc, &document.heads())?;
            let returned = review.returned.as_ref().filter(|_| review.state == ReviewState::Resubmitted);
            let (since, seen) = match returned {
                Some(returned) => {
                    let action = actions.iter().find(|action| action.id == returned.action);
                    (Since::Return, action.map(|action| action.heads.clone()))
                }
                None => (Since::Approval, review.approved),
            };
            let seen = seen.filter(|seen| document.contains(seen));
            let changes = seen.map(|seen| document.difference(&seen, &document.heads()));
            Ok(Unseen { since, changes: changes.unwrap_or_default() })
        })
    }

    /// What it would change to go back to an earlier version: its values are the `after`.
    pub fn way_back(&self, doc: DocId, to: &Heads) -> Result<Vec<FieldChange>, Failure> {
        self.read(|tx| {
            let document = load(tx, doc)?;
            if !document.contains(to) {
                return Err(Failure::NotFound);
            }
            Ok(document.difference(&document.heads(), to))
        })
    }

    /// What it would change to write in again what the server would not take of this phone's work: its
    /// values are the `after`. Nothing where all was taken, or a person has put it away.
    pub fn parked_way(&self, doc: DocId) -> Result<Vec<FieldChange>, Failure> {
        self.read(|tx| {
            let Some(parked) = tx.parked()?.into_iter().rfind(|row| row.doc == doc) else {
                return Ok(Vec::new());
            };
            let parked = Document::load(&parked.snapshot).map_err(|_| StoreFault::Damaged)?;
            Ok(load(tx, doc)?.way_to_branch(&parked))
        })
    }
}

fn load(tx: &Tx<'_>, doc: DocId) -> Result<Document, Failure> {
    let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
    Ok(Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?)
}
