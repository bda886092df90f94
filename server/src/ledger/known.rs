//! Which items of a push the ledger has already: in the log, or set aside.

use super::check::Checked;
use super::plan::Scene;
use crate::error::StoreFault;
use crate::records;
use crate::store::aside::{self, AsideRow};
use crate::store::documents::DocumentRow;
use crate::store::log::{self, Item};
use crate::vault::{Place, ScopeKey};
use doorstep_core::changes::SignedAction;
use doorstep_core::model::{Actor, Hash};
use doorstep_core::sync::wire::{ItemResult, ItemVerdict, PushResult};
use sha2::{Digest, Sha256};

/// What is known of a push.
pub struct Known {
    /// One for each item: what became of it earlier. Changes count first, then actions.
    items: Vec<Option<ItemResult>>,
    /// The first item that claims an identity which has other content.
    pub duplicate: Option<usize>,
    /// Everything that is set aside of the document.
    aside: Vec<AsideRow>,
}

impl Known {
    /// Whether an item is new.
    pub fn is_new(&self, index: usize) -> bool {
        self.items.get(index).is_some_and(Option::is_none)
    }

    /// Whether nothing is new.
    pub fn is_complete(&self) -> bool {
        self.items.iter().all(Option::is_some)
    }

    /// The first new item.
    pub fn first_new(&self) -> usize {
        self.items.iter().position(Option::is_none).unwrap_or(0)
    }

    /// An earlier change of an actor that was set aside: later ones build on it.
    pub fn earlier_aside(&self, actor: Actor, seq: u64) -> Option<&AsideRow> {
        self.aside.iter().find(|row| matches!(row.item, Item::Change(of, at) if of == actor && at < seq))
    }

    /// An answer: what is known, and `rest` for what is new.
    pub fn answer(&self, checked: &Checked, rest: impl Fn(usize) -> ItemResult) -> PushResult {
        let mut results =
            self.items.iter().enumerate().map(|(index, known)| known.clone().unwrap_or_else(|| rest(index)));
        let changes = results.by_ref().take(checked.push.changes.len()).collect();
        PushResult { doc: checked.push.doc, changes, actions: results.collect() }
    }
}

/// Looks every item of a push up.
pub fn look_up(scene: &Scene<'_>, checked: &Checked, row: Option<&DocumentRow>) -> Result<Known, StoreFault> {
    let vault = scene.server.vault();
    let doc = checked.push.doc;
    let key = row.map(|row| vault.existing(row.scope, row.class)).transpose()?;
    let mut aside = aside::of_doc(scene.tx, doc)?;
    aside.retain(|row| Some(row.push) != scene.retried);
    let mut known = Known { items: Vec::new(), duplicate: None, aside };
    for (index, change) in checked.push.changes.iter().enumerate() {
        let envelope = &change.envelope;
        let found = log::find_change(scene.tx, doc, envelope.actor, envelope.seq)?;
        let item = Item::Change(envelope.actor, envelope.seq);
        known.note(scene, index, item, found, key.as_deref(), |key| change_reference(key, &envelope.hash))?;
    }
    let offset = checked.push.changes.len();
    for (index, (signed, action)) in checked.push.actions.iter().zip(&checked.actions).enumerate() {
        let found = log::find_action(scene.tx, action.id)?;
        let item = Item::Action(action.id);
        known
            .note(scene, offset + index, item, found, key.as_deref(), |key| action_reference(key, signed))?;
    }
    Ok(known)
}

impl Known {
    fn note(
        &mut self,
        scene: &Scene<'_>,
        index: usize,
        item: Item,
        in_log: Option<(u64, [u8; 32])>,
        key: Option<&ScopeKey>,
        reference: impl Fn(&ScopeKey) -> [u8; 32],
    ) -> Result<(), StoreFault> {
        let mut known = None;
        if let Some((position, stored)) = in_log {
            if key.is_some_and(|key| reference(key) == stored) {
                known =
                    Some(ItemResult { verdict: ItemVerdict::Accepted, position: Some(position), code: None });
            } else {
                self.duplicate.get_or_insert(index);
            }
        } else if let Some(row) = self.aside.iter().find(|row| row.item == item) {
            if reference_of(scene, row, &reference)? == row.reference {
                known = Some(ItemResult {
                    verdict: row.verdict.clone(),
                    position: None,
                    code: Some(row.code.clone()),
                });
            } else {
                self.duplicate.get_or_insert(index);
            }
        }
        self.items.push(known);
        Ok(())
    }
}

fn reference_of(
    scene: &Scene<'_>,
    row: &AsideRow,
    reference: &impl Fn(&ScopeKey) -> [u8; 32],
) -> Result<[u8; 32], StoreFault> {
    let vault = scene.server.vault();
    if row.under_scope {
        Ok(reference(&*vault.existing(row.scope, row.class)?))
    } else {
        Ok(reference(vault.office()))
    }
}

/// The reference of a change.
pub fn change_reference(key: &ScopeKey, hash: &Hash) -> [u8; 32] {
    key.reference("change", hash.as_bytes())
}

/// The reference of an action.
pub fn action_reference(key: &ScopeKey, action: &SignedAction) -> [u8; 32] {
    key.reference("action", &Sha256::digest(&action.body))
}

/// The new items of a push as they are set aside, each with its verdict and code.
pub fn aside_rows(
    scene: &Scene<'_>,
    checked: &Checked,
    known: &Known,
    result: &PushResult,
) -> Result<Vec<AsideRow>, StoreFault> {
    let mut rows = Vec::new();
    let changes = checked.push.changes.iter().zip(&result.changes).enumerate();
    for (_, (change, result)) in changes.filter(|(index, _)| known.is_new(*index)) {
        let envelope = &change.envelope;
        let plain = minicbor::to_vec(change).expect("writing into memory does not fail");
        let place = (envelope.scope, envelope.class, Some(envelope.kind));
        let item = Item::Change(envelope.actor, envelope.seq);
        let reference = |key: &ScopeKey| change_reference(key, &envelope.hash);
        rows.push(aside_row(scene, checked, place, item, reference, &plain, result)?);
    }
    let offset = checked.push.changes.len();
    let actions = checked.push.actions.iter().zip(&checked.actions).zip(&result.actions).enumerate();
    for (_, ((signed, action), result)) in actions.filter(|(index, _)| known.is_new(offset + index)) {
        let plain = minicbor::to_vec(signed).expect("writing into memory does not fail");
        let place = (action.scope, action.class, None);
        let reference = |key: &ScopeKey| action_reference(key, signed);
        rows.push(aside_row(scene, checked, place, Item::Action(action.id), reference, &plain, result)?);
    }
    Ok(rows)
}

fn aside_row(
    scene: &Scene<'_>,
    checked: &Checked,
    (scope, class, kind): (
        doorstep_core::model::Scope,
        doorstep_core::model::Class,
        Option<doorstep_core::model::DocKind>,
    ),
    item: Item,
    reference: impl Fn(&ScopeKey) -> [u8; 32],
    plain: &[u8],
    result: &ItemResult,
) -> Result<AsideRow, StoreFault> {
    let vault = scene.server.vault();
    let scope_key = vault.key(scope, class)?;
    let key = scope_key.as_deref().unwrap_or_else(|| vault.office());
    let (doc, reference) = (checked.push.doc, reference(key));
    let place = Place { table: records::SET_ASIDE, doc, row: &reference };
    Ok(AsideRow {
        id: 0,
        push: 0,
        verdict: result.verdict.clone(),
        code: result.code.clone().unwrap_or(doorstep_core::sync::wire::RefusalCode::PushFailed),
        scope,
        class,
        kind,
        doc,
        item,
        under_scope: scope_key.is_some(),
        reference,
        received: scene.received,
        member: scene.pusher.member,
        device: scene.pusher.device,
        sealed: key.seal(scene.server.env(), &place, plain),
    })
}
