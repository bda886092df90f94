//! Needs attention: nothing that was saved disappears without an item here.

use super::entries::review_of;
use super::standing::Office;
use super::{Client, Failure};
use crate::courier::refused;
use crate::documents::{Document, Fields};
use crate::model::{ActionKind, DocId, ReviewState, Scope, Timestamp};
use crate::store::{AttentionRow, DraftId, StoreFault, Tx};

/// Something that a person should look at.
#[derive(Clone, PartialEq, Eq)]
pub enum AttentionItem {
    /// What sync had to tell; stays until dismissed.
    Notice(AttentionRow),
    /// An entry of one's own came back with a reason.
    Returned {
        /// Which entry.
        doc: DocId,
        /// Where it belongs.
        scope: Scope,
        /// Why.
        reason: String,
        /// Since when, by the supervisor's clock.
        since: Timestamp,
    },
    /// Two people set a field differently.
    Conflict {
        /// In which document.
        doc: DocId,
        /// Where it belongs.
        scope: Scope,
        /// How many fields.
        fields: u32,
    },
    /// A draft that was deleted with something in it: nothing to do, but it can be taken up again
    /// ([`Client::restore_draft`]) for thirty days.
    DeletedDraft {
        /// Which draft.
        draft: DraftId,
        /// The entry that it edited; none for a new one.
        doc: Option<DocId>,
        /// Where it belongs.
        scope: Scope,
        /// When it was deleted.
        deleted: Timestamp,
    },
}

/// Personal data: without the reason.
impl std::fmt::Debug for AttentionItem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            AttentionItem::Notice(row) => write!(f, "Notice({row:?})"),
            AttentionItem::Returned { doc, .. } => write!(f, "Returned({doc})"),
            AttentionItem::Conflict { doc, fields, .. } => write!(f, "Conflict({doc}, {fields})"),
            AttentionItem::DeletedDraft { deleted, .. } => write!(f, "DeletedDraft({deleted:?})"),
        }
    }
}

impl Client {
    /// Everything that needs a person: notices, own returned entries, conflicts; last, drafts that
    /// were deleted and can be taken up again.
    pub fn attention(&self) -> Result<Vec<AttentionItem>, Failure> {
        self.read(|tx| {
            let mut items = pending(tx)?;
            for (draft, deleted) in tx.deleted_drafts()? {
                let (doc, scope) = (draft.doc, draft.scope);
                items.push(AttentionItem::DeletedDraft { draft: draft.id, doc, scope, deleted });
            }
            Ok(items)
        })
    }

    /// A person has looked at a notice.
    pub fn dismiss(&self, id: i64) -> Result<(), Failure> {
        self.write(|tx| if tx.dismiss_attention(id)? { Ok(()) } else { Err(Failure::NotFound) })
    }

    /// A person has read what the server would not take, and needs it no longer. A draft that goes on
    /// with it keeps all that it shows.
    pub fn dismiss_parked(&self, doc: DocId) -> Result<(), Failure> {
        self.write(|tx| {
            if let Some(mut draft) = tx.draft_of(doc)?
                && refused::find(tx, doc)?.is_some()
            {
                draft.edits = refused::take_up(tx, &self.env, &draft)?;
                tx.put_draft(&draft)?;
            }
            if tx.forget_parked(doc)? > 0 { Ok(()) } else { Err(Failure::NotFound) }
        })
    }

    /// Branches that the server would not take, as they read on this phone.
    pub fn parked(&self) -> Result<Vec<(DocId, Fields)>, Failure> {
        self.read(|tx| {
            let read = |row: crate::store::ParkedRow| {
                let document = Document::load(&row.snapshot).map_err(|_| StoreFault::Damaged)?;
                Ok((row.doc, document.fields()))
            };
            tx.parked()?.into_iter().map(read).collect()
        })
    }
}

/// What waits for a person to do something.
pub(super) fn pending(tx: &Tx<'_>) -> Result<Vec<AttentionItem>, Failure> {
    let mut items: Vec<AttentionItem> = tx.attention()?.into_iter().map(AttentionItem::Notice).collect();
    let Ok(office) = Office::read(tx) else { return Ok(items) };
    for doc in tx.subjects_with(&ActionKind::Return)? {
        let Some(row) = tx.row(doc)? else { continue };
        let is_mine = row.summary.entry.as_ref().is_some_and(|entry| entry.author == office.directory.me);
        if !is_mine {
            continue;
        }
        let (review, _) = review_of(tx, doc, &row.summary.heads)?;
        if let (ReviewState::Returned, Some(returned)) = (review.state, review.returned) {
            let (reason, since) = (returned.reason, returned.time);
            items.push(AttentionItem::Returned { doc, scope: row.scope, reason, since });
        }
    }
    for row in tx.in_conflict()? {
        let (doc, fields) = (row.summary.doc, row.summary.conflicts);
        items.push(AttentionItem::Conflict { doc, scope: row.scope, fields });
    }
    Ok(items)
}
