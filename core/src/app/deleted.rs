//! Throwing drafts away, so that nothing typed is lost by a slip of the finger.

use super::drafts::view;
use super::{Client, DraftView, Failure};
use crate::model::Timestamp;
use crate::store::{DraftId, DraftRow};

/// How long a deleted draft can be taken up again.
const KEPT_DAYS: i64 = 30;
const DAY_MS: i64 = 86_400_000;
/// What a new draft begins with: proposals, nothing typed.
const PROPOSED: [&str; 4] = ["kind", "date", "start", "end"];

impl Client {
    /// Throws away a draft in which nothing was typed, or for good one that was deleted already.
    /// `Invalid` with `draft`/`not_empty` otherwise: [`Client::delete_draft`] is for those.
    pub fn discard_draft(&self, id: DraftId) -> Result<(), Failure> {
        self.write(|tx| match tx.draft(id)? {
            Some(draft) if !is_empty(&draft) => Err(Failure::invalid("draft", "not_empty")),
            _ => Ok(tx.remove_draft(id)?),
        })
    }

    /// Throws a draft away. One in which something was typed stays among *needs attention* and can
    /// be taken up again for thirty days.
    pub fn delete_draft(&self, id: DraftId) -> Result<(), Failure> {
        self.write(|tx| {
            let draft = tx.draft(id)?.ok_or(Failure::NotFound)?;
            if is_empty(&draft) {
                return Ok(tx.remove_draft(id)?);
            }
            Ok(tx.set_draft_deleted(id, Some(self.env.now()))?)
        })
    }

    /// Takes a deleted draft up again. `Invalid` with `draft`/`other_open` while another draft edits
    /// the same entry: that one is to be saved or deleted first.
    pub fn restore_draft(&self, id: DraftId) -> Result<(), Failure> {
        self.write(|tx| {
            let mut deleted = tx.deleted_drafts()?.into_iter().map(|(draft, _)| draft);
            let draft = deleted.find(|draft| draft.id == id).ok_or(Failure::NotFound)?;
            if let Some(doc) = draft.doc
                && tx.draft_of(doc)?.is_some()
            {
                return Err(Failure::invalid("draft", "other_open"));
            }
            Ok(tx.set_draft_deleted(id, None)?)
        })
    }

    /// Deleted drafts as they read, the one typed into last first.
    pub fn deleted_drafts(&self) -> Result<Vec<DraftView>, Failure> {
        self.read(|tx| {
            tx.deleted_drafts()?.into_iter().map(|(draft, _)| view(tx, draft, self.here())).collect()
        })
    }

    /// Lets go of what nobody took up again in time.
    pub(super) fn forget_deleted_drafts(&self) -> Result<(), Failure> {
        let before = self.env.now().plus_ms(-KEPT_DAYS * DAY_MS);
        let is_over = |deleted: &Timestamp| *deleted < before;
        if self.read(|tx| Ok(tx.deleted_drafts()?.iter().any(|(_, deleted)| is_over(deleted))))? {
            self.write(|tx| Ok(tx.forget_deleted_drafts(before).map(drop)?))?;
        }
        Ok(())
    }
}

/// Whether nothing was typed: what a draft begins with does not count.
fn is_empty(draft: &DraftRow) -> bool {
    let is_proposed = |path: &str| draft.doc.is_none() && PROPOSED.contains(&path);
    draft.participants.is_empty() && draft.edits.iter().all(|edit| is_proposed(edit.field.path()))
}
