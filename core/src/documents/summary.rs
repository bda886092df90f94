//! The row that lists show: a function of one document, never of today's date.

use super::document::Document;
use super::fields::{Fields, Reading};
use super::schema::{SCHEMA, schema_version};
use crate::model::{
    CaseStage, ContactMode, DocId, EntryKind, EntrySummary, MemberId, Outcome, PartSummary, PlaceKind,
    SUMMARY_VERSION, Summary,
};

/// Characters of the narrative that a row carries and search reads.
const EXCERPT_CHARACTERS: usize = 200;
/// Characters of other texts that a row carries.
const SHORT_CHARACTERS: usize = 80;

/// Computes a document's row.
pub fn summarise(doc: DocId, document: &Document) -> Summary {
    let reading = document.reading();
    let fields = &reading.fields;
    let is_part = document.kind().is_case_part();
    Summary {
        version: SUMMARY_VERSION,
        doc,
        kind: document.kind(),
        heads: document.heads(),
        conflicts: conflicts(document, &reading),
        needs_newer: needs_newer(document, &reading),
        entry: (!is_part).then(|| entry(document, fields)),
        part: is_part.then(|| part(fields)),
    }
}

/// How many fields wait for a person to settle them.
fn conflicts(document: &Document, reading: &Reading) -> u32 {
    if reading.is_contested { u32::try_from(document.conflicts().len()).unwrap_or(u32::MAX) } else { 0 }
}

/// Whether something in the document is of a newer release: shown as "needs a newer app".
fn needs_newer(document: &Document, reading: &Reading) -> bool {
    let is_unknown = |path: &str, is_known: fn(&str) -> bool| {
        let code = reading.fields.text(path);
        !code.is_empty() && !is_known(code)
    };
    schema_version(&document.inner).is_some_and(|version| version > SCHEMA)
        || reading.has_unknown_values
        || is_unknown("kind", |code| EntryKind::from_code(code).is_known())
        || is_unknown("outcome", |code| Outcome::from_code(code).is_known())
        || is_unknown("place", |code| PlaceKind::from_code(code).is_known())
        || is_unknown("mode", |code| ContactMode::from_code(code).is_known())
        || is_unknown("stage", |code| CaseStage::from_code(code).is_known())
}

fn entry(document: &Document, fields: &Fields) -> EntrySummary {
    let author = document.author();
    let mut workers = vec![author];
    let others = fields.keys_of("workers").filter(|(_, value)| value.is_yes());
    workers.extend(others.filter_map(|(id, _)| id.parse::<MemberId>().ok()).filter(|id| *id != author));
    let code = |path: &str| Some(fields.text(path)).filter(|code| !code.is_empty());
    // An entry without a kind is a note.
    let kind = code("kind").map_or(EntryKind::Note, EntryKind::from_code);
    EntrySummary {
        crisis: fields.is_yes("crisis") || kind == EntryKind::CrisisEvent,
        kind,
        author,
        date: fields.text("date").parse().ok(),
        start: fields.text("start").parse().ok(),
        end: fields.text("end").parse().ok(),
        outcome: code("outcome").map(Outcome::from_code),
        place: code("place").map(PlaceKind::from_code),
        place_note: short(fields.text("place_note"), SHORT_CHARACTERS),
        mode: code("mode").map(ContactMode::from_code),
        card_left: fields.is_yes("card_left"),
        excerpt: short(fields.text("narrative"), EXCERPT_CHARACTERS),
        next_step: short(fields.text("next_step"), SHORT_CHARACTERS),
        next_date: fields.text("next_date").parse().ok(),
        group: fields.text("group").parse().ok(),
        workers,
    }
}

fn part(fields: &Fields) -> PartSummary {
    let reach = ["address", "phone", "reach_note"].map(|path| fields.text(path));
    let reach: Vec<&str> = reach.into_iter().filter(|text| !text.is_empty()).collect();
    let names = [fields.text("legal_name")];
    PartSummary {
        pseudonym: short(fields.text("pseudonym"), SHORT_CHARACTERS),
        names: names.into_iter().filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        reach: short(&reach.join(" · "), SHORT_CHARACTERS),
        safety: short(fields.text("safety"), SHORT_CHARACTERS),
        stage: fields.text("stage").to_owned(),
        risk: fields.text("risk").to_owned(),
        family_focus: fields.is_yes("family_focus"),
    }
}

/// The first characters (code points, so that the length is bounded whatever is piled on one letter).
fn short(text: &str, characters: usize) -> String {
    text.chars().take(characters).collect()
}
