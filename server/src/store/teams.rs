//! Teams and who is in them.

use super::{grants, office};
use crate::error::StoreFault;
use doorstep_core::model::{MemberId, Private, Scope, TeamId, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// A team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Which.
    pub id: TeamId,
    /// Its name.
    pub name: Private<String>,
    /// Everyone in it, and whether they supervise it.
    pub members: Vec<(MemberId, bool)>,
}

/// Adds a team.
pub fn add(tx: &Connection, id: TeamId, name: &str, now: Timestamp) -> Result<(), StoreFault> {
    tx.execute("INSERT INTO teams (team, name, created) VALUES (?1, ?2, ?3)", (id.0, name, now.as_ms()))?;
    office::bump_directory(tx)?;
    Ok(())
}

/// Puts a member into a team, or changes whether they supervise it. Grants follow.
pub fn join(tx: &Connection, team: TeamId, member: MemberId, supervises: bool) -> Result<(), StoreFault> {
    tx.execute(
        "INSERT INTO team_members (team, member, supervises) VALUES (?1, ?2, ?3)
         ON CONFLICT (team, member) DO UPDATE SET supervises = excluded.supervises",
        (team.0, member.0, supervises),
    )?;
    regrant(tx, team)
}

/// Takes a member out of a team. Grants follow.
pub fn leave(tx: &Connection, team: TeamId, member: MemberId) -> Result<(), StoreFault> {
    tx.execute("DELETE FROM team_members WHERE team = ?1 AND member = ?2", (team.0, member.0))?;
    regrant(tx, team)
}

fn regrant(tx: &Connection, team: TeamId) -> Result<(), StoreFault> {
    grants::refresh(tx, Scope::Team(team))?;
    for case in super::cases::of_team(tx, team)? {
        grants::refresh(tx, Scope::Case(case))?;
    }
    Ok(())
}

/// All teams.
pub fn list(tx: &Connection) -> Result<Vec<Team>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT team FROM teams ORDER BY created, team")?;
    let ids: Vec<TeamId> =
        statement.query_map([], |row| row.get(0).map(TeamId))?.collect::<Result<_, _>>()?;
    ids.into_iter().filter_map(|id| find(tx, id).transpose()).collect()
}

/// One team.
pub fn find(tx: &Connection, id: TeamId) -> Result<Option<Team>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT name FROM teams WHERE team = ?1")?;
    let Some(name) = statement.query_row([id.0], |row| row.get(0)).optional()? else { return Ok(None) };
    Ok(Some(Team { id, name: Private::new(name), members: members(tx, id)? }))
}

/// Everyone in a team, and whether they supervise it.
pub fn members(tx: &Connection, id: TeamId) -> Result<Vec<(MemberId, bool)>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT member, supervises FROM team_members WHERE team = ?1 ORDER BY member")?;
    let members = statement.query_map([id.0], |row| Ok((MemberId(row.get(0)?), row.get(1)?)))?;
    Ok(members.collect::<Result<_, _>>()?)
}

/// The teams of a member, and whether they supervise them.
pub fn of_member(tx: &Connection, member: MemberId) -> Result<Vec<(TeamId, bool)>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT team, supervises FROM team_members WHERE member = ?1 ORDER BY team")?;
    let teams = statement.query_map([member.0], |row| Ok((TeamId(row.get(0)?), row.get(1)?)))?;
    Ok(teams.collect::<Result<_, _>>()?)
}

/// A member's part in a team: whether they supervise it, none if they are not in it. None if there is no such team.
pub fn part_of(tx: &Connection, team: TeamId, member: MemberId) -> Result<Option<Option<bool>>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT m.supervises FROM teams t LEFT JOIN team_members m ON m.team = t.team AND m.member = ?2 WHERE t.team = ?1",
    )?;
    Ok(statement.query_row((team.0, member.0), |row| row.get(0)).optional()?)
}
