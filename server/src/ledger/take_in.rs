//! The guarded merge of a push, what only the merged document can say, and the rows that follow.

use super::judge::{Judgement, Stop, hold, quarantine};
use super::known;
use super::plan::{Acceptance, NewItem};
use crate::error::StoreFault;
use crate::records;
use crate::store::documents::{self, SealedDocument};
use crate::store::log::{self, Item};
use crate::vault::{Place, ScopeKey};
use doorstep_core::access::Standing;
use doorstep_core::casework::{ReceivedAction, review};
use doorstep_core::documents::{Document, MergeFault, MergeGuards, merge, summarise};
use doorstep_core::model::{
    Action, ActionId, ActionKind, DocKind, Heads, MemberId, Opening, ReviewState, Summary, Timestamp,
};
use doorstep_core::sync::wire::{DOCUMENT_LIMIT, ItemResult, ItemVerdict, RefusalCode};

/// A document as it would stand after the push.
struct State {
    /// Present if it changed.
    document: Option<Document>,
    summary: Summary,
    /// Present if it changed.
    snapshot: Option<Vec<u8>>,
    operations: u64,
}

/// What lists find an entry by.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReviewMarks {
    /// Since when a supervisor has something to do. An edit after approval waits since the last change.
    pub waiting_since: Option<Timestamp>,
    /// The approval that holds was given by someone who handed the entry in.
    pub self_reviewed: bool,
}

impl ReviewMarks {
    /// The marks that follow from the actions and the present heads.
    pub fn of(kind: DocKind, actions: &[ReceivedAction], heads: &Heads, last_change: Timestamp) -> Self {
        if kind.is_case_part() {
            return Self::default();
        }
        let review = review(actions, heads);
        Self {
            waiting_since: review.state.is_waiting().then(|| review.waiting_since.unwrap_or(last_change)),
            self_reviewed: review.self_reviewed && review.state == ReviewState::Approved,
        }
    }
}

impl Judgement<'_> {
    /// Merges the new changes, and says what is to be stored.
    pub(super) fn merge(self, standing: &Standing, opening: Option<Opening>) -> Result<Acceptance, Stop> {
        let (scene, doc) = (self.scene, self.checked.push.doc);
        let vault = scene.server.vault();
        vault.ensure(&[(self.scope, self.class)], scene.server.env())?;
        let key = vault.existing(self.scope, self.class)?;
        let current = documents::find(scene.tx, doc)?;
        let state = self.merged(current.as_ref(), standing)?;
        let author = self.check_merged(&state, standing)?;
        let changes = self.new_changes().count() as u64;
        let revision = self.row.as_ref().map_or(0, |row| row.revision) + changes;
        let content = state.snapshot.as_ref().map(|snapshot| {
            let summary = minicbor::to_vec(&state.summary).expect("writing into memory does not fail");
            let row = revision.to_be_bytes();
            let seal =
                |table, plain: &[u8]| key.seal(scene.server.env(), &Place { table, doc, row: &row }, plain);
            (seal(records::SUMMARY, &summary), seal(records::SNAPSHOT, snapshot))
        });
        Ok(Acceptance {
            result: self.known.answer(self.checked, |_| ItemResult {
                verdict: ItemVerdict::Accepted,
                position: None,
                code: None,
            }),
            doc,
            scope: self.scope,
            class: self.class,
            kind: self.kind,
            author,
            created_position: self.row.as_ref().map(|row| row.created_position),
            revision,
            operations: state.operations,
            marks: self.marks(&state.summary.heads)?,
            content,
            items: self.items(&key),
            opening,
        })
    }

    /// The document with the new changes in it.
    fn merged(&self, current: Option<&SealedDocument>, standing: &Standing) -> Result<State, Stop> {
        let (scene, doc) = (self.scene, self.checked.push.doc);
        let vault = scene.server.vault();
        let summary = current
            .map(|current| records::open_summary(vault, &current.row, &current.summary))
            .transpose()?;
        let Some((first, _)) = self.new_changes().next() else {
            let (Some(current), Some(summary)) = (current, summary) else {
                return hold(self.known.first_new(), RefusalCode::UnknownDependencies);
            };
            return Ok(State { document: None, summary, snapshot: None, operations: current.row.operations });
        };
        if let Some(summary) = &summary {
            // Asked as it was, and again below as it would be: a change of kind opens nothing.
            self.ask_to_write(standing, summary)?;
        }
        let before = current.map(|current| records::open_snapshot(vault, current)).transpose()?;
        let changes: Vec<&[u8]> = self.new_changes().map(|(_, change)| change.bytes.as_slice()).collect();
        let guards = MergeGuards { load_back: scene.server.defences().load_back };
        let merged = match merge(self.kind, before.as_deref(), &changes, guards) {
            Ok(merged) => merged,
            Err(MergeFault::UnknownDependencies) => return hold(first, RefusalCode::UnknownDependencies),
            Err(MergeFault::TooManyOperations) => return quarantine(first, RefusalCode::TooManyOperations),
            Err(MergeFault::TooLarge) => return quarantine(first, RefusalCode::TooLarge),
            Err(MergeFault::Unreadable) => return quarantine(first, RefusalCode::Unreadable),
            Err(MergeFault::Damaged(_)) => return Err(StoreFault::Damaged(records::SNAPSHOT).into()),
            Err(MergeFault::DuplicateSequence | MergeFault::Unmergeable | MergeFault::Change(..)) => {
                return quarantine(first, RefusalCode::Unmergeable);
            }
        };
        if merged.snapshot.len() > DOCUMENT_LIMIT {
            return quarantine(first, RefusalCode::TooLarge);
        }
        Ok(State {
            summary: summarise(doc, &merged.document),
            document: Some(merged.document),
            snapshot: Some(merged.snapshot),
            operations: merged.operations,
        })
    }

    /// What only the merged document can say: author, kind of entry, and that actions are about what is there.
    fn check_merged(&self, state: &State, standing: &Standing) -> Result<MemberId, Stop> {
        let first = self.known.first_new();
        let author = match (&self.row, &state.document) {
            (Some(row), _) => row.author,
            (None, Some(document)) => document.author(),
            (None, None) => return hold(first, RefusalCode::UnknownDependencies),
        };
        let is_author_kept = match &state.document {
            Some(document) => document.author() == author,
            None => true,
        };
        if !is_author_kept || (self.row.is_none() && author != standing.member) {
            return quarantine(first, RefusalCode::EnvelopeMismatch);
        }
        self.ask_to_write(standing, &state.summary)?;
        let mut loaded = None;
        for (item, action) in self.new_actions() {
            if action.heads != state.summary.heads && !self.contains(state, &mut loaded, &action.heads)? {
                return hold(item, RefusalCode::UnknownDependencies);
            }
        }
        self.check_handed_in()?;
        Ok(author)
    }

    /// Nobody decides about what was never handed in. A decision that names actions which are not
    /// here waits for them: a restored server may have lost the hand-in that its author still has.
    fn check_handed_in(&self) -> Result<(), Stop> {
        let is_decision = |action: &Action| matches!(action.kind, ActionKind::Approve | ActionKind::Return);
        let is_hand_in = |action: &Action| matches!(action.kind, ActionKind::Submit | ActionKind::Resubmit);
        let Some((item, decision)) = self.new_actions().find(|(_, action)| is_decision(action)) else {
            return Ok(());
        };
        if self.scene.is_accepted_by_supervisor || self.checked.actions.iter().any(is_hand_in) {
            return Ok(());
        }
        let (tx, vault) = (self.scene.tx, self.scene.server.vault());
        let known = records::actions_of(tx, vault, self.checked.push.doc)?;
        if known.iter().any(|received| is_hand_in(&received.action)) {
            return Ok(());
        }
        let is_known = |id: &ActionId| known.iter().any(|received| received.action.id == *id);
        if decision.after.iter().all(is_known) {
            return quarantine(item, RefusalCode::NotAllowed);
        }
        hold(item, RefusalCode::UnknownDependencies)
    }

    fn contains(&self, state: &State, loaded: &mut Option<Document>, heads: &Heads) -> Result<bool, Stop> {
        if let Some(document) = &state.document {
            return Ok(document.contains(heads));
        }
        if loaded.is_none() {
            let vault = self.scene.server.vault();
            *loaded = Some(records::load_document(self.scene.tx, vault, self.checked.push.doc)?);
        }
        Ok(loaded.as_ref().is_some_and(|document| document.contains(heads)))
    }

    fn marks(&self, heads: &Heads) -> Result<ReviewMarks, Stop> {
        let (tx, vault, doc) = (self.scene.tx, self.scene.server.vault(), self.checked.push.doc);
        let mut actions = records::actions_of(tx, vault, doc)?;
        let received = self.scene.received;
        let action = |action: &Action| ReceivedAction { action: action.clone(), received: Some(received) };
        actions.extend(self.new_actions().map(|(_, new)| action(new)));
        let last_change = match self.new_changes().next() {
            Some(_) => received,
            None => log::last_change_received(tx, doc)?.unwrap_or(received),
        };
        Ok(ReviewMarks::of(self.kind, &actions, heads, last_change))
    }

    /// The rows of the log, sealed.
    fn items(&self, key: &ScopeKey) -> Vec<NewItem> {
        let (env, doc) = (self.scene.server.env(), self.checked.push.doc);
        let new_item = |index, item, reference: [u8; 32], plain: &[u8]| {
            let place = Place { table: records::LOG, doc, row: &reference };
            NewItem { index, item, sealed: key.seal(env, &place, plain), reference }
        };
        let changes = self.new_changes().map(|(index, change)| {
            let plain = minicbor::to_vec(change).expect("writing into memory does not fail");
            let envelope = &change.envelope;
            let reference = known::change_reference(key, &envelope.hash);
            new_item(index, Item::Change(envelope.actor, envelope.seq), reference, &plain)
        });
        let offset = self.checked.push.changes.len();
        let actions = self.new_actions().map(|(index, action)| {
            let signed = &self.checked.push.actions[index - offset];
            let plain = minicbor::to_vec(signed).expect("writing into memory does not fail");
            new_item(index, Item::Action(action.id), known::action_reference(key, signed), &plain)
        });
        changes.chain(actions).collect()
    }
}
