//! What the server would not take: the branch stays readable, the phone goes on as a new writer on
//! the server's version, and what can be saved again is saved again. Nothing a person recorded is
//! dropped, and nothing blocks the rest.

use super::Failure;
use super::pen::Pen;
use crate::documents::{Document, EditFault};
use crate::env::Env;
use crate::model::{Class, DocId, Edit, Heads, Scope};
use crate::store::{AttentionKind, OwnWork, StoreFault, Tx};
use crate::sync::wire::{RefusalCode, SnapshotItem};

/// Own work was set aside or refused: parks the branch, and says so.
pub(super) fn set_aside(
    tx: &Tx<'_>,
    env: &Env,
    work: &OwnWork,
    code: Option<&RefusalCode>,
) -> Result<(), Failure> {
    // Trouble with who wrote can be mended by writing again; trouble with what was written cannot.
    let replays = matches!(
        code,
        Some(RefusalCode::DuplicateSequence | RefusalCode::ForeignActor | RefusalCode::SequenceGap)
    );
    park(tx, env, work.doc, (work.scope, work.class), replays)?;
    if !replays {
        let code = code.map(RefusalCode::code);
        let (scope, doc) = (Some(work.scope), Some(work.doc));
        tx.add_attention(&AttentionKind::NotTaken, scope, doc, code, env.now())?;
    }
    Ok(())
}

/// Sets a document's present state aside and waits for the server's version of it.
pub(super) fn park(
    tx: &Tx<'_>,
    env: &Env,
    doc: DocId,
    place: (Scope, Class),
    replays: bool,
) -> Result<(), Failure> {
    let Some(stored) = tx.document(doc)? else { return Ok(()) };
    tx.park(doc, place, &stored.snapshot, replays, env.now())?;
    // The actor has ended in this document.
    Pen::renew(tx, env)?;
    Ok(())
}

/// Whether the server's version of a document is to replace the one that is here.
pub(super) fn is_expected(tx: &Tx<'_>, doc: DocId) -> Result<bool, StoreFault> {
    Ok(tx.parked_waiting(doc)?.is_some())
}

/// The server's version has just been stored: saves again on it what its author had written.
pub(super) fn replay(tx: &Tx<'_>, env: &Env, item: &SnapshotItem) -> Result<(), Failure> {
    let Some(parked) = tx.parked_waiting(item.doc)? else { return Ok(()) };
    tx.parked_arrived(item.doc)?;
    if !parked.replays {
        return Ok(());
    }
    let branch = Document::load(&parked.snapshot).map_err(|_| StoreFault::Damaged)?;
    let mut theirs = Document::load(&item.bytes).map_err(|_| StoreFault::Damaged)?;
    let base = last_common(&branch, &theirs);
    let edits: Vec<Edit> = branch
        .difference(&base, &branch.heads())
        .into_iter()
        .map(|change| Edit { field: change.field, value: change.after })
        .collect();
    let pen = Pen::take(tx, env)?;
    let base = if base.is_empty() { theirs.heads() } else { base };
    let (scope, doc) = (Some(item.scope), Some(item.doc));
    match theirs.edit(&pen.stamp, &base, &edits) {
        Ok(Some(change)) => {
            pen.keep(tx, (item.scope, item.class), item.doc, &theirs, change)?;
            tx.add_attention(&AttentionKind::SavedAgain, scope, doc, None, env.now())?;
        }
        Ok(None) => {}
        // Readable as parked; its author decides.
        Err(EditFault::TooLong(_) | EditFault::TooMuch) => {
            tx.add_attention(&AttentionKind::NotTaken, scope, doc, Some("too_large"), env.now())?;
        }
        Err(fault) => return Err(fault.into()),
    }
    Ok(())
}

/// The latest state of the branch that the server's version has as well.
fn last_common(branch: &Document, theirs: &Document) -> Heads {
    let known = branch.history().into_iter().rfind(|step| theirs.contains(&step.heads));
    known.map(|step| step.heads).unwrap_or_default()
}
