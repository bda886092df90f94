//! After a restore: work that phones hold and nobody has granted since. Giving it back, or confirming its end.

use super::Console;
use super::fault::Fault;
use super::minor::{minors_among, note_listing};
use super::moment;
use super::pages::{After, Links, Paged};
use super::row::Rows;
use super::shell::{Menu, Said, Shell, html};
use super::texts::{Lang, Texts};
use super::visit::{Organiser, Signed, Visit, see};
use super::words;
use crate::directory;
use crate::records::Records;
use crate::store::frozen::{self, FrozenRow};
use crate::store::{cases, teams};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use data_encoding::HEXLOWER;
use doorstep_core::model::{CaseRole, Class, MemberId, Scope};
use jiff::tz::TimeZone;
use rusqlite::Connection;

#[derive(Template)]
#[template(path = "frozen.html")]
struct FrozenPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    rows: Vec<Row>,
    pages: Links,
}

/// One scope of one member, on however many phones.
struct Row {
    member: String,
    name: String,
    whom: String,
    told: String,
    /// Identifier of the case; empty for a team.
    case: String,
    /// Identifier of the team; empty for a case.
    team: String,
    /// Whether this database has the case or team, so that it can be given back.
    is_known: bool,
    /// Roles in a case; the one that fits what the phone holds is marked.
    roles: Vec<(String, String, bool)>,
}

/// `GET /frozen`
pub async fn page(
    State(console): State<Console>,
    Organiser(visit, signed): Organiser,
    Query(said): Query<Said>,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let page = console
        .run(move |server| {
            let (page, minors) = server.records_of::<_, Fault>(signed.member, |records| {
                let names = Rows::load(lang, now, records)?;
                let mut groups: Vec<Held> = Vec::new();
                for one in mine(records.tx(), &signed)? {
                    match groups.last_mut().filter(|last| (last.0, last.1) == (one.member, one.frozen.scope))
                    {
                        Some(last) => last.2.push(one),
                        None => groups.push((one.member, one.frozen.scope, vec![one])),
                    }
                }
                let after = read_place(&asked.after);
                let is_before = |held: &Held| after.as_ref().is_some_and(|after| place(held) <= *after);
                let mark = |held: &Held| HEXLOWER.encode(&place(held));
                let page = Paged::past(groups, is_before, mark);
                let minors = minors_among(records, page.rows.iter().map(|held| held.1));
                Ok((page.map(|held| read(lang, &zone, records, &names, &held))?, minors))
            })?;
            note_listing(server, signed.member, now, "frozen", &minors)?;
            Ok(page)
        })
        .await?;
    html(&FrozenPage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Frozen)),
        said: said.sentence(lang),
        pages: page.links("/frozen", ""),
        rows: page.rows,
    })
}

/// What a member holds of one scope: the order of the list is by member, then scope.
type Held = (MemberId, Scope, Vec<FrozenRow>);

fn place(held: &Held) -> Vec<u8> {
    [held.0.as_bytes().as_slice(), &held.1.to_bytes()].concat()
}

fn read_place(mark: &str) -> Option<Vec<u8>> {
    HEXLOWER.decode(mark.as_bytes()).ok().filter(|place| !place.is_empty())
}

/// What waits for this member's decision.
pub fn mine(tx: &Connection, signed: &Signed) -> Result<Vec<FrozenRow>, Fault> {
    let mut mine = Vec::new();
    for row in frozen::waiting(tx)? {
        if directory::decides_on_frozen(tx, signed.member, row.frozen.scope)? {
            mine.push(row);
        }
    }
    Ok(mine)
}

fn read(
    lang: Lang,
    zone: &TimeZone,
    records: &Records<'_>,
    names: &Rows,
    (member, scope, rows): &Held,
) -> Result<Row, Fault> {
    let tx = records.tx();
    let t = lang.texts();
    let (whom, is_known, case, team) = match *scope {
        Scope::Case(case) => {
            let whom = names.pseudonyms.get(&case).cloned();
            let is_known = cases::find(tx, case)?.is_some();
            (whom.unwrap_or_else(|| t.unknown_case.to_owned()), is_known, case.to_string(), String::new())
        }
        Scope::Team(team) => {
            let found = teams::find(tx, team)?;
            let name = found.as_ref().map(|found| found.name.reveal().clone());
            let whom = name.unwrap_or_else(|| t.unknown_team.to_owned());
            (whom, found.is_some(), String::new(), team.to_string())
        }
    };
    let fitting = fitting_role(rows);
    let role = |role: &CaseRole| (role.code().to_owned(), words::case_role(lang, role), *role == fitting);
    Ok(Row {
        member: member.to_string(),
        name: names.names.name(lang, *member),
        whom,
        told: rows
            .iter()
            .map(|row| row.told)
            .min()
            .map(|told| moment::instant(lang, zone, told))
            .unwrap_or_default(),
        case,
        team,
        is_known,
        roles: CaseRole::ALL.iter().map(role).collect(),
    })
}

/// The role whose classes are those that the phone holds.
fn fitting_role(rows: &[FrozenRow]) -> CaseRole {
    match rows.iter().map(|row| row.frozen.class).max() {
        Some(Class::Restricted) => CaseRole::LeadWorker,
        Some(Class::File) => CaseRole::CoWorker,
        _ => CaseRole::Mentor,
    }
}

/// What a form is about.
fn posted_scope(visit: &Visit) -> Result<Scope, Fault> {
    match visit.posted("case") {
        "" => Ok(Scope::Team(visit.posted_id("team")?)),
        _ => Ok(Scope::Case(visit.posted_id("case")?)),
    }
}

/// `POST /frozen/end`
pub async fn end(
    State(console): State<Console>,
    Organiser(visit, signed): Organiser,
) -> Result<Response, Fault> {
    let (scope, member) = (posted_scope(&visit)?, visit.posted_id("member")?);
    console.run(move |server| Ok(directory::end_frozen(server, signed.member, member, scope)?)).await?;
    Ok(see("/frozen", "frozen-ended"))
}

/// `POST /frozen/give-back`
pub async fn give_back(
    State(console): State<Console>,
    Organiser(visit, signed): Organiser,
) -> Result<Response, Fault> {
    let (scope, member): (_, MemberId) = (posted_scope(&visit)?, visit.posted_id("member")?);
    let role = CaseRole::from_code(visit.posted("role"));
    let supervises = visit.posted("supervises") == "yes";
    console
        .run(move |server| {
            match scope {
                Scope::Case(case) => directory::give_back_case(server, signed.member, case, member, &role)?,
                Scope::Team(team) => {
                    directory::give_back_team(server, signed.member, team, member, supervises)?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(see("/frozen", "given-back"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::harness::Office;
    use doorstep_core::model::CaseId;
    use doorstep_core::sync::wire::Frozen;

    /// A colleague's phone that holds the office's case since before a restore.
    fn holding(office: &Office, classes: &[Class]) -> (crate::fixture::Phone, Vec<Frozen>) {
        let mut phone = office.base.phone(office.base.colleague);
        let held = classes.iter().map(|&class| Frozen { scope: Scope::Case(office.case), class }).collect();
        phone.sync(&office.base.server, Vec::new());
        (phone, held)
    }

    fn tell(office: &Office, phone: &crate::fixture::Phone, held: &[Frozen]) -> Vec<Frozen> {
        let mut request = phone.request(Vec::new());
        request.frozen = held.to_vec();
        phone.exchange(&office.base.server, &request).unwrap().ended
    }

    #[tokio::test]
    async fn confirmed_end_reaches_the_phone_and_nobody_elses() {
        let office = Office::open();
        let (phone, held) = holding(&office, &[Class::Contact, Class::File]);
        assert!(tell(&office, &phone, &held).is_empty(), "nobody has decided");
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/frozen").await.text;
        assert!(page.contains("小林") && page.matches("data-frozen=").count() == 1);
        assert!(browser.get("/queue").await.text.contains("href=\"/frozen\""));
        let (case, member) = (office.case.to_string(), office.base.colleague.to_string());
        let form = [("case", case.as_str()), ("member", member.as_str())];
        browser.post("/frozen/end", &form).await.sees("/frozen?said=frozen-ended");
        assert_eq!(office.audited("end_frozen"), 1);
        assert_eq!(tell(&office, &phone, &held), held);
        assert!(!browser.get("/frozen").await.text.contains("data-frozen"));
        assert!(!browser.get("/queue").await.text.contains("href=\"/frozen\""));
        // The phone has taken it off, and does not tell any more: the decision is spent.
        assert!(tell(&office, &phone, &[]).is_empty());
        assert!(tell(&office, &phone, &held).is_empty());
    }

    #[tokio::test]
    async fn given_back_is_granted_and_what_the_role_does_not_reach_ends() {
        let office = Office::open();
        let (phone, held) = holding(&office, &Class::ALL);
        tell(&office, &phone, &held);
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/frozen").await.text;
        assert!(page.contains("value=\"lead_worker\" selected"), "the role that fits what the phone holds");
        let (case, member) = (office.case.to_string(), office.base.colleague.to_string());
        let form = [("case", case.as_str()), ("member", member.as_str()), ("role", "co_worker")];
        browser.post("/frozen/give-back", &form).await.sees("/frozen?said=given-back");
        let restricted = Frozen { scope: Scope::Case(office.case), class: Class::Restricted };
        assert_eq!(tell(&office, &phone, &held), [restricted]);
        // Taken back later, it ends as any grant does, and what is frozen still waits for a word.
        office.base.end_assignment(office.case, office.base.colleague);
        assert_eq!(tell(&office, &phone, &held), [restricted]);
    }

    #[tokio::test]
    async fn strangers_neither_see_nor_decide() {
        let office = Office::open();
        let (phone, held) = holding(&office, &[Class::Contact]);
        tell(&office, &phone, &held);
        let (case, member) = (office.case.to_string(), office.base.colleague.to_string());
        let form = [("case", case.as_str()), ("member", member.as_str()), ("role", "co_worker")];
        let foreign = office.signed_in_as_foreign_supervisor().await;
        for mut browser in [foreign, office.signed_in_as_admin().await] {
            assert!(!browser.get("/frozen").await.text.contains("data-frozen"));
            assert_eq!(browser.post("/frozen/end", &form).await.status, 404);
            assert_eq!(browser.post("/frozen/give-back", &form).await.status, 404);
        }
        assert_eq!(office.signed_in_as_worker().await.get("/frozen").await.status, 403);
        assert!(tell(&office, &phone, &held).is_empty());
    }

    #[tokio::test]
    async fn minors_case_on_the_list_is_audited() {
        let office = Office::open();
        let scope = office.minors_visit().scope;
        let phone = office.base.phone(office.base.colleague);
        tell(&office, &phone, &[Frozen { scope, class: Class::Contact }]);
        let mut browser = office.signed_in_as_supervisor().await;
        assert!(browser.get("/frozen").await.text.contains("小雨"));
        assert_eq!(office.audited("list_minors"), 1);
    }

    #[tokio::test]
    async fn long_list_comes_in_pages() {
        let office = Office::open();
        let phone = office.base.phone(office.base.colleague);
        let unknown = |number| Frozen { scope: Scope::Case(CaseId([number; 16])), class: Class::File };
        tell(&office, &phone, &(1..=60).map(unknown).collect::<Vec<_>>());
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/frozen").await.text;
        assert_eq!(page.matches("data-frozen=").count(), 50);
        let next = page.split("rel=\"next\" href=\"").nth(1).unwrap().split('"').next().unwrap();
        assert_eq!(browser.get(next).await.text.matches("data-frozen=").count(), 10);
    }

    #[tokio::test]
    async fn administrator_gives_a_team_back() {
        let office = Office::open();
        let phone = office.base.phone(office.base.worker);
        let held = [Frozen { scope: Scope::Team(office.other_team), class: Class::File }];
        tell(&office, &phone, &held);
        let mut admin = office.signed_in_as_admin().await;
        assert!(admin.get("/frozen").await.text.contains("Other team"));
        let (team, member) = (office.other_team.to_string(), office.base.worker.to_string());
        let form = [("team", team.as_str()), ("member", member.as_str())];
        admin.post("/frozen/give-back", &form).await.sees("/frozen?said=given-back");
        assert!(tell(&office, &phone, &held).is_empty());
        assert!(admin.get(&format!("/teams/{team}")).await.text.contains(&member));
    }
}
