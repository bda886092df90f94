//! Whether a push may become part of its document, in the design's order: sequence, place, access;
//! then `take_in` merges it.

use super::check::Checked;
use super::known::Known;
use super::plan::{Acceptance, Scene};
use super::standing::standing;
use crate::error::StoreFault;
use crate::store::devices::{self, DeviceState};
use crate::store::documents::DocumentRow;
use crate::store::{cases, log};
use doorstep_core::access::{Standing, Target, Verb, may};
use doorstep_core::changes::SignedChange;
use doorstep_core::model::{
    Action, ActionKind, CaseId, CaseRole, Class, DocId, DocKind, EntryKind, Opening, Scope, Summary,
};
use doorstep_core::sync::wire::{ItemVerdict, RefusalCode};
use std::collections::HashMap;

/// Why a push does not become part of its document.
pub enum Stop {
    /// It is kept apart: the item that fails, and why.
    Aside {
        /// Changes count first, then actions.
        item: usize,
        /// Held, quarantined or late.
        verdict: ItemVerdict,
        /// Why.
        code: RefusalCode,
    },
    /// The store failed.
    Fault(StoreFault),
}

impl From<StoreFault> for Stop {
    fn from(fault: StoreFault) -> Self {
        Self::Fault(fault)
    }
}

/// Not part of the document, and shown to author and supervisor.
pub fn quarantine<T>(item: usize, code: RefusalCode) -> Result<T, Stop> {
    Err(Stop::Aside { item, verdict: ItemVerdict::Quarantined, code })
}

/// Not part of the document yet: something that it builds on may still come.
pub fn hold<T>(item: usize, code: RefusalCode) -> Result<T, Stop> {
    Err(Stop::Aside { item, verdict: ItemVerdict::Held, code })
}

/// One push being judged.
pub struct Judgement<'a> {
    pub(super) scene: &'a Scene<'a>,
    pub(super) checked: &'a Checked,
    pub(super) known: &'a Known,
    pub(super) row: Option<DocumentRow>,
    pub(super) scope: Scope,
    pub(super) class: Class,
    pub(super) kind: DocKind,
}

impl<'a> Judgement<'a> {
    /// A push of which something is new.
    pub(super) fn new(
        scene: &'a Scene<'a>,
        checked: &'a Checked,
        row: Option<DocumentRow>,
        known: &'a Known,
    ) -> Self {
        let (scope, class, kind) = match (&row, checked.push.changes.first(), checked.actions.first()) {
            (Some(row), _, _) => (row.scope, row.class, row.kind),
            (None, Some(change), _) => (change.envelope.scope, change.envelope.class, change.envelope.kind),
            (None, None, Some(action)) => (action.scope, action.class, DocKind::Entry),
            // A push without items is complete before it is judged.
            (None, None, None) => (Scope::Case(CaseId([0; 16])), Class::Contact, DocKind::Entry),
        };
        Self { scene, checked, known, row, scope, class, kind }
    }

    /// What is to be stored, if nothing stands against it.
    pub(super) fn accept(self) -> Result<Acceptance, Stop> {
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
    pub(super) fn new_changes(&self) -> impl Iterator<Item = (usize, &SignedChange)> {
        self.checked.push.changes.iter().enumerate().filter(|(index, _)| self.known.is_new(*index))
    }

    /// New actions with their index in the push.
    pub(super) fn new_actions(&self) -> impl Iterator<Item = (usize, &Action)> {
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
            // Nobody takes the place of a part that is still to come.
            (false, _) => !self.checked.push.doc.has_form_of_case_part(),
            (true, Scope::Team(_)) => false,
            (true, Scope::Case(case)) => {
                self.kind == DocKind::case_part(self.class)
                    && self.checked.push.doc == DocId::of_case_part(case, self.class)
            }
        };
        if is_in_place { Ok(()) } else { quarantine(first, RefusalCode::ScopeMismatch) }
    }

    /// The case that the push opens: with its contact part, and only once.
    fn opening(&self) -> Result<Option<Opening>, Stop> {
        let mut found = None;
        for (item, action) in self.new_actions() {
            if action.kind != ActionKind::OpenCase {
                continue;
            }
            let Some(opening) = &action.opening else {
                return quarantine(item, RefusalCode::EnvelopeMismatch);
            };
            let is_contact = self.kind == DocKind::CaseContact && self.scope == Scope::Case(opening.case);
            let is_new = found.is_none() && cases::find(self.scene.tx, opening.case)?.is_none();
            if !is_contact || !is_new {
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
        let known = scene.view.and_then(|view| view.standing(self.scope));
        let found =
            known.map_or_else(|| standing(scene.tx, member, self.scope, team), |known| Ok(Some(known)))?;
        let Some(mut standing) = found else {
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
    pub(super) fn ask_to_write(&self, standing: &Standing, summary: &Summary) -> Result<(), Stop> {
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
}
