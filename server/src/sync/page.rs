//! One page of an answer: the feed first, then the fills, until it is full.
//!
//! Everything is read row by row, so that a page costs what it holds and not what there is.

use super::view::View;
use crate::error::StoreFault;
use crate::records;
use crate::store::documents::{self, SealedDocument};
use crate::store::log::{self, Item as LogItem, LogRow};
use crate::vault::Vault;
use doorstep_core::changes::SignedChange;
use doorstep_core::model::{Class, DocId, Scope};
use doorstep_core::sync::wire::{ActionItem, Bytes, ChangesItem, Filling, Item, PAGE_BYTES, SnapshotItem};
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// Most positions looked up in one scope × class at a time.
const STRIDE: usize = 256;
/// A stretch of the log as short as this is read through; a longer one is asked for by scope.
const SHORT_STRETCH: u64 = 64;
/// What an item adds around its bytes, about.
const ITEM_OVERHEAD: usize = 64;

/// A page in the making.
pub struct Page<'a> {
    tx: &'a Connection,
    vault: &'a Vault,
    view: &'a View,
    items: Vec<Item>,
    bytes: usize,
    /// Documents that are in the page as a whole: their changes are left out.
    whole: HashSet<DocId>,
    /// Where the changes of a document are in the page.
    changes: HashMap<DocId, usize>,
    /// Positions of changes that the phone has just pushed.
    own: HashSet<u64>,
}

impl<'a> Page<'a> {
    /// An empty page for a member, whose phone has just pushed the changes at `own`.
    pub fn new(tx: &'a Connection, vault: &'a Vault, view: &'a View, own: HashSet<u64>) -> Self {
        Self {
            tx,
            vault,
            view,
            items: Vec::new(),
            bytes: 0,
            whole: HashSet::new(),
            changes: HashMap::new(),
            own,
        }
    }

    /// What the page holds.
    pub fn into_items(self) -> Vec<Item> {
        self.items
    }

    /// Adds what happened behind `cursor`; returns the new cursor and whether there is more.
    pub fn feed(&mut self, mut cursor: u64, head: u64) -> Result<(u64, bool), StoreFault> {
        while cursor < head {
            let (positions, horizon) = self.positions(cursor, head)?;
            for position in positions {
                if self.own.contains(&position) {
                    cursor = position;
                    continue;
                }
                let row = log::at(self.tx, position)?.ok_or(StoreFault::Damaged("log"))?;
                if !self.add_row(&row)? {
                    return Ok((cursor, true));
                }
                cursor = position;
            }
            cursor = horizon;
        }
        Ok((head.max(cursor), false))
    }

    /// Positions in the member's scopes behind `cursor`, ascending, and up to where they are complete.
    fn positions(&self, cursor: u64, head: u64) -> Result<(Vec<u64>, u64), StoreFault> {
        let grants = self.view.grants();
        let stretch = head - cursor;
        if stretch <= SHORT_STRETCH.max(u64::try_from(grants.len()).unwrap_or(0) / 4) {
            let places = log::places_after(self.tx, cursor)?;
            let granted =
                |&(_, scope, class): &(u64, Scope, Class)| self.view.generation(scope, class).is_some();
            return Ok((places.into_iter().filter(granted).map(|place| place.0).collect(), head));
        }
        let mut horizon = head;
        let mut positions = Vec::new();
        for grant in grants {
            let found = log::positions_in(self.tx, grant.scope, grant.class, cursor, STRIDE)?;
            if found.len() == STRIDE {
                horizon = horizon.min(found.last().copied().unwrap_or(head));
            }
            positions.extend(found);
        }
        positions.retain(|&position| position <= horizon);
        positions.sort_unstable();
        Ok((positions, horizon))
    }

    /// Adds one row of the log; whether there was room.
    fn add_row(&mut self, row: &LogRow) -> Result<bool, StoreFault> {
        match row.item {
            LogItem::Action(_) => {
                if !self.has_room(row.sealed.len()) {
                    return Ok(false);
                }
                let item = self.action(row)?;
                self.items.push(item);
            }
            LogItem::Change(..) if self.whole.contains(&row.doc) => {}
            LogItem::Change(..) => {
                if let Some(document) = documents::find_created_at(self.tx, row.position)? {
                    if !self.has_room(document.snapshot.len() + document.summary.len()) {
                        return Ok(false);
                    }
                    let item = self.snapshot(&document)?;
                    self.items.push(item);
                } else {
                    if !self.has_room(row.sealed.len()) {
                        return Ok(false);
                    }
                    self.add_change(row)?;
                }
            }
        }
        Ok(true)
    }

    fn add_change(&mut self, row: &LogRow) -> Result<(), StoreFault> {
        let signed: SignedChange = records::open_row(self.vault, row)?;
        let bytes = Bytes(signed.bytes);
        if let Some(Item::Changes(item)) = self.changes.get(&row.doc).and_then(|&at| self.items.get_mut(at)) {
            item.changes.push(bytes);
        } else {
            self.changes.insert(row.doc, self.items.len());
            let (doc, scope, class) = (row.doc, row.scope, row.class);
            self.items.push(Item::Changes(ChangesItem { doc, scope, class, changes: vec![bytes] }));
        }
        Ok(())
    }

    /// Goes on with fills in the order in which the phone wants them; returns those that are not complete.
    pub fn fill(&mut self, wanted: &[Filling]) -> Result<Vec<Filling>, StoreFault> {
        let mut open = Vec::new();
        let mut is_full = false;
        for &(mut filling) in wanted {
            if self.view.generation(filling.scope, filling.class) != Some(filling.generation) {
                // Not granted, or no longer this generation: the directory says so, and the phone asks anew.
                continue;
            }
            if !is_full {
                let (tx, mut after) = (self.tx, filling.after);
                documents::each_below(tx, filling.scope, filling.class, after, |document| {
                    let created = document.row.created_position;
                    is_full = !self.add_whole(&document)?;
                    if is_full {
                        return Ok(ControlFlow::Break(()));
                    }
                    after = Some(created);
                    Ok::<_, StoreFault>(ControlFlow::Continue(()))
                })?;
                filling.after = after;
            }
            if is_full {
                open.push(filling);
            }
        }
        Ok(open)
    }

    /// Adds a document with its actions; whether there was room.
    fn add_whole(&mut self, document: &SealedDocument) -> Result<bool, StoreFault> {
        let doc = document.row.doc;
        let actions = log::actions_of(self.tx, doc)?;
        let actions_len: usize = actions.iter().map(|row| row.sealed.len() + ITEM_OVERHEAD).sum();
        if !self.has_room(document.snapshot.len() + document.summary.len() + actions_len) {
            return Ok(false);
        }
        // The feed may have brought it whole a moment ago; its actions are harmless twice.
        if !self.whole.contains(&doc) {
            let item = self.snapshot(document)?;
            self.items.push(item);
        }
        for row in &actions {
            let item = self.action(row)?;
            self.items.push(item);
        }
        Ok(true)
    }

    fn snapshot(&mut self, document: &SealedDocument) -> Result<Item, StoreFault> {
        let row = &document.row;
        self.whole.insert(row.doc);
        Ok(Item::Snapshot(Box::new(SnapshotItem {
            scope: row.scope,
            doc: row.doc,
            class: row.class,
            kind: row.kind,
            bytes: records::open_snapshot(self.vault, document)?,
            summary: records::open_summary(self.vault, row, &document.summary)?,
        })))
    }

    fn action(&self, row: &LogRow) -> Result<Item, StoreFault> {
        Ok(Item::Action(ActionItem { action: records::open_row(self.vault, row)?, received: row.received }))
    }

    /// Takes room for an item of about this size. An empty page takes any one item.
    fn has_room(&mut self, size: usize) -> bool {
        let size = size + ITEM_OVERHEAD;
        if self.bytes > 0 && self.bytes + size > PAGE_BYTES {
            return false;
        }
        self.bytes += size;
        true
    }
}
