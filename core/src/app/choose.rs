//! Choosing the person: whom one has to do with now comes first.

use super::cases::{CaseRow, case_rows};
use super::names::matches;
use super::standing::Office;
use super::{Client, Failure};
use crate::courier::listed_scopes;
use crate::model::{CaseId, Class, Scope};
use std::collections::HashMap;

/// Most cases found.
const CASES_LIMIT: usize = 50;
/// Longest query in characters.
const QUERY_LIMIT: usize = 100;

impl Client {
    /// Cases whose pseudonym or other name has `query` in it, as written, in pinyin or by its first
    /// letters; all cases for an empty one. First those with a draft, something planned or a
    /// recent contact, the others by pseudonym; at most fifty.
    pub fn find_cases(&self, query: &str) -> Result<Vec<CaseRow>, Failure> {
        let (today, _) = self.here();
        let query: String = query.chars().take(QUERY_LIMIT).collect();
        self.read(|tx| {
            let office = Office::read(tx)?;
            let mut names: HashMap<CaseId, Vec<String>> = HashMap::new();
            for class in [Class::Contact, Class::File] {
                for row in tx.parts(class)? {
                    let (Some(case), Some(part)) = (row.scope.case(), row.summary.part) else { continue };
                    let names = names.entry(case).or_default();
                    names.push(part.pseudonym);
                    names.extend(part.names);
                }
            }
            let is_meant = |case: &CaseId| {
                names.get(case).is_some_and(|names| names.iter().any(|name| matches(name, &query)))
            };
            let mut found: Vec<CaseId> = Vec::new();
            for case in listed_scopes(tx, &self.env)?.into_iter().filter_map(Scope::case) {
                if !found.contains(&case) && is_meant(&case) {
                    found.push(case);
                }
                if found.len() == CASES_LIMIT {
                    break;
                }
            }
            case_rows(tx, &office, &found, today)
        })
    }
}
