//! Search over what lists show: names, places, kinds and the beginning of narratives. Plain
//! substrings, because a word of two characters such as 家访 has no trigrams to index.

use super::cases::contact_parts;
use super::entries::{EntryListRow, list_rows};
use super::search_words::{kind_words, place_words};
use super::standing::Office;
use super::{Client, Failure};
use crate::model::{CaseId, Class, PartSummary};
use std::collections::HashMap;

/// Most hits of each kind.
const HITS_LIMIT: usize = 50;
/// Longest query in characters.
const QUERY_LIMIT: usize = 100;

/// Something found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchHit {
    /// A case, by a name or how to reach the person.
    Case(CaseId, PartSummary),
    /// An entry.
    Entry(Box<EntryListRow>),
}

impl Client {
    /// Cases first, then entries, latest first. Case of letters does not matter.
    pub fn search(&self, query: &str) -> Result<Vec<SearchHit>, Failure> {
        let wanted: String = query.trim().chars().take(QUERY_LIMIT).collect::<String>().to_lowercase();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|tx| {
            let office = Office::read(tx)?;
            let contacts = contact_parts(tx)?;
            let mut names: HashMap<CaseId, Vec<String>> = HashMap::new();
            for row in tx.parts(Class::File)? {
                if let (Some(case), Some(part)) = (row.scope.case(), row.summary.part) {
                    names.insert(case, part.names);
                }
            }
            let has = |text: &str| text.to_lowercase().contains(&wanted);
            let mut hits: Vec<SearchHit> = contacts
                .iter()
                .filter(|(case, part)| {
                    has(&part.pseudonym)
                        || has(&part.reach)
                        || names.get(case).is_some_and(|names| names.iter().any(|name| has(name)))
                })
                .map(|(case, part)| SearchHit::Case(*case, part.clone()))
                .collect();
            hits.sort_by(|a, b| order(a).cmp(&order(b)));
            hits.truncate(HITS_LIMIT);
            let mut rows = Vec::new();
            tx.each_entry(|row| {
                let found = row.summary.entry.as_ref().is_some_and(|entry| {
                    has(&entry.excerpt)
                        || has(&entry.place_note)
                        || has(&entry.next_step)
                        || has(entry.kind.code())
                        || kind_words(&entry.kind).iter().any(|word| has(word))
                        || entry
                            .place
                            .as_ref()
                            .is_some_and(|place| place_words(place).iter().any(|word| has(word)))
                        || has(office.name(entry.author))
                });
                if found {
                    rows.push(row);
                }
                rows.len() < HITS_LIMIT
            })?;
            let entries = list_rows(tx, &office, rows)?;
            hits.extend(entries.into_iter().map(|row| SearchHit::Entry(Box::new(row))));
            Ok(hits)
        })
    }
}

/// By pseudonym; two persons of one pseudonym in the same order every time.
fn order(hit: &SearchHit) -> (&str, Option<CaseId>) {
    match hit {
        SearchHit::Case(case, part) => (&part.pseudonym, Some(*case)),
        SearchHit::Entry(_) => ("", None),
    }
}
