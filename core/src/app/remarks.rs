//! Words about an entry while they are written: kept at every pause, gone once they are recorded.

use super::{Client, Failure};
use crate::model::{Action, DocId};
use crate::store::{Remark, RemarkKind};

/// Most that is kept of one: far more than a remark may be, so that nothing pasted by mistake is lost.
const REMARK_BYTES: usize = 1_000_000;

impl Client {
    /// Keeps a remark as far as it is written. What is longer than a remark can be is kept all the same, up to
    /// `Invalid` with `reason`/`too_much`; recording it says so.
    pub fn keep_remark(&self, doc: DocId, kind: RemarkKind, remark: &Remark) -> Result<(), Failure> {
        if remark.text.len() > REMARK_BYTES {
            return Err(Failure::invalid("reason", "too_much"));
        }
        if remark.fields.len() > Action::FIELDS_LIMIT {
            return Err(Failure::invalid("fields", "too_many"));
        }
        self.write(|tx| {
            let stored = tx.document(doc)?.ok_or(Failure::NotFound)?;
            Ok(tx.put_remark(doc, (stored.scope, stored.class), kind, remark)?)
        })
    }

    /// The remark that was begun; empty if none was.
    pub fn remark(&self, doc: DocId, kind: RemarkKind) -> Result<Remark, Failure> {
        self.read(|tx| Ok(tx.remark(doc, kind)?))
    }
}
