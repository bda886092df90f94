//! An entry that the server refused from its first change on. It is no document any more, on this
//! phone or elsewhere: what it held is parked, and a draft can go on with all of it as a new entry.

use crate::documents::{Document, Fields};
use crate::env::Env;
use crate::model::{Class, DocId, DocKind, Edit, Photo, Scope};
use crate::store::{DraftRow, NewAttachment, PhotoSize, StoreFault, Tx};

/// What is left of such an entry.
pub struct RefusedEntry {
    /// Where it belonged.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// How it read on this phone.
    pub fields: Fields,
}

/// The entry, if it was refused as a whole and its author has not put it away.
pub fn find(tx: &Tx<'_>, doc: DocId) -> Result<Option<RefusedEntry>, StoreFault> {
    if tx.has_document(doc)? {
        return Ok(None);
    }
    let Some(row) = tx.parked()?.into_iter().rfind(|row| row.doc == doc) else { return Ok(None) };
    let document = Document::load(&row.snapshot).map_err(|_| StoreFault::Damaged)?;
    let is_entry = document.kind() == DocKind::Entry;
    Ok(is_entry.then(|| RefusedEntry { scope: row.scope, class: row.class, fields: document.fields() }))
}

/// What a draft of it holds as a new entry: all of it, with what was typed since. Its photos become
/// the draft's too. Of any other draft: what was typed.
pub fn take_up(tx: &Tx<'_>, env: &Env, draft: &DraftRow) -> Result<Vec<Edit>, StoreFault> {
    let found = draft.doc.map(|doc| find(tx, doc)).transpose()?.flatten();
    let Some(refused) = found else { return Ok(draft.edits.clone()) };
    let is_typed = |edit: &Edit| draft.edits.iter().any(|typed| typed.field == edit.field);
    let held =
        refused.fields.iter().map(|(field, value)| Edit { field: field.clone(), value: value.clone() });
    let mut edits: Vec<Edit> = held.filter(|edit| !is_typed(edit)).collect();
    for photo in edits.iter().filter_map(|edit| Photo::read(&edit.field, &edit.value)) {
        for (size, name) in [(PhotoSize::Thumbnail, photo.thumbnail), (PhotoSize::Original, photo.id)] {
            let Some(bytes) = tx.picture(name)? else { continue };
            let (scope, class, made) = (draft.scope, draft.class, env.now());
            let new = NewAttachment { photo: photo.id, name, size, scope, class, bytes: &bytes, made };
            tx.put_draft_photo(draft.id, &new)?;
        }
    }
    edits.extend(draft.edits.iter().cloned());
    Ok(edits)
}
