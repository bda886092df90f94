//! Entries as lists and screens show them.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{ConflictCard, EntryListRow, EntryView};
use doorstep_core::casework::Review;
use doorstep_core::documents::Fields;
use doorstep_core::model::{
    Action, Class, ContactMode, DocId, DocKind, Edit, EntryKind, EntrySummary, Heads, MemberId, Outcome,
    PartSummary, PlaceKind, ReviewState, Scope, Summary, TimeOfDay,
};

type CivilDate = doorstep_core::model::Date;

/// An entry in one row.
#[uniffi::remote(Record)]
pub struct EntrySummary {
    /// What it records.
    pub kind: EntryKind,
    /// Who wrote it.
    pub author: MemberId,
    /// The day of the contact.
    pub date: Option<CivilDate>,
    /// When it began.
    pub start: Option<TimeOfDay>,
    /// When it ended.
    pub end: Option<TimeOfDay>,
    /// How it came out; none for entries that are not contacts.
    pub outcome: Option<Outcome>,
    /// Where.
    pub place: Option<PlaceKind>,
    /// The place in words.
    pub place_note: String,
    /// How.
    pub mode: Option<ContactMode>,
    /// A card was left.
    pub card_left: bool,
    /// Someone is in danger.
    pub crisis: bool,
    /// First 200 characters of the narrative.
    pub excerpt: String,
    /// What comes next, first 80 characters.
    pub next_step: String,
    /// By when.
    pub next_date: Option<CivilDate>,
    /// The group session that it is one person's share of.
    pub group: Option<DocId>,
    /// Everyone who took part on our side, the author included.
    pub workers: Vec<MemberId>,
}

/// An entry in a list.
#[uniffi::remote(Record)]
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

/// What a list needs to know of a document.
#[uniffi::remote(Record)]
pub struct Summary {
    /// Version of its computation.
    pub version: u32,
    /// Which document.
    pub doc: DocId,
    /// What it holds.
    pub kind: DocKind,
    /// The version that it was computed at.
    pub heads: Heads,
    /// Fields that two people set differently and nobody has settled.
    pub conflicts: u32,
    /// Whether something in it needs a newer release.
    pub needs_newer: bool,
    /// For entries.
    pub entry: Option<EntrySummary>,
    /// For parts of a case.
    pub part: Option<PartSummary>,
}

/// An entry opened.
#[uniffi::remote(Record)]
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
    /// The present version: what a decision is made at.
    pub heads: Heads,
    /// Where it stands with the supervisor, with remarks.
    pub review: Review,
    /// What two people set differently.
    pub conflicts: Vec<ConflictCard>,
    /// The actions behind the review.
    pub actions: Vec<Action>,
    /// Whether this phone's member may change it.
    pub may_edit: bool,
    /// Whether this phone's member may decide on it.
    pub may_decide: bool,
    /// Not yet on the server.
    pub is_waiting: bool,
}

#[uniffi::export]
impl Client {
    /// Opens an entry.
    pub fn entry(&self, doc: DocId) -> Result<EntryView, ClientError> {
        Ok(self.core.entry(doc)?)
    }

    /// Sets fields of a document at once, without a draft: for the parts of a case.
    pub fn set_fields(&self, doc: DocId, edits: Vec<Edit>) -> Result<(), ClientError> {
        Ok(self.core.set_fields(doc, &edits)?)
    }
}
