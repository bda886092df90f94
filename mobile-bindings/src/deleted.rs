//! Drafts thrown away, which can be taken up again.

use crate::client::Client;
use crate::drafts::DraftView;
use crate::failure::ClientError;
use doorstep_core::store::DraftId;

#[uniffi::export]
impl Client {
    /// Throws away a draft in which nothing was typed, or for good one that was deleted already.
    /// Otherwise `Invalid`, `draft`, `not_empty`: `delete_draft` is for those.
    pub fn discard_draft(&self, id: DraftId) -> Result<(), ClientError> {
        Ok(self.core.discard_draft(id)?)
    }

    /// Throws a draft away. One in which something was typed can be taken up again for thirty days.
    pub fn delete_draft(&self, id: DraftId) -> Result<(), ClientError> {
        Ok(self.core.delete_draft(id)?)
    }

    /// Takes a deleted draft up again. `Invalid`, `draft`, `other_open` while another draft edits
    /// the same entry.
    pub fn restore_draft(&self, id: DraftId) -> Result<(), ClientError> {
        Ok(self.core.restore_draft(id)?)
    }

    /// Deleted drafts as they read, the one typed into last first.
    pub fn deleted_drafts(&self) -> Result<Vec<DraftView>, ClientError> {
        Ok(self.core.deleted_drafts()?.into_iter().map(DraftView::from).collect())
    }
}
