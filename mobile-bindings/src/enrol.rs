//! Enrolment, and what the phone knows of its office.

use crate::client::Client;
use crate::directory::Directory;
use crate::failure::ClientError;
use doorstep_core::app::Failure;
use doorstep_core::model::MemberId;
use doorstep_core::sync::{EnrolmentCode, HttpTransport};

#[uniffi::export]
impl Client {
    /// Makes this phone a member's, by a scanned or typed code. Asking again after a lost answer is safe.
    pub fn enrol(&self, code: &str, label: &str) -> Result<(), ClientError> {
        let code = EnrolmentCode::parse(code).map_err(Failure::from)?;
        let transport = HttpTransport::new(&code.server).map_err(Failure::from)?;
        Ok(self.core.enrol(&code, label, &transport)?)
    }

    /// Whose phone this is; none before enrolment.
    pub fn member(&self) -> Result<Option<MemberId>, ClientError> {
        Ok(self.core.member()?)
    }

    /// The address of the server that this phone belongs to; none before enrolment.
    pub fn server_url(&self) -> Result<Option<String>, ClientError> {
        Ok(self.core.server()?.map(|server| server.url))
    }

    /// What the member may know of the organisation, as of the last sync.
    pub fn directory(&self) -> Result<Directory, ClientError> {
        Ok(self.core.directory()?.into())
    }
}
