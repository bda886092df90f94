//! What should become of one push: planned against the rows at hand, stored by `apply`.
//!
//! The order is the design's: what is known already, sequence, place, access, merge. Planning
//! writes nothing, so it runs in parallel on readers, and again in the writer for what has moved.

use super::check::{Checked, Pusher};
use super::known::{self, Known};
use super::standing::standing;
use crate::error::StoreFault;
use crate::records;
use crate::server::Server;
use crate::store::aside::{self, AsideRow};
use crate::store::devices::{self, DeviceState};
use crate::store::documents::{self, DocumentRow, SealedDocument};
use crate::store::log::{self, Item};
use crate::store::{cases, office};
use crate::vault::{Place, ScopeKey};
use doorstep_core::access::{Standing, Target, Verb, may};
use doorstep_core::casework::{ReceivedAction, review};
use doorstep_core::documents::{Document, MergeFault, MergeGuards, merge, summarise};
use doorstep_core::model::{
    Action, ActionKind, CaseRole, Class, DocId, DocKind, EntryKind, Heads, MemberId, Opening,
    SUMMARY_VERSION, Scope, Summary, Timestamp,
};
use doorstep_core::sync::wire::{DOCUMENT_LIMIT, ItemResult, ItemVerdict, PushResult, RefusalCode};
use rusqlite::Connection;
use std::collections::HashMap;
use std::sync::Arc;

/// What a plan is made with.
pub struct Scene<'a> {
    /// The office.
    pub server: &'a Server,
    /// The state that the plan is for.
    pub tx: &'a Connection,
    /// Whose push it is.
    pub pusher: &'a Pusher,
    /// When it came.
    pub received: Timestamp,
    /// The push of `set_aside` that is tried again, if it is one.
    pub retried: Option<u64>,
    /// A supervisor took it in: the author's own standing is not asked for.
    pub is_accepted_by_supervisor: bool,
}

/// What a plan rests on. If any of it has moved at the commit, the push is planned again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    directory_revision: u64,
    last_position: Option<u64>,
    aside: (u64, u64),
}

impl Base {
    /// The base of a document as it stands.
    pub fn read(tx: &Connection, doc: DocId) -> Result<Self, StoreFault> {
        Ok(Self {
            directory_revision: office::directory_revision(tx)?,
            last_position: documents::last_position(tx, doc)?,
            aside: aside::mark(tx, doc)?,
        })
    }
}

/// What should become of a push.
pub enum Outcome {
    /// Nothing to store: all known, or refused.
    Settled {
        /// The answer.
        result: PushResult,
        /// Whether two contents claim one sequence number, which somebody should look at.
        is_alarming: bool,
    },
    /// It becomes part of the document.
    Accept(Box<Acceptance>),
    /// It is kept apart.
    Aside {
        /// The answer.
        result: PushResult,
        /// What is kept.
        rows: Vec<AsideRow>,
    },
}

impl Outcome {
    /// The answer; positions of new items are still missing.
    pub fn result(&self) -> &PushResult {
        match self {
            Self::Settled { result, .. } | Self::Aside { result, .. } => result,
            Self::Accept(acceptance) => &acceptance.result,
        }
    }
}

/// Everything that an accepted push writes, but the positions.
pub struct Acceptance {
    /// The answer; positions of new items are still missing.
    pub result: PushResult,
    /// Which document.
    pub doc: DocId,
    /// Its scope.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What it holds.
    pub kind: DocKind,
    /// Who created it.
    pub author: MemberId,
    /// Position of its first change, if it has one.
    pub created_position: Option<u64>,
    /// Changes so far, the new ones included.
    pub revision: u64,
    /// Operations so far.
    pub operations: u64,
    /// Since when a supervisor has something to do.
    pub waiting_since: Option<Timestamp>,
    /// Sealed summary and snapshot, if a change is among the items.
    pub content: Option<(Vec<u8>, Vec<u8>)>,
    /// The new items in order.
    pub items: Vec<NewItem>,
    /// The case that this opens.
    pub opening: Option<Opening>,
}

/// A new row of the log, but for its position.
pub struct NewItem {
    /// Which item of the push. Changes count first.
    pub index: usize,
    /// What it is.
    pub item: Item,
    /// HMAC of its content.
    pub reference: [u8; 32],
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// Why a push does not become part of its document.
enum Stop {
    Aside { item: usize, verdict: ItemVerdict, code: RefusalCode },
    Fault(StoreFault),
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault)
    }
}

fn quarantine<T>(item: usize, code: RefusalCode) -> Result<T, Stop> {
    Err(Stop::Aside { item, verdict: ItemVerdict::Quarantined, code })
}

fn hold<T>(item: usize, code: RefusalCode) -> Result<T, Stop> {
    Err(Stop::Aside { item, verdict: ItemVerdict::Held, code })
}

/// Plans one push.
pub fn plan(scene: &Scene<'_>, checked: &Checked) -> Result<Outcome, StoreFault> {
    let row = documents::find_row(scene.tx, checked.push.doc)?;
    let known = known::look_up(scene, checked, row.as_ref())?;
    if let Some(item) = known.duplicate {
        let result = known.answer(checked, |index| {
            let code = if index == item { RefusalCode::DuplicateSequence } else { RefusalCode::PushFailed };
            ItemResult { verdict: ItemVerdict::Refused, position: None, code: Some(code) }
        });
        return Ok(Outcome::Settled { result, is_alarming: true });
    }
    if known.is_complete() {
        let accepted = ItemResult { verdict: ItemVerdict::Accepted, position: None, code: None };
        return Ok(Outcome::Settled {
            result: known.answer(checked, |_| accepted.clone()),
            is_alarming: false,
        });
    }
    match Judgement::new(scene, checked, row, &known).accept() {
        Ok(acceptance) => Ok(Outcome::Accept(Box::new(acceptance))),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Aside { item, verdict, code }) => {
            let result = known.answer(checked, |index| {
                let is_all = index == item || verdict == ItemVerdict::Late;
                let code = if is_all { code.clone() } else { RefusalCode::PushFailed };
                ItemResult { verdict: verdict.clone(), position: None, code: Some(code) }
            });
            let rows = known::aside_rows(scene, checked, &known, &result)?;
            Ok(Outcome::Aside { result, rows })
        }
    }
}

/// One push being judged.
struct Judgement<'a> {
    scene: &'a Scene<'a>,
    checked: &'a Checked,
    known: &'a Known,
    row: Option<DocumentRow>,
    scope: Scope,
    class: Class,
    kind: DocKind,
}

impl<'a> Judgement<'a> {
    fn new(scene: &'a Scene<'a>, checked: &'a Checked, row: Option<DocumentRow>, known: &'a Known) -> Self {
        let (scope, class, kind) = match (&row, checked.push.changes.first(), checked.actions.first()) {
            (Some(row), _, _) => (row.scope, row.class, row.kind),
            (None, Some(change), _) => (change.envelope.scope, change.envelope.class, change.envelope.kind),
            (None, None, Some(action)) => (action.scope, action.class, DocKind::Entry),
            // A push without items is complete before it is judged.
            (None, None, None) => {
                (Scope::Case(doorstep_core::model::CaseId([0; 16])), Class::Contact, DocKind::Entry)
            }
        };
        Self { scene, checked, known, row, scope, class, kind }
    }

    fn accept(self) -> Result<Acceptance, Stop> {
        if let Some((item, code)) = &self.checked.flaw {
            return quarantine(*item, code.clone());
        }
        self.check_sequence()?;
        self.check_place()?;
        let opening = self.opening()?;
        let standing = self.check_access(opening.as_ref())?;
        self.merge(&standing, opening)
    }

    /// New changes with their index in the push.
    fn new_changes(&self) -> impl Iterator<Item = (usize, &doorstep_core::changes::SignedChange)> {
        self.checked.push.changes.iter().enumerate().filter(|(index, _)| self.known.is_new(*index))
    }

    /// New actions with their index in the push.
    fn new_actions(&self) -> impl Iterator<Item = (usize, &Action)> {
        let offset = self.checked.push.changes.len();
        let actions =
            self.checked.actions.iter().enumerate().map(move |(index, action)| (offset + index, action));
        actions.filter(|(index, _)| self.known.is_new(*index))
    }

    /// Each actor counts on from its last change. One of whose changes something is set aside goes on there.
    fn check_sequence(&self) -> Result<(), Stop> {
        let doc = self.checked.push.doc;
        let mut last = HashMap::new();
        for (item, change) in self.new_changes() {
            let (actor, seq) = (change.envelope.actor, change.envelope.seq);
            if let Some(earlier) = self.known.earlier_aside(actor, seq) {
                return match &earlier.verdict {
                    ItemVerdict::Late => {
                        Err(Stop::Aside { item, verdict: ItemVerdict::Late, code: RefusalCode::NotAssigned })
                    }
                    ItemVerdict::Held => hold(item, earlier.code.clone()),
                    _ => quarantine(item, RefusalCode::FollowsQuarantined),
                };
            }
            let before = match last.get(&actor) {
                Some(&before) => before,
                None => log::last_seq(self.scene.tx, doc, actor)?,
            };
            if seq != before + 1 {
                return hold(item, RefusalCode::SequenceGap);
            }
            last.insert(actor, seq);
        }
        Ok(())
    }

    /// Everything belongs where the document does, and a case's part is where it must be.
    fn check_place(&self) -> Result<(), Stop> {
        for (item, change) in self.new_changes() {
            let envelope = &change.envelope;
            if (envelope.scope, envelope.class, envelope.kind) != (self.scope, self.class, self.kind) {
                return quarantine(item, RefusalCode::ScopeMismatch);
            }
        }
        for (item, action) in self.new_actions() {
            if (action.scope, action.class) != (self.scope, self.class) {
                return quarantine(item, RefusalCode::ScopeMismatch);
            }
        }
        let first = self.known.first_new();
        if self.row.is_none() && self.checked.push.changes.is_empty() {
            return hold(first, RefusalCode::UnknownDependencies);
        }
        let is_in_place = match (self.kind.is_case_part(), self.scope) {
            (false, Scope::Team(_)) => true,
            // Nobody takes the place of a part that is still to come.
            (false, Scope::Case(case)) => {
                !Class::ALL.iter().any(|&class| self.checked.push.doc == DocId::of_case_part(case, class))
            }
            (true, Scope::Team(_)) => false,
            (true, Scope::Case(case)) => {
                self.kind == DocKind::case_part(self.class)
                    && self.checked.push.doc == DocId::of_case_part(case, self.class)
            }
        };
        if is_in_place { Ok(()) } else { quarantine(first, RefusalCode::ScopeMismatch) }
    }

    /// The case that the push opens: with the first change of its contact part, and only once.
    fn opening(&self) -> Result<Option<Opening>, Stop> {
        let mut found = None;
        for (item, action) in self.new_actions() {
            if action.kind != ActionKind::OpenCase {
                continue;
            }
            let Some(opening) = &action.opening else {
                return quarantine(item, RefusalCode::EnvelopeMismatch);
            };
            let begins = self.row.is_none() && self.kind == DocKind::CaseContact && found.is_none();
            let is_new = cases::find(self.scene.tx, opening.case)?.is_none();
            if self.scope != Scope::Case(opening.case) || !begins || !is_new {
                return quarantine(item, RefusalCode::ScopeMismatch);
            }
            found = Some(opening.clone());
        }
        Ok(found)
    }

    fn check_access(&self, opening: Option<&Opening>) -> Result<Standing, Stop> {
        let (scene, first) = (self.scene, self.known.first_new());
        let member = scene.pusher.member;
        let team = opening.map(|opening| opening.team);
        let Some(mut standing) = standing(scene.tx, member, self.scope, team)? else {
            // The case's opening may still come, from a phone that a restored server has not heard of yet.
            return hold(first, RefusalCode::UnknownDependencies);
        };
        if scene.is_accepted_by_supervisor {
            return Ok(standing);
        }
        match devices::find(scene.tx, scene.pusher.device)?.map(|device| device.state) {
            Some(DeviceState::Active) => {}
            Some(DeviceState::Unconfirmed) => return hold(first, RefusalCode::NotAllowed),
            Some(DeviceState::Revoked) | None => return quarantine(first, RefusalCode::NotAllowed),
        }
        if opening.is_some() {
            self.ask(&standing, &Verb::OpenCase, first, None)?;
            standing.case_role = Some(CaseRole::LeadWorker);
        } else if let Scope::Case(case) = self.scope
            && standing.case_role.is_none()
            && !standing.supervises
            && cases::was_assigned(scene.tx, case, member)?
        {
            return Err(Stop::Aside {
                item: first,
                verdict: ItemVerdict::Late,
                code: RefusalCode::NotAssigned,
            });
        }
        if let Some((item, _)) = self.new_changes().next() {
            // What kind of entry a new one is shows after the merge only.
            self.ask(&standing, &Verb::Read, item, None)?;
        }
        for (item, action) in self.new_actions() {
            if action.kind != ActionKind::OpenCase {
                self.ask(&standing, &Verb::Act(action.kind.clone()), item, None)?;
            }
        }
        Ok(standing)
    }

    /// Asks whether the member may write the document, for the kind of entry that it is.
    fn ask_to_write(&self, standing: &Standing, summary: &Summary) -> Result<(), Stop> {
        let Some((item, _)) = self.new_changes().next() else { return Ok(()) };
        if self.scene.is_accepted_by_supervisor {
            return Ok(());
        }
        let verb = if self.row.is_some() { Verb::EditDoc } else { Verb::CreateDoc };
        self.ask(standing, &verb, item, summary.entry.as_ref().map(|entry| &entry.kind))
    }

    fn ask(
        &self,
        standing: &Standing,
        verb: &Verb,
        item: usize,
        entry_kind: Option<&EntryKind>,
    ) -> Result<(), Stop> {
        let target = Target {
            scope: self.scope,
            class: self.class,
            doc_kind: self.kind,
            entry_kind: entry_kind.cloned(),
            author: Some(self.row.as_ref().map_or(standing.member, |row| row.author)),
        };
        if may(standing, verb, &target).is_allowed() {
            Ok(())
        } else {
            quarantine(item, RefusalCode::NotAllowed)
        }
    }

    fn merge(self, standing: &Standing, opening: Option<Opening>) -> Result<Acceptance, Stop> {
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
            waiting_since: self.waiting_since(&state.summary.heads)?,
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
        Ok(author)
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

    /// Since when a supervisor has something to do with the entry.
    fn waiting_since(&self, heads: &Heads) -> Result<Option<Timestamp>, Stop> {
        if self.kind.is_case_part() {
            return Ok(None);
        }
        let mut actions =
            records::actions_of(self.scene.tx, self.scene.server.vault(), self.checked.push.doc)?;
        let received = Some(self.scene.received);
        actions.extend(
            self.new_actions().map(|(_, action)| ReceivedAction { action: action.clone(), received }),
        );
        let review = review(&actions, heads);
        if !review.state.is_waiting() {
            return Ok(None);
        }
        // An edit after approval waits since the last change.
        let before = self
            .row
            .as_ref()
            .filter(|_| self.new_changes().next().is_none())
            .and_then(|row| row.waiting_since);
        Ok(review.waiting_since.or(before).or(received))
    }

    /// The rows of the log, sealed.
    fn items(&self, key: &Arc<ScopeKey>) -> Vec<NewItem> {
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

/// A document as it would stand after the push.
struct State {
    /// Present if it changed.
    document: Option<Document>,
    summary: Summary,
    /// Present if it changed.
    snapshot: Option<Vec<u8>>,
    operations: u64,
}

/// Version of the summaries that a plan stores.
pub const PLANNED_SUMMARY: u32 = SUMMARY_VERSION;
