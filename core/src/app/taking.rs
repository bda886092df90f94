//! Taking one answer in, inside its transaction: results, grants, page, purge.

use super::recover;
use super::save::save_draft;
use super::sync::SyncReport;
use super::{Client, Failure};
use crate::documents::{Document, MergeFault, MergeGuards, merge_into, summarise};
use crate::model::{Class, DocId, Grant, SUMMARY_VERSION, Scope, Timestamp};
use crate::store::{AttentionKind, OwnWork, StoreFault, Tx};
use crate::sync::session::{GrantRow, GrantState, Plan};
use crate::sync::wire::{ChangesItem, Item, ItemVerdict, RefusalCode, SnapshotItem, SyncResponse};
use std::collections::HashSet;

/// One answer being taken in, inside its transaction.
pub(super) struct Taking<'a, 'b> {
    pub client: &'a Client,
    pub tx: &'a Tx<'b>,
    pub plan: &'a Plan,
    pub report: &'a mut SyncReport,
    /// Scopes whose documents are wanted again from the start.
    pub refill: HashSet<(Scope, Class)>,
}

impl Taking<'_, '_> {
    /// What became of own work.
    pub fn results(&mut self, work: &[OwnWork], response: &SyncResponse) -> Result<(), Failure> {
        let results = response.results.iter().flat_map(|push| push.changes.iter().chain(&push.actions));
        let now = self.client.env.now();
        let mut troubled: Vec<(&OwnWork, Option<RefusalCode>)> = Vec::new();
        for (work, result) in work.iter().zip(results) {
            self.tx.settle_own(work.id, result)?;
            let code = result.code.as_ref().map(RefusalCode::code);
            match &result.verdict {
                ItemVerdict::Accepted | ItemVerdict::Held => self.report.pushed += 1,
                ItemVerdict::Late => {
                    self.report.set_aside += 1;
                    let (scope, doc) = (Some(work.scope), Some(work.doc));
                    self.tx.add_attention(&AttentionKind::HandedOver, scope, doc, code, now)?;
                }
                ItemVerdict::Quarantined | ItemVerdict::Refused | ItemVerdict::Unknown(_) => {
                    self.report.set_aside += 1;
                    // The first trouble of a document says what is wrong; the others follow from it.
                    if !troubled.iter().any(|(earlier, _)| earlier.doc == work.doc) {
                        troubled.push((work, result.code.clone()));
                    }
                }
            }
        }
        for (work, code) in troubled {
            recover::set_aside(self.tx, &self.client.env, work, code.as_ref())?;
            self.refill.insert((work.scope, work.class));
        }
        Ok(())
    }

    /// Stores grants. What is typed in a scope that ends is saved first, while its author still may.
    pub fn grants(&mut self) -> Result<(), Failure> {
        let now = self.client.env.now();
        for grant in &self.plan.ended {
            for draft in self.tx.drafts()? {
                if (draft.scope, draft.class) == (grant.scope, grant.class) {
                    if save_draft(self.tx, &self.client.env, &draft).is_err() {
                        let kind = AttentionKind::NotTaken;
                        self.tx.add_attention(&kind, Some(grant.scope), draft.doc, Some("draft"), now)?;
                    }
                    self.tx.remove_draft(draft.id)?;
                }
            }
        }
        for row in &self.plan.grants {
            self.tx.put_grant(row)?;
        }
        Ok(())
    }

    pub fn page(&mut self, page: &[Item]) -> Result<(), Failure> {
        let active: HashSet<(Scope, Class)> = self
            .plan
            .grants
            .iter()
            .filter(|row| row.state == GrantState::Active)
            .map(|row| (row.grant.scope, row.grant.class))
            .collect();
        for item in page {
            match item {
                Item::Snapshot(item) if active.contains(&(item.scope, item.class)) => self.snapshot(item)?,
                Item::Changes(item) if active.contains(&(item.scope, item.class)) => self.changes(item)?,
                Item::Action(item) => {
                    let action = item.action.action().map_err(|_| StoreFault::Damaged)?;
                    if active.contains(&(action.scope, action.class)) {
                        self.tx.put_action(&item.action, Some(item.received))?;
                        self.report.actions += 1;
                    }
                }
                // Not ours to hold (any more).
                Item::Snapshot(_) | Item::Changes(_) => {}
            }
        }
        Ok(())
    }

    fn snapshot(&mut self, item: &SnapshotItem) -> Result<(), Failure> {
        let Some(stored) = self.tx.document(item.doc)? else {
            self.report.received += 1;
            return self.put_server_version(item);
        };
        if recover::is_expected(self.tx, item.doc)? {
            self.report.received += 1;
            self.put_server_version(item)?;
            return recover::replay(self.tx, &self.client.env, item);
        }
        if self.tx.summary(item.doc)?.is_some_and(|summary| summary.heads == item.summary.heads) {
            return Ok(());
        }
        let theirs = Document::load(&item.bytes).map_err(|_| StoreFault::Damaged)?;
        let ours = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
        let missing = theirs.changes_missing_from(&ours);
        self.merge(item.doc, (item.scope, item.class), &ours, &missing)
    }

    /// A document that is new here is stored as the server has it, without parsing it: a first
    /// sync brings thousands.
    fn put_server_version(&self, item: &SnapshotItem) -> Result<(), Failure> {
        if item.summary.version == SUMMARY_VERSION && item.summary.doc == item.doc {
            return Ok(self.tx.put_document(
                item.scope,
                item.class,
                item.kind,
                &item.bytes,
                &item.summary,
            )?);
        }
        let document = Document::load(&item.bytes).map_err(|_| StoreFault::Damaged)?;
        let summary = summarise(item.doc, &document);
        Ok(self.tx.put_document(item.scope, item.class, item.kind, &item.bytes, &summary)?)
    }

    fn changes(&mut self, item: &ChangesItem) -> Result<(), Failure> {
        let place = (item.scope, item.class);
        let Some(stored) = self.tx.document(item.doc)? else {
            // A fill that is under way brings it; if none is, one is needed.
            if !self.tx.is_filling(item.scope, item.class)? {
                self.refill.insert(place);
            }
            return Ok(());
        };
        if recover::is_expected(self.tx, item.doc)? {
            return Ok(());
        }
        let ours = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
        let changes: Vec<Vec<u8>> = item.changes.iter().map(|change| change.0.clone()).collect();
        self.merge(item.doc, place, &ours, &changes)
    }

    fn merge(
        &mut self,
        doc: DocId,
        place: (Scope, Class),
        ours: &Document,
        changes: &[Vec<u8>],
    ) -> Result<(), Failure> {
        let is_new = |change: &&[u8]| crate::changes::chunk_hash(change).is_none_or(|hash| !ours.has(&hash));
        let new: Vec<&[u8]> = changes.iter().map(Vec::as_slice).filter(is_new).collect();
        if new.is_empty() {
            return Ok(());
        }
        match merge_into(ours.kind(), Some(ours), &new, MergeGuards::default()) {
            Ok(merged) => {
                let summary = summarise(doc, &merged.document);
                self.tx.put_document(place.0, place.1, ours.kind(), &merged.snapshot, &summary)?;
                self.report.received += 1;
                let came_together = self.tx.is_waiting(doc)? || merged.heads.as_slice().len() > 1;
                self.report.merged += usize::from(came_together);
                Ok(())
            }
            Err(MergeFault::UnknownDependencies) => {
                self.refill.insert(place);
                Ok(())
            }
            Err(fault) => {
                // The server merged these: what is here must give way, but stays readable.
                let replays = fault == MergeFault::DuplicateSequence;
                recover::park(self.tx, &self.client.env, doc, place, replays)?;
                self.refill.insert(place);
                Ok(())
            }
        }
    }

    /// Asks again for what was found missing, and takes off the phone what has ended and is handed over.
    pub fn refill_and_purge(&mut self) -> Result<(), Failure> {
        let now = self.client.env.now();
        for row in self.tx.grants()? {
            let key = (row.grant.scope, row.grant.class);
            if row.state == GrantState::Active && self.refill.contains(&key) && row.grant.generation > 0 {
                self.tx.put_grant(&GrantRow { is_filled: false, after: None, ..row })?;
            } else if row.state == GrantState::Leaving {
                let must_wait = self.client.defences.hand_over_before_purge
                    && self.tx.is_scope_waiting(row.grant.scope, row.grant.class)?;
                if !must_wait {
                    self.purge(row.grant, now)?;
                }
            }
        }
        Ok(())
    }

    fn purge(&mut self, grant: Grant, now: Timestamp) -> Result<(), Failure> {
        let documents = self.tx.purge(grant.scope, grant.class)?;
        self.report.purged += documents;
        Ok(self.tx.add_attention(&AttentionKind::CaseEnded, Some(grant.scope), None, None, now)?)
    }
}
