//! Review, on both sides.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{EntryListRow, QueueRow};
use doorstep_core::casework::{Comment, Returned, Review};
use doorstep_core::model::{
    Action, ActionId, ActionKind, CaseId, CaseKind, Class, DeviceId, DocId, Field, Heads, MemberId, Opening,
    ReviewState, Scope, TeamId, Timestamp,
};

/// Everything that screens show of a review.
#[uniffi::remote(Record)]
pub struct Review {
    /// Where the entry stands.
    pub state: ReviewState,
    /// The version that was approved last, if any.
    pub approved: Option<Heads>,
    /// Since when a supervisor has something to do.
    pub waiting_since: Option<Timestamp>,
    /// Two supervisors decided differently; the careful decision holds.
    pub contradictory: bool,
    /// The decision that holds was made by someone who handed the entry in.
    pub self_reviewed: bool,
    /// The return that is open, or that the last hand-in answers.
    pub returned: Option<Returned>,
    /// Remarks, oldest first.
    pub comments: Vec<Comment>,
}

/// Why an entry came back.
#[uniffi::remote(Record)]
pub struct Returned {
    /// The action.
    pub action: ActionId,
    /// Who returned it.
    pub member: MemberId,
    /// When, by their device.
    pub time: Timestamp,
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The reason.
    pub reason: String,
}

/// A remark.
#[uniffi::remote(Record)]
pub struct Comment {
    /// The action; what `resolve` names.
    pub action: ActionId,
    /// Who remarked.
    pub member: MemberId,
    /// When, by their device.
    pub time: Timestamp,
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The remark.
    pub reason: String,
    /// Whether someone has dealt with it.
    pub resolved: bool,
}

/// A signed record about a document.
#[uniffi::remote(Record)]
pub struct Action {
    /// Which action.
    pub id: ActionId,
    /// Scope of the subject.
    pub scope: Scope,
    /// The document that it is about.
    pub subject: DocId,
    /// Class of the subject.
    pub class: Class,
    /// What it does.
    pub kind: ActionKind,
    /// The version that the member saw.
    pub heads: Heads,
    /// The answers that a return or a comment is about.
    pub fields: Vec<Field>,
    /// Reason or remark.
    pub reason: String,
    /// Actions on the same subject that the member had seen.
    pub after: Vec<ActionId>,
    /// Who acts.
    pub member: MemberId,
    /// On which device.
    pub device: DeviceId,
    /// The device's clock; shown, never used to order.
    pub time: Timestamp,
    /// The remark that a resolve is about.
    pub target: Option<ActionId>,
    /// What an `open_case` fixes.
    pub opening: Option<Opening>,
}

/// What `open_case` fixes for ever.
#[uniffi::remote(Record)]
#[uniffi(name = "CaseOpening")]
pub struct Opening {
    /// The new case.
    pub case: CaseId,
    /// The team that it belongs to.
    pub team: TeamId,
    /// Why there is a case.
    pub kind: CaseKind,
    /// Whether the person is a minor at acceptance.
    pub minor: bool,
}

/// An entry that waits for a supervisor.
#[uniffi::remote(Record)]
pub struct QueueRow {
    /// The entry.
    pub row: EntryListRow,
    /// Since when it waits.
    pub since: Option<Timestamp>,
}

#[uniffi::export]
impl Client {
    /// Hands an entry in, or in again after a return.
    pub fn submit(&self, doc: DocId) -> Result<(), ClientError> {
        Ok(self.core.submit(doc)?)
    }

    /// Adds a remark, about named answers or the whole.
    pub fn comment(&self, doc: DocId, fields: Vec<Field>, text: &str) -> Result<ActionId, ClientError> {
        Ok(self.core.comment(doc, fields, text)?)
    }

    /// Marks a remark as dealt with.
    pub fn resolve(&self, doc: DocId, comment: ActionId) -> Result<(), ClientError> {
        Ok(self.core.resolve(doc, comment)?)
    }

    /// Withdraws an entry filed under the wrong person: readable, and out of all counts.
    pub fn withdraw(&self, doc: DocId, reason: &str) -> Result<(), ClientError> {
        Ok(self.core.withdraw(doc, reason)?)
    }

    /// Writes an entry's content anew under the right case. The wrong one stays as it is.
    pub fn copy_to_case(&self, doc: DocId, case: CaseId) -> Result<DocId, ClientError> {
        Ok(self.core.copy_to_case(doc, case)?)
    }

    /// The supervisor approves the version that was shown.
    pub fn approve(&self, doc: DocId, shown: Heads) -> Result<(), ClientError> {
        Ok(self.core.approve(doc, &shown)?)
    }

    /// The supervisor returns the version that was shown, with a reason about named answers.
    pub fn return_entry(
        &self,
        doc: DocId,
        shown: Heads,
        fields: Vec<Field>,
        reason: &str,
    ) -> Result<(), ClientError> {
        Ok(self.core.return_entry(doc, &shown, fields, reason)?)
    }

    /// What waits for this supervisor, the longest waiting first.
    pub fn queue(&self) -> Result<Vec<QueueRow>, ClientError> {
        Ok(self.core.queue()?)
    }
}
