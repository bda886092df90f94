//! Review, on both sides: handing in, remarks, withdrawing; the supervisor's queue and decisions.

use super::act::act;
use super::entries::{EntryListRow, list_rows, review_of};
use super::save::create_entry;
use super::standing::Office;
use super::{Client, Failure};
use crate::documents::Document;
use crate::model::{
    ActionId, ActionKind, CaseId, Class, DocId, Edit, Field, Heads, ReviewState, Scope, Timestamp,
};
use crate::store::{RemarkKind, StoreFault, StoredAction, Tx};

/// An entry that waits for a supervisor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueRow {
    /// The entry.
    pub row: EntryListRow,
    /// Since when it waits.
    pub since: Option<Timestamp>,
}

impl Client {
    /// Hands an entry in, or in again after a return; `Invalid` with `entry`/`nothing_to_submit`
    /// if a supervisor has it already. The author's alone to do.
    pub fn submit(&self, doc: DocId) -> Result<(), Failure> {
        self.write(|tx| {
            let kind =
                hand_in_kind(tx, doc)?.ok_or_else(|| Failure::invalid("entry", "nothing_to_submit"))?;
            act(tx, &self.env, doc, kind, |_| ()).map(drop)
        })
    }

    /// Adds a remark, about named answers or the whole.
    pub fn comment(&self, doc: DocId, fields: Vec<Field>, text: &str) -> Result<ActionId, Failure> {
        let reason = required(text)?;
        self.write(|tx| {
            tx.remove_remark(doc, RemarkKind::Comment)?;
            act(tx, &self.env, doc, ActionKind::Comment, |action| {
                (action.fields, action.reason) = (fields, reason);
            })
        })
    }

    /// Marks a remark as dealt with.
    pub fn resolve(&self, doc: DocId, comment: ActionId) -> Result<(), Failure> {
        self.write(|tx| {
            let is_remark =
                |seen: &StoredAction| seen.action.id == comment && seen.action.kind == ActionKind::Comment;
            if !tx.actions_of(doc)?.iter().any(is_remark) {
                return Err(Failure::NotFound);
            }
            act(tx, &self.env, doc, ActionKind::Resolve, |action| action.target = Some(comment)).map(drop)
        })
    }

    /// Withdraws an entry filed under the wrong person: it stays readable and is out of all counts.
    pub fn withdraw(&self, doc: DocId, reason: &str) -> Result<(), Failure> {
        let reason = required(reason)?;
        self.write(|tx| {
            tx.remove_remark(doc, RemarkKind::Withdraw)?;
            act(tx, &self.env, doc, ActionKind::Withdraw, |action| action.reason = reason).map(drop)
        })
    }

    /// Writes an entry's content anew under the right case; `Invalid` with `case`/`same` under the one where
    /// it is. The wrong one stays as it is.
    pub fn copy_to_case(&self, doc: DocId, case: CaseId) -> Result<DocId, Failure> {
        self.write(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            if stored.scope == Scope::Case(case) {
                return Err(Failure::invalid("case", "same"));
            }
            let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
            let mut edits: Vec<Edit> = document
                .fields()
                .iter()
                .map(|(field, value)| Edit { field: field.clone(), value: value.clone() })
                .collect();
            edits.push(Edit::set("copied_from", doc.to_string()));
            create_entry(tx, &self.env, &Office::read(tx)?, (Scope::Case(case), stored.class), &edits)
        })
    }

    /// The supervisor approves the version that was shown. `Invalid` with `heads`/`moved_on` if
    /// the entry has changed since, `entry`/`not_submitted` if it was never handed in,
    /// `entry`/`withdrawn`, or `entry`/`needs_newer` if this release cannot read all of it.
    pub fn approve(&self, doc: DocId, shown: &Heads) -> Result<(), Failure> {
        self.decide(doc, shown, ActionKind::Approve, Vec::new(), String::new())
    }

    /// The supervisor returns the version that was shown, with a reason about named answers.
    /// Refused like [`Client::approve`].
    pub fn return_entry(
        &self,
        doc: DocId,
        shown: &Heads,
        fields: Vec<Field>,
        reason: &str,
    ) -> Result<(), Failure> {
        let reason = required(reason)?;
        self.decide(doc, shown, ActionKind::Return, fields, reason)
    }

    fn decide(
        &self,
        doc: DocId,
        shown: &Heads,
        kind: ActionKind,
        fields: Vec<Field>,
        reason: String,
    ) -> Result<(), Failure> {
        self.write(|tx| {
            let summary = tx.summary(doc)?.ok_or(Failure::NotFound)?;
            if summary.heads != *shown {
                return Err(Failure::invalid("heads", "moved_on"));
            }
            if summary.needs_newer {
                return Err(Failure::invalid("entry", "needs_newer"));
            }
            match review_of(tx, doc, &summary.heads)?.0.state {
                ReviewState::Draft => return Err(Failure::invalid("entry", "not_submitted")),
                ReviewState::Withdrawn => return Err(Failure::invalid("entry", "withdrawn")),
                _ => {}
            }
            // Whoever approves has given up asking for more.
            tx.remove_remark(doc, RemarkKind::Return)?;
            act(tx, &self.env, doc, kind, |action| (action.fields, action.reason) = (fields, reason))
                .map(drop)
        })
    }

    /// What waits for this supervisor, the longest waiting first.
    pub fn queue(&self) -> Result<Vec<QueueRow>, Failure> {
        self.read(|tx| {
            let office = Office::read(tx)?;
            let mut subjects = tx.subjects_with(&ActionKind::Submit)?;
            subjects.extend(tx.subjects_with(&ActionKind::Resubmit)?);
            subjects.sort_unstable();
            subjects.dedup();
            let mut queue = Vec::new();
            for doc in subjects {
                let Some(row) = tx.row(doc)? else { continue };
                let (review, _) = review_of(tx, doc, &row.summary.heads)?;
                if !review.state.is_waiting() || !office.standing(row.scope).supervises {
                    continue;
                }
                for row in list_rows(tx, &office, vec![row])? {
                    queue.push(QueueRow { row, since: review.waiting_since });
                }
            }
            queue.sort_by_key(|waiting| waiting.since.unwrap_or(Timestamp::from_ms(i64::MAX)));
            Ok(queue)
        })
    }
}

/// How an entry is handed in now; none if there is nothing to hand in.
pub(super) fn hand_in_kind(tx: &Tx<'_>, doc: DocId) -> Result<Option<ActionKind>, Failure> {
    let summary = tx.summary(doc)?.ok_or(Failure::NotFound)?;
    // Parts of a case are saved; only entries are reviewed.
    if summary.kind.is_case_part() {
        return Ok(None);
    }
    let (review, _) = review_of(tx, doc, &summary.heads)?;
    Ok(match review.state {
        ReviewState::Draft => Some(ActionKind::Submit),
        ReviewState::Returned => Some(ActionKind::Resubmit),
        _ => None,
    })
}

fn required(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() { Err(Failure::invalid("reason", "missing")) } else { Ok(text.to_owned()) }
}

/// Class of what a member writes in a scope, unless they choose the restricted one.
pub(super) fn class_for(office: &Office, scope: Scope) -> Class {
    let standing = office.standing(scope);
    let is_mentor = match scope {
        Scope::Case(_) => standing.case_role == Some(crate::model::CaseRole::Mentor),
        Scope::Team(_) => !standing.supervises && !standing.roles.contains(&crate::model::Role::Worker),
    };
    if is_mentor { Class::Contact } else { Class::File }
}
