//! What phones hold of before a restore and wait for a word about.

use super::Row;
use crate::error::StoreFault;
use doorstep_core::model::{Class, DeviceId, MemberId, Scope, Timestamp};
use doorstep_core::sync::wire::Frozen;
use rusqlite::Connection;
use std::collections::BTreeMap;

/// One scope × class on one phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrozenRow {
    /// Whose phone it is.
    pub member: MemberId,
    /// Which phone.
    pub device: DeviceId,
    /// What it holds.
    pub frozen: Frozen,
    /// Since when it tells.
    pub told: Timestamp,
}

fn read(row: &rusqlite::Row<'_>, at: usize) -> rusqlite::Result<Frozen> {
    Ok(Frozen {
        scope: row.map(at, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
        class: row.map(at + 1, Class::from_rank)?,
    })
}

/// What a phone told, and whether its end is confirmed.
pub fn of_device(tx: &Connection, device: DeviceId) -> Result<BTreeMap<Frozen, bool>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT scope, class, ended IS NOT NULL FROM frozen WHERE device = ?1")?;
    let rows = statement.query_map([device.0], |row| Ok((read(row, 0)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes what a phone tells.
pub fn add(tx: &Connection, device: DeviceId, frozen: Frozen, now: Timestamp) -> Result<(), StoreFault> {
    tx.prepare_cached("INSERT OR IGNORE INTO frozen (device, scope, class, told) VALUES (?1, ?2, ?3, ?4)")?
        .execute((device.0, frozen.scope.to_bytes(), frozen.class.rank(), now.as_ms()))?;
    Ok(())
}

/// Forgets what a phone does not tell any more: it was granted again, or has left the phone.
pub fn remove(tx: &Connection, device: DeviceId, frozen: Frozen) -> Result<(), StoreFault> {
    tx.prepare_cached("DELETE FROM frozen WHERE device = ?1 AND scope = ?2 AND class = ?3")?.execute((
        device.0,
        frozen.scope.to_bytes(),
        frozen.class.rank(),
    ))?;
    Ok(())
}

/// What waits for a decision, by member and scope. What is granted meanwhile does not wait, nor does
/// anything on a revoked phone, which will not ask again.
pub fn waiting(tx: &Connection) -> Result<Vec<FrozenRow>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT d.member, f.device, f.scope, f.class, f.told FROM frozen f JOIN devices d USING (device)
         WHERE f.ended IS NULL AND d.state = 'active' AND d.member IS NOT NULL AND NOT EXISTS (
             SELECT 1 FROM grants g WHERE g.scope = f.scope AND g.class = f.class AND g.member = d.member)
         ORDER BY d.member, f.scope, f.class, f.told",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(FrozenRow {
            member: MemberId(row.get(0)?),
            device: DeviceId(row.get(1)?),
            frozen: read(row, 2)?,
            told: Timestamp::from_ms(row.get(4)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Confirms that a scope has ended for a member, on all phones that told of it; how many rows that was.
pub fn end(
    tx: &Connection,
    member: MemberId,
    scope: Scope,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<usize, StoreFault> {
    Ok(tx.execute(
        "UPDATE frozen SET ended = ?3, ended_by = ?4
         WHERE scope = ?2 AND ended IS NULL AND device IN (SELECT device FROM devices WHERE member = ?1)",
        (member.0, scope.to_bytes(), now.as_ms(), by.map(|by| by.0)),
    )?)
}

/// Forgets everything: a new lineage begins, in which nothing was told or decided yet.
pub fn clear(tx: &Connection) -> Result<(), StoreFault> {
    tx.execute("DELETE FROM frozen", [])?;
    Ok(())
}
