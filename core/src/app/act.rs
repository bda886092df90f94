//! Actions about a document: built at its present heads, behind all actions that this phone has seen.

use super::Failure;
use super::entries::entry_target;
use super::pen::Pen;
use super::standing::Office;
use crate::access::Verb;
use crate::casework::latest_actions;
use crate::documents::Document;
use crate::env::Env;
use crate::model::{Action, ActionId, ActionKind, DocId};
use crate::store::{StoreFault, Tx};

/// Records an action if the member may; `fill` sets what its kind needs.
pub(super) fn act(
    tx: &Tx<'_>,
    env: &Env,
    doc: DocId,
    kind: ActionKind,
    fill: impl FnOnce(&mut Action),
) -> Result<ActionId, Failure> {
    let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
    let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
    let target = entry_target(stored.scope, stored.class, &document);
    Office::read(tx)?.insist(&Verb::Act(kind.clone()), &target)?;
    let seen = tx.actions_of(doc)?;
    let pen = Pen::take(tx, env)?;
    let mut action = Action {
        id: ActionId::new(env),
        scope: stored.scope,
        subject: doc,
        class: stored.class,
        kind,
        heads: document.heads(),
        fields: Vec::new(),
        reason: String::new(),
        after: latest_actions(seen.iter().map(|stored| &stored.action)),
        member: pen.identity().member,
        device: pen.identity().device,
        time: pen.stamp.time,
        target: None,
        opening: None,
    };
    fill(&mut action);
    if action.reason.len() > Action::REASON_LIMIT {
        return Err(Failure::invalid("reason", "too_long"));
    }
    if action.fields.len() > Action::FIELDS_LIMIT {
        return Err(Failure::invalid("fields", "too_many"));
    }
    action.after.truncate(Action::AFTER_LIMIT);
    pen.record(tx, &action)?;
    Ok(action.id)
}
