//! What one member may know of the organisation: one value with a version, sent whole.

use super::{CaseId, CaseKind, CaseRole, Class, MemberId, OrgId, Role, Scope, TeamId, Template};

/// The server-authoritative rows that one member may see.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Directory {
    /// Changes whenever anything below does.
    #[n(0)]
    pub version: u64,
    /// The organisation.
    #[n(1)]
    pub org: OrgId,
    /// Its name.
    #[n(2)]
    pub org_name: String,
    /// The member that this directory is for.
    #[n(3)]
    pub me: MemberId,
    /// That member's roles.
    #[n(4)]
    pub roles: Vec<Role>,
    /// Everyone whose name may appear, the member included.
    #[n(5)]
    pub colleagues: Vec<Colleague>,
    /// The member's teams.
    #[n(6)]
    pub teams: Vec<DirectoryTeam>,
    /// The member's cases.
    #[n(7)]
    pub cases: Vec<CaseGrant>,
    /// What may be read, by scope and class.
    #[n(8)]
    pub grants: Vec<Grant>,
    /// Questions of the entry forms.
    #[n(9)]
    pub template: Template,
}

/// A colleague's name and roles.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Colleague {
    /// Who.
    #[n(0)]
    pub id: MemberId,
    /// Name as colleagues know it.
    #[n(1)]
    pub name: String,
    /// Roles in the organisation.
    #[n(2)]
    pub roles: Vec<Role>,
}

/// Personal data: without the name.
impl std::fmt::Debug for Colleague {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Colleague({:?}, {:?})", self.id, self.roles)
    }
}

/// A team of the member.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct DirectoryTeam {
    /// Which team.
    #[n(0)]
    pub id: TeamId,
    /// Its name.
    #[n(1)]
    pub name: String,
    /// Its members.
    #[n(2)]
    pub members: Vec<MemberId>,
    /// Those of them who supervise it.
    #[n(3)]
    pub supervisors: Vec<MemberId>,
}

/// A case that the member has to do with.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct CaseGrant {
    /// Which case.
    #[n(0)]
    pub case: CaseId,
    /// Its team.
    #[n(1)]
    pub team: TeamId,
    /// Why there is a case.
    #[n(2)]
    pub kind: CaseKind,
    /// Whether the person was a minor at acceptance.
    #[n(3)]
    pub minor: bool,
    /// The member's own part in it; none for a supervisor who only reviews.
    #[n(4)]
    pub role: Option<CaseRole>,
    /// Everyone assigned, with their part.
    #[n(5)]
    pub team_members: Vec<(MemberId, CaseRole)>,
}

/// One scope × class that the member may read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Grant {
    /// Which case or team.
    #[n(0)]
    pub scope: Scope,
    /// Which class in it.
    #[n(1)]
    pub class: Class,
    /// New after every break: an unknown generation is filled from the start.
    #[n(2)]
    pub generation: u64,
}
