//! *Later* and *done*: what was typed becomes one signed change, in one transaction with its hand-in.

use super::act::act;
use super::drafts::check_lengths;
use super::entries::entry_target;
use super::group::{hand_in_shares, team_of_session};
use super::pen::Pen;
use super::proposals::proposed_end;
use super::review::hand_in_kind;
use super::standing::Office;
use super::{Client, Failure};
use crate::access::{Target, Verb};
use crate::courier::refused;
use crate::documents::Document;
use crate::model::{Class, DocId, DocKind, Edit, EntryKind, Field, Photo, Scope, Value};
use crate::store::{DraftId, DraftRow, StoreFault, Tx};

impl Client {
    /// *Later*: saves. It syncs; the author and the case's workers see it, the queue does not.
    pub fn save_later(&self, id: DraftId) -> Result<DocId, Failure> {
        self.write(|tx| self.save(tx, id, false))
    }

    /// *Done*: saves and hands in. A colleague's entry is saved only: handing it in is its author's
    /// to do ([`DraftView::will_submit`](super::DraftView::will_submit) says so beforehand).
    pub fn save_done(&self, id: DraftId) -> Result<DocId, Failure> {
        self.write(|tx| self.save(tx, id, true))
    }

    fn save(&self, tx: &Tx<'_>, id: DraftId, hand_in: bool) -> Result<DocId, Failure> {
        let mut draft = tx.draft(id)?.ok_or(Failure::NotFound)?;
        check_lengths(&draft.edits)?;
        if let Some(team) = team_of_session(&draft) {
            let session = self.save_session(tx, team, &draft, hand_in)?;
            keep_photos(tx, &draft, session)?;
            tx.remove_draft(id)?;
            return Ok(session);
        }
        let end = proposed_end(&draft, self.here());
        draft.edits.extend(end);
        let doc = save_draft(tx, &self.env, &draft)?;
        keep_photos(tx, &draft, doc)?;
        tx.remove_draft(id)?;
        if hand_in
            && is_own(tx, doc)?
            && let Some(kind) = hand_in_kind(tx, doc)?
        {
            act(tx, &self.env, doc, kind, |_| ())?;
            if matches!(draft.scope, Scope::Team(_)) {
                hand_in_shares(tx, &self.env, doc)?;
            }
        }
        Ok(doc)
    }

    /// Sets fields of a document at once, without a draft: for the parts of a case.
    pub fn set_fields(&self, doc: DocId, edits: &[Edit]) -> Result<(), Failure> {
        self.write(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            let mut document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
            let target = if stored.kind.is_case_part() {
                Target::part(stored.scope, stored.class)
            } else {
                entry_target(stored.scope, stored.class, &document)
            };
            Office::read(tx)?.insist(&Verb::EditDoc, &target)?;
            let pen = Pen::take(tx, &self.env)?;
            let base = document.heads();
            if let Some(change) = document.edit(&pen.stamp, &base, edits)? {
                pen.keep(tx, (stored.scope, stored.class), doc, &document, change)?;
            }
            Ok(())
        })
    }
}

/// Whether this phone's member is an entry's author, whose it is to hand in.
pub(super) fn is_own(tx: &Tx<'_>, doc: DocId) -> Result<bool, Failure> {
    let author = tx.summary(doc)?.and_then(|summary| summary.entry).map(|entry| entry.author);
    Ok(author.is_some() && author == tx.identity()?.map(|identity| identity.member))
}

/// What was a draft's photos is the entry's now; what its author took out of the entry goes.
fn keep_photos(tx: &Tx<'_>, draft: &DraftRow, doc: DocId) -> Result<(), StoreFault> {
    tx.give_photos_to(draft.id, doc)?;
    let removed = draft.edits.iter().filter(|edit| edit.value == Value::Empty);
    removed.filter_map(|edit| Photo::id_in(&edit.field)).try_for_each(|photo| tx.remove_photo(doc, photo))
}

/// Writes a draft into its document, or begins it: a new entry, or one that was refused as a whole,
/// which goes on as a new one. The draft stays: its caller removes it.
pub(super) fn save_draft(tx: &Tx<'_>, env: &crate::env::Env, draft: &DraftRow) -> Result<DocId, Failure> {
    let office = Office::read(tx)?;
    let Some(doc) = draft.doc else {
        return create_entry(tx, env, &office, (draft.scope, draft.class), &draft.edits);
    };
    let Some(stored) = tx.document(doc)? else {
        let edits = refused::take_up(tx, env, draft)?;
        return create_entry(tx, env, &office, (draft.scope, draft.class), &edits);
    };
    let mut document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
    office.insist(&Verb::EditDoc, &entry_target(stored.scope, stored.class, &document))?;
    let pen = Pen::take(tx, env)?;
    // A base that the document lost (its branch was parked) counts as the present.
    let base = if document.contains(&draft.base) { draft.base.clone() } else { document.heads() };
    if let Some(change) = document.edit(&pen.stamp, &base, &draft.edits)? {
        pen.keep(tx, (stored.scope, stored.class), doc, &document, change)?;
    }
    Ok(doc)
}

/// Begins an entry. Its author is always among the workers.
pub(super) fn create_entry(
    tx: &Tx<'_>,
    env: &crate::env::Env,
    office: &Office,
    place: (Scope, Class),
    edits: &[Edit],
) -> Result<DocId, Failure> {
    let kind =
        edits.iter().rev().find(|edit| edit.field.path() == "kind").and_then(|edit| edit.value.as_text());
    let kind = kind.map(EntryKind::from_code).ok_or_else(|| Failure::invalid("kind", "missing"))?;
    let pen = Pen::take(tx, env)?;
    office.insist(&Verb::CreateDoc, &Target::entry(place.0, place.1, kind, None))?;
    let mut edits = edits.to_vec();
    let me = Field::new(format!("workers.{}", pen.stamp.member)).expect("a member's id is a field name");
    edits.push(Edit { field: me, value: Value::Flag(true) });
    let doc = DocId::new(env);
    let (document, change) = Document::create(DocKind::Entry, &pen.stamp, &edits)?;
    pen.keep(tx, place, doc, &document, change)?;
    Ok(doc)
}
