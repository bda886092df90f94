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
    /// Why the server would not take it.
    pub code: String,
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
        code: &str,
        made: Timestamp,
    ) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached(
                "INSERT INTO parked (doc, scope, class, snapshot, code, made) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute((doc.as_bytes(), scope.to_bytes(), class.rank(), snapshot, code, made.as_ms()))?;
        Ok(())
    }

    /// All parked branches.
    pub fn parked(&self) -> Result<Vec<ParkedRow>, StoreFault> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT id, doc, scope, class, snapshot, code, made FROM parked ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut parked = Vec::new();
        while let Some(row) = rows.next()? {
            parked.push(ParkedRow {
                id: row.get(0)?,
                doc: DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
                scope: read_scope(&row.get::<_, Vec<u8>>(2)?)?,
                class: read_class(row.get(3)?)?,
                snapshot: row.get(4)?,
                code: row.get(5)?,
                made: Timestamp::from_ms(row.get(6)?),
            });
        }
        Ok(parked)
    }

    /// Lets go of a document's branches, because a person has read them; how many.
    pub fn forget_parked(&self, doc: DocId) -> Result<usize, StoreFault> {
        Ok(self.sql.prepare_cached("DELETE FROM parked WHERE doc = ?1")?.execute([doc.as_bytes()])?)
    }

    /// Whether a branch of a document is parked already.
    pub fn is_parked(&self, doc: DocId) -> Result<bool, StoreFault> {
        Ok(self.sql.prepare_cached("SELECT 1 FROM parked WHERE doc = ?1")?.exists([doc.as_bytes()])?)
    }
}
