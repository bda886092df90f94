//! What is typed and not yet saved. Survives a kill at any moment: every pause is a transaction.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::env::Env;
use crate::model::{CaseId, Class, DocId, Edit, Heads, Scope, Timestamp};
use rusqlite::Params;

/// A draft's identifier: known to this phone only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DraftId(pub [u8; 16]);

impl DraftId {
    /// A new one.
    pub fn new(env: &Env) -> Self {
        Self(env.bytes())
    }
}

/// A draft as it lies on the phone.
#[derive(Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// Which draft.
    pub id: DraftId,
    /// The entry being edited; none for a new one.
    pub doc: Option<DocId>,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// Heads of the entry when editing began.
    pub base: Heads,
    /// The fields touched, with their latest values.
    pub edits: Vec<Edit>,
    /// Of a group session: whose cases it is credited to. Never part of the session's document.
    pub participants: Vec<CaseId>,
    /// When something was typed last.
    pub updated: Timestamp,
}

impl Tx<'_> {
    /// Stores a draft as it is now.
    pub fn put_draft(&self, draft: &DraftRow) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached(
                "INSERT INTO drafts (draft, doc, scope, class, base, edits, updated, participants)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
                 ON CONFLICT (draft) DO UPDATE SET base = ?5, edits = ?6, updated = ?7, participants = ?8",
            )?
            .execute(rusqlite::params![
                draft.id.0,
                draft.doc.as_ref().map(DocId::as_bytes),
                draft.scope.to_bytes(),
                draft.class.rank(),
                minicbor::to_vec(&draft.base).expect("writing into memory does not fail"),
                minicbor::to_vec(&draft.edits).expect("writing into memory does not fail"),
                draft.updated.as_ms(),
                minicbor::to_vec(&draft.participants).expect("writing into memory does not fail"),
            ])?;
        Ok(())
    }

    /// A draft.
    pub fn draft(&self, id: DraftId) -> Result<Option<DraftRow>, StoreFault> {
        Ok(self.drafts_where("deleted IS NULL AND draft = ?1", [id.0])?.pop())
    }

    /// The draft that edits an entry.
    pub fn draft_of(&self, doc: DocId) -> Result<Option<DraftRow>, StoreFault> {
        Ok(self.drafts_where("deleted IS NULL AND doc = ?1", [doc.as_bytes()])?.pop())
    }

    /// All drafts, latest first.
    pub fn drafts(&self) -> Result<Vec<DraftRow>, StoreFault> {
        self.drafts_where("deleted IS NULL", [])
    }

    /// All drafts of a scope and class.
    pub fn drafts_of(&self, scope: Scope, class: Class) -> Result<Vec<DraftRow>, StoreFault> {
        let mut drafts = self.drafts()?;
        drafts.retain(|draft| (draft.scope, draft.class) == (scope, class));
        Ok(drafts)
    }

    /// How many drafts there are.
    pub fn draft_count(&self) -> Result<u64, StoreFault> {
        let count: i64 =
            self.sql.query_row("SELECT count(*) FROM drafts WHERE deleted IS NULL", [], |row| row.get(0))?;
        Ok(count.unsigned_abs())
    }

    /// Takes a draft away, in the transaction that stored what was in it.
    pub fn remove_draft(&self, id: DraftId) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM drafts WHERE draft = ?1")?.execute([id.0])?;
        Ok(())
    }

    /// Puts a draft among the deleted ones, or (none) back among the others.
    pub fn set_draft_deleted(&self, id: DraftId, deleted: Option<Timestamp>) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("UPDATE drafts SET deleted = ?2 WHERE draft = ?1")?
            .execute((id.0, deleted.map(Timestamp::as_ms)))?;
        Ok(())
    }

    /// Deleted drafts with when they were, the draft typed into last first.
    pub fn deleted_drafts(&self) -> Result<Vec<(DraftRow, Timestamp)>, StoreFault> {
        let drafts = self.drafts_where("deleted IS NOT NULL", [])?;
        let mut deleted = self.sql.prepare_cached("SELECT deleted FROM drafts WHERE draft = ?1")?;
        let with_time = |draft: DraftRow| {
            let at = deleted.query_row([draft.id.0], |row| row.get(0))?;
            Ok((draft, Timestamp::from_ms(at)))
        };
        drafts.into_iter().map(with_time).collect()
    }

    /// Lets go of drafts that were deleted before a moment; how many.
    pub fn forget_deleted_drafts(&self, before: Timestamp) -> Result<usize, StoreFault> {
        Ok(self.sql.execute("DELETE FROM drafts WHERE deleted < ?1", [before.as_ms()])?)
    }

    fn drafts_where(&self, condition: &str, parameters: impl Params) -> Result<Vec<DraftRow>, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT draft, doc, scope, class, base, edits, updated, participants FROM drafts
             WHERE {condition} ORDER BY updated DESC"
        ))?;
        let mut rows = statement.query(parameters)?;
        let mut drafts = Vec::new();
        while let Some(row) = rows.next()? {
            let doc: Option<Vec<u8>> = row.get(1)?;
            let participants: Option<Vec<u8>> = row.get(7)?;
            drafts.push(DraftRow {
                id: DraftId(row.get(0)?),
                doc: doc.map(|doc| DocId::from_slice(&doc)).transpose()?,
                scope: read_scope(&row.get::<_, Vec<u8>>(2)?)?,
                class: read_class(row.get(3)?)?,
                base: minicbor::decode(&row.get::<_, Vec<u8>>(4)?)?,
                edits: minicbor::decode(&row.get::<_, Vec<u8>>(5)?)?,
                participants: participants
                    .map(|bytes| minicbor::decode(&bytes))
                    .transpose()?
                    .unwrap_or_default(),
                updated: Timestamp::from_ms(row.get(6)?),
            });
        }
        Ok(drafts)
    }
}
