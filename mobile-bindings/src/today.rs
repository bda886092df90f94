//! The first screen.

use crate::client::Client;
use crate::drafts::DraftView;
use crate::failure::ClientError;
use crate::sync::SyncState;
use doorstep_core::app::{self, EntryListRow};

/// The first screen.
#[derive(uniffi::Record)]
pub struct Today {
    /// What is typed and not saved, the one typed into last first.
    pub drafts: Vec<DraftView>,
    /// Entries whose next step is due from a week ago to a week ahead, by date.
    pub planned: Vec<EntryListRow>,
    /// Contacts of the last week, latest first.
    pub recent: Vec<EntryListRow>,
    /// What is only on this phone.
    pub sync: SyncState,
    /// How many notices need a person.
    pub attention: u64,
}

#[uniffi::export]
impl Client {
    /// The first screen.
    pub fn today(&self) -> Result<Today, ClientError> {
        let app::Today { drafts, planned, recent, sync, attention } = self.core.today()?;
        let drafts = drafts.into_iter().map(DraftView::from).collect();
        Ok(Today { drafts, planned, recent, sync: sync.into(), attention: attention as u64 })
    }
}
