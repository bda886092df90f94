//! The first screen: what is planned and recent, and what is only on this phone.

use super::attention::pending;
use super::drafts::{DraftView, view};
use super::entries::{EntryListRow, list_rows};
use super::standing::Office;
use super::{Client, Failure, SyncState};
use crate::courier::{TODAY_DAYS, TODAY_ROWS};
use crate::model::ReviewState;

/// The first screen.
#[derive(Clone, Debug)]
pub struct Today {
    /// What is typed and not saved, the one typed into last first.
    pub drafts: Vec<DraftView>,
    /// Entries whose next step is due from a week ago to a week ahead, by date.
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
            let planned = tx.entries_planned(recent_from, planned_to, TODAY_ROWS)?;
            let recent = tx.entries_since(recent_from, TODAY_ROWS)?;
            let mut planned = list_rows(tx, &office, planned)?;
            // A step planned for the wrong person is nobody's plan.
            planned.retain(|row| row.state != ReviewState::Withdrawn);
            let drafts = tx.drafts()?.into_iter().map(|draft| view(tx, draft, here));
            Ok(Today {
                drafts: drafts.collect::<Result<_, _>>()?,
                planned,
                recent: list_rows(tx, &office, recent)?,
                sync,
                attention: pending(tx)?.len(),
            })
        })
    }
}
