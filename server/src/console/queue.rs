//! The review queue: what waits for a supervisor, longest first.

use super::Console;
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::pages::{Links, Paged};
use super::row::{Row, Rows};
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::Supervisor;
use super::words;
use crate::records::EntryRow;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::{Outcome, Timestamp};
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    rows: Vec<Row>,
    pages: Links,
    total: usize,
    filters: Vec<Filter>,
    is_filtered: bool,
    /// How many entries wait for a second look.
    self_reviewed: usize,
}

/// A choice above the list.
struct Filter {
    name: &'static str,
    label: &'static str,
    options: Vec<(String, String, bool)>,
}

/// What is asked for. Codes and identifiers only.
#[derive(serde::Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    author: String,
    #[serde(default)]
    team: String,
    /// Mark of the row that the page begins after.
    #[serde(default)]
    after: String,
}

impl Asked {
    /// The filters as an address has them.
    fn query(&self) -> String {
        let all = [
            ("kind", &self.kind),
            ("outcome", &self.outcome),
            ("author", &self.author),
            ("team", &self.team),
        ];
        // Codes and identifiers only; whatever else was asked for matches nothing and needs no page after it.
        let is_code =
            |value: &String| value.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        let asked = all.iter().filter(|one| !one.1.is_empty() && is_code(one.1));
        asked.map(|one| format!("{}={}", one.0, one.1)).collect::<Vec<_>>().join("&")
    }
}

/// Where an entry stands in the queue: longest wait first. Two rows never stand at the same place.
fn place(row: &EntryRow) -> (i64, u64) {
    (row.waiting_since.map_or(0, Timestamp::as_ms), row.created_position)
}

fn read_place(mark: &str) -> Option<(i64, u64)> {
    let (since, position) = mark.split_once('-')?;
    Some((since.parse().ok()?, position.parse().ok()?))
}

/// `GET /queue`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (lang, now) = (visit.lang, visit.now);
    let (page, total, filters, query, self_reviewed) = console
        .run(move |server| {
            let (page, total, filters, minors, self_reviewed) =
                server.records_of::<_, Fault>(signed.member, |records| {
                    let all = records.queue()?;
                    let (total, rows) = (all.len(), Rows::load(lang, now, records)?);
                    let filters = filters(lang, &rows, &all, &asked);
                    let chosen: Vec<EntryRow> =
                        all.into_iter().filter(|row| matches(&rows, row, &asked)).collect();
                    let after = read_place(&asked.after);
                    let mark = |row: &EntryRow| {
                        let (since, position) = place(row);
                        format!("{since}-{position}")
                    };
                    let page =
                        Paged::past(chosen, |row| after.is_some_and(|after| place(row) <= after), mark);
                    let minors = minors_among(records, page.rows.iter().map(|row| row.scope));
                    let page = page.map(|row| Ok::<_, Fault>(rows.row(&row)))?;
                    Ok((page, total, filters, minors, records.self_reviewed()?.len()))
                })?;
            note_listing(server, signed.member, now, "queue", &minors)?;
            Ok((page, total, filters, asked.query(), self_reviewed))
        })
        .await?;
    html(&QueuePage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Queue)),
        said: said.sentence(lang),
        is_filtered: filters.iter().any(|filter| filter.options.iter().any(|option| option.2)),
        pages: page.links("/queue", &query),
        rows: page.rows,
        self_reviewed,
        total,
        filters,
    })
}

fn matches(rows: &Rows, row: &EntryRow, asked: &Asked) -> bool {
    let is = |asked: &str, found: Option<&str>| asked.is_empty() || found == Some(asked);
    is(&asked.kind, Some(row.entry.kind.code()))
        && is(&asked.outcome, row.entry.outcome.as_ref().map(Outcome::code))
        && is(&asked.author, Some(&row.author.to_string()))
        && is(&asked.team, rows.team(row).map(|team| team.to_string()).as_deref())
}

/// Only what occurs in the queue can be chosen.
fn filters(lang: Lang, rows: &Rows, all: &[EntryRow], asked: &Asked) -> Vec<Filter> {
    let mut kinds = BTreeMap::new();
    let mut outcomes = BTreeMap::new();
    let mut authors = BTreeMap::new();
    let mut teams = BTreeMap::new();
    for row in all {
        kinds.insert(row.entry.kind.code().to_owned(), words::entry_kind(lang, &row.entry.kind));
        if let Some(outcome) = &row.entry.outcome {
            outcomes.insert(outcome.code().to_owned(), words::outcome(lang, outcome));
        }
        authors.insert(row.author.to_string(), rows.names.name(lang, row.author));
        if let Some(team) = rows.team(row) {
            teams.insert(team.to_string(), rows.teams.get(&team).cloned().unwrap_or_default());
        }
    }
    let filter = |name, label, options: BTreeMap<String, String>, asked: &str| Filter {
        name,
        label,
        options: options.into_iter().map(|(value, text)| (value.clone(), text, value == asked)).collect(),
    };
    let t = lang.texts();
    vec![
        filter("kind", t.kind, kinds, &asked.kind),
        filter("outcome", t.outcome, outcomes, &asked.outcome),
        filter("author", t.author, authors, &asked.author),
        filter("team", t.team, teams, &asked.team),
    ]
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn queue_shows_what_was_handed_in_and_filters_it() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let draft = office.saved_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/queue").await.text;
        assert!(page.contains(&format!("data-entry=\"{}\"", visit.doc)));
        assert!(!page.contains(&draft.doc.to_string()));
        assert!(page.contains("家访") && page.contains("见到本人") && page.contains("小林"));
        assert!(browser.get("/queue?kind=home_visit&outcome=met").await.text.contains("data-entry"));
        let none = browser.get("/queue?outcome=not_home").await.text;
        assert!(!none.contains("data-entry") && none.contains("没有符合这些条件的记录"));
    }

    fn listed(page: &str) -> Vec<String> {
        let rows = page.split("data-entry=\"").skip(1);
        rows.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }

    #[tokio::test]
    async fn long_queue_goes_on_where_it_was_though_entries_were_decided_meanwhile() {
        let office = Office::open();
        let visits: Vec<_> = (0..53).map(|_| office.submitted_visit()).collect();
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/queue?kind=home_visit").await.text;
        let first = listed(&page);
        assert!(first.len() == 50 && page.contains("1–50 / 53"));
        let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        let next = next.replace("&#38;", "&").replace("&amp;", "&");
        assert!(next.starts_with("/queue?kind=home_visit&after="), "{next}");
        let rest: Vec<String> = visits[50..].iter().map(|visit| visit.doc.to_string()).collect();
        assert_eq!(listed(&browser.get(&next).await.text), rest);
        // The entry that the link was made from is approved, and three more before it.
        for visit in &visits[46..50] {
            browser.decide(visit, "approve", &[]).await;
        }
        // Forty-nine are left: the link still leads to the three that were not on the first page.
        assert_eq!(listed(&browser.get(&next).await.text), rest);
        assert_eq!(listed(&browser.get("/queue?after=nonsense").await.text).len(), 49);
    }

    #[tokio::test]
    async fn supervisor_of_another_team_has_an_empty_queue() {
        let office = Office::open();
        office.submitted_visit();
        let mut browser = office.signed_in_as_foreign_supervisor().await;
        let page = browser.get("/queue").await.text;
        assert!(!page.contains("data-entry") && page.contains("都看完了"));
    }

    #[tokio::test]
    async fn worker_has_no_queue_and_administrator_no_records() {
        let office = Office::open();
        assert_eq!(office.signed_in_as_worker().await.get("/queue").await.status, 403);
        let mut admin = office.signed_in_as_admin().await;
        for address in ["/queue", "/cases", "/search", "/set-aside"] {
            assert_eq!(admin.get(address).await.status, 403, "{address}");
        }
    }
}
