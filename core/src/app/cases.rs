//! The list of cases, and one case.

use super::entries::{EntryListRow, list_rows};
use super::standing::Office;
use super::{Client, Failure};
use crate::access::classes_of;
use crate::casework::{days_since_met, sees_every_entry};
use crate::documents::{Document, Fields};
use crate::model::{
    ActionKind, CaseGrant, CaseId, Class, Date, DocId, EntrySummary, Outcome, PartSummary, ReviewState, Scope,
};
use crate::store::{StoreFault, Tx};
use std::collections::{HashMap, HashSet};

/// A case in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Which case, its kind, the member's part in it.
    pub grant: CaseGrant,
    /// What the list shows of the contact part.
    pub part: PartSummary,
    /// Whole days since the person was last met; none if never, or if this reader cannot see all entries.
    pub days_since_met: Option<i32>,
    /// Whether this reader sees every entry, so that "never met" means what it says.
    pub sees_every_entry: bool,
}

/// A case opened.
#[derive(Clone, Debug)]
pub struct CaseView {
    /// Its row.
    pub row: CaseRow,
    /// The parts that this member may read and the phone has.
    pub parts: Vec<(Class, Fields)>,
    /// Its entries, latest first.
    pub timeline: Vec<EntryListRow>,
}

impl Client {
    /// All cases on this phone, by pseudonym.
    pub fn case_list(&self) -> Result<Vec<CaseRow>, Failure> {
        let (today, _) = self.here();
        self.read(|tx| {
            let office = Office::read(tx)?;
            let withdrawn = withdrawn(tx)?;
            let parts = contact_parts(tx)?;
            let mut rows = Vec::new();
            for grant in office.cases() {
                // A case whose contact part has not arrived yet is not a row without a name.
                let Some(part) = parts.get(&grant.case) else { continue };
                rows.push(case_row(tx, &office, grant, part, &withdrawn, today)?);
            }
            rows.sort_by(|a, b| a.part.pseudonym.cmp(&b.part.pseudonym));
            Ok(rows)
        })
    }

    /// One case.
    pub fn case(&self, case: CaseId) -> Result<CaseView, Failure> {
        let (today, _) = self.here();
        self.read(|tx| {
            let office = Office::read(tx)?;
            let grant = office.case(case).ok_or(Failure::NotFound)?;
            let contact = tx.summary(DocId::of_case_part(case, Class::Contact))?.ok_or(Failure::NotFound)?;
            let part = contact.part.unwrap_or_default();
            let row = case_row(tx, &office, grant, &part, &withdrawn(tx)?, today)?;
            let mut parts = Vec::new();
            for class in Class::ALL {
                if let Some(stored) = tx.document(DocId::of_case_part(case, class))? {
                    let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
                    parts.push((class, document.fields()));
                }
            }
            let timeline = list_rows(tx, &office, tx.timeline(Scope::Case(case))?)?;
            Ok(CaseView { row, parts, timeline })
        })
    }
}

/// Rows of some cases, in their order; one whose contact part is not here is left out.
pub(super) fn case_rows(
    tx: &Tx<'_>,
    office: &Office,
    cases: &[CaseId],
    today: Date,
) -> Result<Vec<CaseRow>, Failure> {
    let withdrawn = withdrawn(tx)?;
    let mut rows = Vec::with_capacity(cases.len());
    for &case in cases {
        if let (Some(grant), Some(part)) = (office.case(case), contact_part(tx, case)?) {
            rows.push(case_row(tx, office, grant, &part, &withdrawn, today)?);
        }
    }
    Ok(rows)
}

/// Contact parts by case.
pub(super) fn contact_parts(tx: &Tx<'_>) -> Result<HashMap<CaseId, PartSummary>, Failure> {
    let rows = tx.parts(Class::Contact)?;
    let named =
        rows.into_iter().filter_map(|row| Some((row.scope.case()?, row.summary.part.unwrap_or_default())));
    Ok(named.collect())
}

/// The contact part of one case, if it is here.
pub(super) fn contact_part(tx: &Tx<'_>, case: CaseId) -> Result<Option<PartSummary>, Failure> {
    Ok(tx.summary(DocId::of_case_part(case, Class::Contact))?.and_then(|summary| summary.part))
}

/// Entries that are out of all counts.
pub(super) fn withdrawn(tx: &Tx<'_>) -> Result<HashSet<DocId>, Failure> {
    Ok(tx.subjects_with(&ActionKind::Withdraw)?.into_iter().collect())
}

fn case_row(
    tx: &Tx<'_>,
    office: &Office,
    grant: &CaseGrant,
    part: &PartSummary,
    withdrawn: &HashSet<DocId>,
    today: Date,
) -> Result<CaseRow, Failure> {
    let scope = Scope::Case(grant.case);
    let sees_every_entry = sees_every_entry(classes_of(&office.standing(scope), scope));
    let mut met: Vec<(EntrySummary, ReviewState)> = Vec::new();
    if sees_every_entry {
        for outcome in [Outcome::Met, Outcome::MetFamilyOnly] {
            let latest = tx.latest_contact(scope, outcome.code(), |doc| !withdrawn.contains(&doc))?;
            met.extend(latest.and_then(|row| row.summary.entry).map(|entry| (entry, ReviewState::Draft)));
        }
    }
    let counted = met.iter().map(|(entry, state)| (entry, state.clone()));
    Ok(CaseRow {
        grant: grant.clone(),
        part: part.clone(),
        days_since_met: days_since_met(counted, part.family_focus, today),
        sees_every_entry,
    })
}
