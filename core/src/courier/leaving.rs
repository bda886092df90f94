//! The end of a grant: what was typed is saved, what was not sent is handed over, and only when the
//! server has answered for each of it, everything of the scope and class leaves the phone.

use super::SyncReport;
use super::pen::Pen;
use super::refused;
use crate::documents::{Document, EditFault, summarise};
use crate::env::Env;
use crate::model::{DocId, DocKind, Grant};
use crate::store::{AttentionKind, DraftRow, StoreFault, Tx};
use crate::sync::session::Defences;

/// Saves what was typed in a scope and class, so that it can be handed over.
pub fn save_drafts(tx: &Tx<'_>, env: &Env, pen: &Pen, grant: Grant) -> Result<(), StoreFault> {
    for draft in tx.drafts_of(grant.scope, grant.class)? {
        match save(tx, env, pen, &draft) {
            Ok(doc) => {
                if let Some(doc) = doc {
                    tx.give_photos_to(draft.id, doc)?;
                }
                tx.remove_draft(draft.id)?;
            }
            Err(SaveFault::Store(fault)) => return Err(fault),
            // Apps keep drafts within the limits; one that is not stays, and so does its scope.
            Err(SaveFault::Edit) => {
                let (kind, scope) = (AttentionKind::NotTaken, Some(draft.scope));
                tx.add_attention(&kind, scope, draft.doc, None, env.now())?;
            }
        }
    }
    Ok(())
}

enum SaveFault {
    Edit,
    Store(StoreFault),
}

impl From<EditFault> for SaveFault {
    fn from(_: EditFault) -> Self {
        SaveFault::Edit
    }
}

impl From<StoreFault> for SaveFault {
    fn from(fault: StoreFault) -> Self {
        SaveFault::Store(fault)
    }
}

fn save(tx: &Tx<'_>, env: &Env, pen: &Pen, draft: &DraftRow) -> Result<Option<DocId>, SaveFault> {
    if draft.edits.is_empty() {
        return Ok(None);
    }
    let stored = draft.doc.map(|doc| tx.document(doc)).transpose()?.flatten();
    let (doc, kind, document, change) = if let (Some(doc), Some(stored)) = (draft.doc, stored) {
        let mut document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
        let base = if document.contains(&draft.base) { draft.base.clone() } else { document.heads() };
        let Some(change) = document.edit(&pen.stamp(env), &base, &draft.edits)? else { return Ok(None) };
        (doc, stored.kind, document, change)
    } else {
        let edits = refused::take_up(tx, env, draft)?;
        let (document, change) = Document::create(DocKind::Entry, &pen.stamp(env), &edits)?;
        (DocId::new(env), DocKind::Entry, document, change)
    };
    tx.put_document(draft.scope, draft.class, kind, &document.save(), &summarise(doc, &document))?;
    pen.queue_change(tx, env, (doc, draft.scope, draft.class, kind), change)?;
    Ok(Some(doc))
}

/// Takes off the phone what has ended and was handed over.
pub fn purge_ended(
    tx: &Tx<'_>,
    env: &Env,
    pen: &mut Pen,
    defences: Defences,
    report: &mut SyncReport,
) -> Result<(), StoreFault> {
    for row in tx.leaving_grants()? {
        let (scope, class) = (row.grant.scope, row.grant.class);
        let is_handed_over = !tx.is_scope_waiting(scope, class)?
            && !tx.are_photos_waiting(scope, class)?
            && tx.drafts_of(scope, class)?.is_empty();
        if !is_handed_over && defences.hand_over_before_purge {
            continue;
        }
        if tx.has_unaccepted(scope, class)? {
            // If the case comes back, its documents come without the work that was handed over,
            // whose numbers are taken all the same.
            pen.renew(tx, env)?;
        }
        report.purged += tx.purge(scope, class)?;
        tx.add_attention(&AttentionKind::CaseEnded, Some(scope), None, None, env.now())?;
    }
    Ok(())
}
