//! Practice mode: a database of its own with made-up cases, that never talks to a server.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::PracticeLanguage;

/// In which language the sample is written.
#[uniffi::remote(Enum)]
pub enum PracticeLanguage {
    Zh,
    En,
}

#[uniffi::export]
impl Client {
    /// Makes a fresh database one for practice, for good.
    pub fn enrol_practice(&self, language: PracticeLanguage) -> Result<(), ClientError> {
        Ok(self.core.enrol_practice(language)?)
    }

    /// Whether this database is for practice.
    pub fn is_practice(&self) -> Result<bool, ClientError> {
        Ok(self.core.is_practice()?)
    }
}
