//! What one member may know of the organisation.

use doorstep_core::model::{
    self, CaseId, CaseKind, CaseRole, Colleague, DirectoryTeam, Grant, MemberId, OrgId, Role, TeamId,
    Template,
};

/// The rows that one member may see.
#[derive(uniffi::Record)]
pub struct Directory {
    /// Changes whenever anything below does.
    pub version: u64,
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub org_name: String,
    /// The member that this directory is for.
    pub me: MemberId,
    /// That member's roles.
    pub roles: Vec<Role>,
    /// Everyone whose name may appear, the member included.
    pub colleagues: Vec<Colleague>,
    /// The member's teams.
    pub teams: Vec<DirectoryTeam>,
    /// The member's cases.
    pub cases: Vec<CaseGrant>,
    /// What may be read, by scope and class.
    pub grants: Vec<Grant>,
    /// Questions of the entry forms.
    pub template: Template,
}

/// A colleague's name and roles.
#[uniffi::remote(Record)]
pub struct Colleague {
    /// Who.
    pub id: MemberId,
    /// Name as colleagues know it.
    pub name: String,
    /// Roles in the organisation.
    pub roles: Vec<Role>,
}

/// A team of the member.
#[uniffi::remote(Record)]
pub struct DirectoryTeam {
    /// Which team.
    pub id: TeamId,
    /// Its name.
    pub name: String,
    /// Its members.
    pub members: Vec<MemberId>,
    /// Those of them who supervise it.
    pub supervisors: Vec<MemberId>,
}

/// A case that the member has to do with.
#[derive(uniffi::Record)]
pub struct CaseGrant {
    /// Which case.
    pub case: CaseId,
    /// Its team.
    pub team: TeamId,
    /// Why there is a case.
    pub kind: CaseKind,
    /// Whether the person was a minor at acceptance.
    pub minor: bool,
    /// The member's own part in it; none for a supervisor who only reviews.
    pub role: Option<CaseRole>,
    /// Everyone assigned, with their part.
    pub team_members: Vec<CaseMember>,
}

/// Someone assigned to a case.
#[derive(uniffi::Record)]
pub struct CaseMember {
    /// Who.
    pub member: MemberId,
    /// Their part.
    pub role: CaseRole,
}

impl From<model::Directory> for Directory {
    fn from(directory: model::Directory) -> Self {
        let model::Directory {
            version,
            org,
            org_name,
            me,
            roles,
            colleagues,
            teams,
            cases,
            grants,
            template,
        } = directory;
        let cases = cases.into_iter().map(CaseGrant::from).collect();
        Self { version, org, org_name, me, roles, colleagues, teams, cases, grants, template }
    }
}

impl From<model::CaseGrant> for CaseGrant {
    fn from(grant: model::CaseGrant) -> Self {
        let model::CaseGrant { case, team, kind, minor, role, team_members } = grant;
        let member = |(member, role)| CaseMember { member, role };
        let team_members = team_members.into_iter().map(member).collect();
        Self { case, team, kind, minor, role, team_members }
    }
}
