//! What a form proposes after an attempt.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::ProposedStep;
use doorstep_core::casework::NextStep;
use doorstep_core::model::Date;
use doorstep_core::store::DraftId;

/// A proposed next step. Screens have the words.
#[uniffi::remote(Record)]
pub struct ProposedStep {
    /// What to do.
    pub step: NextStep,
    /// When, as a value for the field `next_date`; none where somebody has to be asked for a date.
    pub date: Option<Date>,
}

#[uniffi::export]
impl Client {
    /// What to propose as the next step of a draft; none if the contact was completed, or has no
    /// outcome yet.
    pub fn proposed_next_step(&self, id: DraftId) -> Result<Option<ProposedStep>, ClientError> {
        Ok(self.core.proposed_next_step(id)?)
    }
}
