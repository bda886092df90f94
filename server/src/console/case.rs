//! One case: its parts as far as the reader may, its entries, its team; assigning and ending an assignment.

use super::Console;
use super::cases::{Row as CaseRow, row as case_row};
use super::fault::Fault;
use super::minor::note_reading;
use super::moment;
use super::names::Names;
use super::pages::{After, Links, Paged};
use super::reading::{Line, Reading};
use super::row::{Row, Rows};
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Id, Reader, Supervisor, see};
use super::words;
use crate::directory;
use crate::records::Records;
use crate::store::cases as stored;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::{CaseId, CaseRole, Class, DocId, MemberId, Role, Scope, TeamId};
use jiff::tz::TimeZone;

#[derive(Template)]
#[template(path = "case.html")]
struct CasePage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    head: CaseRow,
    opened: String,
    parts: Vec<Part>,
    entries: Vec<Row>,
    pages: Links,
    team: Vec<Colleague>,
    former: Vec<Colleague>,
    /// Who can be assigned; empty if the reader does not decide about it.
    candidates: Vec<(String, String)>,
    roles: Vec<(String, String)>,
    may_assign: bool,
    printed: String,
}

/// One confidentiality class of the case.
struct Part {
    heading: &'static str,
    class: &'static str,
    lines: Vec<Line>,
}

struct Colleague {
    member: String,
    name: String,
    role: String,
    since: String,
}

/// `GET /cases/{case}`
pub async fn page(
    State(console): State<Console>,
    Reader(visit, signed): Reader,
    Id(case): Id<CaseId>,
    Query(said): Query<Said>,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let shell = Shell::new(&visit, Some(Menu::Cases));
    let page = console
        .run(move |server| {
            let page = server.records_of::<_, Fault>(signed.member, |records| {
                let found = records.case(case)?.ok_or(Fault::NotFound)?;
                let rows = Rows::load(lang, now, records)?;
                let scope = Scope::Case(case);
                let may_assign = records.view().standing(scope).is_some_and(|standing| standing.supervises);
                let (team, former) = people(lang, &zone, records, &rows.names, case)?;
                let opened = stored::find(records.tx(), case)?.map(|row| row.opened);
                let candidates = if may_assign {
                    candidates(lang, records, &rows.names, found.case.team)
                } else {
                    Vec::new()
                };
                let timeline = Paged::after(
                    records.entries(scope)?,
                    |row| row.doc.to_string() == asked.after,
                    |row| row.doc.to_string(),
                );
                let timeline = timeline.map(|row| Ok::<_, Fault>(rows.row(&row)))?;
                Ok(CasePage {
                    t: lang.texts(),
                    shell,
                    said: said.sentence(lang),
                    head: case_row(lang, records, &rows.names, &found, now.local(&zone).0)?,
                    opened: opened.map(|time| moment::date(lang, time.local(&zone).0)).unwrap_or_default(),
                    parts: parts(lang, records, &rows.names, case)?,
                    pages: timeline.links(&format!("/cases/{case}"), ""),
                    entries: timeline.rows,
                    team,
                    former,
                    candidates,
                    roles: CaseRole::ALL
                        .iter()
                        .map(|role| (role.code().to_owned(), words::case_role(lang, role)))
                        .collect(),
                    may_assign,
                    printed: moment::instant(lang, &zone, now),
                })
            })?;
            if page.head.minor {
                note_reading(server, signed.member, now, DocId::of_case_part(case, Class::Contact))?;
            }
            Ok(page)
        })
        .await?;
    html(&page)
}

/// The parts that the reader may read and that there are.
fn parts(lang: Lang, records: &Records<'_>, names: &Names, case: CaseId) -> Result<Vec<Part>, Fault> {
    let t = lang.texts();
    let reading = Reading { lang, template: &records.view().directory.template, names };
    let headings = [
        (Class::Contact, t.contact_part, "contact"),
        (Class::File, t.file_part, "file"),
        (Class::Restricted, t.restricted_part, "restricted"),
    ];
    let mut parts = Vec::new();
    for (class, heading, code) in headings {
        if let Some(record) = records.find(DocId::of_case_part(case, class))? {
            parts.push(Part { heading, class: code, lines: reading.part(&record.document.fields()) });
        }
    }
    Ok(parts)
}

/// Who is on the case, and who was.
fn people(
    lang: Lang,
    zone: &TimeZone,
    records: &Records<'_>,
    names: &Names,
    case: CaseId,
) -> Result<(Vec<Colleague>, Vec<Colleague>), Fault> {
    let (mut present, mut former) = (Vec::new(), Vec::new());
    for one in stored::assignments(records.tx(), case)? {
        let day = |time: doorstep_core::model::Timestamp| moment::date(lang, time.local(zone).0);
        let colleague = Colleague {
            member: one.member.to_string(),
            name: names.name(lang, one.member),
            role: words::case_role(lang, &one.role),
            since: match one.ended {
                None => day(one.began),
                Some(ended) => format!("{} – {}", day(one.began), day(ended)),
            },
        };
        if one.ended.is_none() { present.push(colleague) } else { former.push(colleague) }
    }
    Ok((present, former))
}

/// Workers and mentors of the case's team.
fn candidates(lang: Lang, records: &Records<'_>, names: &Names, team: TeamId) -> Vec<(String, String)> {
    let team = records.view().directory.teams.iter().find(|known| known.id == team);
    let members = team.map(|team| team.members.as_slice()).unwrap_or_default();
    let works = |member: &&MemberId| {
        names.find(**member).is_some_and(|found| {
            found.ended.is_none()
                && found.roles.iter().any(|role| matches!(role, Role::Worker | Role::Mentor))
        })
    };
    members.iter().filter(works).map(|member| (member.to_string(), names.name(lang, *member))).collect()
}

/// `POST /cases/{case}/assign`
pub async fn assign(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(case): Id<CaseId>,
) -> Result<Response, Fault> {
    let member: MemberId = visit.posted_id("member")?;
    let role = CaseRole::from_code(visit.posted("role"));
    console
        .run(move |server| Ok(directory::assign(server, Some(signed.member), case, member, &role)?))
        .await?;
    Ok(see(format_args!("/cases/{case}"), "assigned"))
}

/// `POST /cases/{case}/end`
pub async fn end_assignment(
    State(console): State<Console>,
    Supervisor(visit, signed): Supervisor,
    Id(case): Id<CaseId>,
) -> Result<Response, Fault> {
    let member: MemberId = visit.posted_id("member")?;
    console
        .run(move |server| Ok(directory::end_assignment(server, Some(signed.member), case, member)?))
        .await?;
    Ok(see(format_args!("/cases/{case}"), "ended"))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;
    use doorstep_core::model::CaseId;

    #[tokio::test]
    async fn case_shows_its_timeline_and_days_since_met() {
        let office = Office::open();
        let visit = office.submitted_visit();
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get(&format!("/cases/{}", office.case)).await.text;
        assert!(page.contains(&format!("data-entry=\"{}\"", visit.doc)) && page.contains("小林"));
        assert!(page.contains("id=\"met\""));
    }

    #[tokio::test]
    async fn foreign_case_answers_like_no_case() {
        let office = Office::open();
        let mut browser = office.signed_in_as_foreign_supervisor().await;
        let nowhere = CaseId::new(office.env());
        for case in [office.case, nowhere] {
            assert_eq!(browser.get(&format!("/cases/{case}")).await.status, 404);
            let member = office.base.colleague.to_string();
            let form = [("member", member.as_str()), ("role", "co_worker")];
            assert_eq!(browser.post(&format!("/cases/{case}/assign"), &form).await.status, 404);
        }
    }

    #[tokio::test]
    async fn assignment_begins_and_ends() {
        let office = Office::open();
        let (case, colleague) = (office.case, office.base.colleague.to_string());
        let address = format!("/cases/{case}");
        let mut browser = office.signed_in_as_supervisor().await;
        let form = [("member", colleague.as_str()), ("role", "co_worker")];
        browser.post(&format!("{address}/assign"), &form).await.sees(&format!("{address}?said=assigned"));
        let on_it = format!("data-member=\"{colleague}\"");
        assert!(browser.get(&address).await.text.contains(&on_it));
        browser.post(&format!("{address}/end"), &form[..1]).await.sees(&format!("{address}?said=ended"));
        assert!(!browser.get(&address).await.text.contains(&on_it));
    }
}
