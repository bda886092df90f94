//! The first screen: what is planned and recent, and what is only on this phone.

use super::attention::pending;
use super::cases::{contact_part, withdrawn};
use super::drafts::{DraftView, view};
use super::entries::{EntryListRow, list_rows};
use super::standing::Office;
use super::{Client, Failure, SyncState};
use crate::casework::is_overtaken;
use crate::courier::{TODAY_DAYS, TODAY_ROWS};
use crate::model::{DocId, Scope};
use crate::store::{EntryRow, Tx};
use std::collections::HashSet;

/// The first screen.
#[derive(Clone, Debug)]
pub struct Today {
    /// What is typed and not saved, the one typed into last first.
    pub drafts: Vec<DraftView>,
    /// Entries whose next step is due from a week ago to a week ahead, by date, and still to be done.
    pub planned: Vec<EntryListRow>,
    /// Contacts of the last week, latest first.
    pub recent: Vec<EntryListRow>,
    /// What is only on this phone.
    pub sync: SyncState,
    /// How many items need a person.
    pub attention: usize,
}

impl Client {
    /// The first screen.
    pub fn today(&self) -> Result<Today, Failure> {
        let here = self.here();
        let today = here.0;
        let (recent_from, planned_to) = (today.plus_days(-TODAY_DAYS), today.plus_days(TODAY_DAYS));
        let sync = self.sync_state()?;
        self.read(|tx| {
            let office = Office::read(tx)?;
            let mut planned = tx.entries_planned(recent_from, planned_to, TODAY_ROWS)?;
            // A step planned for the wrong person is nobody's plan.
            let withdrawn = withdrawn(tx)?;
            planned.retain(|row| !withdrawn.contains(&row.summary.doc));
            leave_out_overtaken(tx, &mut planned, &withdrawn)?;
            let recent = tx.entries_since(recent_from, TODAY_ROWS)?;
            let drafts = tx.drafts()?.into_iter().map(|draft| view(tx, draft, here));
            Ok(Today {
                drafts: drafts.collect::<Result<_, _>>()?,
                planned: list_rows(tx, &office, planned)?,
                recent: list_rows(tx, &office, recent)?,
                sync,
                attention: pending(tx)?.len(),
            })
        })
    }
}

/// Drops the steps that a later contact of the same case has done or planned anew.
fn leave_out_overtaken(
    tx: &Tx<'_>,
    planned: &mut Vec<EntryRow>,
    withdrawn: &HashSet<DocId>,
) -> Result<(), Failure> {
    let mut left = Vec::with_capacity(planned.len());
    for row in planned.drain(..) {
        if !is_row_overtaken(tx, &row, withdrawn)? {
            left.push(row);
        }
    }
    *planned = left;
    Ok(())
}

fn is_row_overtaken(tx: &Tx<'_>, row: &EntryRow, withdrawn: &HashSet<DocId>) -> Result<bool, Failure> {
    let (Scope::Case(case), Some(entry)) = (row.scope, &row.summary.entry) else { return Ok(false) };
    let Some(due) = entry.next_date else { return Ok(false) };
    let family_focus = contact_part(tx, case)?.is_some_and(|part| part.family_focus);
    Ok(tx.contacts_since(row.scope, due)?.iter().any(|later| {
        let counts = later.summary.doc != row.summary.doc && !withdrawn.contains(&later.summary.doc);
        let by = later.summary.entry.as_ref().filter(|_| counts);
        by.is_some_and(|by| is_overtaken(entry, by, family_focus))
    }))
}
