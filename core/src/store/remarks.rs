//! Words about an entry that are not sent yet. Like drafts they survive a kill; unlike them they are
//! about what others wrote, and end with the grant.

use super::{StoreFault, Tx};
use crate::model::{Class, DocId, Field, Scope};
use rusqlite::OptionalExtension as _;

/// What is being written about an entry: one of each at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// What a supervisor asks for before sending it back.
    Return,
    /// A comment.
    Comment,
    /// Why an entry under the wrong person is withdrawn.
    Withdraw,
}

/// A remark as far as it is written.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Remark {
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The words.
    pub text: String,
}

/// Personal data: how many answers, not the words.
impl std::fmt::Debug for Remark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Remark(about {} answers)", self.fields.len())
    }
}

impl Tx<'_> {
    /// Stores a remark as it is now; an empty one is none.
    pub fn put_remark(
        &self,
        doc: DocId,
        (scope, class): (Scope, Class),
        kind: RemarkKind,
        remark: &Remark,
    ) -> Result<(), StoreFault> {
        if *remark == Remark::default() {
            return self.remove_remark(doc, kind);
        }
        self.sql
            .prepare_cached(
                "INSERT OR REPLACE INTO remarks (doc, kind, scope, class, fields, text)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(rusqlite::params![
                doc.as_bytes(),
                kind as u8,
                scope.to_bytes(),
                class.rank(),
                minicbor::to_vec(&remark.fields).expect("writing into memory does not fail"),
                remark.text,
            ])?;
        Ok(())
    }

    /// The remark of a kind about an entry; empty if nothing is written.
    pub fn remark(&self, doc: DocId, kind: RemarkKind) -> Result<Remark, StoreFault> {
        let stored = self
            .sql
            .prepare_cached("SELECT fields, text FROM remarks WHERE doc = ?1 AND kind = ?2")?
            .query_row((doc.as_bytes(), kind as u8), |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get(1)?)))
            .optional()?;
        let Some((fields, text)) = stored else { return Ok(Remark::default()) };
        Ok(Remark { fields: minicbor::decode(&fields)?, text })
    }

    /// Takes a remark away, in the transaction that recorded it.
    pub fn remove_remark(&self, doc: DocId, kind: RemarkKind) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("DELETE FROM remarks WHERE doc = ?1 AND kind = ?2")?
            .execute((doc.as_bytes(), kind as u8))?;
        Ok(())
    }
}
