//! Devices, the actors that they write under, and one-time codes.

use super::office;
use crate::error::StoreFault;
use doorstep_core::changes::{DevicePublicKey, Incarnation};
use doorstep_core::model::{Actor, DeviceId, MemberId, Private, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashSet;

/// Whether a device may sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeviceState {
    /// It may.
    Active,
    /// Certified by the organisation, but not in this database before: a supervisor confirms it.
    Unconfirmed,
    /// It may not, any more.
    Revoked,
}

impl DeviceState {
    /// As stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Unconfirmed => "unconfirmed",
            Self::Revoked => "revoked",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        [Self::Active, Self::Unconfirmed, Self::Revoked].into_iter().find(|state| state.code() == code)
    }
}

/// A device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// Which.
    pub id: DeviceId,
    /// Whose; none for the console's own.
    pub member: Option<MemberId>,
    /// Its key.
    pub key: DevicePublicKey,
    /// A name for lists.
    pub label: Private<String>,
    /// Whether it may sync.
    pub state: DeviceState,
    /// Since when it is known.
    pub enrolled: Timestamp,
    /// When it last asked, to the hour.
    pub last_seen: Option<Timestamp>,
}

const COLUMNS: &str = "device, member, key, label, state, enrolled, last_seen";

fn read(row: &Row<'_>) -> rusqlite::Result<Device> {
    use super::Row;
    Ok(Device {
        id: DeviceId(row.get(0)?),
        member: row.get::<_, Option<[u8; 16]>>(1)?.map(MemberId),
        key: DevicePublicKey(row.get(2)?),
        label: Private::new(row.get(3)?),
        state: row.map(4, |code: String| DeviceState::from_code(&code))?,
        enrolled: Timestamp::from_ms(row.get(5)?),
        last_seen: row.get::<_, Option<i64>>(6)?.map(Timestamp::from_ms),
    })
}

/// Adds a phone of a member, or the console's own device (no member).
pub fn add(
    tx: &Connection,
    id: DeviceId,
    member: Option<MemberId>,
    key: &DevicePublicKey,
    label: &str,
    state: DeviceState,
    now: Timestamp,
) -> Result<(), StoreFault> {
    let kind = if member.is_some() { "phone" } else { "console" };
    tx.execute(
        "INSERT INTO devices (device, member, key, kind, label, state, enrolled) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        (id.0, member.map(|member| member.0), key.0, kind, label, state.code(), now.as_ms()),
    )?;
    Ok(())
}

/// A device by identifier.
pub fn find(tx: &Connection, id: DeviceId) -> Result<Option<Device>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM devices WHERE device = ?1"))?;
    Ok(statement.query_row([id.0], read).optional()?)
}

/// A device by its key.
pub fn find_by_key(tx: &Connection, key: &DevicePublicKey) -> Result<Option<Device>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM devices WHERE key = ?1"))?;
    Ok(statement.query_row([key.0], read).optional()?)
}

/// All phones, newest first.
pub fn list(tx: &Connection) -> Result<Vec<Device>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM devices WHERE kind = 'phone' ORDER BY enrolled DESC, device"
    ))?;
    Ok(statement.query_map([], read)?.collect::<Result<_, _>>()?)
}

/// Revokes a phone, or confirms one. What was prepared for it meanwhile is prepared again.
pub fn set_state(
    tx: &Connection,
    id: DeviceId,
    state: DeviceState,
    now: Timestamp,
) -> Result<bool, StoreFault> {
    let revoked = (state == DeviceState::Revoked).then(|| now.as_ms());
    let changed = tx.execute(
        "UPDATE devices SET state = ?2, revoked = ?3 WHERE device = ?1 AND kind = 'phone'",
        (id.0, state.code(), revoked),
    )?;
    office::bump_directory(tx)?;
    Ok(changed > 0)
}

/// Notes that a device asked.
pub fn set_last_seen(tx: &Connection, id: DeviceId, now: Timestamp) -> Result<(), StoreFault> {
    tx.prepare_cached("UPDATE devices SET last_seen = ?2 WHERE device = ?1")?.execute((id.0, now.as_ms()))?;
    Ok(())
}

/// The device that writes under an actor.
pub fn of_actor(tx: &Connection, actor: Actor) -> Result<Option<DeviceId>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT device FROM actors WHERE actor = ?1")?;
    Ok(statement.query_row([actor.0], |row| row.get(0).map(DeviceId)).optional()?)
}

/// All actors of a device.
pub fn actors_of(tx: &Connection, device: DeviceId) -> Result<HashSet<Actor>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT actor FROM actors WHERE device = ?1")?;
    Ok(statement.query_map([device.0], |row| row.get(0).map(Actor))?.collect::<Result<_, _>>()?)
}

/// Binds an actor to its device.
pub fn bind_actor(
    tx: &Connection,
    actor: Actor,
    device: DeviceId,
    incarnation: &Incarnation,
    now: Timestamp,
) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT OR IGNORE INTO actors (actor, device, incarnation, first_seen) VALUES (?1, ?2, ?3, ?4)",
    )?
    .execute((actor.0, device.0, incarnation, now.as_ms()))?;
    Ok(())
}

/// Adds a one-time code for a member's phone, by the hash of its secret.
pub fn add_invite(
    tx: &Connection,
    secret_hash: [u8; 32],
    member: MemberId,
    by: Option<MemberId>,
    now: Timestamp,
    expires: Timestamp,
) -> Result<(), StoreFault> {
    tx.execute(
        "INSERT INTO invites (secret_hash, member, created, created_by, expires) VALUES (?1, ?2, ?3, ?4, ?5)",
        (secret_hash, member.0, now.as_ms(), by.map(|by| by.0), expires.as_ms()),
    )?;
    Ok(())
}

/// A one-time code that was given out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invite {
    /// For whose phone.
    pub member: MemberId,
    /// Until when.
    pub expires: Timestamp,
    /// The device that used it.
    pub device: Option<DeviceId>,
}

/// Looks a one-time code up.
pub fn find_invite(tx: &Connection, secret_hash: [u8; 32]) -> Result<Option<Invite>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT member, expires, device FROM invites WHERE secret_hash = ?1")?;
    let invite = statement.query_row([secret_hash], |row| {
        Ok(Invite {
            member: MemberId(row.get(0)?),
            expires: Timestamp::from_ms(row.get(1)?),
            device: row.get::<_, Option<[u8; 16]>>(2)?.map(DeviceId),
        })
    });
    Ok(invite.optional()?)
}

/// Marks a one-time code as used.
pub fn use_invite(
    tx: &Connection,
    secret_hash: [u8; 32],
    device: DeviceId,
    now: Timestamp,
) -> Result<(), StoreFault> {
    tx.execute(
        "UPDATE invites SET used = ?2, device = ?3 WHERE secret_hash = ?1",
        (secret_hash, now.as_ms(), device.0),
    )?;
    Ok(())
}
