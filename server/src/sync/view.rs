//! What one member may know and read, as one value per revision of the directory.
//!
//! Working it out takes time in proportion to the member's cases, so it is kept until the
//! directory's revision moves: a sync in which nothing changed does not depend on their number.

use crate::error::StoreFault;
use crate::store::{cases, grants, members, office, teams};
use doorstep_core::access::Standing;
use doorstep_core::model::{
    CaseGrant, CaseId, CaseRole, Class, Colleague, Directory, DirectoryTeam, Grant, MemberId, OrgId, Role,
    Scope, TeamId,
};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

/// One member's view of the office.
#[derive(Debug)]
pub struct View {
    /// Whose.
    pub member: MemberId,
    /// Of which revision of the directory.
    pub revision: u64,
    /// What the member's phone is told.
    pub directory: Directory,
    grants: HashMap<(Scope, Class), u64>,
    cases: HashMap<CaseId, (TeamId, Option<CaseRole>)>,
    teams: HashMap<TeamId, bool>,
}

impl View {
    /// Works a member's view out.
    pub fn load(tx: &Connection, member: MemberId) -> Result<Self, StoreFault> {
        let office = office::get(tx)?;
        let me = members::find(tx, member)?.ok_or(StoreFault::Damaged("members"))?;
        let mut names = BTreeSet::from([member]);
        let mut directory_teams = Vec::new();
        let own_teams = teams::of_member(tx, member)?;
        for &(team, _) in &own_teams {
            if let Some(team) = teams::find(tx, team)? {
                names.extend(team.members.iter().map(|&(member, _)| member));
                directory_teams.push(DirectoryTeam {
                    id: team.id,
                    name: team.name.into_inner(),
                    members: team.members.iter().map(|&(member, _)| member).collect(),
                    supervisors: team
                        .members
                        .iter()
                        .filter(|(_, supervises)| *supervises)
                        .map(|one| one.0)
                        .collect(),
                });
            }
        }
        let mut directory_cases = Vec::new();
        let mut assignments = cases::assignments_of_member(tx, member)?;
        for case in cases::of_member(tx, member)? {
            let assigned = assignments.remove(&case.id).unwrap_or_default();
            names.extend(assigned.iter().map(|one| one.member));
            let team_members: Vec<_> = assigned
                .into_iter()
                .filter(|one| one.ended.is_none())
                .map(|one| (one.member, one.role))
                .collect();
            directory_cases.push(CaseGrant {
                case: case.id,
                team: case.team,
                kind: case.kind,
                minor: case.minor,
                role: team_members.iter().find(|one| one.0 == member).map(|one| one.1.clone()),
                team_members,
            });
        }
        let mut colleagues = Vec::with_capacity(names.len());
        for id in names {
            if let Some(colleague) = members::find(tx, id)? {
                let (name, roles) = (colleague.name.into_inner(), colleague.roles);
                colleagues.push(Colleague { id, name, roles });
            }
        }
        let granted = if me.ended.is_none() { grants::of_member(tx, member)? } else { Vec::new() };
        let mut directory = Directory {
            version: 0,
            org: office.org,
            org_name: office.name,
            me: member,
            roles: me.roles,
            colleagues,
            teams: directory_teams,
            cases: directory_cases,
            grants: granted,
            template: office::template(tx)?,
        };
        directory.version = version_of(&directory);
        Ok(Self {
            member,
            revision: office.directory_revision,
            grants: directory.grants.iter().map(|one| ((one.scope, one.class), one.generation)).collect(),
            cases: directory.cases.iter().map(|one| (one.case, (one.team, one.role.clone()))).collect(),
            teams: own_teams.into_iter().collect(),
            directory,
        })
    }

    /// The organisation.
    pub fn org(&self) -> OrgId {
        self.directory.org
    }

    /// The member's roles.
    pub fn roles(&self) -> &[Role] {
        &self.directory.roles
    }

    /// What the member may read.
    pub fn grants(&self) -> &[Grant] {
        &self.directory.grants
    }

    /// The generation of a grant, if the member has it.
    pub fn generation(&self, scope: Scope, class: Class) -> Option<u64> {
        self.grants.get(&(scope, class)).copied()
    }

    /// The member's part in a scope of theirs, as the rules of access see it; none for any other scope.
    pub fn standing(&self, scope: Scope) -> Option<Standing> {
        let (team, case_role) = match scope {
            Scope::Team(team) => (team, None),
            Scope::Case(case) => self.cases.get(&case).cloned()?,
        };
        let supervises = self.teams.get(&team).copied();
        if case_role.is_none() && supervises.is_none() {
            return None;
        }
        Some(Standing {
            member: self.member,
            roles: self.directory.roles.clone(),
            case_role,
            supervises: supervises.unwrap_or(false),
            in_team: supervises.is_some(),
        })
    }

    /// Whether the member supervises a scope's team.
    pub fn supervises(&self, scope: Scope) -> bool {
        self.standing(scope).is_some_and(|standing| standing.supervises)
    }
}

/// First 8 bytes of the SHA-256 of the directory with version 0; never 0.
fn version_of(directory: &Directory) -> u64 {
    let bytes = minicbor::to_vec(directory).expect("writing into memory does not fail");
    let digest = Sha256::digest(bytes);
    let mut first = [0; 8];
    first.copy_from_slice(&digest[..8]);
    u64::from_be_bytes(first).max(1)
}

/// Views by member, each as of the revision that it was worked out at.
#[derive(Default)]
pub struct Views(Mutex<HashMap<MemberId, Arc<View>>>);

impl Views {
    /// A member's view at a revision, in the transaction that the revision was read in.
    pub fn get(&self, tx: &Connection, member: MemberId, revision: u64) -> Result<Arc<View>, StoreFault> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&member).cloned();
        match kept {
            Some(view) if view.revision == revision => Ok(view),
            _ => {
                let view = Arc::new(View::load(tx, member)?);
                self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(member, Arc::clone(&view));
                Ok(view)
            }
        }
    }
}
