//! Phones' sealed keys, and phones that ask for theirs.

use super::{Row, sql};
use crate::error::StoreFault;
use doorstep_core::changes::SealingKey;
use doorstep_core::model::{DeviceId, MemberId, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// A phone's request for its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recovery {
    /// Which phone.
    pub device: DeviceId,
    /// What the answer is sealed to.
    pub fresh: SealingKey,
    /// The phone's key as it lay beside its database.
    pub sealed: Vec<u8>,
    /// When this request came first.
    pub asked: Timestamp,
    /// Since when requests are counted.
    pub counted_since: Timestamp,
    /// How many there were since, this one included.
    pub requests: u64,
    /// Codes that did not fit.
    pub wrong: u64,
    /// When somebody confirmed it.
    pub confirmed: Option<Timestamp>,
    /// When it was answered first.
    pub given: Option<Timestamp>,
}

/// Keeps a phone's sealed key.
pub fn keep(tx: &Connection, device: DeviceId, sealed: &[u8], now: Timestamp) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT INTO recovery_keys (device, sealed, kept) VALUES (?1, ?2, ?3)
         ON CONFLICT DO UPDATE SET sealed = ?2, kept = ?3",
    )?
    .execute((device.0, sealed, now.as_ms()))?;
    Ok(())
}

/// A phone's sealed key, if it has left one.
pub fn kept(tx: &Connection, device: DeviceId) -> Result<Option<Vec<u8>>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT sealed FROM recovery_keys WHERE device = ?1")?;
    Ok(statement.query_row([device.0], |row| row.get(0)).optional()?)
}

/// A phone's request.
pub fn find(tx: &Connection, device: DeviceId) -> Result<Option<Recovery>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT device, fresh, sealed, asked, counted_since, requests, wrong, confirmed, given
         FROM recoveries WHERE device = ?1",
    )?;
    let time = |value: Option<i64>| value.map(Timestamp::from_ms);
    let found = statement.query_row([device.0], |row| {
        Ok(Recovery {
            device: DeviceId(row.get(0)?),
            fresh: SealingKey(row.get(1)?),
            sealed: row.get(2)?,
            asked: Timestamp::from_ms(row.get(3)?),
            counted_since: Timestamp::from_ms(row.get(4)?),
            requests: row.number(5)?,
            wrong: row.number(6)?,
            confirmed: time(row.get(7)?),
            given: time(row.get(8)?),
        })
    });
    Ok(found.optional()?)
}

/// Stores a phone's request in place of the one before.
pub fn put(tx: &Connection, recovery: &Recovery, by: Option<MemberId>) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT OR REPLACE INTO recoveries
            (device, fresh, sealed, asked, counted_since, requests, wrong, confirmed, confirmed_by, given)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    )?
    .execute((
        recovery.device.0,
        recovery.fresh.0,
        &recovery.sealed,
        recovery.asked.as_ms(),
        recovery.counted_since.as_ms(),
        sql(recovery.requests),
        sql(recovery.wrong),
        recovery.confirmed.map(Timestamp::as_ms),
        by.map(|by| by.0),
        recovery.given.map(Timestamp::as_ms),
    ))?;
    Ok(())
}

/// Notes a code that did not fit.
pub fn note_wrong(tx: &Connection, device: DeviceId) -> Result<(), StoreFault> {
    tx.execute("UPDATE recoveries SET wrong = wrong + 1 WHERE device = ?1", [device.0])?;
    Ok(())
}

/// Notes that the answer went out.
pub fn set_given(tx: &Connection, device: DeviceId, now: Timestamp) -> Result<(), StoreFault> {
    tx.execute("UPDATE recoveries SET given = ?2 WHERE device = ?1", (device.0, now.as_ms()))?;
    Ok(())
}
