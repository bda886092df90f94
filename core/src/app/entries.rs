//! Entries as lists and screens show them.

use super::conflicts::{ConflictCard, cards};
use super::standing::Office;
use super::{Client, Failure};
use crate::access::{Target, Verb, may};
use crate::casework::{ReceivedAction, Review, review};
use crate::documents::{Document, Fields};
use crate::model::{
    Action, ActionKind, Class, DocId, EntryKind, EntrySummary, Heads, ReviewState, Scope, Summary,
};
use crate::store::{EntryRow, StoreFault, Tx};

/// An entry in a list.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryListRow {
    /// Which entry.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What the row shows.
    pub entry: EntrySummary,
    /// The author's name.
    pub author: String,
    /// Where it stands with the supervisor.
    pub state: ReviewState,
    /// Not yet on the server.
    pub is_waiting: bool,
    /// Fields that two people set differently.
    pub conflicts: u32,
}

/// Personal data: without the author's name.
impl std::fmt::Debug for EntryListRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EntryListRow({:?}, {:?}, {})", self.doc, self.entry, self.state.code())
    }
}

/// An entry opened.
#[derive(Clone, Debug)]
pub struct EntryView {
    /// Which entry.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// Its row.
    pub summary: Summary,
    /// Everything that is set.
    pub fields: Fields,
    /// The present heads: what a decision is made at.
    pub heads: Heads,
    /// Where it stands with the supervisor, with remarks.
    pub review: Review,
    /// What two people set differently.
    pub conflicts: Vec<ConflictCard>,
    /// The actions behind the review, as the server received them; those that it does not have yet last.
    pub actions: Vec<Action>,
    /// Whether this phone's member may change it.
    pub may_edit: bool,
    /// Whether this phone's member may decide on it, as it stands now.
    pub may_decide: bool,
    /// Not yet on the server.
    pub is_waiting: bool,
}

impl Client {
    /// Opens an entry.
    pub fn entry(&self, doc: DocId) -> Result<EntryView, Failure> {
        self.read(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
            let summary = tx.summary(doc)?.ok_or(Failure::NotFound)?;
            let office = Office::read(tx)?;
            let (review, actions) = review_of(tx, doc, &document.heads())?;
            let target = entry_target(stored.scope, stored.class, &document);
            let standing = office.standing(stored.scope);
            let allowed = |verb: &Verb| may(&standing, verb, &target).is_allowed();
            let may_decide = review.state.is_open_to_decisions() && allowed(&Verb::Act(ActionKind::Approve));
            Ok(EntryView {
                doc,
                scope: stored.scope,
                class: stored.class,
                summary,
                fields: document.fields(),
                heads: document.heads(),
                review,
                conflicts: cards(&office, doc, stored.scope, &document),
                actions,
                may_edit: allowed(&Verb::EditDoc),
                may_decide,
                is_waiting: tx.is_waiting(doc)?,
            })
        })
    }
}

/// What the access rules need to know of an entry.
pub(super) fn entry_target(scope: Scope, class: Class, document: &Document) -> Target {
    if document.kind().is_case_part() {
        return Target { author: Some(document.author()), ..Target::part(scope, class) };
    }
    let kind = EntryKind::from_code(document.fields().text("kind"));
    Target::entry(scope, class, kind, Some(document.author()))
}

/// Where an entry stands, with its actions.
pub(super) fn review_of(tx: &Tx<'_>, doc: DocId, heads: &Heads) -> Result<(Review, Vec<Action>), Failure> {
    let mut actions: Vec<ReceivedAction> = tx
        .actions_of(doc)?
        .into_iter()
        .map(|stored| ReceivedAction { action: stored.action, received: stored.received })
        .collect();
    actions.sort_by_key(|received| (received.received.is_none(), received.received, received.action.id));
    let review = review(&actions, heads);
    Ok((review, actions.into_iter().map(|received| received.action).collect()))
}

/// Rows of a list; documents that are not entries are left out.
pub(super) fn list_rows(
    tx: &Tx<'_>,
    office: &Office,
    rows: Vec<EntryRow>,
) -> Result<Vec<EntryListRow>, Failure> {
    let mut list = Vec::with_capacity(rows.len());
    for EntryRow { scope, class, summary } in rows {
        let Summary { doc, heads, conflicts, entry: Some(entry), .. } = summary else { continue };
        let (review, _) = review_of(tx, doc, &heads)?;
        let author = office.name(entry.author).to_owned();
        let is_waiting = tx.is_waiting(doc)?;
        list.push(EntryListRow {
            doc,
            scope,
            class,
            entry,
            author,
            state: review.state,
            is_waiting,
            conflicts,
        });
    }
    Ok(list)
}
