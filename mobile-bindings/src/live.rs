//! Waiting for the server's word that there is something to fetch.

use crate::client::Client;
use crate::failure::ClientError;
use crate::stop::Stop;
use doorstep_core::app::Failure;
use doorstep_core::sync::HttpTransport;

#[uniffi::export]
impl Client {
    /// Waits until the server has something that this phone does not: true means "synchronise now".
    /// False: stopped, or ended by the server; wait again, after a pause in the latter case.
    /// Blocks, so it belongs on a thread of its own; verbs and syncs go on beside it.
    pub fn wait_for_news(&self, stop: &Stop) -> Result<bool, ClientError> {
        let server = self.core.server()?.ok_or(Failure::SignInNeeded("not_enrolled"))?;
        let server = HttpTransport::new(&server).map_err(Failure::from)?;
        Ok(self.core.wait_for_news(&server, &stop.0)?)
    }
}
