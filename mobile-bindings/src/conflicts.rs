//! Conflict cards: "A wrote …, B wrote …".

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{ConflictCard, ConflictSide};
use doorstep_core::model::{DocId, Field, Scope, Timestamp, Value};

/// A field that two people set differently.
#[uniffi::remote(Record)]
pub struct ConflictCard {
    /// In which document.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Which field.
    pub field: Field,
    /// Who wrote what; the last is what is shown until somebody settles it.
    pub sides: Vec<ConflictSide>,
}

/// One of the values.
#[uniffi::remote(Record)]
pub struct ConflictSide {
    /// Who wrote it.
    pub name: String,
    /// What they wrote.
    pub value: Value,
    /// When, by their phone.
    pub time: Timestamp,
}

#[uniffi::export]
impl Client {
    /// Everything that two people set differently and nobody has settled.
    pub fn conflicts(&self) -> Result<Vec<ConflictCard>, ClientError> {
        Ok(self.core.conflicts()?)
    }

    /// Settles a conflict with a value: one of the two, or a third.
    pub fn settle(&self, doc: DocId, field: Field, value: Value) -> Result<(), ClientError> {
        Ok(self.core.settle(doc, field, value)?)
    }
}
