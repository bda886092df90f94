//! What a document belongs to, how confidential it is and what it holds.

use super::{CaseId, TeamId};

/// What grants, keys and feeds go by, together with a [`Class`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
pub enum Scope {
    /// One person's file.
    #[n(0)]
    Case(#[n(0)] CaseId),
    /// A team's own records: group sessions, supervision, outreach.
    #[n(1)]
    Team(#[n(0)] TeamId),
}

impl Scope {
    /// 17 bytes: tag and identifier. The form in signatures and in SQL.
    pub fn to_bytes(self) -> [u8; 17] {
        let (tag, id) = match self {
            Scope::Case(id) => (0, id.0),
            Scope::Team(id) => (1, id.0),
        };
        let mut bytes = [0; 17];
        bytes[0] = tag;
        bytes[1..].copy_from_slice(&id);
        bytes
    }

    /// Reads [`Scope::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (&tag, id) = bytes.split_first()?;
        let id = id.try_into().ok()?;
        match tag {
            0 => Some(Scope::Case(CaseId(id))),
            1 => Some(Scope::Team(TeamId(id))),
            _ => None,
        }
    }

    /// The case, if this is one.
    pub fn case(self) -> Option<CaseId> {
        match self {
            Scope::Case(id) => Some(id),
            Scope::Team(_) => None,
        }
    }
}

/// Confidentiality class. Fixed by a document's first accepted change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum Class {
    /// What a mentor needs to reach the person safely.
    #[n(0)]
    Contact,
    /// The worker's file.
    #[n(1)]
    File,
    /// Risk, health, legal papers: lead worker and supervisor.
    #[n(2)]
    Restricted,
}

impl Class {
    /// All classes, least confidential first.
    pub const ALL: [Class; 3] = [Class::Contact, Class::File, Class::Restricted];

    /// 0, 1 or 2. The form in signatures and in SQL.
    pub const fn rank(self) -> u8 {
        match self {
            Class::Contact => 0,
            Class::File => 1,
            Class::Restricted => 2,
        }
    }

    /// Reads [`Class::rank`].
    pub fn from_rank(rank: u8) -> Option<Self> {
        Self::ALL.get(usize::from(rank)).copied()
    }
}

/// What a document holds. Fixed by its first accepted change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
#[cbor(index_only)]
pub enum DocKind {
    /// A case's contact part ([`Class::Contact`]).
    #[n(0)]
    CaseContact,
    /// A case's file ([`Class::File`]).
    #[n(1)]
    CaseFile,
    /// A case's restricted part ([`Class::Restricted`]).
    #[n(2)]
    CaseRestricted,
    /// An entry: one visit, check-in, session, …
    #[n(3)]
    Entry,
}

impl DocKind {
    /// All kinds.
    pub const ALL: [DocKind; 4] =
        [DocKind::CaseContact, DocKind::CaseFile, DocKind::CaseRestricted, DocKind::Entry];

    /// 0 to 3. The form in signatures and in SQL.
    pub const fn rank(self) -> u8 {
        match self {
            DocKind::CaseContact => 0,
            DocKind::CaseFile => 1,
            DocKind::CaseRestricted => 2,
            DocKind::Entry => 3,
        }
    }

    /// Reads [`DocKind::rank`].
    pub fn from_rank(rank: u8) -> Option<Self> {
        Self::ALL.get(usize::from(rank)).copied()
    }

    /// The case part of a class.
    pub const fn case_part(class: Class) -> Self {
        match class {
            Class::Contact => DocKind::CaseContact,
            Class::File => DocKind::CaseFile,
            Class::Restricted => DocKind::CaseRestricted,
        }
    }

    /// Whether this is a part of a case, not an entry.
    pub const fn is_case_part(self) -> bool {
        !matches!(self, DocKind::Entry)
    }
}
