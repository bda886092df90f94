//! Members, their roles and how they sign in.

use super::office;
use crate::error::StoreFault;
use doorstep_core::model::{MemberId, Private, Role, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};

/// A member as the office knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Who.
    pub id: MemberId,
    /// Name as colleagues know it.
    pub name: Private<String>,
    /// Name to sign in with at the console, if they do.
    pub login: Option<Private<String>>,
    /// `zh` or `en`.
    pub language: String,
    /// In the organisation.
    pub roles: Vec<Role>,
    /// When they left.
    pub ended: Option<Timestamp>,
}

const COLUMNS: &str = "member, name, login, language, ended";

fn read(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: MemberId(row.get(0)?),
        name: Private::new(row.get(1)?),
        login: row.get::<_, Option<String>>(2)?.map(Private::new),
        language: row.get(3)?,
        roles: Vec::new(),
        ended: row.get::<_, Option<i64>>(4)?.map(Timestamp::from_ms),
    })
}

/// Adds a member.
pub fn add(
    tx: &Connection,
    id: MemberId,
    name: &str,
    login: Option<&str>,
    language: &str,
    roles: &[Role],
    now: Timestamp,
) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT INTO members (member, name, login, language, created) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((id.0, name, login, language, now.as_ms()))?;
    for role in roles {
        tx.prepare_cached("INSERT OR IGNORE INTO member_roles (member, role) VALUES (?1, ?2)")?
            .execute((id.0, role.code()))?;
    }
    office::bump_directory(tx)?;
    Ok(())
}

/// Replaces a member's roles.
pub fn set_roles(tx: &Connection, id: MemberId, roles: &[Role]) -> Result<(), StoreFault> {
    tx.execute("DELETE FROM member_roles WHERE member = ?1", [id.0])?;
    for role in roles {
        tx.execute("INSERT OR IGNORE INTO member_roles (member, role) VALUES (?1, ?2)", (id.0, role.code()))?;
    }
    // A role decides what a team's scope shows.
    for (team, _) in super::teams::of_member(tx, id)? {
        super::grants::refresh(tx, doorstep_core::model::Scope::Team(team))?;
    }
    office::bump_directory(tx)?;
    Ok(())
}

/// Notes that a member has left. Whatever they wrote keeps their name.
pub fn end(tx: &Connection, id: MemberId, now: Timestamp) -> Result<(), StoreFault> {
    tx.execute("UPDATE members SET ended = ?2 WHERE member = ?1 AND ended IS NULL", (id.0, now.as_ms()))?;
    office::bump_directory(tx)?;
    Ok(())
}

/// A member by identifier.
pub fn find(tx: &Connection, id: MemberId) -> Result<Option<Member>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM members WHERE member = ?1"))?;
    with_roles(tx, statement.query_row([id.0], read).optional()?)
}

/// Whether there is such a member, who has not left.
pub fn is_present(tx: &Connection, id: MemberId) -> Result<bool, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM members WHERE member = ?1 AND ended IS NULL)")?;
    Ok(statement.query_row([id.0], |row| row.get(0))?)
}

/// A member by the name to sign in with.
pub fn find_by_login(tx: &Connection, login: &str) -> Result<Option<Member>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM members WHERE login = ?1"))?;
    with_roles(tx, statement.query_row([login], read).optional()?)
}

fn with_roles(tx: &Connection, member: Option<Member>) -> Result<Option<Member>, StoreFault> {
    member.map(|member| Ok(Member { roles: roles(tx, member.id)?, ..member })).transpose()
}

/// Everyone, in the order in which they came.
pub fn list(tx: &Connection) -> Result<Vec<Member>, StoreFault> {
    let mut statement =
        tx.prepare_cached(&format!("SELECT {COLUMNS} FROM members ORDER BY created, member"))?;
    let members: Vec<Member> = statement.query_map([], read)?.collect::<Result<_, _>>()?;
    members.into_iter().map(|member| Ok(Member { roles: roles(tx, member.id)?, ..member })).collect()
}

/// Roles of a member.
pub fn roles(tx: &Connection, id: MemberId) -> Result<Vec<Role>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT role FROM member_roles WHERE member = ?1 ORDER BY role")?;
    let roles = statement.query_map([id.0], |row| Ok(Role::from_code(&row.get::<_, String>(0)?)))?;
    Ok(roles.collect::<Result<_, _>>()?)
}

/// The password's hash, for a member who may still sign in.
pub fn password(tx: &Connection, id: MemberId) -> Result<Option<String>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT password FROM members WHERE member = ?1 AND ended IS NULL")?;
    Ok(statement.query_row([id.0], |row| row.get(0)).optional()?.flatten())
}

/// Sets the password's hash.
pub fn set_password(tx: &Connection, id: MemberId, hash: &str) -> Result<(), StoreFault> {
    tx.execute("UPDATE members SET password = ?2 WHERE member = ?1", (id.0, hash))?;
    Ok(())
}

/// Sets the language of the console.
pub fn set_language(tx: &Connection, id: MemberId, language: &str) -> Result<(), StoreFault> {
    tx.execute("UPDATE members SET language = ?2 WHERE member = ?1", (id.0, language))?;
    Ok(())
}
