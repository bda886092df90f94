//! Who may do what: one table, enforced by the server and used by the apps to hide what would fail.
//!
//! Pure: the caller brings what it knows of the member ([`Standing`]) and of the thing ([`Target`]).
//! Nothing here looks anything up, and nothing else in the project decides.
//!
//! ```
//! use doorstep_core::access::{Standing, Target, Verb, may};
//! use doorstep_core::env::Env;
//! use doorstep_core::model::{CaseId, CaseRole, Class, MemberId, Role, Scope};
//!
//! let env = Env::system();
//! let mentor = Standing {
//!     case_role: Some(CaseRole::Mentor),
//!     ..Standing::outsider(MemberId::new(&env), vec![Role::Mentor])
//! };
//! let case = Scope::Case(CaseId::new(&env));
//! assert!(may(&mentor, &Verb::Read, &Target::part(case, Class::Contact)).is_allowed());
//! assert!(!may(&mentor, &Verb::Read, &Target::part(case, Class::File)).is_allowed());
//! ```

mod table;

pub use table::{classes_of, may};

use crate::model::{ActionKind, CaseRole, Class, DocKind, EntryKind, MemberId, Role, Scope};

/// What a member is to one scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Who.
    pub member: MemberId,
    /// Roles in the organisation.
    pub roles: Vec<Role>,
    /// Part in the case; none in a team's scope or without an assignment.
    pub case_role: Option<CaseRole>,
    /// Whether the member supervises the scope's team.
    pub supervises: bool,
    /// Whether the member belongs to the scope's team.
    pub in_team: bool,
}

impl Standing {
    /// Someone who has nothing to do with the scope.
    pub fn outsider(member: MemberId, roles: Vec<Role>) -> Self {
        Self { member, roles, case_role: None, supervises: false, in_team: false }
    }

    fn has(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
}

/// What someone wants to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// See a document of the class.
    Read,
    /// Begin a document.
    CreateDoc,
    /// Change a document.
    EditDoc,
    /// Record an action about a document.
    Act(ActionKind),
    /// Give a case to a member, or take it back.
    Assign,
    /// Open a case in the scope's team.
    OpenCase,
    /// Decide about work that was set aside: late, or in quarantine.
    DecideSetAside,
    /// Add members, set roles and teams, invite and revoke devices.
    ManageMembers,
}

/// What it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Scope of the document.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// Its kind.
    pub doc_kind: DocKind,
    /// For entries: what it records, as it would be once the change is merged.
    pub entry_kind: Option<EntryKind>,
    /// Who began the document; none if it does not exist yet.
    pub author: Option<MemberId>,
}

impl Target {
    /// A case's part.
    pub fn part(scope: Scope, class: Class) -> Self {
        Self { scope, class, doc_kind: DocKind::case_part(class), entry_kind: None, author: None }
    }

    /// An entry.
    pub fn entry(scope: Scope, class: Class, kind: EntryKind, author: Option<MemberId>) -> Self {
        Self { scope, class, doc_kind: DocKind::Entry, entry_kind: Some(kind), author }
    }
}

/// The answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// No, and why.
    Denied(Reason),
}

impl Verdict {
    /// Whether the answer is yes.
    pub fn is_allowed(self) -> bool {
        self == Verdict::Allowed
    }
}

/// Why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Reason {
    /// The member has no part in the scope (any more): work on it is late work.
    #[error("no part in this case or team")]
    NotAssigned,
    /// The member has a part in it, but not one that reaches this class.
    #[error("class not open to this part")]
    Class,
    /// Documents of this class, kind and scope do not go together.
    #[error("class and kind do not go together")]
    Shape,
    /// The member's part does not include this.
    #[error("not part of this role")]
    Role,
    /// Only who wrote it may.
    #[error("only the author may")]
    NotAuthor,
    /// An action of a newer release.
    #[error("unknown action")]
    UnknownAction,
}
