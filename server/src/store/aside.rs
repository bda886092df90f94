//! What is proven to be a member's but is not part of a document: held, quarantined or late.

use super::log::Item;
use super::{Row, sql};
use crate::error::StoreFault;
use doorstep_core::model::{ActionId, Actor, Class, DeviceId, DocId, DocKind, MemberId, Scope, Timestamp};
use doorstep_core::sync::wire::{ItemVerdict, RefusalCode};
use rusqlite::{Connection, OptionalExtension};

/// One item that was set aside, still sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideRow {
    /// Which; 0 for a new one.
    pub id: u64,
    /// The first item of its push: a push is tried again as a whole. 0 for a new one.
    pub push: u64,
    /// Held, quarantined or late.
    pub verdict: ItemVerdict,
    /// Why.
    pub code: RefusalCode,
    /// Scope that it claims.
    pub scope: Scope,
    /// Class that it claims.
    pub class: Class,
    /// Kind that a change claims.
    pub kind: Option<DocKind>,
    /// Its document.
    pub doc: DocId,
    /// What it is.
    pub item: Item,
    /// Whether it is sealed under the scope's key (else under the office's).
    pub under_scope: bool,
    /// HMAC of its content's hash, under the same key.
    pub reference: [u8; 32],
    /// When it came.
    pub received: Timestamp,
    /// Who is responsible.
    pub member: MemberId,
    /// From which device.
    pub device: DeviceId,
    /// Sealed CBOR of the signed change or action.
    pub sealed: Vec<u8>,
}

const COLUMNS: &str = "id, push, verdict, code, scope, class, kind, doc, item, actor, seq, action, under_scope, reference, received, member, device, sealed";

fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<AsideRow> {
    let item = match row.get(8)? {
        0 => Item::Change(Actor(row.get(9)?), row.number(10)?),
        _ => Item::Action(ActionId(row.get(11)?)),
    };
    Ok(AsideRow {
        id: row.number(0)?,
        push: row.number(1)?,
        verdict: ItemVerdict::from_code(&row.get::<_, String>(2)?),
        code: RefusalCode::from_code(&row.get::<_, String>(3)?),
        scope: row.map(4, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(5, Class::from_rank)?,
        kind: row.get::<_, Option<u8>>(6)?.and_then(DocKind::from_rank),
        doc: DocId(row.get(7)?),
        item,
        under_scope: row.get(12)?,
        reference: row.get(13)?,
        received: Timestamp::from_ms(row.get(14)?),
        member: MemberId(row.get(15)?),
        device: DeviceId(row.get(16)?),
        sealed: row.get(17)?,
    })
}

/// Stores the items of one push.
pub fn add(tx: &Connection, items: &[AsideRow]) -> Result<(), StoreFault> {
    let mut push = None;
    for row in items {
        let (item, actor, seq, action) = match row.item {
            Item::Change(actor, seq) => (0, Some(actor.0), Some(sql(seq)), None),
            Item::Action(id) => (1, None, None, Some(id.0)),
        };
        let mut statement = tx.prepare_cached(
            "INSERT INTO set_aside (push, verdict, code, scope, class, kind, doc, item, actor, seq, action, under_scope,
                                    reference, received, member, device, sealed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
        )?;
        let id = statement.insert(rusqlite::params![
            push.unwrap_or(0),
            row.verdict.code(),
            row.code.code(),
            row.scope.to_bytes(),
            row.class.rank(),
            row.kind.map(DocKind::rank),
            row.doc.0,
            item,
            actor,
            seq,
            action,
            row.under_scope,
            row.reference,
            row.received.as_ms(),
            row.member.0,
            row.device.0,
            row.sealed,
        ])?;
        if push.is_none() {
            push = Some(id);
            tx.prepare_cached("UPDATE set_aside SET push = id WHERE id = ?1")?.execute([id])?;
        }
    }
    Ok(())
}

/// What is set aside of one document, in the order in which it came.
pub fn of_doc(tx: &Connection, doc: DocId) -> Result<Vec<AsideRow>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM set_aside WHERE doc = ?1 ORDER BY id"))?;
    Ok(statement.query_map([doc.0], read)?.collect::<Result<_, _>>()?)
}

/// The items of one push.
pub fn of_push(tx: &Connection, push: u64) -> Result<Vec<AsideRow>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM set_aside WHERE push = ?1 ORDER BY id"))?;
    Ok(statement.query_map([sql(push)], read)?.collect::<Result<_, _>>()?)
}

/// One item as lists show it: nothing of what is sealed is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AsideHead {
    /// Its push.
    pub push: u64,
    /// Held, quarantined or late.
    pub verdict: ItemVerdict,
    /// Why.
    pub code: RefusalCode,
    /// Scope that it claims.
    pub scope: Scope,
    /// Class that it claims.
    pub class: Class,
    /// Kind that a change claims.
    pub kind: Option<DocKind>,
    /// Its document.
    pub doc: DocId,
    /// When it came.
    pub received: Timestamp,
    /// Who is responsible.
    pub member: MemberId,
    /// From which device.
    pub device: DeviceId,
    /// Whether a supervisor put it away.
    pub is_dismissed: bool,
}

const HEAD: &str =
    "push, verdict, code, scope, class, kind, doc, received, member, device, dismissed IS NOT NULL";

fn read_head(row: &rusqlite::Row<'_>) -> rusqlite::Result<AsideHead> {
    Ok(AsideHead {
        push: row.number(0)?,
        verdict: ItemVerdict::from_code(&row.get::<_, String>(1)?),
        code: RefusalCode::from_code(&row.get::<_, String>(2)?),
        scope: row.map(3, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(4, Class::from_rank)?,
        kind: row.get::<_, Option<u8>>(5)?.and_then(DocKind::from_rank),
        doc: DocId(row.get(6)?),
        received: Timestamp::from_ms(row.get(7)?),
        member: MemberId(row.get(8)?),
        device: DeviceId(row.get(9)?),
        is_dismissed: row.get(10)?,
    })
}

/// Everything that is set aside, newest push first.
pub fn heads(tx: &Connection) -> Result<Vec<AsideHead>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {HEAD} FROM set_aside ORDER BY push DESC, id"))?;
    Ok(statement.query_map([], read_head)?.collect::<Result<_, _>>()?)
}

/// The items of one push, as lists show them.
pub fn heads_of_push(tx: &Connection, push: u64) -> Result<Vec<AsideHead>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {HEAD} FROM set_aside WHERE push = ?1 ORDER BY id"))?;
    Ok(statement.query_map([sql(push)], read_head)?.collect::<Result<_, _>>()?)
}

/// How many items of a device are set aside and not put away.
pub fn count_of_device(tx: &Connection, device: DeviceId) -> Result<u64, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT count(*) FROM set_aside WHERE device = ?1 AND dismissed IS NULL")?;
    Ok(statement.query_row([device.0], |row| row.number(0))?)
}

/// Puts a push away, or (without a time) back among what waits for a decision.
pub fn set_dismissed(
    tx: &Connection,
    push: u64,
    by: MemberId,
    when: Option<Timestamp>,
) -> Result<(), StoreFault> {
    tx.execute(
        "UPDATE set_aside SET dismissed = ?2, dismissed_by = ?3 WHERE push = ?1",
        (sql(push), when.map(Timestamp::as_ms), when.map(|_| by.0)),
    )?;
    Ok(())
}

/// Documents that something is set aside of; all, or those of one scope.
pub fn docs(tx: &Connection, scope: Option<Scope>) -> Result<Vec<DocId>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT doc FROM set_aside WHERE ?1 IS NULL OR scope = ?1 GROUP BY doc ORDER BY min(id)",
    )?;
    let docs = statement.query_map([scope.map(Scope::to_bytes)], |row| row.get(0).map(DocId))?;
    Ok(docs.collect::<Result<_, _>>()?)
}

/// How much is set aside of a document, and its newest: moves whenever that does.
pub fn mark(tx: &Connection, doc: DocId) -> Result<(u64, u64), StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT count(*), ifnull(max(id), 0) FROM set_aside WHERE doc = ?1")?;
    Ok(statement.query_row([doc.0], |row| Ok((row.number(0)?, row.number(1)?)))?)
}

/// Takes a push out, because it is part of the document now.
pub fn remove_push(tx: &Connection, push: u64) -> Result<(), StoreFault> {
    tx.prepare_cached("DELETE FROM set_aside WHERE push = ?1")?.execute([sql(push)])?;
    Ok(())
}

/// Gives one item another verdict and code, after it was tried again.
pub fn set_verdict(
    tx: &Connection,
    id: u64,
    verdict: &ItemVerdict,
    code: &RefusalCode,
) -> Result<(), StoreFault> {
    tx.prepare_cached("UPDATE set_aside SET verdict = ?2, code = ?3 WHERE id = ?1")?.execute((
        sql(id),
        verdict.code(),
        code.code(),
    ))?;
    Ok(())
}

/// Scope and class of late work of a member's on a document, if there is some that is sealed under them.
pub fn late_place(
    tx: &Connection,
    doc: DocId,
    member: MemberId,
) -> Result<Option<(Scope, Class)>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT scope, class FROM set_aside
         WHERE doc = ?1 AND member = ?2 AND verdict = ?3 AND under_scope = 1 LIMIT 1",
    )?;
    let place = statement.query_row((doc.0, member.0, ItemVerdict::Late.code()), |row| {
        Ok((row.map(0, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?, row.map(1, Class::from_rank)?))
    });
    Ok(place.optional()?)
}
