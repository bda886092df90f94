//! Teams: a supervisor's own, an administrator's all.

use super::Console;
use super::fault::Fault;
use super::names::Names;
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{Admin, Organiser, Signed, see};
use crate::directory;
use crate::store::teams::{self, Team};
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::Role;

#[derive(Template)]
#[template(path = "teams.html")]
struct TeamsPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    rows: Vec<Row>,
    may_create: bool,
}

struct Row {
    team: String,
    name: String,
    supervisors: String,
    members: String,
}

/// Whether a member may look at a team.
pub fn may_see(signed: &Signed, team: &Team) -> bool {
    signed.has(&Role::Admin) || team.members.iter().any(|one| one.0 == signed.member)
}

/// `GET /teams`
pub async fn page(
    State(console): State<Console>,
    Organiser(visit, signed): Organiser,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let lang = visit.lang;
    let may_create = signed.has(&Role::Admin);
    let rows = console
        .run(move |server| {
            server.store().read::<_, Fault>(|tx| {
                let names = Names::load(tx)?;
                let people = |team: &Team, supervises: bool| {
                    let chosen = team.members.iter().filter(|one| one.1 == supervises);
                    let chosen: Vec<String> = chosen.map(|one| names.name(lang, one.0)).collect();
                    chosen.join(lang.pick("、", ", "))
                };
                let teams = teams::list(tx)?;
                let row = |team: &Team| Row {
                    team: team.id.to_string(),
                    name: team.name.reveal().clone(),
                    supervisors: people(team, true),
                    members: people(team, false),
                };
                Ok(teams.iter().filter(|team| may_see(&signed, team)).map(row).collect())
            })
        })
        .await?;
    html(&TeamsPage {
        t: lang.texts(),
        shell: Shell::new(&visit, Some(Menu::Teams)),
        said: said.sentence(lang),
        rows,
        may_create,
    })
}

/// `POST /teams`
pub async fn create(State(console): State<Console>, Admin(visit, signed): Admin) -> Result<Response, Fault> {
    let name = visit.posted("name").to_owned();
    let team =
        console.run(move |server| Ok(directory::create_team(server, Some(signed.member), &name)?)).await?;
    Ok(see(format_args!("/teams/{team}"), "added"))
}
