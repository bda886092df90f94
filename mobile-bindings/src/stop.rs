//! How a blocking call is ended from another thread.

use doorstep_core::sync::Cancel;

/// Ends one blocking call, whether it has begun or not. Stays stopped.
#[derive(Default, uniffi::Object)]
pub struct Stop(pub(crate) Cancel);

#[uniffi::export]
impl Stop {
    /// To be handed to one call.
    #[uniffi::constructor]
    pub fn new() -> Self {
        Self::default()
    }

    /// Ends the call that it was handed to; at once, if that has not begun.
    pub fn stop(&self) {
        self.0.cancel();
    }
}
