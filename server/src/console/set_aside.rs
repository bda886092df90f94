//! Late work, quarantine and what waits for its base: why, what it says, and taking it in.

use super::Console;
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::moment;
use super::pages::{Links, Paged};
use super::reading::{Line, Reading};
use super::row::Rows;
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Id, Signed, Supervisor, Visit, see};
use super::words;
use crate::ledger::AcceptFault;
use crate::records::SetAside;
use crate::server::Server;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{DocKind, Field, Scope};
use doorstep_core::sync::wire::ItemVerdict;
use jiff::tz::TimeZone;
use std::collections::BTreeSet;

#[derive(Template)]
#[template(path = "set_aside.html")]
struct SetAsidePage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    groups: Vec<Group>,
    /// How many are put away; none on their own page.
    dismissed: usize,
    is_dismissed: bool,
}

/// All of one verdict, or all that is put away.
struct Group {
    code: &'static str,
    heading: &'static str,
    lead: &'static str,
    total: usize,
    rows: Vec<Row>,
    pages: Links,
}

struct Row {
    push: u64,
    whom: String,
    author: String,
    received: String,
    why: String,
    code: String,
    items: String,
    is_dismissed: bool,
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

/// The groups of the page.
const GROUPS: [&str; 3] = ["late", "quarantined", "held"];
/// The group of what is put away: a page of its own.
const DISMISSED: &str = "dismissed";

/// What is asked for: one group from a push on, or the beginning of each.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    group: String,
    #[serde(default)]
    after: String,
}

/// `GET /set-aside`
pub async fn page(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Query(said): Query<Said>,
    Query(asked): Query<Asked>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let is_dismissed = asked.group == DISMISSED;
    let (groups, dismissed) = console
        .run(move |server| {
            let (groups, dismissed, minors) = server.records_of::<_, Fault>(signed.member, |records| {
                let rows = Rows::load(lang, now, records)?;
                let (mut groups, mut minors) = (Vec::new(), BTreeSet::new());
                let all = records.set_aside()?;
                let dismissed = all.iter().filter(|one| one.is_dismissed).count();
                for code in [GROUPS.as_slice(), &[DISMISSED]].concat() {
                    if if asked.group.is_empty() { code == DISMISSED } else { asked.group != code } {
                        continue;
                    }
                    let found = all.iter().filter(|one| group_of(one) == code).collect::<Vec<_>>();
                    let after: Option<u64> = asked.after.parse().ok();
                    let is_before = |one: &&SetAside| after.is_some_and(|after| one.push >= after);
                    let page = Paged::past(found, is_before, |one| one.push.to_string());
                    minors.append(&mut minors_among(records, page.rows.iter().map(|one| one.scope)));
                    let page = page.map(|one| Ok::<_, Fault>(row(lang, &zone, &rows, one)))?;
                    if page.total > 0 {
                        groups.push(group(lang, code, page));
                    }
                }
                Ok((groups, dismissed, minors))
            })?;
            note_listing(server, signed.member, now, "set_aside", &minors)?;
            Ok((groups, dismissed))
        })
        .await?;
    html(&SetAsidePage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::SetAside)),
        said: said.sentence(lang),
        groups,
        dismissed,
        is_dismissed,
    })
}

fn group(lang: Lang, code: &'static str, page: Paged<Row>) -> Group {
    let (heading, lead) = wording(lang, code);
    let pages = page.links("/set-aside", &format!("group={code}"));
    Group { code, heading, lead, total: page.total, rows: page.rows, pages }
}

/// Which group a push is shown in.
fn group_of(found: &SetAside) -> &'static str {
    match &found.verdict {
        _ if found.is_dismissed => DISMISSED,
        ItemVerdict::Late => "late",
        ItemVerdict::Held => "held",
        _ => "quarantined",
    }
}

/// `GET /set-aside/{push}`
pub async fn inside(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    let zone = console.zone().clone();
    html(&console.run(move |server| open(server, &visit, &signed, &zone, push)).await?)
}

/// `POST /set-aside/{push}/accept`
pub async fn accept(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    let zone = console.zone().clone();
    let refused = console
        .run(move |server| match server.accept_set_aside(signed.member, push) {
            Ok(()) => Ok(None),
            Err(AcceptFault::StillRefused(code)) => {
                let lang = visit.lang;
                let mut page = open(server, &visit, &signed, &zone, push)?;
                page.problem = format!("{}{}", lang.texts().still_refused, words::refusal(lang, &code));
                Ok(Some(page))
            }
            Err(fault) => Err(fault.into()),
        })
        .await?;
    match refused {
        None => Ok(see("/set-aside", "accepted")),
        Some(page) => Ok((StatusCode::UNPROCESSABLE_ENTITY, html(&page)?).into_response()),
    }
}

/// `POST /set-aside/{push}/dismiss`
pub async fn dismiss(
    State(console): State<Console>,
    Supervisor(_, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    console.run(move |server| Ok(server.dismiss_set_aside(signed.member, push, true)?)).await?;
    Ok(see("/set-aside", "dismissed"))
}

/// `POST /set-aside/{push}/put-back`
pub async fn put_back(
    State(console): State<Console>,
    Supervisor(_, signed): Supervisor,
    Id(push): Id<u64>,
) -> Result<Response, Fault> {
    console.run(move |server| Ok(server.dismiss_set_aside(signed.member, push, false)?)).await?;
    Ok(see("/set-aside", "put-back"))
}

/// What is in a push, as far as it can be shown.
fn open(
    server: &Server,
    visit: &Visit,
    signed: &Signed,
    zone: &TimeZone,
    push: u64,
) -> Result<InsidePage, Fault> {
    let (lang, shell) = (visit.lang, Shell::new(visit, Some(Menu::SetAside)));
    let (page, minors) = server.records_of::<_, Fault>(signed.member, |records| {
        let rows = Rows::load(lang, visit.now, records)?;
        let found = records.set_aside_push(push)?.ok_or(Fault::NotFound)?;
        let reading = Reading { lang, template: &records.view().directory.template, names: &rows.names };
        let fields = records.fields_with(push)?;
        let is_part = found.kind.is_some_and(DocKind::is_case_part);
        let lines =
            fields.as_ref().map(|fields| if is_part { reading.part(fields) } else { reading.entry(fields) });
        let narrative = fields.as_ref().filter(|_| !is_part).map(|fields| fields.text(Field::NARRATIVE));
        let page = InsidePage {
            t: lang.texts(),
            shell,
            problem: String::new(),
            row: row(lang, zone, &rows, &found),
            narrative: super::entry::paragraphs(narrative.unwrap_or_default()),
            is_shown: lines.is_some(),
            lines: lines.unwrap_or_default(),
        };
        Ok((page, minors_among(records, [found.scope])))
    })?;
    note_listing(server, signed.member, visit.now, "set_aside", &minors)?;
    Ok(page)
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
        items: items(lang, found.items),
        is_dismissed: found.is_dismissed,
    }
}

/// How many changes and actions a push has.
fn items(lang: Lang, count: usize) -> String {
    let en = if count == 1 { "1 item".to_owned() } else { format!("{count} items") };
    lang.pick(format!("{count} 项"), en)
}

fn wording(lang: Lang, group: &str) -> (&'static str, &'static str) {
    let t = lang.texts();
    match group {
        "late" => (t.late, t.late_lead),
        "held" => (t.held, t.held_lead),
        DISMISSED => (t.dismissed, t.dismissed_lead),
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
    async fn what_is_put_away_is_kept_shown_apart_and_can_come_back() {
        let office = Office::open();
        let (push, entry) = late_work(&office).await;
        let mut browser = office.signed_in_as_supervisor().await;
        browser.post(&format!("/set-aside/{push}/dismiss"), &[]).await.sees("/set-aside?said=dismissed");
        let page = browser.get("/set-aside").await.text;
        assert!(!page.contains("data-push") && page.contains("group=dismissed"));
        assert!(
            browser.get("/set-aside?group=dismissed").await.text.contains(&format!("data-push=\"{push}\""))
        );
        assert!(browser.get(&format!("/set-aside/{push}")).await.text.contains("后来想起一件事。"));
        browser.post(&format!("/set-aside/{push}/put-back"), &[]).await.sees("/set-aside?said=put-back");
        assert!(browser.get("/set-aside").await.text.contains("data-push"));
        browser.post(&format!("/set-aside/{push}/dismiss"), &[]).await;
        browser.post(&format!("/set-aside/{push}/accept"), &[]).await.sees("/set-aside?said=accepted");
        assert!(browser.get(&format!("/entries/{entry}")).await.text.contains("后来想起一件事。"));
        assert_eq!((office.audited("dismiss_set_aside"), office.audited("undismiss_set_aside")), (2, 1));
    }

    #[tokio::test]
    async fn another_teams_supervisor_neither_sees_nor_accepts_it() {
        let office = Office::open();
        let (push, _) = late_work(&office).await;
        let mut stranger = office.signed_in_as_foreign_supervisor().await;
        assert!(!stranger.get("/set-aside").await.text.contains("data-push"));
        assert_eq!(stranger.get(&format!("/set-aside/{push}")).await.status, 404);
        for verb in ["accept", "dismiss", "put-back"] {
            assert_eq!(stranger.post(&format!("/set-aside/{push}/{verb}"), &[]).await.status, 404);
        }
        assert!(office.signed_in_as_supervisor().await.get("/set-aside").await.text.contains("data-push"));
    }
}
