//! After a restore: what becomes of work that phones hold and nobody has granted since.

use super::{DirectoryFault, assign, join_team, note};
use crate::ledger::standing;
use crate::server::Server;
use crate::store::{frozen, members};
use doorstep_core::access::{Target, Verb, may};
use doorstep_core::model::{CaseRole, Class, MemberId, Role, Scope, TeamId};
use rusqlite::Connection;

/// Whether a member decides about a frozen scope: a supervisor about the cases of their teams, and
/// about cases that this database does not know; an administrator about teams.
pub fn decides_on_frozen(tx: &Connection, by: MemberId, scope: Scope) -> Result<bool, DirectoryFault> {
    let roles = members::roles(tx, by)?;
    if let Scope::Team(_) = scope {
        return Ok(roles.contains(&Role::Admin));
    }
    Ok(match standing(tx, by, scope, None)? {
        Some(standing) => may(&standing, &Verb::Assign, &Target::part(scope, Class::Contact)).is_allowed(),
        None => roles.contains(&Role::Supervisor),
    })
}

/// Confirms that a member's part in a scope had ended before the restore. Their phones hand over what
/// they have of it, then take it off.
pub fn end_frozen(
    server: &Server,
    by: MemberId,
    member: MemberId,
    scope: Scope,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        if !decides_on_frozen(tx, by, scope)? || frozen::end(tx, member, scope, Some(by), now)? == 0 {
            return Err(DirectoryFault::NotFound("frozen work"));
        }
        let (Scope::Case(doorstep_core::model::CaseId(id)) | Scope::Team(TeamId(id))) = scope;
        Ok(note(tx, now, Some(by), "end_frozen", &id)?)
    })
}

/// Gives a case back to a member who holds it since before the restore. Classes that the new role does
/// not reach end.
pub fn give_back_case(
    server: &Server,
    by: MemberId,
    case: doorstep_core::model::CaseId,
    member: MemberId,
    role: &CaseRole,
) -> Result<(), DirectoryFault> {
    check(server, by, Scope::Case(case))?;
    assign(server, Some(by), case, member, role)?;
    end_rest(server, by, member, Scope::Case(case))
}

/// Puts a member back into a team that their phone holds work of since before the restore.
pub fn give_back_team(
    server: &Server,
    by: MemberId,
    team: TeamId,
    member: MemberId,
    supervises: bool,
) -> Result<(), DirectoryFault> {
    check(server, by, Scope::Team(team))?;
    join_team(server, Some(by), team, member, supervises)?;
    end_rest(server, by, member, Scope::Team(team))
}

fn check(server: &Server, by: MemberId, scope: Scope) -> Result<(), DirectoryFault> {
    let decides = server.store().read(|tx| decides_on_frozen(tx, by, scope))?;
    if decides { Ok(()) } else { Err(DirectoryFault::NotFound("frozen work")) }
}

/// What was granted goes on, for a grant wins; the rest of the scope leaves the phone.
fn end_rest(server: &Server, by: MemberId, member: MemberId, scope: Scope) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| Ok(frozen::end(tx, member, scope, Some(by), now).map(drop)?))
}
