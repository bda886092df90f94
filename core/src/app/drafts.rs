//! Drafts: everything typed is kept at every pause, and survives a kill.

use super::entries::entry_target;
use super::proposals::{beginning, proposed_end};
use super::review::hand_in_kind;
use super::save::is_own;
use super::standing::Office;
use super::{Client, Failure};
use crate::access::{Target, Verb};
use crate::courier::refused;
use crate::documents::{Document, Fields, limits};
use crate::model::{
    CaseId, Class, Date, DocId, Edit, EntryKind, Field, Heads, Scope, TimeOfDay, Timestamp, Value,
    rough_location,
};
use crate::store::{DraftId, DraftRow, StoreFault, Tx};

/// Most that one draft holds: far more than an entry, so that nothing pasted by mistake is lost.
const DRAFT_BYTES: usize = 1_000_000;

/// A draft as the form shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftView {
    /// Which draft.
    pub id: DraftId,
    /// The entry being edited; none for a new one.
    pub doc: Option<DocId>,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// All fields as they would be after saving. The end of a new contact is proposed until
    /// somebody types one, and so is not among `touched`.
    pub fields: Vec<(Field, Value)>,
    /// The fields touched.
    pub touched: Vec<Field>,
    /// When something was typed last.
    pub updated: Timestamp,
    /// Whether *done* hands the entry in. It does not for a colleague's entry, which stays its
    /// author's to hand in, nor for one that a supervisor has already.
    pub will_submit: bool,
    /// Of a group session: whose cases it will be credited to.
    pub participants: Vec<CaseId>,
}

/// Personal data: which fields, not what is in them.
impl std::fmt::Debug for DraftView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DraftView({:?}, {:?})", self.id, self.touched)
    }
}

impl DraftView {
    /// The value of a field.
    pub fn value(&self, path: &str) -> &Value {
        self.fields.iter().find(|(field, _)| field.path() == path).map_or(&Value::Empty, |(_, value)| value)
    }
}

impl Client {
    /// Begins an entry. Date and start are filled in, and can be changed. A group session begins in
    /// its team's scope; [`Client::choose_participants`] says whose it is.
    pub fn start_draft(&self, scope: Scope, class: Class, kind: &EntryKind) -> Result<DraftId, Failure> {
        let here = self.here();
        self.write(|tx| {
            let office = Office::read(tx)?;
            office.insist(&Verb::CreateDoc, &Target::entry(scope, class, kind.clone(), None))?;
            let draft = DraftRow {
                id: DraftId::new(&self.env),
                doc: None,
                scope,
                class,
                base: Heads::default(),
                edits: beginning(kind, here),
                participants: Vec::new(),
                updated: self.env.now(),
            };
            tx.put_draft(&draft)?;
            Ok(draft.id)
        })
    }

    /// Goes on with an entry: the draft that is there, or a new one at its present heads. One that
    /// the server refused as a whole goes on as a new entry with all that it held, also where its author
    /// may only read it by now.
    pub fn edit_draft_of(&self, doc: DocId) -> Result<DraftId, Failure> {
        self.write(|tx| {
            if let Some(draft) = tx.draft_of(doc)? {
                return Ok(draft.id);
            }
            let (scope, class, base) = if let Some(refused) = refused::find(tx, doc)? {
                // Whoever may not write it any more can still read what they wrote; saving asks.
                (refused.scope, refused.class, Heads::default())
            } else {
                let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
                let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
                Office::read(tx)?
                    .insist(&Verb::EditDoc, &entry_target(stored.scope, stored.class, &document))?;
                (stored.scope, stored.class, document.heads())
            };
            let draft = DraftRow {
                id: DraftId::new(&self.env),
                doc: Some(doc),
                scope,
                class,
                base,
                edits: Vec::new(),
                participants: Vec::new(),
                updated: self.env.now(),
            };
            tx.put_draft(&draft)?;
            Ok(draft.id)
        })
    }

    /// Keeps what was typed. Each edit holds the whole value of its field. What is longer than an entry
    /// can hold is kept all the same, so that a kill does not take what was pasted: saving says so.
    pub fn type_into(&self, id: DraftId, edits: Vec<Edit>) -> Result<(), Failure> {
        for edit in &edits {
            check_form(edit)?;
        }
        self.write(|tx| {
            let mut draft = tx.draft(id)?.ok_or(Failure::NotFound)?;
            for edit in edits {
                draft.edits.retain(|earlier| earlier.field != edit.field);
                draft.edits.push(edit);
            }
            if draft.edits.len() > limits::EDIT_FIELDS || bytes_of(&draft.edits) > DRAFT_BYTES {
                return Err(Failure::invalid("entry", "too_much"));
            }
            draft.updated = self.env.now();
            Ok(tx.put_draft(&draft)?)
        })
    }

    /// Notes where the phone is, roughly (see [`rough_location`]); `Invalid` with `location`/`nowhere` for
    /// what is no place. The exact one is never kept.
    pub fn locate(&self, id: DraftId, latitude: f64, longitude: f64) -> Result<(), Failure> {
        let place =
            rough_location(latitude, longitude).ok_or_else(|| Failure::invalid("location", "nowhere"))?;
        self.type_into(id, vec![Edit::set("location", place)])
    }

    /// A draft as the form shows it.
    pub fn draft(&self, id: DraftId) -> Result<DraftView, Failure> {
        self.read(|tx| {
            let draft = tx.draft(id)?.ok_or(Failure::NotFound)?;
            view(tx, draft, self.here())
        })
    }

    /// All drafts, the one typed into last first.
    pub fn drafts(&self) -> Result<Vec<DraftView>, Failure> {
        self.read(|tx| tx.drafts()?.into_iter().map(|draft| view(tx, draft, self.here())).collect())
    }
}

pub(super) fn view(tx: &Tx<'_>, draft: DraftRow, here: (Date, TimeOfDay)) -> Result<DraftView, Failure> {
    let mut fields: Vec<(Field, Value)> = match draft.doc {
        Some(doc) => fields_at_base(tx, doc, &draft)?.iter().map(|(f, v)| (f.clone(), v.clone())).collect(),
        None => Vec::new(),
    };
    for edit in draft.edits.iter().chain(&proposed_end(&draft, here)) {
        fields.retain(|(field, _)| *field != edit.field);
        fields.push((edit.field.clone(), edit.value.clone()));
    }
    fields.sort();
    let touched = draft.edits.into_iter().map(|edit| edit.field).collect();
    let DraftRow { id, doc, scope, class, updated, participants, .. } = draft;
    let will_submit = match doc {
        Some(doc) if tx.has_document(doc)? => is_own(tx, doc)? && hand_in_kind(tx, doc)?.is_some(),
        _ => true,
    };
    Ok(DraftView { id, doc, scope, class, fields, touched, updated, will_submit, participants })
}

fn fields_at_base(tx: &Tx<'_>, doc: DocId, draft: &DraftRow) -> Result<Fields, Failure> {
    let Some(stored) = tx.document(doc)? else {
        // Gone from this phone: refused as a whole, and perhaps put away since.
        return Ok(refused::find(tx, doc)?.map(|refused| refused.fields).unwrap_or_default());
    };
    let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
    Ok(if document.contains(&draft.base) { document.fields_at(&draft.base) } else { document.fields() })
}

/// Dates and times have their form from the first stroke.
fn check_form(edit: &Edit) -> Result<(), Failure> {
    let field = edit.field.path();
    let Some(text) = edit.value.as_text() else { return Ok(()) };
    let is_good = match field {
        "date" | "next_date" => text.is_empty() || text.parse::<crate::model::Date>().is_ok(),
        "start" | "end" => text.is_empty() || text.parse::<crate::model::TimeOfDay>().is_ok(),
        _ => true,
    };
    if is_good { Ok(()) } else { Err(Failure::invalid(field, "form")) }
}

/// Holds the limits of the ledger before anything is written: `Invalid` with the field and `too_long`,
/// or `entry`/`too_much`.
pub(super) fn check_lengths(edits: &[Edit]) -> Result<(), Failure> {
    for edit in edits {
        let Some(text) = edit.value.as_text() else { continue };
        let limit = if edit.field.is_text() { limits::NARRATIVE_BYTES } else { limits::FIELD_BYTES };
        let is_too_long =
            text.len() > limit || edit.field.is_text() && text.chars().count() > limits::NARRATIVE_CHARACTERS;
        if is_too_long {
            return Err(Failure::invalid(edit.field.path(), "too_long"));
        }
    }
    if bytes_of(edits) > limits::EDIT_BYTES { Err(Failure::invalid("entry", "too_much")) } else { Ok(()) }
}

fn bytes_of(edits: &[Edit]) -> usize {
    edits.iter().filter_map(|edit| edit.value.as_text()).map(str::len).sum()
}
