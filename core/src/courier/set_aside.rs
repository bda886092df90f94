//! What happens on the phone to work that the server did not take: the branch is parked, readable;
//! the document goes on without it under a new incarnation; and where that can help, the saved
//! edits are done again on the server's version. One card tells a person.

use super::branch::{self, Replayed, renamed_heads};
use super::pen::Pen;
use crate::documents::{Document, summarise};
use crate::env::Env;
use crate::model::{Action, ActionId, DocId, Hash, Heads};
use crate::store::{AttentionKind, OwnItem, OwnWork, StoreFault, StoredDocument, Tx};
use crate::sync::wire::RefusalCode;
use std::collections::HashMap;

/// Parks the branch of a document that the server did not take, and does it again if that can help.
/// Returns whether there was one on this phone.
pub fn set_aside(
    tx: &Tx<'_>,
    env: &Env,
    pen: &mut Pen,
    doc: DocId,
    code: &RefusalCode,
) -> Result<bool, StoreFault> {
    let Some(stored) = tx.document(doc)? else { return Ok(false) };
    let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
    let work = tx.unaccepted_work(doc)?;
    let branch = branch_of(&work, &document);
    if branch.is_empty() {
        return Ok(false);
    }
    let is_first = !tx.is_parked(doc)?;
    tx.park(doc, stored.scope, stored.class, &stored.snapshot, code.code(), env.now())?;
    // The numbers that the branch used are taken: nothing more is written under its actor.
    pen.renew(tx, env)?;
    let left = branch::without(&document, &branch).map_err(|_| StoreFault::Damaged)?;
    let replayed = match &left {
        Some(left) if may_replay(code, is_first) => {
            branch::replay(left, &document, &branch, &pen.stamp(env)).ok()
        }
        _ => None,
    };
    let kind = match (replayed, left) {
        (Some(replayed), _) => {
            put(tx, doc, &stored, &replayed.document)?;
            take_over(tx, env, pen, (doc, &stored), work, replayed)?;
            AttentionKind::SavedAgain
        }
        (None, Some(left)) => {
            put(tx, doc, &stored, &left)?;
            withdraw_actions(tx, &work)?;
            follow_with_drafts(tx, doc, &left, &HashMap::new())?;
            AttentionKind::NotTaken
        }
        (None, None) => {
            tx.remove_document(doc)?;
            withdraw_actions(tx, &work)?;
            AttentionKind::NotTaken
        }
    };
    tx.add_attention(&kind, Some(stored.scope), Some(doc), Some(code.code()), env.now())?;
    Ok(true)
}

/// Whether the same edits under a new actor may be taken. A second refusal for another reason than
/// a number used twice would repeat for ever.
fn may_replay(code: &RefusalCode, is_first: bool) -> bool {
    match code {
        RefusalCode::DuplicateSequence => true,
        RefusalCode::FollowsQuarantined
        | RefusalCode::Unmergeable
        | RefusalCode::SequenceGap
        | RefusalCode::BadHash
        | RefusalCode::ForeignActor => is_first,
        _ => false,
    }
}

/// The unaccepted changes that are in the document, in the order of work.
fn branch_of(work: &[OwnWork], document: &Document) -> Vec<Hash> {
    let changes = work.iter().filter_map(|work| match &work.item {
        OwnItem::Change(change) => Some(change.envelope.hash),
        OwnItem::Action(_) => None,
    });
    changes.filter(|hash| document.has(hash)).collect()
}

fn put(tx: &Tx<'_>, doc: DocId, stored: &StoredDocument, document: &Document) -> Result<(), StoreFault> {
    let summary = summarise(doc, document);
    tx.put_document(stored.scope, stored.class, stored.kind, &document.save(), &summary)
}

/// Queues the replayed changes and the actions about them in the place of the old ones.
fn take_over(
    tx: &Tx<'_>,
    env: &Env,
    pen: &Pen,
    (doc, stored): (DocId, &StoredDocument),
    work: Vec<OwnWork>,
    replayed: Replayed,
) -> Result<(), StoreFault> {
    let place = (doc, stored.scope, stored.class, stored.kind);
    for change in replayed.changes {
        pen.queue_change(tx, env, place, change)?;
    }
    let mut new_ids: HashMap<ActionId, ActionId> = HashMap::new();
    for work in work {
        tx.forget_own(work.id)?;
        let OwnItem::Action(signed) = &work.item else { continue };
        let Ok(action) = signed.action() else { continue };
        tx.remove_action(action.id)?;
        let id = ActionId::new(env);
        new_ids.insert(action.id, id);
        let after = action.after.iter().map(|seen| *new_ids.get(seen).unwrap_or(seen)).collect();
        let heads = known_heads(&replayed.document, &action.heads, &replayed.renamed);
        pen.queue_action(tx, env, &Action { id, heads, after, ..action })?;
    }
    follow_with_drafts(tx, doc, &replayed.document, &replayed.renamed)
}

/// Actions that nobody else will have do not count here either. They stay in the queue's record.
fn withdraw_actions(tx: &Tx<'_>, work: &[OwnWork]) -> Result<(), StoreFault> {
    for work in work {
        if let OwnItem::Action(signed) = &work.item
            && let Ok(action) = signed.action()
        {
            tx.remove_action(action.id)?;
        }
    }
    Ok(())
}

/// Drafts on top of the branch go on on top of what stands in its place.
fn follow_with_drafts(
    tx: &Tx<'_>,
    doc: DocId,
    document: &Document,
    renamed: &HashMap<Hash, Heads>,
) -> Result<(), StoreFault> {
    if let Some(mut draft) = tx.draft_of(doc)? {
        draft.base = known_heads(document, &draft.base, renamed);
        tx.put_draft(&draft)?;
    }
    Ok(())
}

fn known_heads(document: &Document, heads: &Heads, renamed: &HashMap<Hash, Heads>) -> Heads {
    let heads = renamed_heads(heads, renamed);
    if heads.is_empty() || !document.contains(&heads) { document.heads() } else { heads }
}
