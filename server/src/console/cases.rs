//! The cases that a member may read.

use super::Console;
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::moment;
use super::names::Names;
use super::pages::{After, Links, Paged};
use super::row::named;
use super::shell::{Menu, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::Reader;
use super::words;
use crate::records::{CaseRow, Records};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::casework::{days_since_met, sees_every_entry};
use doorstep_core::model::{CaseGrant, CaseId, CaseRole, CaseStage, Class, Date, Scope};

#[derive(Template)]
#[template(path = "cases.html")]
struct CasesPage {
    t: &'static Texts,
    shell: Shell,
    rows: Vec<Row>,
    pages: Links,
    total: usize,
}

/// A case as a row of a list.
pub struct Row {
    pub case: String,
    pub whom: String,
    pub kind: String,
    pub stage: String,
    pub minor: bool,
    pub team: String,
    pub lead: String,
    /// Days since the person was met; empty for readers who do not see all entries.
    pub met: String,
}

/// `GET /cases`
pub async fn page(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    let (lang, now) = (visit.lang, visit.now);
    let today = now.local(console.zone()).0;
    let page = console
        .run(move |server| {
            let (page, minors) = server.records_of::<_, Fault>(signed.member, |records| {
                let names = Names::load(records.tx())?;
                // Identifiers grow with time, so the list is in the order in which cases were opened.
                let mut cases: Vec<&CaseGrant> = records.view().directory.cases.iter().collect();
                cases.sort_by_key(|known| known.case);
                let after: Option<CaseId> = asked.after.parse().ok();
                let is_before = |known: &&CaseGrant| after.is_some_and(|after| known.case <= after);
                let page = Paged::past(cases, is_before, |known| known.case.to_string());
                let minors = minors_among(records, page.rows.iter().map(|known| Scope::Case(known.case)));
                let page = page.map(|known| {
                    let found = records.case(known.case)?.ok_or(Fault::NotFound)?;
                    row(lang, records, &names, &found, today)
                })?;
                Ok((page, minors))
            })?;
            note_listing(server, signed.member, now, "cases", &minors)?;
            Ok(page)
        })
        .await?;
    html(&CasesPage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Cases)),
        pages: page.links("/cases", ""),
        total: page.total,
        rows: page.rows,
    })
}

/// The row of a case.
pub fn row(
    lang: Lang,
    records: &Records<'_>,
    names: &Names,
    case: &CaseRow,
    today: Date,
) -> Result<Row, Fault> {
    let contact = case.contact.clone().unwrap_or_default();
    let teams = &records.view().directory.teams;
    let lead = case.case.team_members.iter().find(|one| one.1 == CaseRole::LeadWorker);
    let stage = Some(contact.stage.as_str()).filter(|code| !code.is_empty());
    Ok(Row {
        case: case.case.case.to_string(),
        whom: named(lang, contact.pseudonym),
        kind: words::case_kind(lang, &case.case.kind),
        stage: stage.map(|code| words::case_stage(lang, &CaseStage::from_code(code))).unwrap_or_default(),
        minor: case.case.minor,
        team: teams
            .iter()
            .find(|team| team.id == case.case.team)
            .map(|team| team.name.clone())
            .unwrap_or_default(),
        lead: lead.map(|one| names.name(lang, one.0)).unwrap_or_default(),
        met: met(lang, records, case.case.case, contact.family_focus, today)?,
    })
}

/// Days since the person was met, in words; nothing for readers who do not see every entry.
pub fn met(
    lang: Lang,
    records: &Records<'_>,
    case: CaseId,
    family_focus: bool,
    today: Date,
) -> Result<String, Fault> {
    let scope = Scope::Case(case);
    let readable: Vec<Class> =
        Class::ALL.into_iter().filter(|class| records.may_read(scope, *class)).collect();
    if !sees_every_entry(&readable) {
        return Ok(String::new());
    }
    let entries = records.entries(scope)?;
    let contacts = entries.iter().map(|row| (&row.entry, row.state.clone()));
    Ok(moment::days_since(lang, days_since_met(contacts, family_focus, today)))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn supervisor_sees_the_cases_of_own_teams_only() {
        let office = Office::open();
        let case = office.case.to_string();
        let own = office.signed_in_as_supervisor().await.get("/cases").await.text;
        assert!(own.contains(&case) && own.contains("小林"));
        let foreign = office.signed_in_as_foreign_supervisor().await.get("/cases").await.text;
        assert!(!foreign.contains(&case) && foreign.contains("目前没有可以查看的个案"));
    }
}
