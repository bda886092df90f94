//! The row that lists show and search reads. Depends on one document only, never on today's date.

use super::{ContactMode, Date, DocId, DocKind, EntryKind, Heads, MemberId, Outcome, PlaceKind, TimeOfDay};

/// Version of the computation below. A summary of another version is computed again when there is time.
pub const SUMMARY_VERSION: u32 = 2;

/// What a list needs to know of a document.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Summary {
    /// [`SUMMARY_VERSION`] of the release that computed it.
    #[n(0)]
    pub version: u32,
    /// Which document.
    #[n(1)]
    pub doc: DocId,
    /// What it holds.
    #[n(2)]
    pub kind: DocKind,
    /// The frontier that it was computed at.
    #[n(3)]
    pub heads: Heads,
    /// Fields that two people set differently and nobody has settled.
    #[n(4)]
    pub conflicts: u32,
    /// Whether something in it needs a newer release.
    #[n(5)]
    pub needs_newer: bool,
    /// For entries.
    #[n(6)]
    pub entry: Option<EntrySummary>,
    /// For parts of a case.
    #[n(7)]
    pub part: Option<PartSummary>,
}

/// An entry in one row.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct EntrySummary {
    /// What it records.
    #[n(0)]
    pub kind: EntryKind,
    /// Who wrote it.
    #[n(1)]
    pub author: MemberId,
    /// The day of the contact.
    #[n(2)]
    pub date: Option<Date>,
    /// When it began.
    #[n(3)]
    pub start: Option<TimeOfDay>,
    /// When it ended.
    #[n(4)]
    pub end: Option<TimeOfDay>,
    /// How it came out; none for entries that are not contacts.
    #[n(5)]
    pub outcome: Option<Outcome>,
    /// Where.
    #[n(6)]
    pub place: Option<PlaceKind>,
    /// The place in words.
    #[n(7)]
    pub place_note: String,
    /// How.
    #[n(8)]
    pub mode: Option<ContactMode>,
    /// A card was left.
    #[n(9)]
    pub card_left: bool,
    /// Someone is in danger.
    #[n(10)]
    pub crisis: bool,
    /// First 200 characters of the narrative.
    #[n(11)]
    pub excerpt: String,
    /// What comes next, first 80 characters.
    #[n(12)]
    pub next_step: String,
    /// By when.
    #[n(13)]
    pub next_date: Option<Date>,
    /// The group session that it is one person's share of.
    #[n(14)]
    pub group: Option<DocId>,
    /// Everyone who took part on our side, the author included.
    #[n(15)]
    pub workers: Vec<MemberId>,
}

/// A part of a case in one row.
#[derive(Clone, PartialEq, Eq, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct PartSummary {
    /// 化名: the default name on every shared screen (contact part).
    #[n(0)]
    pub pseudonym: String,
    /// Other names to search by (file part).
    #[n(1)]
    pub names: Vec<String>,
    /// How and where to reach the person, in short (contact part).
    #[n(2)]
    pub reach: String,
    /// Safety notes, in short (contact part).
    #[n(3)]
    pub safety: String,
    /// Code of the stage (contact part).
    #[n(4)]
    pub stage: String,
    /// Code of the risk level (restricted part).
    #[n(5)]
    pub risk: String,
    /// The family is the focus of the plan: `met_family_only` counts as met (contact part).
    #[n(6)]
    pub family_focus: bool,
}

/// Personal data: kind and date only.
impl std::fmt::Debug for EntrySummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EntrySummary({}, {:?})", self.kind.code(), self.date)
    }
}

/// Personal data: nothing.
impl std::fmt::Debug for PartSummary {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PartSummary(…)")
    }
}
