//! Who changed what, and when; what differs between two states.

use super::document::{Document, hashes};
use super::fields::{self, Fields};
use crate::model::{Field, Hash, Heads, MemberId, Timestamp, Value};

/// One field that differs.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Its value in the earlier state.
    pub before: Value,
    /// Its value in the later state.
    pub after: Value,
}

/// Personal data: the name only.
impl std::fmt::Debug for FieldChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FieldChange({})", self.field)
    }
}

/// One saved change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryStep {
    /// The change.
    pub hash: Hash,
    /// The state right after it, as its author had it.
    pub heads: Heads,
    /// Who saved it.
    pub member: Option<MemberId>,
    /// When, by their device.
    pub time: Timestamp,
    /// What it changed against the state that its author had before.
    pub changes: Vec<FieldChange>,
}

impl Document {
    /// Every change, in an order that is the same on every device and never puts a change before
    /// one that it builds on.
    pub fn history(&self) -> Vec<HistoryStep> {
        let mut changes = self.inner.get_changes_meta(&[]);
        // The first operation's counter is above every counter that the author had seen.
        changes.sort_by_key(|change| (change.start_op, change.hash.0));
        let step = |change: &automerge::ChangeMetadata<'_>| HistoryStep {
            hash: Hash(change.hash.0),
            heads: Heads::new(vec![Hash(change.hash.0)]),
            member: change.message.as_deref().and_then(|member| member.parse().ok()),
            time: Timestamp::from_ms(change.timestamp.saturating_mul(1_000)),
            changes: differing(&self.read_at(&change.deps), &self.read_at(&[change.hash])),
        };
        changes.iter().map(step).collect()
    }

    /// The fields that differ between two states, by name. A frontier's hashes that the document
    /// does not have count for nothing: ask [`Document::contains`] first.
    pub fn difference(&self, from: &Heads, to: &Heads) -> Vec<FieldChange> {
        differing(&self.read_at(&hashes(from)), &self.read_at(&hashes(to)))
    }

    /// What it would change to take over what `branch`, another version of the same document, has and this
    /// one has not: only the fields that its own changes set, and of these only what reads otherwise here.
    pub fn way_to_branch(&self, branch: &Self) -> Vec<FieldChange> {
        let is_shared = |hash: &automerge::ChangeHash| self.inner.get_change_meta_by_hash(hash).is_some();
        let mut shared: Vec<automerge::ChangeHash> = Vec::new();
        for change in branch.inner.get_changes(&[]) {
            if is_shared(&change.hash()) {
                shared.retain(|head| !change.deps().contains(head));
                shared.push(change.hash());
            }
        }
        let present = self.fields();
        let set = differing(&branch.read_at(&shared), &branch.fields());
        let here = |change: FieldChange| FieldChange {
            before: present.value(change.field.path()).clone(),
            ..change
        };
        set.into_iter().map(here).filter(|change| change.before != change.after).collect()
    }

    fn read_at(&self, at: &[automerge::ChangeHash]) -> Fields {
        // The state before the first change has no containers to read.
        if at.is_empty() {
            Fields::default()
        } else {
            fields::read(&self.inner, &self.frame, Some(at)).fields
        }
    }
}

fn differing(before: &Fields, after: &Fields) -> Vec<FieldChange> {
    let mut names: Vec<&Field> = before.names().chain(after.names()).collect();
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .filter_map(|field| {
            let (old, new) = (before.value(field.path()), after.value(field.path()));
            (old != new).then(|| FieldChange {
                field: field.clone(),
                before: old.clone(),
                after: new.clone(),
            })
        })
        .collect()
}
