//! Search.

use crate::cases::CaseRow;
use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{EntryListRow, SearchHit};
use doorstep_core::model::{CaseId, PartSummary};

/// Something found.
#[uniffi::remote(Enum)]
pub enum SearchHit {
    /// A case, by a name or how to reach the person.
    Case(#[uniffi(name = "id")] CaseId, #[uniffi(name = "part")] PartSummary),
    /// An entry.
    Entry(#[uniffi(name = "row")] Box<EntryListRow>),
}

#[uniffi::export]
impl Client {
    /// Cases first, then entries, latest first.
    pub fn search(&self, query: &str) -> Result<Vec<SearchHit>, ClientError> {
        Ok(self.core.search(query)?)
    }
    /// Cases by name, pinyin or its first letters, whom one has to do with now first.
    pub fn find_cases(&self, query: &str) -> Result<Vec<CaseRow>, ClientError> {
        Ok(self.core.find_cases(query)?.into_iter().map(CaseRow::from).collect())
    }
}
