//! Looking for cases and entries. The words travel in a form's body, never in an address.

use super::Console;
use super::cases::{Row as CaseRow, row as case_row};
use super::fault::Fault;
use super::row::{Row, Rows};
use super::shell::{Menu, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Reader, Visit};
use super::words;
use crate::records::{CaseRow as StoredCase, EntryRow, Records};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use doorstep_core::model::Scope;
use std::collections::BTreeSet;

/// Longest text that is looked for, in characters.
const WORDS_LIMIT: usize = 60;
/// Most entries that are shown.
const FOUND_LIMIT: usize = 100;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    t: &'static Texts,
    shell: Shell,
    asked: String,
    cases: Vec<CaseRow>,
    entries: Vec<Row>,
}

/// `GET /search`
pub async fn page(Reader(visit, _): Reader) -> Result<Response, Fault> {
    write(&visit, "", Vec::new(), Vec::new())
}

/// `POST /search`
pub async fn find(State(console): State<Console>, Reader(visit, signed): Reader) -> Result<Response, Fault> {
    let asked: String = visit.posted("words").chars().take(WORDS_LIMIT).collect();
    if asked.is_empty() {
        return write(&visit, "", Vec::new(), Vec::new());
    }
    let (lang, now, wanted) = (visit.lang, visit.now, asked.to_lowercase());
    let zone = console.zone().clone();
    let (cases, entries) = console
        .run(move |server| {
            server.records_of::<_, Fault>(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                let today = now.local(&zone).0;
                let cases: Vec<CaseRow> = records
                    .cases()?
                    .iter()
                    .filter(|case| holds_case(lang, case, &wanted))
                    .map(|case| case_row(lang, records, &rows.names, case, today))
                    .collect::<Result<_, _>>()?;
                Ok((cases, entries(lang, records, &rows, &wanted)?))
            })
        })
        .await?;
    write(&visit, &asked, cases, entries)
}

fn write(visit: &Visit, asked: &str, cases: Vec<CaseRow>, entries: Vec<Row>) -> Result<Response, Fault> {
    html(&SearchPage {
        t: visit.lang.texts(),
        shell: Shell::new(visit, Some(Menu::Search)),
        asked: asked.to_owned(),
        cases,
        entries,
    })
}

fn entries(lang: Lang, records: &Records<'_>, rows: &Rows, wanted: &str) -> Result<Vec<Row>, Fault> {
    let scopes: BTreeSet<Scope> = records.view().grants().iter().map(|grant| grant.scope).collect();
    let mut found: Vec<(Option<doorstep_core::model::Date>, Row)> = Vec::new();
    for scope in scopes {
        for row in records.entries(scope)? {
            if holds_entry(lang, &row, wanted) {
                found.push((row.entry.date, rows.row(&row)));
            }
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.0));
    Ok(found.into_iter().take(FOUND_LIMIT).map(|one| one.1).collect())
}

fn holds_case(lang: Lang, case: &StoredCase, wanted: &str) -> bool {
    let parts = [&case.contact, &case.file, &case.restricted];
    let names = parts.into_iter().flatten().flat_map(|part| {
        part.names.iter().map(String::as_str).chain([part.pseudonym.as_str(), part.reach.as_str()])
    });
    let kind = words::case_kind(lang, &case.case.kind);
    names.chain([kind.as_str()]).any(|text| text.to_lowercase().contains(wanted))
}

fn holds_entry(lang: Lang, row: &EntryRow, wanted: &str) -> bool {
    let entry = &row.entry;
    let kind = words::entry_kind(lang, &entry.kind);
    let place = entry.place.as_ref().map(|place| words::place(lang, place)).unwrap_or_default();
    [kind.as_str(), place.as_str(), &entry.place_note, &entry.excerpt]
        .into_iter()
        .any(|text| text.to_lowercase().contains(wanted))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn two_characters_find_a_person_and_an_entry() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.post("/search", &[("words", "小林")]).await.text;
        assert!(page.contains(&format!("data-case=\"{}\"", office.case)));
        for words in ["开门", "家访"] {
            let page = browser.post("/search", &[("words", words)]).await.text;
            assert!(page.contains(&format!("data-entry=\"{}\"", visit.doc)), "{words}");
        }
        assert!(browser.post("/search", &[("words", "桃花")]).await.text.contains("没有找到"));
    }

    #[tokio::test]
    async fn search_finds_nothing_of_another_team() {
        let office = Office::open();
        office.submitted_visit();
        let mut browser = office.signed_in_as_foreign_supervisor().await;
        let page = browser.post("/search", &[("words", "小林")]).await.text;
        assert!(!page.contains("data-case") && !page.contains("data-entry"));
    }
}
