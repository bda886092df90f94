//! The review queue: what waits for a supervisor, longest first.

use super::Console;
use super::fault::Fault;
use super::row::{Row, Rows};
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::Supervisor;
use super::words;
use crate::records::EntryRow;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::Outcome;
use std::collections::BTreeMap;

#[derive(Template)]
#[template(path = "queue.html")]
struct QueuePage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    rows: Vec<Row>,
    total: usize,
    filters: Vec<Filter>,
    is_filtered: bool,
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
}

/// `GET /queue`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (lang, now) = (visit.lang, visit.now);
    let (rows, total, filters) = console
        .run(move |server| {
            server.records_of::<_, Fault>(signed.member, |records| {
                let all = records.queue()?;
                let rows = Rows::load(lang, now, records)?;
                let chosen: Vec<Row> =
                    all.iter().filter(|row| matches(&rows, row, &asked)).map(|row| rows.row(row)).collect();
                Ok((chosen, all.len(), filters(lang, &rows, &all, &asked)))
            })
        })
        .await?;
    html(&QueuePage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Queue)),
        said: said.sentence(lang),
        is_filtered: filters.iter().any(|filter| filter.options.iter().any(|option| option.2)),
        rows,
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
