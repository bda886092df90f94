//! Actions: only ever added, the same one once.

use super::{StoreFault, Tx};
use crate::changes::SignedAction;
use crate::model::{Action, ActionId, ActionKind, DocId, Timestamp};

/// An action and when the server took it.
pub struct StoredAction {
    /// What it says.
    pub action: Action,
    /// None while only this phone has it.
    pub received: Option<Timestamp>,
}

impl Tx<'_> {
    /// Adds an action, or learns when the server took one that is here already.
    pub fn put_action(&self, signed: &SignedAction, received: Option<Timestamp>) -> Result<(), StoreFault> {
        let action = signed.action().map_err(|_| StoreFault::Damaged)?;
        self.sql
            .prepare_cached(
                "INSERT INTO actions (action, subject, scope, class, kind, received, signed)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (action) DO UPDATE SET received = coalesce(?6, received)",
            )?
            .execute(rusqlite::params![
                action.id.as_bytes(),
                action.subject.as_bytes(),
                action.scope.to_bytes(),
                action.class.rank(),
                action.kind.code(),
                received.map(Timestamp::as_ms),
                minicbor::to_vec(signed).expect("writing into memory does not fail"),
            ])?;
        Ok(())
    }

    /// All actions about a document.
    pub fn actions_of(&self, subject: DocId) -> Result<Vec<StoredAction>, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT signed, received FROM actions WHERE subject = ?1")?;
        let rows = statement.query_map([subject.as_bytes()], |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<i64>>(1)?))
        })?;
        rows.map(|row| {
            let (signed, received) = row?;
            let signed: SignedAction = minicbor::decode(&signed)?;
            let action = signed.action().map_err(|_| StoreFault::Damaged)?;
            Ok(StoredAction { action, received: received.map(Timestamp::from_ms) })
        })
        .collect()
    }

    /// Takes away an action of one's own that the server did not take: nobody else will ever have it.
    pub fn remove_action(&self, action: ActionId) -> Result<(), StoreFault> {
        self.sql.prepare_cached("DELETE FROM actions WHERE action = ?1")?.execute([action.as_bytes()])?;
        Ok(())
    }

    /// Documents that have an action of a kind.
    pub fn subjects_with(&self, kind: &ActionKind) -> Result<Vec<DocId>, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT DISTINCT subject FROM actions WHERE kind = ?1")?;
        let rows = statement.query_map([kind.code()], |row| row.get::<_, Vec<u8>>(0))?;
        rows.map(|row| Ok(DocId::from_slice(&row?)?)).collect()
    }
}
