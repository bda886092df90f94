//! What a document belongs to, how confidential it is and what it holds.

use doorstep_core::model::{CaseId, Class, DocId, DocKind, Grant, Scope, TeamId};

/// A case or a team.
#[uniffi::remote(Enum)]
pub enum Scope {
    /// One person's file.
    Case(#[uniffi(name = "id")] CaseId),
    /// A team's own records.
    Team(#[uniffi(name = "id")] TeamId),
}

/// Confidentiality class.
#[uniffi::remote(Enum)]
pub enum Class {
    /// What a mentor needs to reach the person safely.
    Contact,
    /// The worker's file.
    File,
    /// Risk, health, legal papers.
    Restricted,
}

/// What a document holds.
#[uniffi::remote(Enum)]
pub enum DocKind {
    /// A case's contact part.
    CaseContact,
    /// A case's file.
    CaseFile,
    /// A case's restricted part.
    CaseRestricted,
    /// An entry.
    Entry,
}

/// One scope × class that the member may read.
#[uniffi::remote(Record)]
pub struct Grant {
    /// Which case or team.
    pub scope: Scope,
    /// Which class in it.
    pub class: Class,
    /// New after every break.
    pub generation: u64,
}

/// The document that a part of a case is.
#[uniffi::export]
pub fn case_part(case: CaseId, class: Class) -> DocId {
    DocId::of_case_part(case, class)
}
