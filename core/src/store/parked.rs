//! Branches that the server would not take: readable until their author has looked.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::model::{Class, DocId, Scope, Timestamp};

/// One such branch.
pub struct ParkedRow {
    /// Its number on this phone.
    pub id: i64,
    /// The document that it is a branch of.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// The document as it was on this phone.
    pub snapshot: Vec<u8>,
    /// When it was parked.
    pub made: Timestamp,
}

impl Tx<'_> {
    /// Parks a document's present state.
    pub fn park(
        &self,
        doc: DocId,
        scope: Scope,
        class: Class,
        snapshot: &[u8],
        made: Timestamp,
    ) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached(
                "INSERT INTO parked (doc, scope, class, snapshot, made) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute((doc.as_bytes(), scope.to_bytes(), class.rank(), snapshot, made.as_ms()))?;
        Ok(())
    }

    /// All parked branches.
    pub fn parked(&self) -> Result<Vec<ParkedRow>, StoreFault> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT id, doc, scope, class, snapshot, made FROM parked ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut parked = Vec::new();
        while let Some(row) = rows.next()? {
            parked.push(ParkedRow {
                id: row.get(0)?,
                doc: DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
                scope: read_scope(&row.get::<_, Vec<u8>>(2)?)?,
                class: read_class(row.get(3)?)?,
                snapshot: row.get(4)?,
                made: Timestamp::from_ms(row.get(5)?),
            });
        }
        Ok(parked)
    }
}
