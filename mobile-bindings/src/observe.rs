//! Subscriptions: observer in, handle out; the present value comes first; dropping the handle ends it.

use crate::client::Client;
use crate::failure::ClientError;
use crate::sync::SyncState;
use doorstep_core::app;
use std::sync::{Arc, Mutex, PoisonError};

/// An observer threw. What it threw stays on its side: it may hold what somebody wrote.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum ObserverFault {
    /// It threw.
    #[error("the observer failed")]
    Failed,
}

impl From<uniffi::UnexpectedUniFFICallbackError> for ObserverFault {
    fn from(_: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed
    }
}

/// Told what is only on this phone, whenever anything was stored. Called on whatever thread stored
/// it: must return at once and may ask the client back.
#[uniffi::export(callback_interface)]
pub trait Observer: Send + Sync {
    /// Something was stored: read again what the screen shows.
    fn changed(&self, state: SyncState) -> Result<(), ObserverFault>;
}

/// Watching lasts as long as this lives, or until `end`.
#[derive(uniffi::Object)]
pub struct Subscription(Mutex<Option<Watching>>);

/// The core's handle, and one count more for as long as it lives.
struct Watching {
    _handle: app::Subscription,
    _counted: Arc<()>,
}

#[uniffi::export]
impl Client {
    /// Tells `observer` the present state, then every change until the handle ends.
    pub fn observe(&self, observer: Box<dyn Observer>) -> Result<Subscription, ClientError> {
        let handle = self.core.observe(Arc::new(Told(observer)))?;
        let watching = Watching { _handle: handle, _counted: Arc::clone(&self.subscriptions) };
        Ok(Subscription(Mutex::new(Some(watching))))
    }

    /// How many watch now: a screen that forgets to end its watching shows here.
    pub fn subscriptions(&self) -> u64 {
        Arc::strong_count(&self.subscriptions) as u64 - 1
    }
}

#[uniffi::export]
impl Subscription {
    /// Ends the watching at once, without waiting for the handle's owner to let go of it.
    pub fn end(&self) {
        drop(self.0.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

struct Told(Box<dyn Observer>);

impl app::Observer for Told {
    fn changed(&self, state: &app::SyncState) {
        // What was stored is stored: a screen with a mistake spoils neither the save nor the others.
        drop(self.0.changed((*state).into()));
    }
}
