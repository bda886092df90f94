//! One member: password and phones.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{Admin, Id, see};
use super::words;
use crate::directory::{self, PASSWORD_LEAST};
use crate::store::devices::{self, Device, DeviceState};
use crate::store::members;
use crate::store::sessions;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use doorstep_core::model::MemberId;

#[derive(Template)]
#[template(path = "member.html")]
struct MemberPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    member: String,
    name: String,
    roles: String,
    login: String,
    password_least: usize,
    phones: Vec<Phone>,
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
}

/// `GET /members/{member}`
pub async fn page(
    State(console): State<Console>,
    Admin(visit, _): Admin,
    Id(member): Id<MemberId>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (zone, lang) = (console.zone().clone(), visit.lang);
    let shell = Shell::new(&visit, Some(Menu::Members));
    let page = console
        .run(move |server| {
            server.store().read::<_, Fault>(|tx| {
                let found = members::find(tx, member)?.ok_or(Fault::NotFound)?;
                let phone = |device: &Device| Phone {
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
                };
                let phones = devices::list(tx)?;
                Ok(MemberPage {
                    t: lang.texts(),
                    shell,
                    said: said.sentence(lang),
                    member: member.to_string(),
                    name: found.name.reveal().clone(),
                    roles: words::roles(lang, &found.roles),
                    login: found.login.map(|login| login.reveal().clone()).unwrap_or_default(),
                    password_least: PASSWORD_LEAST,
                    phones: phones.iter().filter(|one| one.member == Some(member)).map(phone).collect(),
                })
            })
        })
        .await?;
    html(&page)
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
}
