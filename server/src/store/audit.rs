//! Who did what, when: identifiers and codes, never content.

use crate::error::StoreFault;
use doorstep_core::model::{DeviceId, MemberId, Timestamp};
use rusqlite::Connection;

/// One line of the audit.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The server's time.
    pub time: Timestamp,
    /// Who; none for the command line.
    pub member: Option<MemberId>,
    /// On which device.
    pub device: Option<DeviceId>,
    /// What, e.g. `enrol`.
    pub verb: &'a str,
    /// An identifier.
    pub subject: Option<&'a [u8]>,
    /// A stable code or a number.
    pub detail: Option<&'a str>,
}

/// Adds a line.
pub fn add(tx: &Connection, line: &Line<'_>) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT INTO audit (time, member, device, verb, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((
        line.time.as_ms(),
        line.member.map(|member| member.0),
        line.device.map(|device| device.0),
        line.verb,
        line.subject,
        line.detail,
    ))?;
    Ok(())
}
