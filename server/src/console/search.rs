//! Looking for cases and entries. The words travel in a form's body, never in an address.

use super::Console;
use super::cases::{Row as CaseRow, row as case_row};
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::pages::Paged;
use super::row::{Row, Rows};
use super::shell::{Menu, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Reader, Visit};
use super::words;
use crate::records::{CaseRow as StoredCase, EntryRow, Records};
use askama::Template;
use axum::extract::State;
use axum::response::Response;
use doorstep_core::model::{Date, Scope, Timestamp};
use std::collections::BTreeSet;

/// Longest text that is looked for, in characters.
const WORDS_LIMIT: usize = 60;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    t: &'static Texts,
    shell: Shell,
    asked: String,
    found: Found,
}

/// What was found, as much of it as a page shows: cases first.
#[derive(Default)]
struct Found {
    cases: Vec<CaseRow>,
    entries: Vec<Row>,
    total_cases: usize,
    total_entries: usize,
    range: String,
    /// What the page before begins after, if there is one.
    previous: Option<String>,
    next: Option<String>,
}

enum Hit {
    Case(Box<StoredCase>),
    Entry(Box<EntryRow>),
}

impl Hit {
    fn scope(&self) -> Scope {
        match self {
            Self::Case(case) => Scope::Case(case.case.case),
            Self::Entry(row) => row.scope,
        }
    }

    fn mark(&self) -> String {
        match self {
            Self::Case(case) => case.case.case.to_string(),
            Self::Entry(row) => row.doc.to_string(),
        }
    }
}

/// A page of what was found, and how many cases there are on all of them.
struct Counted {
    page: Paged<Hit>,
    cases: usize,
}

/// `GET /search`
pub async fn page(Reader(visit, _): Reader) -> Result<Response, Fault> {
    write(&visit, "", Found::default())
}

/// `POST /search`
pub async fn find(State(console): State<Console>, Reader(visit, signed): Reader) -> Result<Response, Fault> {
    let asked: String = visit.posted("words").chars().take(WORDS_LIMIT).collect();
    if asked.is_empty() {
        return write(&visit, "", Found::default());
    }
    let (lang, now, wanted) = (visit.lang, visit.now, asked.to_lowercase());
    let (zone, after) = (console.zone().clone(), visit.posted("after").to_owned());
    let found = console
        .run(move |server| {
            let (found, minors) = server.records_of::<_, Fault>(signed.member, |records| {
                let today = now.local(&zone).0;
                let hits = hits(lang, records, &wanted)?;
                let cases = hits.iter().filter(|hit| matches!(hit, Hit::Case(_))).count();
                let page = Paged::after(hits, |hit| hit.mark() == after, Hit::mark);
                let minors = minors_among(records, page.rows.iter().map(Hit::scope));
                Ok((read(lang, records, now, today, Counted { page, cases })?, minors))
            })?;
            note_listing(server, signed.member, now, "search", &minors)?;
            Ok(found)
        })
        .await?;
    write(&visit, &asked, found)
}

fn write(visit: &Visit, asked: &str, found: Found) -> Result<Response, Fault> {
    let shell = Shell::new(visit, Some(Menu::Search));
    html(&SearchPage { t: visit.lang.texts(), shell, asked: asked.to_owned(), found })
}

/// Everything that holds the words: cases, then entries, newest first.
fn hits(lang: Lang, records: &Records<'_>, wanted: &str) -> Result<Vec<Hit>, Fault> {
    let cases = records.cases()?.into_iter().filter(|case| holds_case(lang, case, wanted));
    let mut hits: Vec<Hit> = cases.map(|case| Hit::Case(Box::new(case))).collect();
    let scopes: BTreeSet<Scope> = records.view().grants().iter().map(|grant| grant.scope).collect();
    let mut entries = Vec::new();
    for scope in scopes {
        entries.extend(records.entries(scope)?.into_iter().filter(|row| holds_entry(lang, row, wanted)));
    }
    entries.sort_by_key(|row| std::cmp::Reverse((row.entry.date, row.created_position)));
    hits.extend(entries.into_iter().map(|row| Hit::Entry(Box::new(row))));
    Ok(hits)
}

fn read(
    lang: Lang,
    records: &Records<'_>,
    now: Timestamp,
    today: Date,
    page: Counted,
) -> Result<Found, Fault> {
    let rows = Rows::load(lang, now, records)?;
    let (previous, next) = page.page.marks();
    let mut found = Found {
        total_cases: page.cases,
        total_entries: page.page.total - page.cases,
        range: page.page.range(),
        previous: previous.map(str::to_owned),
        next: next.map(str::to_owned),
        ..Found::default()
    };
    for hit in page.page.rows {
        match hit {
            Hit::Case(case) => found.cases.push(case_row(lang, records, &rows.names, &case, today)?),
            Hit::Entry(row) => found.entries.push(rows.row(&row)),
        }
    }
    Ok(found)
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
