//! Words about an entry while they are written: kept at every pause, gone once they are recorded.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::model::{DocId, Field};
use doorstep_core::store::{Remark, RemarkKind};

/// What is being written about an entry: one of each at a time.
#[uniffi::remote(Enum)]
pub enum RemarkKind {
    /// What a supervisor asks for before sending it back.
    Return,
    /// A comment.
    Comment,
    /// Why an entry under the wrong person is withdrawn.
    Withdraw,
}

/// A remark as far as it is written.
#[uniffi::remote(Record)]
pub struct Remark {
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The words.
    pub text: String,
}

#[uniffi::export]
impl Client {
    /// Keeps a remark as far as it is written.
    pub fn keep_remark(&self, doc: DocId, kind: RemarkKind, remark: Remark) -> Result<(), ClientError> {
        Ok(self.core.keep_remark(doc, kind, &remark)?)
    }

    /// The remark that was begun; empty if none was.
    pub fn remark(&self, doc: DocId, kind: RemarkKind) -> Result<Remark, ClientError> {
        Ok(self.core.remark(doc, kind)?)
    }
}
