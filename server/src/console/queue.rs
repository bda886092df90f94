//! The review queue: what waits for a supervisor, longest first.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::names::Names;
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::Supervisor;
use super::words;
use crate::records::{EntryRow, Records};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::{CaseId, MemberId, Scope, TeamId};
use std::collections::{BTreeMap, HashMap};

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

/// One entry that waits.
struct Row {
    entry: String,
    kind: String,
    /// The person's pseudonym, or the team's name.
    whom: String,
    author: String,
    contact: String,
    outcome: String,
    state: String,
    state_code: String,
    wait: String,
    /// Has waited for more than a week.
    is_long: bool,
    is_own: bool,
    crisis: bool,
    conflicts: bool,
    excerpt: String,
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

const LONG_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// `GET /queue`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(asked): Query<Asked>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (lang, now, me) = (visit.lang, visit.now, signed.member);
    let (rows, total, filters) = console
        .run(move |server| {
            server.records_of::<_, Fault>(me, |records| {
                let all = records.queue()?;
                let found = Found::load(lang, records, &all)?;
                let filters = found.filters(&all, &asked);
                let rows: Vec<Row> = all
                    .iter()
                    .filter(|row| found.matches(row, &asked))
                    .map(|row| found.row(row, me, row.waiting_since.map_or(0, |since| now.ms_since(since))))
                    .collect();
                Ok((rows, all.len(), filters))
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

/// What rows need beside themselves.
struct Found {
    lang: Lang,
    names: Names,
    pseudonyms: HashMap<CaseId, String>,
    teams: HashMap<TeamId, String>,
    team_of: HashMap<CaseId, TeamId>,
}

impl Found {
    fn load(lang: Lang, records: &Records<'_>, rows: &[EntryRow]) -> Result<Self, Fault> {
        let mut pseudonyms = HashMap::new();
        for case in rows.iter().filter_map(|row| row.scope.case()) {
            if !pseudonyms.contains_key(&case) {
                let contact = records.case(case)?.and_then(|row| row.contact);
                pseudonyms.insert(case, contact.map(|part| part.pseudonym).unwrap_or_default());
            }
        }
        let directory = &records.view().directory;
        Ok(Self {
            lang,
            names: Names::load(records.tx())?,
            pseudonyms,
            teams: directory.teams.iter().map(|team| (team.id, team.name.clone())).collect(),
            team_of: directory.cases.iter().map(|case| (case.case, case.team)).collect(),
        })
    }

    fn team(&self, row: &EntryRow) -> Option<TeamId> {
        match row.scope {
            Scope::Team(team) => Some(team),
            Scope::Case(case) => self.team_of.get(&case).copied(),
        }
    }

    fn matches(&self, row: &EntryRow, asked: &Asked) -> bool {
        let is = |asked: &str, found: Option<&str>| asked.is_empty() || found == Some(asked);
        is(&asked.kind, Some(row.entry.kind.code()))
            && is(&asked.outcome, row.entry.outcome.as_ref().map(|outcome| outcome.code()))
            && is(&asked.author, Some(&row.author.to_string()))
            && is(&asked.team, self.team(row).map(|team| team.to_string()).as_deref())
    }

    /// Only what occurs in the queue can be chosen.
    fn filters(&self, rows: &[EntryRow], asked: &Asked) -> Vec<Filter> {
        let (t, lang) = (self.lang.texts(), self.lang);
        let mut kinds = BTreeMap::new();
        let mut outcomes = BTreeMap::new();
        let mut authors = BTreeMap::new();
        let mut teams = BTreeMap::new();
        for row in rows {
            kinds.insert(row.entry.kind.code().to_owned(), words::entry_kind(lang, &row.entry.kind));
            if let Some(outcome) = &row.entry.outcome {
                outcomes.insert(outcome.code().to_owned(), words::outcome(lang, outcome));
            }
            authors.insert(row.author.to_string(), self.names.name(lang, row.author));
            if let Some(team) = self.team(row) {
                teams.insert(team.to_string(), self.teams.get(&team).cloned().unwrap_or_default());
            }
        }
        let filter = |name, label, options: BTreeMap<String, String>, asked: &str| Filter {
            name,
            label,
            options: options
                .into_iter()
                .map(|(value, text)| {
                    let is_chosen = value == asked;
                    (value, text, is_chosen)
                })
                .collect(),
        };
        vec![
            filter("kind", t.kind, kinds, &asked.kind),
            filter("outcome", t.outcome, outcomes, &asked.outcome),
            filter("author", t.author, authors, &asked.author),
            filter("team", t.team, teams, &asked.team),
        ]
    }

    fn row(&self, row: &EntryRow, me: MemberId, waited_ms: i64) -> Row {
        let lang = self.lang;
        let whom = match row.scope {
            Scope::Case(case) => self.pseudonyms.get(&case).cloned().unwrap_or_default(),
            Scope::Team(team) => self.teams.get(&team).cloned().unwrap_or_default(),
        };
        Row {
            entry: row.doc.to_string(),
            kind: words::entry_kind(lang, &row.entry.kind),
            whom: if whom.is_empty() { lang.texts().no_pseudonym.to_owned() } else { whom },
            author: self.names.name(lang, row.author),
            contact: moment::contact(lang, &row.entry),
            outcome: row.entry.outcome.as_ref().map(|one| words::outcome(lang, one)).unwrap_or_default(),
            state: words::review_state(lang, &row.state),
            state_code: row.state.code().to_owned(),
            wait: moment::wait(lang, waited_ms),
            is_long: waited_ms > LONG_MS,
            is_own: row.author == me,
            crisis: row.entry.crisis,
            conflicts: row.conflicts > 0,
            excerpt: row.entry.excerpt.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn queue_shows_what_was_handed_in_and_filters_it() {
        let office = Office::open().await;
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
        let office = Office::open().await;
        office.submitted_visit();
        let mut browser = office.signed_in_as_foreign_supervisor().await;
        let page = browser.get("/queue").await.text;
        assert!(!page.contains("data-entry") && page.contains("都看完了"));
    }

    #[tokio::test]
    async fn worker_has_no_queue_and_administrator_no_records() {
        let office = Office::open().await;
        assert_eq!(office.signed_in_as_worker().await.get("/queue").await.status, 403);
        let mut admin = office.signed_in_as_admin().await;
        for address in ["/queue"] {
            assert_eq!(admin.get(address).await.status, 403, "{address}");
        }
    }
}
