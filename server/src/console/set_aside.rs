//! Late work, quarantine and what waits for its base: why, what it says, and taking it in.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::names::Names;
use super::reading::{Line, Reading};
use super::row::Rows;
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Id, Supervisor, see};
use super::words;
use crate::ledger::AcceptFault;
use crate::records::{Records, SetAside};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{Field, Scope};
use doorstep_core::sync::wire::ItemVerdict;
use jiff::tz::TimeZone;

#[derive(Template)]
#[template(path = "set_aside.html")]
struct SetAsidePage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    groups: Vec<Group>,
}

/// All of one verdict.
struct Group {
    code: String,
    heading: &'static str,
    lead: &'static str,
    rows: Vec<Row>,
}

struct Row {
    push: u64,
    whom: String,
    author: String,
    received: String,
    why: String,
    code: String,
    items: usize,
}

#[derive(Template)]
#[template(path = "set_aside_inside.html")]
struct InsidePage {
    t: &'static Texts,
    shell: Shell,
    problem: String,
    row: Row,
    narrative: Vec<String>,
    lines: Vec<Line>,
    is_shown: bool,
}

const VERDICTS: [ItemVerdict; 3] = [ItemVerdict::Late, ItemVerdict::Quarantined, ItemVerdict::Held];

/// `GET /set-aside`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let groups = console
        .run(move |server| {
            server.records_of::<_, Fault>(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                let mut groups = Vec::new();
                for verdict in VERDICTS {
                    let found = records.set_aside(&verdict)?;
                    if !found.is_empty() {
                        let (heading, lead) = wording(lang, &verdict);
                        let rows = found.iter().map(|one| row(lang, &zone, &rows, one)).collect();
                        groups.push(Group { code: verdict.code().to_owned(), heading, lead, rows });
                    }
                }
                Ok(groups)
            })
        })
        .await?;
    html(&SetAsidePage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::SetAside)),
        said: said.sentence(lang),
        groups,
    })
}

/// `GET /set-aside/{push}`
pub async fn inside(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let shell = Shell::new(&visit, Some(Menu::SetAside));
    let page = console
        .run(move |server| {
            server.records_of(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                read(lang, &zone, records, &rows, shell, push)
            })
        })
        .await?;
    html(&page)
}

/// `POST /set-aside/{push}/accept`
pub async fn accept(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let shell = Shell::new(&visit, Some(Menu::SetAside));
    let refused = console
        .run(move |server| match server.accept_set_aside(signed.member, push) {
            Ok(()) => Ok(None),
            Err(AcceptFault::StillRefused(code)) => server.records_of(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                let mut page = read(lang, &zone, records, &rows, shell, push)?;
                page.problem = format!("{}{}", lang.texts().still_refused, words::refusal(lang, &code));
                Ok(Some(page))
            }),
            Err(fault) => Err(fault.into()),
        })
        .await?;
    match refused {
        None => Ok(see("/set-aside", "accepted")),
        Some(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response()),
    }
}

fn read(
    lang: Lang,
    zone: &TimeZone,
    records: &Records<'_>,
    rows: &Rows,
    shell: Shell,
    push: u64,
) -> Result<InsidePage, Fault> {
    let mut found = None;
    for verdict in VERDICTS {
        found = found.or(records.set_aside(&verdict)?.into_iter().find(|one| one.push == push));
    }
    let found = found.ok_or(Fault::NotFound)?;
    let names = Names::load(records.tx())?;
    let reading = Reading { lang, template: &records.view().directory.template, names: &names };
    let fields = records.fields_with(push)?;
    let is_part = found.kind.is_some_and(doorstep_core::model::DocKind::is_case_part);
    let lines =
        fields.as_ref().map(|fields| if is_part { reading.part(fields) } else { reading.entry(fields) });
    let narrative = fields.as_ref().filter(|_| !is_part).map(|fields| fields.text(Field::NARRATIVE));
    Ok(InsidePage {
        t: lang.texts(),
        shell,
        problem: String::new(),
        row: row(lang, zone, rows, &found),
        narrative: super::entry::paragraphs(narrative.unwrap_or_default()),
        is_shown: lines.is_some(),
        lines: lines.unwrap_or_default(),
    })
}

fn row(lang: Lang, zone: &TimeZone, rows: &Rows, found: &SetAside) -> Row {
    let whom = match found.scope {
        Scope::Case(case) => rows.pseudonyms.get(&case).cloned(),
        Scope::Team(team) => rows.teams.get(&team).cloned(),
    };
    Row {
        push: found.push,
        whom: whom.unwrap_or_else(|| lang.texts().unknown_case.to_owned()),
        author: rows.names.name(lang, found.member),
        received: moment::instant(lang, zone, found.received),
        why: words::refusal(lang, &found.code),
        code: found.code.code().to_owned(),
        items: found.items,
    }
}

fn wording(lang: Lang, verdict: &ItemVerdict) -> (&'static str, &'static str) {
    let t = lang.texts();
    match verdict {
        ItemVerdict::Late => (t.late, t.late_lead),
        ItemVerdict::Held => (t.held, t.held_lead),
        _ => (t.quarantined, t.quarantined_lead),
    }
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use doorstep_core::model::Edit;

    /// A worker edits a visit, is taken off the case, and hands the edit in afterwards.
    async fn late_work(office: &Office) -> (u64, String) {
        let mut visit = office.submitted_visit();
        let late = office.edit_offline(&mut visit, &[Edit::set("narrative", "后来想起一件事。")]);
        office.base.end_assignment(office.case, office.base.worker);
        office.offer(late);
        let page = office.signed_in_as_supervisor().await.get("/set-aside").await.text;
        let push = page.split("data-push=\"").nth(1).and_then(|rest| rest.split('"').next());
        (push.expect("late work is listed").parse().unwrap(), visit.doc.to_string())
    }

    #[tokio::test]
    async fn late_work_is_shown_with_its_reason_and_accepted() {
        let office = Office::open();
        let (push, entry) = late_work(&office).await;
        let mut browser = office.signed_in_as_supervisor().await;
        assert!(browser.get("/set-aside").await.text.contains("data-code=\"not_assigned\""));
        assert!(browser.get(&format!("/set-aside/{push}")).await.text.contains("后来想起一件事。"));
        browser.post(&format!("/set-aside/{push}/accept"), &[]).await.sees("/set-aside?said=accepted");
        assert!(browser.get(&format!("/entries/{entry}")).await.text.contains("后来想起一件事。"));
        assert!(!browser.get("/set-aside").await.text.contains("data-push"));
        assert_eq!(office.audited("accept_set_aside"), 1);
    }

    #[tokio::test]
    async fn another_teams_supervisor_neither_sees_nor_accepts_it() {
        let office = Office::open();
        let (push, _) = late_work(&office).await;
        let mut stranger = office.signed_in_as_foreign_supervisor().await;
        assert!(!stranger.get("/set-aside").await.text.contains("data-push"));
        assert_eq!(stranger.get(&format!("/set-aside/{push}")).await.status, 404);
        assert_eq!(stranger.post(&format!("/set-aside/{push}/accept"), &[]).await.status, 404);
    }
}
