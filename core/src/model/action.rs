//! Actions: immutable signed records about a document. Review state follows from them.

use super::{
    ActionId, CaseId, CaseKind, Class, DeviceId, DocId, Field, Heads, MemberId, Scope, TeamId, Timestamp,
    codes,
};

codes! {
    /// What an action does.
    ActionKind {
        /// Opens a case: makes its scope, keys and the creator's assignment. Subject: the contact part.
        OpenCase = "open_case",
        /// The author hands the entry in for review.
        Submit = "submit",
        /// The supervisor hands it back with a reason about named answers.
        Return = "return",
        /// The author hands it in again.
        Resubmit = "resubmit",
        /// The supervisor approves exactly the heads that were shown.
        Approve = "approve",
        /// A remark in a thread.
        Comment = "comment",
        /// A remark is dealt with (`target` names it).
        Resolve = "resolve",
        /// The entry was filed under the wrong person: readable, out of all counts.
        Withdraw = "withdraw",
    }
}

/// What `open_case` fixes for ever.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Opening {
    /// The new case.
    #[n(0)]
    pub case: CaseId,
    /// The team that it belongs to.
    #[n(1)]
    pub team: TeamId,
    /// Why there is a case.
    #[n(2)]
    pub kind: CaseKind,
    /// Whether the person is a minor at acceptance; never recomputed.
    #[n(3)]
    pub minor: bool,
}

/// An action's content. Its signed form is `changes::SignedAction`.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Action {
    /// Unique; also what makes a repeat harmless.
    #[n(0)]
    pub id: ActionId,
    /// Scope of the subject.
    #[n(1)]
    pub scope: Scope,
    /// The document that it is about.
    #[n(2)]
    pub subject: DocId,
    /// Class of the subject.
    #[n(3)]
    pub class: Class,
    /// What it does.
    #[n(4)]
    pub kind: ActionKind,
    /// Heads of the subject that the member saw.
    #[n(5)]
    pub heads: Heads,
    /// The answers that a return or a comment is about.
    #[n(6)]
    pub fields: Vec<Field>,
    /// Reason or remark, at most [`Action::REASON_LIMIT`] bytes.
    #[n(7)]
    pub reason: String,
    /// Actions on the same subject that the member had seen and nothing later covered.
    #[n(8)]
    pub after: Vec<ActionId>,
    /// Who acts.
    #[n(9)]
    pub member: MemberId,
    /// On which device (the server's own for the console).
    #[n(10)]
    pub device: DeviceId,
    /// The device's clock; shown, never used to order.
    #[n(11)]
    pub time: Timestamp,
    /// The remark that a resolve is about.
    #[n(12)]
    pub target: Option<ActionId>,
    /// What an `open_case` fixes.
    #[n(13)]
    pub opening: Option<Opening>,
}

/// Personal data: without the reason.
impl std::fmt::Debug for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Action")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("subject", &self.subject)
            .field("heads", &self.heads)
            .field("after", &self.after)
            .field("member", &self.member)
            .field("time", &self.time)
            .finish_non_exhaustive()
    }
}

impl Action {
    /// Longest reason or remark in bytes.
    pub const REASON_LIMIT: usize = 4_000;
    /// Most named answers.
    pub const FIELDS_LIMIT: usize = 64;
    /// Most predecessors named.
    pub const AFTER_LIMIT: usize = 64;
}

codes! {
    /// Where an entry stands with its supervisor. Computed, never stored.
    ReviewState {
        /// 草稿: saved, not handed in.
        Draft = "draft",
        /// 已提交
        Submitted = "submitted",
        /// 退回补充
        Returned = "returned",
        /// 已补充
        Resubmitted = "resubmitted",
        /// 已通过
        Approved = "approved",
        /// 通过后修改: changed after approval; the reviewer sees exactly the difference.
        Amended = "amended",
        /// 已撤回: filed under the wrong person.
        Withdrawn = "withdrawn",
    }
}

impl ReviewState {
    /// Whether a supervisor has something to do.
    pub fn is_waiting(&self) -> bool {
        matches!(self, ReviewState::Submitted | ReviewState::Resubmitted | ReviewState::Amended)
    }

    /// Whether a supervisor may decide: it was handed in, and not withdrawn. A decision may follow
    /// another one, for people change their minds.
    pub fn is_open_to_decisions(&self) -> bool {
        self.is_waiting() || matches!(self, ReviewState::Returned | ReviewState::Approved)
    }
}
