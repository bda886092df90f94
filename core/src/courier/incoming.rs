//! The page of an answer: others' work, and what the server has of this phone's.

use super::SyncReport;
use super::pen::Pen;
use super::set_aside::set_aside;
use crate::documents::{Document, MergeFault, MergeGuards, Merged, merge_into, summarise};
use crate::env::Env;
use crate::model::{Class, DocId, DocKind, Heads, SUMMARY_VERSION, Scope};
use crate::store::{AttentionKind, StoreFault, StoredDocument, Tx};
use crate::sync::session::GrantState;
use crate::sync::wire::{ActionItem, ChangesItem, Item, RefusalCode, SnapshotItem};
use std::collections::HashMap;

/// Takes a page in, item by item, within one transaction.
pub struct Incoming<'a> {
    tx: &'a Tx<'a>,
    env: &'a Env,
    pen: &'a mut Pen,
    report: &'a mut SyncReport,
    /// Which scopes and classes may be on this phone, as far as asked for.
    active: HashMap<(Scope, Class), bool>,
}

impl<'a> Incoming<'a> {
    /// For the page of one answer, after its grants were stored.
    pub fn new(tx: &'a Tx<'a>, env: &'a Env, pen: &'a mut Pen, report: &'a mut SyncReport) -> Self {
        Self { tx, env, pen, report, active: HashMap::new() }
    }

    /// Takes one item in. What cannot be used does not stop the others.
    pub fn take(&mut self, item: Item) -> Result<(), StoreFault> {
        match item {
            Item::Snapshot(item) => self.take_snapshot(&item),
            Item::Changes(item) => self.take_changes(&item),
            Item::Action(item) => self.take_action(&item),
        }
    }

    fn take_action(&mut self, item: &ActionItem) -> Result<(), StoreFault> {
        let Ok(action) = item.action.action() else { return Ok(()) };
        if self.is_active(action.scope, action.class)? {
            self.tx.put_action(&item.action, Some(item.received))?;
            self.report.actions += 1;
        }
        Ok(())
    }

    /// A whole document. Stored as it came, unless this phone has a state of its own: then both are merged.
    fn take_snapshot(&mut self, item: &SnapshotItem) -> Result<(), StoreFault> {
        if item.summary.doc != item.doc || !self.is_active(item.scope, item.class)? {
            return Ok(());
        }
        if item.summary.version == SUMMARY_VERSION {
            let SnapshotItem { scope, class, kind, bytes, summary, .. } = item;
            if self.tx.put_new_document(*scope, *class, *kind, bytes, summary)? {
                self.report.received += 1;
                return Ok(());
            }
        }
        let heads = self.tx.summary(item.doc)?.map(|summary| summary.heads);
        if heads.as_ref() == Some(&item.summary.heads) {
            return Ok(());
        }
        if heads.is_some() {
            self.tx.ask_again(item.doc)?;
            return self.join_snapshot(item);
        }
        self.put_as_it_came(item)
    }

    /// Stores the server's row with the document, without parsing it: a first sync brings thousands.
    fn put_as_it_came(&mut self, item: &SnapshotItem) -> Result<(), StoreFault> {
        self.report.received += 1;
        if item.summary.version == SUMMARY_VERSION {
            return self.tx.put_document(item.scope, item.class, item.kind, &item.bytes, &item.summary);
        }
        let Ok(document) = Document::load(&item.bytes) else { return self.needs_newer(item.scope, item.doc) };
        let summary = summarise(item.doc, &document);
        self.tx.put_document(item.scope, item.class, item.kind, &item.bytes, &summary)
    }

    fn join_snapshot(&mut self, item: &SnapshotItem) -> Result<(), StoreFault> {
        let Ok(theirs) = Document::load(&item.bytes) else {
            return self.needs_newer(item.scope, item.doc);
        };
        let stored = self.tx.document(item.doc)?.ok_or(StoreFault::Damaged)?;
        let Ok(mine) = Document::load(&stored.snapshot) else {
            // Damaged here, whole there.
            return self.put_as_it_came(item);
        };
        if mine.change_hashes().iter().all(|hash| theirs.has(hash)) {
            return self.put_as_it_came(item);
        }
        if !self.join(item.doc, &stored, &mine, &theirs.changes_missing_from(&mine))? {
            self.tx.park(
                item.doc,
                item.scope,
                item.class,
                &stored.snapshot,
                RefusalCode::Unmergeable.code(),
                self.env.now(),
            )?;
            self.put_as_it_came(item)?;
            let code = Some(RefusalCode::Unmergeable.code());
            let kind = AttentionKind::NotTaken;
            self.tx.add_attention(&kind, Some(item.scope), Some(item.doc), code, self.env.now())?;
        }
        Ok(())
    }

    fn take_changes(&mut self, item: &ChangesItem) -> Result<(), StoreFault> {
        if !self.is_active(item.scope, item.class)? {
            return Ok(());
        }
        let Some(stored) = self.tx.document(item.doc)? else {
            // A fill that is under way brings it. If none is, something was missed: fill again.
            return self.fill_again(item.scope, item.class);
        };
        self.tx.ask_again(item.doc)?;
        let Ok(mine) = Document::load(&stored.snapshot) else {
            return self.fill_again(item.scope, item.class);
        };
        let changes: Vec<Vec<u8>> = item.changes.iter().map(|change| change.0.clone()).collect();
        if self.join(item.doc, &stored, &mine, &changes)? {
            Ok(())
        } else {
            // A snapshot of the server's brings what these changes alone could not.
            self.fill_again(item.scope, item.class)
        }
    }

    /// Merges changes into a document of this phone; whether that could be done.
    fn join(
        &mut self,
        doc: DocId,
        stored: &StoredDocument,
        mine: &Document,
        changes: &[Vec<u8>],
    ) -> Result<bool, StoreFault> {
        let before = (mine.heads(), mine.conflicts().len());
        match merged(stored.kind, mine, changes) {
            Ok(merged) => self.put_merged(doc, stored, &before, &merged).map(|()| true),
            Err(MergeFault::DuplicateSequence) => {
                // A copy of this phone wrote under the same numbers: own work that was not taken yet
                // moves to a new actor, and then there is room.
                let code = RefusalCode::DuplicateSequence;
                if !set_aside(self.tx, self.env, self.pen, doc, &code)? {
                    return Ok(false);
                }
                self.report.set_aside += 1;
                let Some(stored) = self.tx.document(doc)? else { return Ok(false) };
                let mine = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
                match merged(stored.kind, &mine, changes) {
                    Ok(merged) => self.put_merged(doc, &stored, &before, &merged).map(|()| true),
                    Err(_) => Ok(false),
                }
            }
            Err(_) => Ok(false),
        }
    }

    fn put_merged(
        &mut self,
        doc: DocId,
        stored: &StoredDocument,
        (heads, conflicts): &(Heads, usize),
        merged: &Merged,
    ) -> Result<(), StoreFault> {
        if merged.heads == *heads {
            return Ok(());
        }
        let summary = summarise(doc, &merged.document);
        let has_new_conflicts = usize::try_from(summary.conflicts).is_ok_and(|now| now > *conflicts);
        let came_together = merged.heads.as_slice().len() > 1 || self.tx.is_waiting(doc)?;
        self.report.received += 1;
        self.report.conflicts += usize::from(has_new_conflicts);
        self.report.merged += usize::from(came_together);
        self.tx.put_document(stored.scope, stored.class, stored.kind, &merged.snapshot, &summary)
    }

    fn fill_again(&mut self, scope: Scope, class: Class) -> Result<(), StoreFault> {
        if let Some(mut row) = self.tx.grant(scope, class)?
            && row.is_filled
            && row.grant.generation > 0
        {
            (row.is_filled, row.after) = (false, None);
            self.tx.put_grant(&row)?;
        }
        Ok(())
    }

    fn needs_newer(&mut self, scope: Scope, doc: DocId) -> Result<(), StoreFault> {
        self.tx.add_attention(&AttentionKind::NeedsNewer, Some(scope), Some(doc), None, self.env.now())
    }

    fn is_active(&mut self, scope: Scope, class: Class) -> Result<bool, StoreFault> {
        if let Some(&known) = self.active.get(&(scope, class)) {
            return Ok(known);
        }
        let is_active = self.tx.grant(scope, class)?.is_some_and(|row| row.state == GrantState::Active);
        self.active.insert((scope, class), is_active);
        Ok(is_active)
    }
}

fn merged(kind: DocKind, mine: &Document, changes: &[Vec<u8>]) -> Result<Merged, MergeFault> {
    let changes: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
    merge_into(kind, Some(mine), &changes, MergeGuards::default())
}
