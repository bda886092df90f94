//! Branches that the server would not take: readable until their author has looked.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::model::{Class, DocId, Scope, Timestamp};
use rusqlite::Params;

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
    /// Whether its edits are to be saved again on the server's version.
    pub replays: bool,
    /// When it was parked.
    pub made: Timestamp,
}

impl Tx<'_> {
    /// Parks a document's present state.
    pub fn park(
        &self,
        doc: DocId,
        place: (Scope, Class),
        snapshot: &[u8],
        replays: bool,
        made: Timestamp,
    ) -> Result<(), StoreFault> {
        let (scope, class) = (place.0.to_bytes(), place.1.rank());
        self.sql
            .prepare_cached(
                "INSERT INTO parked (doc, scope, class, snapshot, replays, is_waiting, made)
                 VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6)",
            )?
            .execute((doc.as_bytes(), scope, class, snapshot, replays, made.as_ms()))?;
        Ok(())
    }

    /// The latest branch of a document that still waits for the server's version.
    pub fn parked_waiting(&self, doc: DocId) -> Result<Option<ParkedRow>, StoreFault> {
        Ok(self.parked_where("WHERE is_waiting = 1 AND doc = ?1", [doc.as_bytes()])?.pop())
    }

    /// The server's version has come: no branch of its document waits any longer.
    pub fn parked_arrived(&self, doc: DocId) -> Result<(), StoreFault> {
        self.sql.execute("UPDATE parked SET is_waiting = 0 WHERE doc = ?1", [doc.as_bytes()])?;
        Ok(())
    }

    /// All parked branches.
    pub fn parked(&self) -> Result<Vec<ParkedRow>, StoreFault> {
        self.parked_where("", [])
    }

    fn parked_where(&self, condition: &str, parameters: impl Params) -> Result<Vec<ParkedRow>, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, doc, scope, class, snapshot, replays, made FROM parked {condition} ORDER BY id"
        ))?;
        let mut rows = statement.query(parameters)?;
        let mut parked = Vec::new();
        while let Some(row) = rows.next()? {
            parked.push(ParkedRow {
                id: row.get(0)?,
                doc: DocId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
                scope: read_scope(&row.get::<_, Vec<u8>>(2)?)?,
                class: read_class(row.get(3)?)?,
                snapshot: row.get(4)?,
                replays: row.get(5)?,
                made: Timestamp::from_ms(row.get(6)?),
            });
        }
        Ok(parked)
    }
}
