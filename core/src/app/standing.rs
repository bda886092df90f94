//! What this phone's member is to a scope, so that screens offer only what the server will take.

use super::Failure;
use crate::access::{Standing, Target, Verb, Verdict, may};
use crate::model::{CaseGrant, CaseId, Directory, MemberId, Scope};
use crate::store::Tx;
use std::sync::Arc;

/// The directory with the cases that were opened on this phone and not yet synced.
pub(super) struct Office {
    pub directory: Arc<Directory>,
    opened_here: Vec<CaseGrant>,
}

impl Office {
    /// Reads it; fails before the first sync.
    pub fn read(tx: &Tx<'_>) -> Result<Self, Failure> {
        let directory = tx.directory()?.ok_or(Failure::SignInNeeded("never_synced"))?;
        let mut opened_here = tx.cases_opened_here()?;
        opened_here.retain(|opened| !directory.cases.iter().any(|case| case.case == opened.case));
        Ok(Self { directory, opened_here })
    }

    /// All cases.
    pub fn cases(&self) -> impl Iterator<Item = &CaseGrant> {
        self.directory.cases.iter().chain(&self.opened_here)
    }

    /// The directory as if it had the cases that were opened here.
    pub fn with_opened_cases(self) -> Directory {
        let mut directory = Arc::unwrap_or_clone(self.directory);
        directory.cases.extend(self.opened_here);
        directory
    }

    /// What the directory says of a case.
    pub fn case(&self, case: CaseId) -> Option<&CaseGrant> {
        self.cases().find(|grant| grant.case == case)
    }

    /// A colleague's name; empty for one that the directory does not show.
    pub fn name(&self, member: MemberId) -> &str {
        let colleague = self.directory.colleagues.iter().find(|colleague| colleague.id == member);
        colleague.map_or("", |colleague| colleague.name.as_str())
    }

    /// What the member is to a scope.
    pub fn standing(&self, scope: Scope) -> Standing {
        let me = self.directory.me;
        let roles = self.directory.roles.clone();
        let (team, case_role) = match scope {
            Scope::Team(team) => (Some(team), None),
            Scope::Case(case) => {
                let grant = self.case(case);
                (grant.map(|grant| grant.team), grant.and_then(|grant| grant.role.clone()))
            }
        };
        let team = team.and_then(|id| self.directory.teams.iter().find(|team| team.id == id));
        Standing {
            member: me,
            roles,
            case_role,
            supervises: team.is_some_and(|team| team.supervisors.contains(&me)),
            in_team: team.is_some_and(|team| team.members.contains(&me)),
        }
    }

    /// Insists that the member may.
    pub fn insist(&self, verb: &Verb, target: &Target) -> Result<(), Failure> {
        match may(&self.standing(target.scope), verb, target) {
            Verdict::Allowed => Ok(()),
            Verdict::Denied(reason) => Err(Failure::NotAllowed(reason)),
        }
    }
}
