//! Who is signed in at the console. The cookie itself is never stored, only its hash.

use crate::error::StoreFault;
use doorstep_core::model::{MemberId, Private, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};

/// Hash of a cookie. Names a session without opening it.
pub type TokenHash = [u8; 32];

/// A sign-in that lasts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which.
    pub token_hash: TokenHash,
    /// Whose.
    pub member: MemberId,
    /// What every form of this session carries.
    pub csrf: Private<[u8; 32]>,
    /// The browser as it names itself, cut short.
    pub agent: Private<String>,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to the minute.
    pub last_used: Timestamp,
    /// When it ends at the latest.
    pub expires: Timestamp,
}

const COLUMNS: &str = "token_hash, member, csrf, agent, created, last_used, expires";
/// Neither ended nor expired nor left alone for longer than allowed; of a member who may still sign in.
const ACTIVE: &str = "ended IS NULL AND expires > ?2 AND last_used > ?3
    AND EXISTS (SELECT 1 FROM members m WHERE m.member = console_sessions.member AND m.ended IS NULL)";

fn read(row: &Row<'_>) -> rusqlite::Result<Session> {
    Ok(Session {
        token_hash: row.get(0)?,
        member: MemberId(row.get(1)?),
        csrf: Private::new(row.get(2)?),
        agent: Private::new(row.get(3)?),
        created: Timestamp::from_ms(row.get(4)?),
        last_used: Timestamp::from_ms(row.get(5)?),
        expires: Timestamp::from_ms(row.get(6)?),
    })
}

/// Begins a session.
pub fn add(tx: &Connection, session: &Session) -> Result<(), StoreFault> {
    tx.execute(
        &format!("INSERT INTO console_sessions ({COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
        (
            session.token_hash,
            session.member.0,
            session.csrf.reveal(),
            session.agent.reveal(),
            session.created.as_ms(),
            session.last_used.as_ms(),
            session.expires.as_ms(),
        ),
    )?;
    Ok(())
}

/// The session of a cookie, if it lasts and was used after `idle_since`.
pub fn find(
    tx: &Connection,
    token_hash: &TokenHash,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Option<Session>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM console_sessions WHERE token_hash = ?1 AND {ACTIVE}"
    ))?;
    Ok(statement.query_row((token_hash, now.as_ms(), idle_since.as_ms()), read).optional()?)
}

/// The lasting sessions of a member, latest use first.
pub fn of_member(
    tx: &Connection,
    member: MemberId,
    now: Timestamp,
    idle_since: Timestamp,
) -> Result<Vec<Session>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM console_sessions WHERE member = ?1 AND {ACTIVE} ORDER BY last_used DESC, created DESC"
    ))?;
    let sessions = statement.query_map((member.0, now.as_ms(), idle_since.as_ms()), read)?;
    Ok(sessions.collect::<Result<_, _>>()?)
}

/// Notes that a session was used.
pub fn touch(tx: &Connection, token_hash: &TokenHash, now: Timestamp) -> Result<(), StoreFault> {
    tx.prepare_cached("UPDATE console_sessions SET last_used = ?2 WHERE token_hash = ?1")?
        .execute((token_hash, now.as_ms()))?;
    Ok(())
}

/// Ends one session of a member; whether there was one.
pub fn end(
    tx: &Connection,
    member: MemberId,
    token_hash: &TokenHash,
    now: Timestamp,
) -> Result<bool, StoreFault> {
    let ended = tx.execute(
        "UPDATE console_sessions SET ended = ?3 WHERE token_hash = ?2 AND member = ?1 AND ended IS NULL",
        (member.0, token_hash, now.as_ms()),
    )?;
    Ok(ended > 0)
}

/// Ends every session of everybody (after a restore).
pub fn end_every(tx: &Connection, now: Timestamp) -> Result<(), StoreFault> {
    tx.execute("UPDATE console_sessions SET ended = ?1 WHERE ended IS NULL", [now.as_ms()])?;
    Ok(())
}

/// Ends all sessions of a member, but for one that is kept.
pub fn end_all(
    tx: &Connection,
    member: MemberId,
    kept: Option<&TokenHash>,
    now: Timestamp,
) -> Result<(), StoreFault> {
    tx.execute(
        "UPDATE console_sessions SET ended = ?3 WHERE member = ?1 AND token_hash IS NOT ?2 AND ended IS NULL",
        (member.0, kept, now.as_ms()),
    )?;
    Ok(())
}
