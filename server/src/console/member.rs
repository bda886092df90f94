//! One member: phones, teams, roles and password.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{Admin, Id, Visit, see};
use super::words;
use crate::directory::{self, DirectoryFault, PASSWORD_LEAST};
use crate::server::Server;
use crate::store::devices::{self, Device, DeviceState};
use crate::store::members;
use crate::store::{recoveries, sessions, teams};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{DeviceId, MemberId, Role, TeamId, Timestamp};

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    member: String,
    name: String,
    roles: String,
    has_left: bool,
    login: String,
    problem: &'static str,
    password_least: usize,
    phones: Vec<Phone>,
    teams: Vec<Team>,
    /// Code, name, whether the member has it.
    all_roles: Vec<(String, String, bool)>,
}

struct Team {
    id: String,
    name: String,
    supervises: bool,
}

struct Phone {
    device: String,
    label: String,
    state: String,
    state_code: &'static str,
    enrolled: String,
    last_seen: String,
    is_unconfirmed: bool,
    is_revoked: bool,
    /// Since when it asks for its key; empty if it does not.
    recovery: String,
}

/// `GET /members/{member}`
pub async fn page(
    State(console): State<Console>,
    Admin(visit, _): Admin,
    Id(member): Id<MemberId>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    write(&console, &visit, member, said.sentence(visit.lang), "").await
}

pub(super) async fn write(
    console: &Console,
    visit: &Visit,
    member: MemberId,
    said: &'static str,
    problem: &'static str,
) -> Result<Response, Fault> {
    let (zone, lang, visit_now) = (console.zone().clone(), visit.lang, visit.now);
    let shell = Shell::new(visit, Some(Menu::Members));
    let page = console
        .run(move |server| {
            server.store().read::<_, Fault>(|tx| {
                let found = members::find(tx, member)?.ok_or(Fault::NotFound)?;
                let phone = |device: &Device| {
                    Ok::<_, Fault>(Phone {
                        device: device.id.to_string(),
                        label: device.label.reveal().clone(),
                        state: words::device_state(lang, device.state).to_owned(),
                        state_code: device.state.code(),
                        enrolled: moment::instant(lang, &zone, device.enrolled),
                        last_seen: device.last_seen.map_or_else(
                            || lang.texts().never_seen.to_owned(),
                            |time| moment::instant(lang, &zone, time),
                        ),
                        is_unconfirmed: device.state == DeviceState::Unconfirmed,
                        is_revoked: device.state == DeviceState::Revoked,
                        recovery: waiting_recovery(tx, device.id, visit_now)?
                            .map_or_else(String::new, |asked| moment::instant(lang, &zone, asked)),
                    })
                };
                let phones = devices::list(tx)?;
                let team = |(team, supervises): (TeamId, bool)| {
                    let name = teams::find(tx, team)?.map(|team| team.name.into_inner());
                    Ok(Team { id: team.to_string(), name: name.unwrap_or_default(), supervises })
                };
                let role = |role: &Role| {
                    (role.code().to_owned(), words::role(lang, role), found.roles.contains(role))
                };
                Ok(MemberPage {
                    t: lang.texts(),
                    shell,
                    said,
                    problem,
                    all_roles: Role::ALL.iter().map(role).collect(),
                    teams: teams::of_member(tx, member)?
                        .into_iter()
                        .map(team)
                        .collect::<Result<_, Fault>>()?,
                    member: member.to_string(),
                    name: found.name.reveal().clone(),
                    roles: words::roles(lang, &found.roles),
                    has_left: found.ended.is_some(),
                    login: found.login.map(|login| login.reveal().clone()).unwrap_or_default(),
                    password_least: PASSWORD_LEAST,
                    phones: phones
                        .iter()
                        .filter(|one| one.member == Some(member))
                        .map(phone)
                        .collect::<Result<_, _>>()?,
                })
            })
        })
        .await?;
    html(&page)
}

/// `POST /members/{member}/end`
pub async fn end(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(member): Id<MemberId>,
) -> Result<Response, Fault> {
    let end = move |server: &Server| directory::end_membership(server, Some(signed.member), member);
    change(&console, &visit, member, end, "left").await
}

/// `POST /members/{member}/roles`
pub async fn set_roles(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(member): Id<MemberId>,
) -> Result<Response, Fault> {
    let t = visit.lang.texts();
    let roles: Vec<Role> = visit.posted_all("role").map(Role::from_code).collect();
    if roles.is_empty() {
        let page = write(&console, &visit, member, "", t.no_role).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let set = move |server: &Server| directory::set_roles(server, Some(signed.member), member, &roles);
    change(&console, &visit, member, set, "roles").await
}

/// Changes a member; that there would be no administrator any more is said on the page.
async fn change(
    console: &Console,
    visit: &Visit,
    member: MemberId,
    change: impl FnOnce(&Server) -> Result<(), DirectoryFault> + Send + 'static,
    said: &'static str,
) -> Result<Response, Fault> {
    let is_done = console
        .run(move |server| match change(server) {
            Err(DirectoryFault::LastAdmin) => Ok(false),
            other => Ok(other.map(|()| true)?),
        })
        .await?;
    if is_done {
        return Ok(see(format_args!("/members/{member}"), said));
    }
    let page = write(console, visit, member, "", visit.lang.texts().last_admin).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// `POST /members/{member}/password`
pub async fn set_password(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(member): Id<MemberId>,
) -> Result<Response, Fault> {
    let password = visit.posted_all("password").next().unwrap_or_default().to_owned();
    let now = visit.now;
    console
        .run(move |server| {
            directory::set_password(server, Some(signed.member), member, &password)?;
            // An administrator who changes the own password stays signed in here.
            let kept = (member == signed.member).then_some(&signed.session.token_hash);
            server.store().write::<_, Fault>(|tx| Ok(sessions::end_all(tx, member, kept, now)?))
        })
        .await?;
    Ok(see(format_args!("/members/{member}"), "password"))
}

/// Since when a phone asks for its key, if nobody has confirmed it yet and it asked today.
fn waiting_recovery(
    tx: &rusqlite::Connection,
    device: DeviceId,
    now: Timestamp,
) -> Result<Option<Timestamp>, Fault> {
    const SHOWN_MS: i64 = 86_400_000;
    let waiting = recoveries::find(tx, device)?.filter(|waiting| waiting.confirmed.is_none());
    Ok(waiting.map(|waiting| waiting.asked).filter(|&asked| now.ms_since(asked) < SHOWN_MS))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn new_password_ends_the_members_sessions() {
        let office = Office::open();
        let mut worker = office.signed_in_as_worker().await;
        let mut admin = office.signed_in_as_admin().await;
        let address = format!("/members/{}", office.base.worker);
        let reply = admin.post(&format!("{address}/password"), &[("password", "another long one")]).await;
        reply.sees(&format!("{address}?said=password"));
        worker.get("/cases").await.sees("/sign-in?next=/cases");
        let short = admin.post(&format!("{address}/password"), &[("password", "short")]).await;
        assert_eq!(short.status, 422);
    }

    #[tokio::test]
    async fn changed_roles_change_what_a_member_may_open_and_supervise() {
        let office = Office::open();
        let supervisor = office.base.supervisor;
        let address = format!("/members/{supervisor}");
        let mut admin = office.signed_in_as_admin().await;
        assert!(admin.get(&address).await.text.contains("value=\"supervisor\" checked"));
        let mut reader = office.signed_in_as_supervisor().await;
        assert_eq!(reader.get(&format!("/cases/{}", office.case)).await.status, 200);
        let roles = [("role", "worker"), ("role", "mentor")];
        admin.post(&format!("{address}/roles"), &roles).await.sees(&format!("{address}?said=roles"));
        assert_eq!(reader.get("/queue").await.status, 403);
        // No supervisor any more, hence none of the team: its cases are closed too.
        assert_eq!(reader.get(&format!("/cases/{}", office.case)).await.status, 404);
        assert_eq!(admin.post(&format!("{address}/roles"), &[]).await.status, 422);
        assert_eq!(office.audited("set_roles"), 1);
        assert_eq!(reader.post(&format!("{address}/roles"), &roles).await.status, 403);
    }

    #[tokio::test]
    async fn last_administrator_stays_one() {
        let office = Office::open();
        let mut admin = office.signed_in_as_admin().await;
        let page = admin.get("/members").await.text;
        let me = page.split("data-member=\"").skip(1).find(|one| one.contains("Admin")).unwrap();
        let me = format!("/members/{}", &me[..36]);
        assert_eq!(admin.post(&format!("{me}/roles"), &[("role", "worker")]).await.status, 409);
        assert_eq!(admin.get("/members").await.status, 200);
        let worker = format!("/members/{}", office.base.worker);
        let both = [("role", "worker"), ("role", "admin")];
        admin.post(&format!("{worker}/roles"), &both).await.sees(&format!("{worker}?said=roles"));
        admin.post(&format!("{me}/roles"), &[("role", "worker")]).await.sees(&format!("{me}?said=roles"));
        assert_eq!(admin.get("/members").await.status, 403);
    }

    #[tokio::test]
    async fn who_leaves_the_office_is_shown_so_and_cannot_sign_in() {
        let office = Office::open();
        let mut supervisor = office.signed_in_as_supervisor().await;
        let mut admin = office.signed_in_as_admin().await;
        let address = format!("/members/{}", office.base.supervisor);
        assert_eq!(supervisor.post(&format!("{address}/end"), &[]).await.status, 403);
        admin.post(&format!("{address}/end"), &[]).await.sees(&format!("{address}?said=left"));
        let page = admin.get(&address).await.text;
        assert!(page.contains("data-state=\"revoked\"") && !page.contains("end-membership"));
        assert_ne!(supervisor.get("/queue").await.status, 200);
        assert_eq!(office.audited("end_membership"), 1);
    }

    #[tokio::test]
    async fn member_leaves_a_team_from_the_own_page() {
        let office = Office::open();
        let address = format!("/members/{}", office.base.mentor);
        let mut admin = office.signed_in_as_admin().await;
        let leave = format!("/teams/{}/leave", office.base.team);
        assert!(admin.get(&address).await.text.contains(&leave));
        let member = office.base.mentor.to_string();
        let form = [("member", member.as_str()), ("back", "member")];
        admin.post(&leave, &form).await.sees(&format!("{address}?said=saved"));
        assert!(!admin.get(&address).await.text.contains(&leave));
    }
}
