//! A member leaves the office: cases, teams, phones and sign-in end in one step. What they wrote stays theirs.

use super::members::is_only_admin;
use super::{DirectoryFault, note};
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::{cases, members, teams};
use doorstep_core::model::MemberId;

/// Ends a membership. Phones can neither send nor fetch from now on, so that what they had not sent stays
/// behind on them: whoever leaves should synchronise first. The last administrator cannot leave.
pub fn end_membership(server: &Server, by: Option<MemberId>, member: MemberId) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        let found = members::find(tx, member)?.filter(|found| found.ended.is_none());
        let found = found.ok_or(DirectoryFault::NotFound("member"))?;
        if is_only_admin(tx, &found)? {
            return Err(DirectoryFault::LastAdmin);
        }
        for (case, parts) in cases::assignments_of_member(tx, member)? {
            if parts.iter().any(|part| part.member == member && part.ended.is_none()) {
                cases::end_assignment(tx, case, member, by, now)?;
            }
        }
        for (team, _) in teams::of_member(tx, member)? {
            teams::leave(tx, team, member)?;
        }
        for device in devices::list(tx)?.iter().filter(|device| device.member == Some(member)) {
            devices::set_state(tx, device.id, DeviceState::Revoked, now)?;
        }
        members::end(tx, member, now)?;
        Ok(note(tx, now, by, "end_membership", member.as_bytes())?)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Office;
    use crate::store::cases::role_of;
    use doorstep_core::model::CaseRole;

    #[test]
    fn who_leaves_has_no_case_no_team_and_no_phone_any_more() {
        let office = Office::open();
        let (_, case) = office.phone_with_case();
        end_membership(&office.server, None, office.worker).unwrap();
        let (role, teams, phones, is_present) = office
            .server
            .store()
            .read::<_, crate::StoreFault>(|tx| {
                let phones = devices::list(tx)?;
                let states: Vec<DeviceState> = phones
                    .iter()
                    .filter(|phone| phone.member == Some(office.worker))
                    .map(|phone| phone.state)
                    .collect();
                Ok((
                    role_of(tx, case, office.worker)?,
                    teams::of_member(tx, office.worker)?,
                    states,
                    members::is_present(tx, office.worker)?,
                ))
            })
            .unwrap();
        assert_eq!((role, teams.len(), is_present), (None::<CaseRole>, 0, false));
        assert_eq!(phones, [DeviceState::Revoked]);
        let again = end_membership(&office.server, None, office.worker);
        assert!(matches!(again, Err(DirectoryFault::NotFound("member"))));
    }

    #[test]
    fn nobody_who_left_is_given_a_case_or_a_team() {
        let office = Office::open();
        let (_, case) = office.phone_with_case();
        end_membership(&office.server, None, office.colleague).unwrap();
        let assigned =
            crate::directory::assign(&office.server, None, case, office.colleague, &CaseRole::CoWorker);
        assert!(matches!(assigned, Err(DirectoryFault::NotFound("member"))));
        let joined = crate::directory::join_team(&office.server, None, office.team, office.colleague, false);
        assert!(matches!(joined, Err(DirectoryFault::NotFound("member"))));
    }
}
