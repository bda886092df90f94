//! One team: who is in it, who supervises it.

use super::Console;
use super::fault::Fault;
use super::names::Names;
use super::shell::{Menu, Said, Shell, html};
use super::teams::may_see;
use super::texts::Texts;
use super::visit::{Admin, Id, Organiser, see};
use super::words;
use crate::directory;
use crate::store::{members, teams};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::{MemberId, Role, TeamId};

#[derive(Template)]
#[template(path = "team.html")]
struct TeamPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    team: String,
    name: String,
    rows: Vec<Row>,
    candidates: Vec<(String, String)>,
    may_change: bool,
}

struct Row {
    member: String,
    name: String,
    roles: String,
    supervises: bool,
}

/// `GET /teams/{team}`
pub async fn page(
    State(console): State<Console>,
    Organiser(visit, signed): Organiser,
    Id(team): Id<TeamId>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let lang = visit.lang;
    let shell = Shell::new(&visit, Some(Menu::Teams));
    let page = console
        .run(move |server| {
            server.store().read::<_, Fault>(|tx| {
                let found = teams::find(tx, team)?.filter(|found| may_see(&signed, found));
                let found = found.ok_or(Fault::NotFound)?;
                let names = Names::load(tx)?;
                let roles = |member: MemberId| {
                    let roles = names.find(member).map(|member| member.roles.as_slice()).unwrap_or_default();
                    words::roles(lang, roles)
                };
                let row = |one: &(MemberId, bool)| Row {
                    member: one.0.to_string(),
                    name: names.name(lang, one.0),
                    roles: roles(one.0),
                    supervises: one.1,
                };
                let is_outside =
                    |member: &&members::Member| !found.members.iter().any(|one| one.0 == member.id);
                Ok(TeamPage {
                    t: lang.texts(),
                    shell,
                    said: said.sentence(lang),
                    team: team.to_string(),
                    name: found.name.reveal().clone(),
                    rows: found.members.iter().map(row).collect(),
                    candidates: members::list(tx)?
                        .iter()
                        .filter(|member| member.ended.is_none())
                        .filter(is_outside)
                        .map(|member| (member.id.to_string(), member.name.reveal().clone()))
                        .collect(),
                    may_change: signed.has(&Role::Admin),
                })
            })
        })
        .await?;
    html(&page)
}

/// `POST /teams/{team}/join`
pub async fn join(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(team): Id<TeamId>,
) -> Result<Response, Fault> {
    let member: MemberId = visit.posted_id("member")?;
    let supervises = visit.posted("supervises") == "yes";
    console
        .run(move |server| Ok(directory::join_team(server, Some(signed.member), team, member, supervises)?))
        .await?;
    Ok(see(format_args!("/teams/{team}"), "saved"))
}

/// `POST /teams/{team}/leave`
pub async fn leave(
    State(console): State<Console>,
    Admin(visit, signed): Admin,
    Id(team): Id<TeamId>,
) -> Result<Response, Fault> {
    let member: MemberId = visit.posted_id("member")?;
    console.run(move |server| Ok(directory::leave_team(server, Some(signed.member), team, member)?)).await?;
    if visit.posted("back") == "member" {
        return Ok(see(format_args!("/members/{member}"), "saved"));
    }
    Ok(see(format_args!("/teams/{team}"), "saved"))
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn administrator_fills_a_team_and_a_supervisor_sees_own_ones_only() {
        let office = Office::open();
        let mentor = office.base.mentor.to_string();
        let other = format!("/teams/{}", office.other_team);
        let mut admin = office.signed_in_as_admin().await;
        let form = [("member", mentor.as_str())];
        admin.post(&format!("{other}/join"), &form).await.sees(&format!("{other}?said=saved"));
        let on_it = format!("data-member=\"{mentor}\"");
        assert!(admin.get(&other).await.text.contains(&on_it));
        admin.post(&format!("{other}/leave"), &form).await;
        assert!(!admin.get(&other).await.text.contains(&on_it));

        let mut supervisor = office.signed_in_as_supervisor().await;
        assert_eq!(supervisor.get(&other).await.status, 404);
        assert_eq!(supervisor.get(&format!("/teams/{}", office.base.team)).await.status, 200);
        assert_eq!(supervisor.post(&format!("{other}/join"), &form).await.status, 403);
    }
}
