//! Waiting for the server's word that there is something to fetch.

use crate::client::Client;
use crate::failure::ClientError;
use crate::stop::Stop;

#[uniffi::export]
impl Client {
    /// Waits until the server has something that this phone does not: true means "synchronise now".
    /// False: stopped, or ended by the server; wait again, after a pause in the latter case.
    /// Blocks, so it belongs on a thread of its own; verbs and syncs go on beside it.
    pub fn wait_for_news(&self, stop: &Stop) -> Result<bool, ClientError> {
        Ok(self.core.wait_for_news(&self.way(stop)?, &stop.0)?)
    }
}
