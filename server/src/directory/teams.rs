//! Teams, and who works on which case.

use super::{DirectoryFault, note};
use crate::ledger::standing;
use crate::server::Server;
use crate::store::{cases, members, teams};
use doorstep_core::access::{Target, Verb, may};
use doorstep_core::model::{CaseId, CaseRole, Class, MemberId, Scope, TeamId};
use rusqlite::Connection;

/// Longest name of a team, in characters.
const NAME_LIMIT: usize = 60;

/// Makes a team.
pub fn create_team(server: &Server, by: Option<MemberId>, name: &str) -> Result<TeamId, DirectoryFault> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_LIMIT || name.chars().any(char::is_control) {
        return Err(DirectoryFault::Invalid("name", "one to 60 printable characters"));
    }
    let (id, now) = (TeamId::new(server.env()), server.env().now());
    server.store().write(|tx| {
        teams::add(tx, id, name, now)?;
        note(tx, now, by, "create_team", id.as_bytes())?;
        Ok(id)
    })
}

/// Puts a member into a team, or changes whether they supervise it.
pub fn join_team(
    server: &Server,
    by: Option<MemberId>,
    team: TeamId,
    member: MemberId,
    supervises: bool,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        teams::find(tx, team)?.ok_or(DirectoryFault::NotFound("team"))?;
        present(tx, member)?;
        teams::join(tx, team, member, supervises)?;
        let verb = if supervises { "supervise" } else { "join_team" };
        Ok::<_, DirectoryFault>(note(tx, now, by, verb, member.as_bytes())?)
    })?;
    // What was set aside for want of a grant may fit now, in the team's own scope and in its cases.
    Ok(server.retry_set_aside(None)?)
}

/// Takes a member out of a team.
pub fn leave_team(
    server: &Server,
    by: Option<MemberId>,
    team: TeamId,
    member: MemberId,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        teams::find(tx, team)?.ok_or(DirectoryFault::NotFound("team"))?;
        teams::leave(tx, team, member)?;
        Ok(note(tx, now, by, "leave_team", member.as_bytes())?)
    })
}

/// Gives a case to a member in a role; a role that they had in it before ends.
pub fn assign(
    server: &Server,
    by: Option<MemberId>,
    case: CaseId,
    member: MemberId,
    role: &CaseRole,
) -> Result<(), DirectoryFault> {
    if !role.is_known() {
        return Err(DirectoryFault::Invalid("role", "not one that this release knows"));
    }
    let now = server.env().now();
    server.store().write(|tx| {
        may_assign(tx, by, case)?;
        present(tx, member)?;
        cases::assign(tx, case, member, role, by, now)?;
        Ok::<_, DirectoryFault>(note(tx, now, by, "assign", case.as_bytes())?)
    })?;
    // What was set aside for want of this grant may fit now.
    Ok(server.retry_set_aside(Some(Scope::Case(case)))?)
}

/// Takes a case back. What the member's phone still holds is handed over, then leaves it.
pub fn end_assignment(
    server: &Server,
    by: Option<MemberId>,
    case: CaseId,
    member: MemberId,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        may_assign(tx, by, case)?;
        if !cases::end_assignment(tx, case, member, by, now)? {
            return Err(DirectoryFault::NotFound("assignment"));
        }
        Ok(note(tx, now, by, "end_assignment", case.as_bytes())?)
    })
}

/// A member who has not left.
fn present(tx: &Connection, member: MemberId) -> Result<(), DirectoryFault> {
    if members::is_present(tx, member)? { Ok(()) } else { Err(DirectoryFault::NotFound("member")) }
}

/// Assigning is the supervisor's (none is the command line); for everyone else the case is not there.
fn may_assign(tx: &Connection, by: Option<MemberId>, case: CaseId) -> Result<(), DirectoryFault> {
    let scope = Scope::Case(case);
    let is_allowed = match by {
        None => cases::find(tx, case)?.is_some(),
        Some(by) => standing(tx, by, scope, None)?.is_some_and(|standing| {
            may(&standing, &Verb::Assign, &Target::part(scope, Class::Contact)).is_allowed()
        }),
    };
    if is_allowed { Ok(()) } else { Err(DirectoryFault::NotFound("case")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Office;

    #[test]
    fn only_the_teams_supervisor_assigns() {
        let office = Office::open();
        let (_, case) = office.phone_with_case();
        let assign = |by| assign(&office.server, Some(by), case, office.colleague, &CaseRole::CoWorker);
        for by in [office.worker, office.mentor] {
            assert!(matches!(assign(by), Err(DirectoryFault::NotFound("case"))));
        }
        assign(office.supervisor).unwrap();
        end_assignment(&office.server, Some(office.supervisor), case, office.colleague).unwrap();
        let again = end_assignment(&office.server, Some(office.supervisor), case, office.colleague);
        assert!(matches!(again, Err(DirectoryFault::NotFound("assignment"))));
    }
}
