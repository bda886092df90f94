//! Lists of the console: the queue, cases, a case's timeline. Summaries are opened in memory.

use super::{Records, actions_of, open_summary, present_summary};
use crate::error::StoreFault;
use crate::store::documents::{self, DocumentRow};
use doorstep_core::casework::review;
use doorstep_core::model::{
    CaseGrant, CaseId, Class, DocId, EntrySummary, MemberId, PartSummary, ReviewState, SUMMARY_VERSION,
    Scope, Summary, Timestamp,
};

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Which entry.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// Who wrote it.
    pub author: MemberId,
    /// What a list shows of it.
    pub entry: EntrySummary,
    /// Fields that two people set differently.
    pub conflicts: u32,
    /// Where it stands.
    pub state: ReviewState,
    /// The decision that holds was made by someone who handed it in.
    pub self_reviewed: bool,
    /// Since when a supervisor has something to do.
    pub waiting_since: Option<Timestamp>,
    /// Position of its first change: newer entries have higher ones.
    pub created_position: u64,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// What the directory says of it.
    pub case: CaseGrant,
    /// Its contact part.
    pub contact: Option<PartSummary>,
    /// Its file part, if the member may read it.
    pub file: Option<PartSummary>,
    /// Its restricted part, if the member may read it.
    pub restricted: Option<PartSummary>,
}

impl Records<'_> {
    /// What waits for the member as a supervisor, longest wait first.
    pub fn queue(&self) -> Result<Vec<EntryRow>, StoreFault> {
        let mut rows = Vec::new();
        for grant in self.view.grants() {
            if !self.view.supervises(grant.scope) {
                continue;
            }
            for (row, summary) in documents::waiting_in(self.tx, grant.scope, grant.class)? {
                rows.extend(self.entry_row(&row, &summary)?);
            }
        }
        rows.sort_by_key(|row| (row.waiting_since, row.created_position));
        Ok(rows)
    }

    /// What was approved by who handed it in, in scopes that the member supervises, newest first: for a
    /// later second look by somebody else.
    pub fn self_reviewed(&self) -> Result<Vec<EntryRow>, StoreFault> {
        let mut rows = Vec::new();
        for grant in self.view.grants().iter().filter(|grant| self.view.supervises(grant.scope)) {
            for (row, summary) in documents::self_reviewed_in(self.tx, grant.scope, grant.class)? {
                rows.extend(self.entry_row(&row, &summary)?);
            }
        }
        rows.sort_by_key(|row| std::cmp::Reverse(row.created_position));
        Ok(rows)
    }

    /// The entries of a scope that the member may read, newest first by date, then by arrival.
    pub fn entries(&self, scope: Scope) -> Result<Vec<EntryRow>, StoreFault> {
        let mut rows = Vec::new();
        for class in Class::ALL {
            if self.may_read(scope, class) {
                for (row, summary) in documents::summaries_in(self.tx, scope, class)? {
                    rows.extend(self.entry_row(&row, &summary)?);
                }
            }
        }
        rows.sort_by(|a, b| {
            let key = |row: &EntryRow| (row.entry.date, row.entry.start, row.created_position);
            key(b).cmp(&key(a))
        });
        Ok(rows)
    }

    /// The member's cases in the order of the directory.
    pub fn cases(&self) -> Result<Vec<CaseRow>, StoreFault> {
        self.view.directory.cases.iter().map(|case| self.case_row(case)).collect()
    }

    /// One of the member's cases.
    pub fn case(&self, case: CaseId) -> Result<Option<CaseRow>, StoreFault> {
        let found = self.view.directory.cases.iter().find(|found| found.case == case);
        found.map(|found| self.case_row(found)).transpose()
    }

    fn case_row(&self, case: &CaseGrant) -> Result<CaseRow, StoreFault> {
        let part = |class| self.part(case.case, class);
        Ok(CaseRow {
            contact: part(Class::Contact)?,
            file: part(Class::File)?,
            restricted: part(Class::Restricted)?,
            case: case.clone(),
        })
    }

    fn part(&self, case: CaseId, class: Class) -> Result<Option<PartSummary>, StoreFault> {
        if !self.may_read(Scope::Case(case), class) {
            return Ok(None);
        }
        let Some(document) = documents::find(self.tx, DocId::of_case_part(case, class))? else {
            return Ok(None);
        };
        Ok(present_summary(self.server.vault(), &document)?.part)
    }

    /// A list's row of an entry; none for a case's part.
    fn entry_row(&self, row: &DocumentRow, sealed: &[u8]) -> Result<Option<EntryRow>, StoreFault> {
        if row.kind.is_case_part() {
            return Ok(None);
        }
        let vault = self.server.vault();
        let summary: Summary = if row.summary_version == SUMMARY_VERSION {
            open_summary(vault, row, sealed)?
        } else {
            let document = documents::find(self.tx, row.doc)?.ok_or(StoreFault::Damaged("documents"))?;
            present_summary(vault, &document)?
        };
        let review = review(&actions_of(self.tx, vault, row.doc)?, &summary.heads);
        Ok(summary.entry.map(|entry| EntryRow {
            doc: row.doc,
            scope: row.scope,
            class: row.class,
            author: row.author,
            entry,
            conflicts: summary.conflicts,
            state: review.state,
            self_reviewed: review.self_reviewed,
            waiting_since: row.waiting_since,
            created_position: row.created_position,
        }))
    }
}
