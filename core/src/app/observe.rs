//! Subscriptions: observer in, handle out; the present value comes first; dropping the handle ends it.

use super::client::lock;
use super::{Client, Failure, SyncState};
use std::sync::{Arc, Mutex, Weak};

/// Told what is only on this phone, whenever anything was stored.
pub trait Observer: Send + Sync {
    /// Something was stored: read again what the screen shows.
    fn changed(&self, state: &SyncState);
}

/// Who watches. Handles own the watching; this list only knows them.
#[derive(Default)]
pub(super) struct Observers(Mutex<Vec<Weak<Watching>>>);

/// One observer, for as long as its handle lives: whoever else holds the observer does not count.
struct Watching(Arc<dyn Observer>);

/// Watching lasts as long as this lives.
pub struct Subscription {
    _watching: Arc<Watching>,
}

impl Client {
    /// Tells `observer` the present state, then every change until the handle is dropped.
    pub fn observe(&self, observer: Arc<dyn Observer>) -> Result<Subscription, Failure> {
        let watching = Arc::new(Watching(observer));
        // Listed before the state is read: nothing that is stored in between goes unnoticed.
        lock(&self.observers.0).push(Arc::downgrade(&watching));
        watching.0.changed(&self.sync_state()?);
        Ok(Subscription { _watching: watching })
    }

    /// Tells everyone who still watches. Called without any lock held, so that an observer may ask back.
    pub(super) fn notify(&self) {
        let watching: Vec<Arc<Watching>> = {
            let mut observers = lock(&self.observers.0);
            observers.retain(|watching| watching.strong_count() > 0);
            observers.iter().filter_map(Weak::upgrade).collect()
        };
        if watching.is_empty() {
            return;
        }
        if let Ok(state) = self.sync_state() {
            for one in watching {
                one.0.changed(&state);
            }
        }
    }
}
