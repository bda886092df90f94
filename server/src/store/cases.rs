//! Cases and who works on them.

use super::grants;
use crate::error::StoreFault;
use doorstep_core::model::{CaseId, CaseKind, CaseRole, MemberId, Opening, Scope, TeamId, Timestamp};
use rusqlite::{Connection, OptionalExtension, Row};
use std::collections::HashMap;

/// What was fixed when a case was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Which case.
    pub id: CaseId,
    /// Its team.
    pub team: TeamId,
    /// Why there is a case.
    pub kind: CaseKind,
    /// Whether the person was a minor at acceptance.
    pub minor: bool,
    /// The server's time of acceptance.
    pub opened: Timestamp,
}

/// A member's part in a case, now or formerly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// Which case.
    pub case: CaseId,
    /// Who.
    pub member: MemberId,
    /// As what.
    pub role: CaseRole,
    /// Since when.
    pub began: Timestamp,
    /// Until when.
    pub ended: Option<Timestamp>,
}

const COLUMNS: &str = "case_id, team, kind, minor, opened";

fn read(row: &Row<'_>) -> rusqlite::Result<Case> {
    Ok(Case {
        id: CaseId(row.get(0)?),
        team: TeamId(row.get(1)?),
        kind: CaseKind::from_code(&row.get::<_, String>(2)?),
        minor: row.get(3)?,
        opened: Timestamp::from_ms(row.get(4)?),
    })
}

/// Opens a case: its row, its creator's assignment, and the grants that follow.
pub fn open(tx: &Connection, opening: &Opening, by: MemberId, now: Timestamp) -> Result<(), StoreFault> {
    tx.prepare_cached(
        "INSERT INTO cases (case_id, team, kind, minor, opened, opened_by) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute((opening.case.0, opening.team.0, opening.kind.code(), opening.minor, now.as_ms(), by.0))?;
    assign(tx, opening.case, by, &CaseRole::LeadWorker, Some(by), now)
}

/// One case.
pub fn find(tx: &Connection, id: CaseId) -> Result<Option<Case>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!("SELECT {COLUMNS} FROM cases WHERE case_id = ?1"))?;
    Ok(statement.query_row([id.0], read).optional()?)
}

/// The cases of a team.
pub fn of_team(tx: &Connection, team: TeamId) -> Result<Vec<CaseId>, StoreFault> {
    let mut statement = tx.prepare_cached("SELECT case_id FROM cases WHERE team = ?1 ORDER BY case_id")?;
    Ok(statement.query_map([team.0], |row| row.get(0).map(CaseId))?.collect::<Result<_, _>>()?)
}

/// Puts a member on a case in a role; a role that they had before ends. Grants follow.
pub fn assign(
    tx: &Connection,
    case: CaseId,
    member: MemberId,
    role: &CaseRole,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<(), StoreFault> {
    if role_of(tx, case, member)?.as_ref() == Some(role) {
        return Ok(());
    }
    end_row(tx, case, member, by, now)?;
    tx.prepare_cached(
        "INSERT INTO assignments (case_id, member, role, began, began_by) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute((case.0, member.0, role.code(), now.as_ms(), by.map(|by| by.0)))?;
    grants::refresh(tx, Scope::Case(case))
}

/// Ends a member's part in a case; whether there was one. Grants follow.
pub fn end_assignment(
    tx: &Connection,
    case: CaseId,
    member: MemberId,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<bool, StoreFault> {
    let ended = end_row(tx, case, member, by, now)?;
    grants::refresh(tx, Scope::Case(case))?;
    Ok(ended)
}

fn end_row(
    tx: &Connection,
    case: CaseId,
    member: MemberId,
    by: Option<MemberId>,
    now: Timestamp,
) -> Result<bool, StoreFault> {
    let ended = tx
        .prepare_cached(
            "UPDATE assignments SET ended = ?3, ended_by = ?4 WHERE case_id = ?1 AND member = ?2 AND ended IS NULL",
        )?
        .execute((case.0, member.0, now.as_ms(), by.map(|by| by.0)))?;
    Ok(ended > 0)
}

/// A member's present role in a case.
pub fn role_of(tx: &Connection, case: CaseId, member: MemberId) -> Result<Option<CaseRole>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT role FROM assignments WHERE case_id = ?1 AND member = ?2 AND ended IS NULL",
    )?;
    let role =
        statement.query_row((case.0, member.0), |row| Ok(CaseRole::from_code(&row.get::<_, String>(0)?)));
    Ok(role.optional()?)
}

/// Whether a member was ever on a case.
pub fn was_assigned(tx: &Connection, case: CaseId, member: MemberId) -> Result<bool, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT EXISTS (SELECT 1 FROM assignments WHERE member = ?1 AND case_id = ?2)")?;
    Ok(statement.query_row((member.0, case.0), |row| row.get(0))?)
}

/// Everyone who was ever on a case, in order of time.
pub fn assignments(tx: &Connection, case: CaseId) -> Result<Vec<Assignment>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT member, role, began, ended FROM assignments WHERE case_id = ?1 ORDER BY assignment",
    )?;
    let rows = statement.query_map([case.0], |row| read_assignment(row, case))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Identifiers of the cases that a member works on or supervises.
const OF_MEMBER: &str = "SELECT case_id FROM assignments WHERE member = ?1 AND ended IS NULL
     UNION SELECT c.case_id FROM cases c JOIN team_members t USING (team) WHERE t.member = ?1 AND t.supervises";

/// Everyone who was ever on one of a member's cases, by case, in order of time: in one question, for a
/// supervisor has hundreds of cases.
pub fn assignments_of_member(
    tx: &Connection,
    member: MemberId,
) -> Result<HashMap<CaseId, Vec<Assignment>>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT member, role, began, ended, case_id FROM assignments WHERE case_id IN ({OF_MEMBER})
         ORDER BY case_id, assignment"
    ))?;
    let mut rows = statement.query([member.0])?;
    let mut found: HashMap<CaseId, Vec<Assignment>> = HashMap::new();
    while let Some(row) = rows.next()? {
        let case = CaseId(row.get(4)?);
        found.entry(case).or_default().push(read_assignment(row, case)?);
    }
    Ok(found)
}

fn read_assignment(row: &Row<'_>, case: CaseId) -> rusqlite::Result<Assignment> {
    Ok(Assignment {
        case,
        member: MemberId(row.get(0)?),
        role: CaseRole::from_code(&row.get::<_, String>(1)?),
        began: Timestamp::from_ms(row.get(2)?),
        ended: row.get::<_, Option<i64>>(3)?.map(Timestamp::from_ms),
    })
}

/// The cases that a member works on or supervises, oldest first.
pub fn of_member(tx: &Connection, member: MemberId) -> Result<Vec<Case>, StoreFault> {
    let mut statement = tx.prepare_cached(&format!(
        "SELECT {COLUMNS} FROM cases WHERE case_id IN ({OF_MEMBER}) ORDER BY opened, case_id"
    ))?;
    Ok(statement.query_map([member.0], read)?.collect::<Result<_, _>>()?)
}
