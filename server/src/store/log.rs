//! The signed log: every accepted change and action, in order of acceptance.

use super::{Row, sql};
use crate::error::StoreFault;
use doorstep_core::model::{ActionId, Actor, Class, DeviceId, DocId, Scope, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// What a row of the log holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Item {
    /// A change, by actor and sequence number.
    Change(Actor, u64),
    /// An action, by identifier.
    Action(ActionId),
}

/// A row of the log, still sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Where it stands.
    pub position: u64,
    /// Scope of its document.
    pub scope: Scope,
    /// Class of its document.
    pub class: Class,
    /// Its document.
    pub doc: DocId,
    /// What it is.
    pub item: Item,
    /// HMAC of its content's hash.
    pub reference: [u8; 32],
    /// The running hash, this row included.
    pub chain: [u8; 32],
    /// When it was accepted.
    pub received: Timestamp,
    /// From which device.
    pub device: DeviceId,
    /// Sealed CBOR of the signed change or action.
    pub sealed: Vec<u8>,
}

const COLUMNS: &str =
    "position, scope, class, doc, item, actor, seq, action, reference, chain, received, device, sealed";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<LogRow> {
    let item = match row.get(4)? {
        0 => Item::Change(Actor(row.get(5)?), row.number(6)?),
        _ => Item::Action(ActionId(row.get(7)?)),
    };
    Ok(LogRow {
        position: row.number(0)?,
        scope: row.map(1, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(2, Class::from_rank)?,
        doc: DocId(row.get(3)?),
        item,
        reference: row.get(8)?,
        chain: row.get(9)?,
        received: Timestamp::from_ms(row.get(10)?),
        device: DeviceId(row.get(11)?),
        sealed: row.get(12)?,
    })
}

/// Appends a row.
pub fn append(tx: &Connection, row: &LogRow) -> Result<(), StoreFault> {
    let (item, actor, seq, action) = match row.item {
        Item::Change(actor, seq) => (0, Some(actor.0), Some(sql(seq)), None),
        Item::Action(id) => (1, None, None, Some(id.0)),
    };
    tx.prepare_cached(&format!(
        "INSERT INTO log ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
    ))?
    .execute((
        sql(row.position),
        row.scope.to_bytes(),
        row.class.rank(),
        row.doc.0,
        item,
        actor,
        seq,
        action,
        row.reference,
        row.chain,
        row.received.as_ms(),
        row.device.0,
        &row.sealed,
    ))?;
    Ok(())
}

/// The first 8 bytes of the running hash at a position.
pub fn chain_at(tx: &Connection, position: u64) -> Result<Option<[u8; 8]>, StoreFault> {
    if position == 0 {
        return Ok(Some([0; 8]));
    }
    let mut statement = tx.prepare_cached("SELECT chain FROM log WHERE position = ?1")?;
    let chain: Option<[u8; 32]> = statement.query_row([sql(position)], |row| row.get(0)).optional()?;
    Ok(chain.map(|chain| short(&chain)))
}

/// The form of the running hash that travels.
pub fn short(chain: &[u8; 32]) -> [u8; 8] {
    let mut short = [0; 8];
    short.copy_from_slice(&chain[..8]);
    short
}

/// Position and reference of a change, by document, actor and sequence number.
pub fn find_change(
    tx: &Connection,
    doc: DocId,
    actor: Actor,
    seq: u64,
) -> Result<Option<(u64, [u8; 32])>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT position, reference FROM log WHERE item = 0 AND doc = ?1 AND actor = ?2 AND seq = ?3",
    )?;
    let found = statement.query_row((doc.0, actor.0, sql(seq)), |row| Ok((row.number(0)?, row.get(1)?)));
    Ok(found.optional()?)
}

/// Highest sequence number of an actor in a document; 0 for none.
pub fn last_seq(tx: &Connection, doc: DocId, actor: Actor) -> Result<u64, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT max(seq) FROM log WHERE item = 0 AND doc = ?1 AND actor = ?2")?;
    Ok(statement.query_row((doc.0, actor.0), |row| row.number_or_none(0))?.unwrap_or(0))
}

/// Position and reference of an action.
pub fn find_action(tx: &Connection, id: ActionId) -> Result<Option<(u64, [u8; 32])>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT position, reference FROM log WHERE item = 1 AND action = ?1")?;
    Ok(statement.query_row([id.0], |row| Ok((row.number(0)?, row.get(1)?))).optional()?)
}

/// The actions about a document, in order.
pub fn actions_of(tx: &Connection, doc: DocId) -> Result<Vec<LogRow>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM log WHERE item = 1 AND doc = ?1 ORDER BY position"
    ))?;
    Ok(statement.query_map([doc.0], read)?.collect::<Result<_, _>>()?)
}

/// The changes of a document, in order.
pub fn changes_of(tx: &Connection, doc: DocId) -> Result<Vec<LogRow>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM log WHERE item = 0 AND doc = ?1 ORDER BY position"
    ))?;
    Ok(statement.query_map([doc.0], read)?.collect::<Result<_, _>>()?)
}

/// When the latest change of a document was accepted.
pub fn last_change_received(tx: &Connection, doc: DocId) -> Result<Option<Timestamp>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT received FROM log WHERE item = 0 AND doc = ?1 ORDER BY position DESC LIMIT 1",
    )?;
    Ok(statement.query_row([doc.0], |row| row.get(0).map(Timestamp::from_ms)).optional()?)
}

/// Every document of the log, in the order of their first rows.
pub fn docs(tx: &Connection) -> Result<Vec<DocId>, StoreFault> {
    let mut statement =
        tx.prepare("SELECT doc FROM log WHERE item = 0 GROUP BY doc ORDER BY min(position)")?;
    Ok(statement.query_map([], |row| row.get(0).map(DocId))?.collect::<Result<_, _>>()?)
}

/// The row at a position.
pub fn at(tx: &Connection, position: u64) -> Result<Option<LogRow>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM log WHERE position = ?1"))?;
    Ok(statement.query_row([sql(position)], read).optional()?)
}

/// Visits all rows behind a position in order, one at a time.
pub fn each_after<E: From<StoreFault>>(
    tx: &Connection,
    position: u64,
    mut visit: impl FnMut(LogRow) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |error: rusqlite::Error| E::from(error.into());
    let mut statement = tx
        .prepare_cached(&format!("SELECT {COLUMNS} FROM log WHERE position > ?1 ORDER BY position"))
        .map_err(fault)?;
    let mut rows = statement.query([sql(position)]).map_err(fault)?;
    while let Some(row) = rows.next().map_err(fault)? {
        visit(read(row).map_err(fault)?)?;
    }
    Ok(())
}

/// Positions of a scope × class behind a position, ascending, at most `limit`.
pub fn positions_in(
    tx: &Connection,
    scope: Scope,
    class: Class,
    after: u64,
    limit: usize,
) -> Result<Vec<u64>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT position FROM log WHERE scope = ?1 AND class = ?2 AND position > ?3 ORDER BY position LIMIT ?4",
    )?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows =
        statement.query_map((scope.to_bytes(), class.rank(), sql(after), limit), |row| row.number(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Scope and class of every position in a short stretch behind `after`.
pub fn places_after(tx: &Connection, after: u64) -> Result<Vec<(u64, Scope, Class)>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT position, scope, class FROM log WHERE position > ?1 ORDER BY position")?;
    let rows = statement.query_map([sql(after)], |row| {
        Ok((
            row.number(0)?,
            row.map(1, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
            row.map(2, Class::from_rank)?,
        ))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The last position of a scope × class.
pub fn newest_in(tx: &Connection, scope: Scope, class: Class) -> Result<Option<u64>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT max(position) FROM log WHERE scope = ?1 AND class = ?2")?;
    Ok(statement.query_row((scope.to_bytes(), class.rank()), |row| row.number_or_none(0))?)
}
