//! What a person should look at: nothing that was saved disappears without an item here.

use super::documents::read_scope;
use super::{StoreFault, Tx};
use crate::model::{DocId, Scope, Timestamp, codes};

codes! {
    /// Why a person should look.
    AttentionKind {
        /// A case was given to somebody else; own work went to the supervisor first.
        CaseEnded = "case_ended",
        /// The server set work aside; it was saved again on the server's version.
        SavedAgain = "saved_again",
        /// The server did not take something; it is readable here.
        NotTaken = "not_taken",
        /// Work on a case that has ended was handed to the supervisor.
        HandedOver = "handed_over",
        /// The server was restored from a backup; everything is offered again.
        ServerRestored = "server_restored",
        /// This phone was restored or copied; it goes on as a new writer.
        PhoneRestored = "phone_restored",
        /// A document needs a newer app.
        NeedsNewer = "needs_newer",
    }
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttentionRow {
    /// Its number on this phone.
    pub id: i64,
    /// Why.
    pub kind: AttentionKind,
    /// Where.
    pub scope: Option<Scope>,
    /// About which document.
    pub doc: Option<DocId>,
    /// The server's code, if it gave one.
    pub code: Option<String>,
    /// Since when.
    pub made: Timestamp,
}

impl Tx<'_> {
    /// Adds an item, unless the same one is there already.
    pub fn add_attention(
        &self,
        kind: &AttentionKind,
        scope: Option<Scope>,
        doc: Option<DocId>,
        code: Option<&str>,
        made: Timestamp,
    ) -> Result<(), StoreFault> {
        let scope = scope.map(Scope::to_bytes);
        self.sql
            .prepare_cached(
                "INSERT INTO attention (kind, scope, doc, code, made)
                 SELECT ?1, ?2, ?3, ?4, ?5
                 WHERE NOT EXISTS (SELECT 1 FROM attention
                                   WHERE kind = ?1 AND scope IS ?2 AND doc IS ?3 AND code IS ?4)",
            )?
            .execute((kind.code(), scope, doc.as_ref().map(DocId::as_bytes), code, made.as_ms()))?;
        Ok(())
    }

    /// All items, latest first.
    pub fn attention(&self) -> Result<Vec<AttentionRow>, StoreFault> {
        let mut statement = self
            .sql
            .prepare_cached("SELECT id, kind, scope, doc, code, made FROM attention ORDER BY id DESC")?;
        let mut rows = statement.query([])?;
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            let (scope, doc): (Option<Vec<u8>>, Option<Vec<u8>>) = (row.get(2)?, row.get(3)?);
            items.push(AttentionRow {
                id: row.get(0)?,
                kind: AttentionKind::from_code(&row.get::<_, String>(1)?),
                scope: scope.map(|scope| read_scope(&scope)).transpose()?,
                doc: doc.map(|doc| DocId::from_slice(&doc)).transpose()?,
                code: row.get(4)?,
                made: Timestamp::from_ms(row.get(5)?),
            });
        }
        Ok(items)
    }

    /// What an item was about has been settled without a person.
    pub fn settle_attention(&self, kind: &AttentionKind, doc: DocId) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("DELETE FROM attention WHERE kind = ?1 AND doc = ?2")?
            .execute((kind.code(), doc.as_bytes()))?;
        Ok(())
    }

    /// A person has looked.
    pub fn dismiss_attention(&self, id: i64) -> Result<bool, StoreFault> {
        Ok(self.sql.execute("DELETE FROM attention WHERE id = ?1", [id])? > 0)
    }
}
