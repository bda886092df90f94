//! Synchronising, and what there is to say about it.

use super::client::lock;
use super::practice::refuse_practice;
use super::refresh::ROWS_A_SYNC;
use super::{Client, Failure};
use crate::courier::{SyncReport, last_sync, sync_once};
use crate::model::Timestamp;
use crate::store::Arriving;
use crate::sync::Transport;

/// What is only on this phone, and how far the server's records are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncState {
    /// Documents with work that the server does not have.
    pub waiting: u64,
    /// Of these, entries: "on this phone only".
    pub waiting_entries: u64,
    /// When the oldest of it was saved.
    pub oldest_waiting: Option<Timestamp>,
    /// What is typed and not saved: on this phone only as well.
    pub drafts: u64,
    /// How far the server's records have come, while some are on their way to this phone.
    pub arriving: Option<Arriving>,
    /// When a sync came to its end last.
    pub last_sync: Option<Timestamp>,
}

impl SyncState {
    /// Whether everything is durable on the server and everything granted is here.
    pub fn is_synced(&self) -> bool {
        self.waiting == 0 && self.arriving.is_none() && self.last_sync.is_some()
    }
}

impl Client {
    /// Synchronises until there is nothing more to send or fetch. Whatever was taken in before a
    /// failure stays. Locking the phone ends it after the answer at hand. In practice there is no
    /// server: `Invalid` with `phone`/`practice`.
    pub fn sync_now(&self, transport: &dyn Transport) -> Result<SyncReport, Failure> {
        let _one_at_a_time = lock(&self.syncing);
        let desk = self.desk()?;
        self.read(refuse_practice)?;
        // Before anything is fetched: on a new phone there is nothing to look through yet.
        self.refresh_summaries(ROWS_A_SYNC)?;
        self.forget_deleted_drafts()?;
        let report = sync_once(&desk.store, &self.env, transport, self.defences, &|| {
            self.notify();
            !self.is_locked()
        });
        self.remember_marker(&desk)?;
        self.notify();
        let report = report?;
        // A small thing that the next sync can do as well.
        drop(self.keep_for_recovery(transport));
        Ok(report)
    }

    /// What is only on this phone.
    pub fn sync_state(&self) -> Result<SyncState, Failure> {
        self.read(|tx| {
            let waiting = tx.waiting()?;
            Ok(SyncState {
                waiting: waiting.documents,
                waiting_entries: waiting.entries,
                drafts: tx.draft_count()?,
                oldest_waiting: waiting.oldest,
                arriving: tx.arriving()?,
                last_sync: last_sync(tx)?,
            })
        })
    }
}
