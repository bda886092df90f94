//! Needs attention: nothing that was saved disappears without an item here.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::AttentionItem;
use doorstep_core::documents::Fields;
use doorstep_core::model::{DocId, Scope, Timestamp};
use doorstep_core::store::{AttentionKind, AttentionRow, DraftId};

/// Something that a person should look at.
#[uniffi::remote(Enum)]
pub enum AttentionItem {
    /// What sync had to tell; stays until dismissed.
    Notice(#[uniffi(name = "row")] AttentionRow),
    /// An entry of one's own came back with a reason.
    Returned {
        /// Which entry.
        doc: DocId,
        /// Where it belongs.
        scope: Scope,
        /// Why.
        reason: String,
        /// Since when, by the supervisor's clock.
        since: Timestamp,
    },
    /// Two people set a field differently.
    Conflict {
        /// In which document.
        doc: DocId,
        /// Where it belongs.
        scope: Scope,
        /// How many fields.
        fields: u32,
    },
    /// A draft that was deleted with something in it, and can be taken up again for thirty days.
    DeletedDraft {
        /// Which draft.
        draft: DraftId,
        /// The entry that it edited; none for a new one.
        doc: Option<DocId>,
        /// Where it belongs.
        scope: Scope,
        /// When it was deleted.
        deleted: Timestamp,
    },
}

/// One notice.
#[uniffi::remote(Record)]
pub struct AttentionRow {
    /// Its number on this phone: pass to `dismiss`.
    pub id: i64,
    /// Why.
    pub kind: AttentionKind,
    /// Where.
    pub scope: Option<Scope>,
    /// About which document.
    pub doc: Option<DocId>,
    /// The server's code, if it gave one.
    pub code: Option<String>,
    /// Since when.
    pub made: Timestamp,
}

/// A branch that the server would not take, as it reads on this phone.
#[derive(uniffi::Record)]
pub struct ParkedBranch {
    /// Of which document.
    pub doc: DocId,
    /// Everything that is set in it.
    pub fields: Fields,
}

#[uniffi::export]
impl Client {
    /// Everything that needs a person: notices, own returned entries, conflicts, deleted drafts.
    pub fn attention(&self) -> Result<Vec<AttentionItem>, ClientError> {
        Ok(self.core.attention()?)
    }

    /// A person has looked at a notice.
    pub fn dismiss(&self, id: i64) -> Result<(), ClientError> {
        Ok(self.core.dismiss(id)?)
    }

    /// Branches that the server would not take, as they read on this phone.
    pub fn parked(&self) -> Result<Vec<ParkedBranch>, ClientError> {
        let branch = |(doc, fields)| ParkedBranch { doc, fields };
        Ok(self.core.parked()?.into_iter().map(branch).collect())
    }
    /// A person has read what the server would not take, and needs it no longer.
    pub fn dismiss_parked(&self, doc: DocId) -> Result<(), ClientError> {
        Ok(self.core.dismiss_parked(doc)?)
    }
}
