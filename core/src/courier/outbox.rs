//! Own work as it travels: grouped by document, in the order in which it was done, within the
//! limits of a request.

use crate::changes::{SignedAction, SignedChange};
use crate::documents::{inspect, limits};
use crate::model::{Actor, DocId};
use crate::store::{OwnItem, OwnWork, StoreFault, Tx};
use crate::sync::wire::{ACTIONS_LIMIT, CHANGES_LIMIT, PUSHES_LIMIT, Push};
use std::collections::HashSet;

/// Bytes of own work in one request: what else is in it stays below the limit of a body.
const BYTES_LIMIT: usize = 900 * 1024;
/// What an item adds around its content, at most: envelope and signature.
const ITEM_OVERHEAD: usize = 320;

/// The own work of one request.
#[derive(Default)]
pub struct Outbox {
    /// As it travels.
    pub pushes: Vec<Push>,
    /// Where each item lies in the queue, by push: changes, then actions.
    pub sent: Vec<Sent>,
}

/// Places of one push's items in the queue.
#[derive(Default)]
pub struct Sent {
    /// Of its changes.
    pub changes: Vec<i64>,
    /// Of its actions.
    pub actions: Vec<i64>,
}

/// Takes as much waiting work as one request may carry. An item larger than that goes alone.
pub fn pack(tx: &Tx<'_>) -> Result<Outbox, StoreFault> {
    let mut packer = Packer::default();
    tx.each_waiting(|work| packer.take(work))?;
    Ok(packer.outbox)
}

impl Outbox {
    /// Actors that the pushes were written under.
    pub fn actors(&self) -> HashSet<Actor> {
        let changes = self.pushes.iter().flat_map(|push| &push.changes);
        changes.map(|change| change.envelope.actor).collect()
    }
}

#[derive(Default)]
struct Packer {
    outbox: Outbox,
    bytes: usize,
    operations: u64,
}

impl Packer {
    /// Adds an item; whether there may be room for more.
    fn take(&mut self, work: OwnWork) -> bool {
        let (bytes, operations) = weight(&work.item);
        let joins = self.joins(work.doc, &work.item);
        let fits = self.bytes + bytes <= BYTES_LIMIT
            && self.operations + operations <= limits::REQUEST_OPERATIONS
            && (joins || self.outbox.pushes.len() < PUSHES_LIMIT);
        if !fits && !self.outbox.pushes.is_empty() {
            // What was saved together travels together: a push is not cut in two if it can be helped.
            if joins && self.outbox.pushes.len() > 1 {
                self.outbox.pushes.pop();
                self.outbox.sent.pop();
            }
            return false;
        }
        (self.bytes, self.operations) = (self.bytes + bytes, self.operations + operations);
        if !joins {
            self.outbox.pushes.push(Push { doc: work.doc, changes: Vec::new(), actions: Vec::new() });
            self.outbox.sent.push(Sent::default());
        }
        if let (Some(push), Some(sent)) = (self.outbox.pushes.last_mut(), self.outbox.sent.last_mut()) {
            match work.item {
                OwnItem::Change(change) => {
                    push.changes.push(change);
                    sent.changes.push(work.id);
                }
                OwnItem::Action(action) => {
                    push.actions.push(action);
                    sent.actions.push(work.id);
                }
            }
        }
        true
    }

    /// Whether an item goes into the last push: work on one document, uninterrupted.
    fn joins(&self, doc: DocId, item: &OwnItem) -> bool {
        self.outbox.pushes.last().is_some_and(|push| {
            let has_room = match item {
                OwnItem::Change(_) => push.changes.len() < CHANGES_LIMIT,
                OwnItem::Action(_) => push.actions.len() < ACTIONS_LIMIT,
            };
            push.doc == doc && has_room
        })
    }
}

/// Bytes and operations of an item.
fn weight(item: &OwnItem) -> (usize, u64) {
    match item {
        OwnItem::Change(SignedChange { bytes, .. }) => {
            (bytes.len() + ITEM_OVERHEAD, inspect(bytes).map_or(0, |facts| facts.operations))
        }
        OwnItem::Action(SignedAction { body, .. }) => (body.len() + ITEM_OVERHEAD, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::changes::{DeviceKey, Signature};
    use crate::env::Env;
    use crate::model::{CaseId, Class, Scope};
    use crate::store::{DatabaseKey, Store};
    use proptest::prelude::*;

    /// Work by document number and size in KiB; packing does not look inside.
    fn queue(store: &Store, work: &[(u8, usize)]) {
        let env = Env::system();
        let signature: Signature = DeviceKey::generate(&env).sign("test", b"");
        let scope = Scope::Case(CaseId([1; 16]));
        store
            .write::<_, StoreFault>(|tx| {
                for (doc, size) in work {
                    let item = OwnItem::Action(SignedAction { body: vec![*doc; size * 1024], signature });
                    tx.queue(DocId([*doc; 16]), scope, Class::File, &item, env.now())?;
                }
                Ok(())
            })
            .unwrap();
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn all_work_travels_once_and_in_order(work in prop::collection::vec((0_u8..4, 1_usize..250), 1..40)) {
            let folder = tempfile::tempdir().unwrap();
            let store = Store::open(&folder.path().join("p.db"), &DatabaseKey::from_bytes([1; 32])).unwrap();
            queue(&store, &work);
            let mut travelled = Vec::new();
            loop {
                let outbox = store.read(pack).unwrap();
                if outbox.pushes.is_empty() {
                    break;
                }
                let bytes: usize = outbox.pushes.iter().flat_map(|push| &push.actions).map(|one| one.body.len()).sum();
                prop_assert!(bytes <= BYTES_LIMIT);
                for (push, sent) in outbox.pushes.iter().zip(&outbox.sent) {
                    travelled.extend(push.actions.iter().map(|action| (push.doc.0[0], action.body.len() / 1024)));
                    for id in &sent.actions {
                        store.write::<_, StoreFault>(|tx| tx.forget_own(*id)).unwrap();
                    }
                }
            }
            prop_assert_eq!(travelled, work);
        }
    }

    #[test]
    fn a_push_that_does_not_fit_whole_waits_for_the_next_request() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("p.db"), &DatabaseKey::from_bytes([1; 32])).unwrap();
        queue(&store, &[(1, 500), (2, 300), (2, 200)]);
        let outbox = store.read(pack).unwrap();
        assert_eq!(outbox.pushes.iter().map(|push| push.doc.0[0]).collect::<Vec<_>>(), [1]);
    }
}
