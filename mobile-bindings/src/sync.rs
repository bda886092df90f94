//! Synchronising: a blocking call that another thread can stop between two requests.

use crate::client::Client;
use crate::failure::ClientError;
use crate::stop::Stop;
use doorstep_core::app;
use doorstep_core::model::Timestamp;
use doorstep_core::store::Arriving;

/// How far the server's records have come to this phone, while some are on their way.
#[uniffi::remote(Record)]
pub struct Arriving {
    /// Persons whose records are all here.
    pub persons_here: u64,
    /// Persons whose records this phone is to hold.
    pub persons: u64,
    /// Entries that can be read already.
    pub entries_here: u64,
}

/// What is only on this phone, and how far the server's records are here.
#[derive(uniffi::Record)]
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
    /// Everything is durable on the server and everything granted is here.
    pub is_synced: bool,
}

/// What one sync did.
#[derive(uniffi::Record)]
pub struct SyncReport {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answers' bodies.
    pub bytes_down: u64,
    /// Own changes and actions that the server took.
    pub pushed: u64,
    /// Documents that came or changed.
    pub received: u64,
    /// Of these, documents in which own and others' work came together.
    pub merged: u64,
    /// Documents in which a field now waits for a person to settle it.
    pub conflicts: u64,
    /// Actions that came.
    pub actions: u64,
    /// Own changes and actions that the server set aside or refused.
    pub set_aside: u64,
    /// Documents taken off this phone because their grant ended.
    pub purged: u64,
    /// Nothing is left to fetch, to fill or to send.
    pub complete: bool,
}

#[uniffi::export]
impl Client {
    /// Synchronises until there is nothing more to send or fetch. Whatever was taken in before a
    /// failure stays. Stopped, it ends before its next request, as `Offline`.
    pub fn sync_now(&self, stop: &Stop) -> Result<SyncReport, ClientError> {
        Ok(self.core.sync_now(&self.way(stop)?)?.into())
    }

    /// What is only on this phone.
    pub fn sync_state(&self) -> Result<SyncState, ClientError> {
        Ok(self.core.sync_state()?.into())
    }
}

impl From<app::SyncState> for SyncState {
    fn from(state: app::SyncState) -> Self {
        let is_synced = state.is_synced();
        let app::SyncState { waiting, waiting_entries, oldest_waiting, drafts, arriving, last_sync } = state;
        Self { waiting, waiting_entries, oldest_waiting, drafts, arriving, last_sync, is_synced }
    }
}

impl From<app::SyncReport> for SyncReport {
    fn from(report: app::SyncReport) -> Self {
        let app::SyncReport {
            round_trips,
            bytes_up,
            bytes_down,
            pushed,
            received,
            merged,
            conflicts,
            actions,
            set_aside,
            purged,
            complete,
        } = report;
        Self {
            round_trips,
            bytes_up,
            bytes_down,
            pushed: pushed as u64,
            received: received as u64,
            merged: merged as u64,
            conflicts: conflicts as u64,
            actions: actions as u64,
            set_aside: set_aside as u64,
            purged: purged as u64,
            complete,
        }
    }
}
