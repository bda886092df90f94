//! What was set aside, tried again: when its document or scope moved, after a grant, after an
//! upgrade, or because a supervisor took it in.

use super::apply::{Tail, apply};
use super::check::{Checked, Pusher};
use super::plan::{Outcome, Scene, plan};
use super::queue::Moved;
use crate::error::StoreFault;
use crate::records;
use crate::server::Server;
use crate::store::aside::{self, AsideRow};
use crate::store::audit::{self, Line};
use crate::store::devices;
use crate::store::log::Item;
use doorstep_core::changes::{SignedAction, SignedChange};
use doorstep_core::model::{DocId, MemberId, Scope, Timestamp};
use doorstep_core::sync::wire::{ItemVerdict, Push, RefusalCode};
use rusqlite::Connection;
use std::collections::{BTreeSet, HashSet};

/// Why a supervisor's acceptance came to nothing.
#[derive(Debug, thiserror::Error)]
pub enum AcceptFault {
    /// There is no such push, or the member does not decide about it.
    #[error("nothing to decide about")]
    NotFound,
    /// It still does not fit; the code says why.
    #[error("still refused: {}", .0.code())]
    StillRefused(RefusalCode),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Server {
    /// Tries again what is set aside in a scope (after a grant), or everywhere (after an upgrade).
    pub fn retry_set_aside(&self, scope: Option<Scope>) -> Result<(), StoreFault> {
        self.queue().alone(|| {
            let docs = self.store().read(|tx| aside::docs(tx, scope))?;
            docs.into_iter().try_for_each(|doc| self.retry_doc(doc).map(|_| ()))
        })
    }

    /// A supervisor takes a push in that was set aside. The merge guards itself all the same.
    pub fn accept_set_aside(&self, supervisor: MemberId, push: u64) -> Result<(), AcceptFault> {
        if !self.records_of::<_, StoreFault>(supervisor, |records| records.may_decide(push))? {
            return Err(AcceptFault::NotFound);
        }
        self.queue().alone(|| {
            let code = self.store().write::<_, AcceptFault>(|tx| {
                let rows = aside::of_push(tx, push)?;
                let Some(first) = rows.first().cloned() else { return Err(AcceptFault::NotFound) };
                let line = Line {
                    time: self.env().now(),
                    member: Some(supervisor),
                    device: Some(self.console_device()),
                    verb: "accept_set_aside",
                    subject: Some(first.doc.as_bytes()),
                    detail: Some(first.code.code()),
                };
                audit::add(tx, &line)?;
                let mut moved = Moved::default();
                match self.retry_push(tx, &rows, true, &mut moved)? {
                    None => Ok(first.doc),
                    Some(code) => Err(AcceptFault::StillRefused(code)),
                }
            });
            let doc = code?;
            // What followed it in the same actor's branch may fit now.
            self.retry_doc(doc)?;
            Ok(())
        })
    }

    /// A supervisor puts a push away that was set aside, or back among what waits. It is kept all the
    /// same, and still taken in if it fits some day.
    pub fn dismiss_set_aside(
        &self,
        supervisor: MemberId,
        push: u64,
        is_dismissed: bool,
    ) -> Result<(), AcceptFault> {
        let found = self.records_of::<_, StoreFault>(supervisor, |records| records.set_aside_push(push))?;
        let found = found.ok_or(AcceptFault::NotFound)?;
        let now = self.env().now();
        Ok(self.store().write::<_, StoreFault>(|tx| {
            aside::set_dismissed(tx, push, supervisor, is_dismissed.then_some(now))?;
            let line = Line {
                time: now,
                member: Some(supervisor),
                device: Some(self.console_device()),
                verb: if is_dismissed { "dismiss_set_aside" } else { "undismiss_set_aside" },
                subject: Some(found.doc.as_bytes()),
                detail: Some(found.code.code()),
            };
            audit::add(tx, &line)
        })?)
    }

    /// Tries again what a batch may have made room for. Failing that, it stays set aside.
    pub(super) fn retry_moved(&self, moved: &Moved) {
        let mut docs = moved.docs.clone();
        let mut begun: Vec<Scope> = moved.scopes.iter().copied().collect();
        while let Some(scope) = begun.pop() {
            match self.store().read::<_, StoreFault>(|tx| aside::docs(tx, Some(scope))) {
                Ok(found) => docs.extend(found),
                Err(fault) => tracing::error!(%fault, "what is set aside could not be looked up"),
            }
        }
        while let Some(doc) = docs.pop_first() {
            match self.retry_doc(doc) {
                Ok(more) => begun.extend(more.scopes),
                Err(fault) => tracing::error!(%fault, %doc, "what is set aside could not be tried again"),
            }
        }
    }

    /// Tries all pushes of a document again, in the order in which they came, until none fits.
    fn retry_doc(&self, doc: DocId) -> Result<Moved, StoreFault> {
        let mut moved = Moved::default();
        if self.store().read::<_, StoreFault>(|tx| aside::mark(tx, doc))?.0 == 0 {
            return Ok(moved);
        }
        self.store().write::<_, StoreFault>(|tx| {
            loop {
                let rows = aside::of_doc(tx, doc)?;
                let pushes: BTreeSet<u64> = rows.iter().map(|row| row.push).collect();
                let mut has_fitted = false;
                for push in pushes {
                    let rows: Vec<AsideRow> = rows.iter().filter(|row| row.push == push).cloned().collect();
                    has_fitted |= self.retry_push(tx, &rows, false, &mut moved)?.is_none();
                }
                if !has_fitted {
                    return Ok(());
                }
            }
        })?;
        Ok(moved)
    }

    /// Tries one push; returns why it still does not fit.
    fn retry_push(
        &self,
        tx: &Connection,
        rows: &[AsideRow],
        is_accepted_by_supervisor: bool,
        moved: &mut Moved,
    ) -> Result<Option<RefusalCode>, StoreFault> {
        let Some(first) = rows.first() else { return Ok(None) };
        let (checked, pusher) = self.reopen(tx, rows, first)?;
        let received: Timestamp = self.env().now();
        let retried = Some(first.push);
        let scene = Scene {
            server: self,
            tx,
            pusher: &pusher,
            view: None,
            received,
            retried,
            is_accepted_by_supervisor,
        };
        match plan(&scene, &checked)? {
            outcome @ (Outcome::Accept(_) | Outcome::Settled { is_alarming: false, .. }) => {
                aside::remove_push(tx, first.push)?;
                let mut tail = Tail::read(tx)?;
                let most = self.defences().most_set_aside;
                moved.note(&apply(tx, &mut tail, &pusher, received, outcome, most)?);
                tail.write(tx)?;
                Ok(None)
            }
            Outcome::Settled { .. } => Ok(Some(RefusalCode::DuplicateSequence)),
            Outcome::Aside { rows: again, .. } => {
                let mut reason = RefusalCode::PushFailed;
                for row in rows {
                    let Some(now) = again.iter().find(|again| again.item == row.item) else { continue };
                    if now.code != RefusalCode::PushFailed {
                        reason = now.code.clone();
                    }
                    if (&now.verdict, &now.code) != (&row.verdict, &row.code) {
                        aside::set_verdict(tx, row.id, &now.verdict, &now.code)?;
                    }
                }
                Ok(Some(reason))
            }
        }
    }

    /// A push as it was when its items were proven.
    fn reopen(
        &self,
        tx: &Connection,
        rows: &[AsideRow],
        first: &AsideRow,
    ) -> Result<(Checked, Pusher), StoreFault> {
        let mut push = Push { doc: first.doc, changes: Vec::new(), actions: Vec::new() };
        let mut actions = Vec::new();
        let mut flaw = None;
        for row in rows {
            match row.item {
                Item::Change(..) => {
                    if row.code == RefusalCode::EnvelopeMismatch && row.verdict == ItemVerdict::Quarantined {
                        flaw = flaw.or(Some((push.changes.len(), RefusalCode::EnvelopeMismatch)));
                    }
                    push.changes.push(records::open_aside::<SignedChange>(self.vault(), row)?);
                }
                Item::Action(_) => {
                    let signed: SignedAction = records::open_aside(self.vault(), row)?;
                    actions.push(signed.action().map_err(|_| StoreFault::Damaged(records::SET_ASIDE))?);
                    push.actions.push(signed);
                }
            }
        }
        let device = devices::find(tx, first.device)?.ok_or(StoreFault::Damaged("devices"))?;
        let pusher = Pusher {
            org: self.org(),
            member: first.member,
            device: device.id,
            key: device.key,
            actors: HashSet::new(),
        };
        Ok((Checked { push, actions, flaw }, pusher))
    }
}
