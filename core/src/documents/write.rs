//! Writing: edits of the smallest field, as one change.

use super::document::{Document, Stamp, actor_id, commit_options, hashes, last_change};
use super::fields::{self, is_empty};
use super::limits;
use super::schema::{Contents, Frame, Place, map_and_key};
use super::text::splices;
use crate::model::{DocKind, Edit, Field, Heads, MemberId, Value};
use automerge::transaction::{Transactable, Transaction};
use automerge::{ActorId, Automerge, AutomergeError, ChangeHash, ObjId, ReadDoc, hydrate};

/// Why an edit was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EditFault {
    /// The text of a field is longer than allowed.
    #[error("text of a field too long")]
    TooLong(Field),
    /// The narrative takes text only.
    #[error("not a text")]
    NotText(Field),
    /// There is no such container.
    #[error("no such container")]
    UnknownContainer(Field),
    /// More fields or text than one change or document may hold.
    #[error("too much in one edit")]
    TooMuch,
    /// The edit was made while looking at a state that the document does not have.
    #[error("the state that was edited is unknown")]
    UnknownBase,
    /// automerge refused it.
    #[error("the document cannot take the edit")]
    Refused,
}

impl From<AutomergeError> for EditFault {
    fn from(_: AutomergeError) -> Self {
        // The text of automerge's errors can quote content; the kind is enough.
        EditFault::Refused
    }
}

/// Checks edits against the limits, for a document that has some fields already.
pub(super) fn check(edits: &[Edit], fields: usize) -> Result<(), EditFault> {
    let mut bytes = 0;
    for edit in edits {
        let text = match &edit.value {
            Value::Text(text) => text.as_str(),
            Value::Empty => "",
            _ if edit.field.is_text() => return Err(EditFault::NotText(edit.field.clone())),
            _ => "",
        };
        let too_long = if edit.field.is_text() {
            text.len() > limits::NARRATIVE_BYTES || text.chars().count() > limits::NARRATIVE_CHARACTERS
        } else {
            text.len() > limits::FIELD_BYTES
        };
        if too_long {
            return Err(EditFault::TooLong(edit.field.clone()));
        }
        bytes += text.len();
    }
    if edits.len() > limits::EDIT_FIELDS
        || bytes > limits::EDIT_BYTES
        || fields + edits.len() > limits::DOCUMENT_FIELDS
    {
        return Err(EditFault::TooMuch);
    }
    Ok(())
}

/// Writes the frame of a new document and its first edits. Later edits of a field win over earlier.
pub(super) fn first(
    tx: &mut Transaction<'_>,
    kind: DocKind,
    author: MemberId,
    edits: &[Edit],
) -> Result<Frame, EditFault> {
    let mut contents = Contents::default();
    for edit in edits {
        if edit.field.is_text() {
            contents.narrative = edit.value.as_text().unwrap_or_default();
            continue;
        }
        let unknown = || EditFault::UnknownContainer(edit.field.clone());
        let (map, key) = map_and_key(&edit.field).ok_or_else(unknown)?;
        let map = &mut contents.maps[map];
        match &edit.value {
            value if is_empty(value) => map.remove(key),
            Value::Text(text) => map.insert(key, text.as_str().into()),
            Value::Number(number) => map.insert(key, (*number).into()),
            Value::Flag(flag) => map.insert(key, hydrate::Value::scalar(*flag)),
            Value::Empty => None,
        };
    }
    Ok(Frame::write(tx, kind, author, contents)?)
}

/// Writes edits within a transaction, against what the transaction's document holds.
pub(super) fn put(tx: &mut Transaction<'_>, frame: &Frame, edits: &[Edit]) -> Result<(), EditFault> {
    for edit in edits {
        match frame.place(&edit.field) {
            None => return Err(EditFault::UnknownContainer(edit.field.clone())),
            Some(Place::Narrative) => {
                let before = tx.text(&frame.narrative)?;
                put_text(tx, &frame.narrative, &before, edit.value.as_text().unwrap_or_default())?;
            }
            Some(Place::Key(map, key)) => put_value(tx, map, key, &edit.value)?,
        }
    }
    Ok(())
}

fn put_value(tx: &mut Transaction<'_>, map: &ObjId, key: &str, value: &Value) -> Result<(), EditFault> {
    match value {
        // Taking away what is not there would be an error of automerge's.
        _ if is_empty(value) => {
            if tx.get(map, key)?.is_some() {
                tx.delete(map, key)?;
            }
        }
        Value::Text(text) => tx.put(map, key, text.as_str())?,
        Value::Number(number) => tx.put(map, key, *number)?,
        Value::Flag(flag) => tx.put(map, key, *flag)?,
        Value::Empty => {}
    }
    Ok(())
}

fn put_text(
    tx: &mut Transaction<'_>,
    narrative: &ObjId,
    before: &str,
    after: &str,
) -> Result<(), AutomergeError> {
    if before.is_empty() {
        // Nothing that could be of another's making: what is inserted is all there is.
        tx.splice_text(narrative, 0, 0, after)?;
        return Ok(());
    }
    for splice in splices(before, after) {
        // Deletions are counted in characters of a text within the limits.
        let delete = isize::try_from(splice.delete).unwrap_or(isize::MAX);
        tx.splice_text(narrative, splice.at, delete, splice.insert)?;
    }
    // Our texts have one character an element. A foreign one with several would be taken away
    // whole where a part was meant: then the text is replaced, so that what was typed is what is saved.
    if tx.text(narrative)? != after {
        let all = isize::try_from(tx.length(narrative)).unwrap_or(isize::MAX);
        tx.splice_text(narrative, 0, all, after)?;
    }
    Ok(())
}

/// A copy of the document with the edits, and the hash of their change; none if they change nothing.
///
/// The change is made at `base`, so that it merges like any other concurrent change: a colleague's
/// value of the same field stays beside it, a colleague's words stay in the text. If the actor has
/// written since, its next number belongs behind that change, so the place is where both meet.
pub(super) fn edited(
    document: &Document,
    stamp: &Stamp,
    base: &Heads,
    edits: &[Edit],
) -> Result<Option<(Document, ChangeHash)>, EditFault> {
    let actor = actor_id(&stamp.actor);
    if *base == document.heads() {
        let mut inner = document.inner.clone();
        inner.set_actor(actor);
        let hash = commit(&mut inner, &document.frame, stamp, edits)?;
        return Ok(hash.map(|hash| (Document { inner, frame: document.frame.clone() }, hash)));
    }
    let mut place = document.inner.fork_at(&hashes(base))?;
    let mut edits = edits.to_vec();
    if let Some(own) = last_change(&document.inner, &stamp.actor)
        && place.get_change_meta_by_hash(&own).is_none()
    {
        let at_base = place;
        place = document.inner.fork_at(&[hashes(base), vec![own]].concat())?;
        replay_text(&mut edits, at_base, &mut place, stamp)?;
    }
    place.set_actor(actor);
    let frame = Frame::read(&place).ok_or(EditFault::UnknownBase)?;
    let Some(hash) = commit(&mut place, &frame, stamp, &edits)? else { return Ok(None) };
    let change = place.get_change_by_hash(&hash).ok_or(EditFault::Refused)?;
    let mut inner = document.inner.clone();
    inner.apply_changes([change])?;
    Ok(Some((Document { inner, frame: document.frame.clone() }, hash)))
}

/// Puts the narrative as it reads once the edit at the base and what `place` holds beyond it are
/// merged. Writing the edited text itself there would delete what was written in between.
fn replay_text(
    edits: &mut [Edit],
    mut at_base: Automerge,
    place: &mut Automerge,
    stamp: &Stamp,
) -> Result<(), EditFault> {
    let Some(text) = edits.iter_mut().find(|edit| edit.field.is_text()) else { return Ok(()) };
    // An actor of its own that follows from the writer's, so that a replay is reproducible.
    at_base.set_actor(ActorId::from([&stamp.actor.0[..], b"scratch"].concat()));
    let frame = Frame::read(&at_base).ok_or(EditFault::UnknownBase)?;
    commit(&mut at_base, &frame, stamp, std::slice::from_ref(text))?;
    at_base.merge(place)?;
    text.value = Value::Text(fields::narrative(&at_base, &frame, None));
    Ok(())
}

fn commit(
    doc: &mut Automerge,
    frame: &Frame,
    stamp: &Stamp,
    edits: &[Edit],
) -> Result<Option<ChangeHash>, EditFault> {
    let mut tx = doc.transaction();
    put(&mut tx, frame, edits)?;
    if tx.pending_ops() as u64 > limits::CHANGE_OPERATIONS {
        return Err(EditFault::TooMuch);
    }
    Ok(tx.commit_with(commit_options(stamp)).0)
}
