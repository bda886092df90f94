//! A member's part in one scope, read straight from the directory's rows in the transaction at hand.

use crate::error::StoreFault;
use crate::store::{cases, members, teams};
use doorstep_core::access::Standing;
use doorstep_core::model::{MemberId, Scope, TeamId};
use rusqlite::Connection;

/// A member's part in a scope. `opening` is the team of a case that is just being opened.
/// None if there is no such scope.
pub fn standing(
    tx: &Connection,
    member: MemberId,
    scope: Scope,
    opening: Option<TeamId>,
) -> Result<Option<Standing>, StoreFault> {
    let (team, case_role) = match scope {
        Scope::Team(team) => (team, None),
        Scope::Case(case) => match (cases::find(tx, case)?, opening) {
            (Some(found), _) => (found.team, cases::role_of(tx, case, member)?),
            (None, Some(team)) => (team, None),
            (None, None) => return Ok(None),
        },
    };
    let Some(in_team) = teams::part_of(tx, team, member)? else { return Ok(None) };
    Ok(Some(Standing {
        member,
        roles: members::roles(tx, member)?,
        case_role,
        supervises: in_team == Some(true),
        in_team: in_team.is_some(),
    }))
}
