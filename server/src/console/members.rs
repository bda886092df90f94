//! Members of the organisation. No case content is anywhere near here.

use super::Console;
use super::fault::Fault;
use super::pages::{After, Links, Paged};
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{Admin, Visit, see};
use super::words;
use crate::directory::{self, DirectoryFault, NewMember};
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::members;
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use doorstep_core::model::{MemberId, Role};

#[derive(Template)]
#[template(path = "members.html")]
struct MembersPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    problem: &'static str,
    rows: Vec<Row>,
    pages: Links,
    roles: Vec<(String, String)>,
}

struct Row {
    member: String,
    name: String,
    roles: String,
    has_left: bool,
    phones: usize,
    unconfirmed: bool,
}

/// `GET /members`
pub async fn page(
    State(console): State<Console>,
    Admin(visit, _): Admin,
    Query(said): Query<Said>,
    Query(asked): Query<After>,
) -> Result<Response, Fault> {
    write(&console, &visit, asked.after, said.sentence(visit.lang), "").await
}

async fn write(
    console: &Console,
    visit: &Visit,
    after: String,
    said: &'static str,
    problem: &'static str,
) -> Result<Response, Fault> {
    let lang = visit.lang;
    let page = console
        .run(move |server: &Server| {
            server.store().read::<_, Fault>(|tx| {
                let phones = devices::list(tx)?;
                let row = |member: members::Member| {
                    let of_member = || {
                        phones.iter().filter(|phone| {
                            phone.member == Some(member.id) && phone.state != DeviceState::Revoked
                        })
                    };
                    Ok::<_, Fault>(Row {
                        member: member.id.to_string(),
                        name: member.name.reveal().clone(),
                        roles: words::roles(lang, &member.roles),
                        has_left: member.ended.is_some(),
                        phones: of_member().count(),
                        unconfirmed: of_member().any(|phone| phone.state == DeviceState::Unconfirmed),
                    })
                };
                let id = |member: &members::Member| member.id.to_string();
                Paged::after(members::list(tx)?, |member| id(member) == after, id).map(row)
            })
        })
        .await?;
    html(&MembersPage {
        t: lang.texts(),
        shell: Shell::new(visit, Some(Menu::Members)),
        said,
        problem,
        pages: page.links("/members", ""),
        rows: page.rows,
        roles: Role::ALL.iter().map(|role| (role.code().to_owned(), words::role(lang, role))).collect(),
    })
}

/// `POST /members`
pub async fn create(State(console): State<Console>, Admin(visit, signed): Admin) -> Result<Response, Fault> {
    let posted = std::sync::Arc::clone(&visit);
    let made = console
        .run(move |server| match add(server, &posted, signed.member) {
            Err(DirectoryFault::LoginTaken) => Ok(None),
            other => Ok(Some(other?)),
        })
        .await?;
    if let Some(member) = made {
        return Ok(see(format_args!("/members/{member}"), "added"));
    }
    let page = write(&console, &visit, String::new(), "", visit.lang.texts().login_taken).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

fn add(server: &Server, visit: &Visit, by: MemberId) -> Result<MemberId, DirectoryFault> {
    let roles: Vec<Role> = visit.posted_all("role").map(Role::from_code).collect();
    let login = Some(visit.posted("login")).filter(|login| !login.is_empty());
    let password = visit.posted_all("password").next().filter(|password| !password.is_empty());
    let language = visit.posted("language");
    let new = NewMember { name: visit.posted("name"), login, language, roles: &roles };
    let member = directory::add_member(server, Some(by), &new)?;
    if let Some(password) = password {
        directory::set_password(server, Some(by), member, password)?;
    }
    Ok(member)
}

#[cfg(test)]
mod tests {
    use crate::console::harness::Office;

    #[tokio::test]
    async fn new_member_signs_in_with_the_given_password() {
        let office = Office::open();
        let mut admin = office.signed_in_as_admin().await;
        let form = [
            ("name", "林青"),
            ("login", "lin"),
            ("password", "a long password"),
            ("role", "worker"),
            ("language", "zh"),
        ];
        assert_eq!(admin.post("/members", &form).await.status, 303);
        assert!(admin.get("/members").await.text.contains("林青"));
        assert_eq!(admin.post("/members", &form).await.status, 409);
        office.signed_in("lin").await;
    }

    #[tokio::test]
    async fn only_an_administrator_sees_members() {
        let office = Office::open();
        assert_eq!(office.signed_in_as_supervisor().await.get("/members").await.status, 403);
        assert_eq!(office.signed_in_as_worker().await.get("/members").await.status, 403);
    }
}
