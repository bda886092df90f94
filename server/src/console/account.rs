//! Where the member is signed in, and ending it there.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{IDLE_MS, Id, Member, see};
use crate::store::sessions;
use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use data_encoding::HEXLOWER;
use doorstep_core::model::Hash;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    rows: Vec<Row>,
}

struct Row {
    session: String,
    agent: String,
    since: String,
    last_used: String,
    is_this: bool,
}

/// `GET /account`
pub async fn page(
    State(console): State<Console>,
    Member(visit, signed): Member,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let this = signed.session.token_hash;
    let rows = console
        .run(move |server| {
            let sessions = server.store().read::<_, Fault>(|tx| {
                Ok(sessions::of_member(tx, signed.member, now, now.plus_ms(-IDLE_MS))?)
            })?;
            let row = |session: &sessions::Session| Row {
                session: HEXLOWER.encode(&session.token_hash),
                agent: browser(session.agent.reveal()),
                since: moment::instant(lang, &zone, session.created),
                last_used: moment::instant(lang, &zone, session.last_used),
                is_this: session.token_hash == this,
            };
            Ok(sessions.iter().map(row).collect())
        })
        .await?;
    let shell = Shell::new(&visit, Some(Menu::Account));
    html(&AccountPage { t: lang.texts(), shell, said: said.sentence(lang), rows })
}

/// `POST /account/sessions/{session}/end`
pub async fn end(
    State(console): State<Console>,
    Member(visit, signed): Member,
    Id(session): Id<Hash>,
) -> Result<Response, Fault> {
    let now = visit.now;
    let had_one = console
        .run(move |server| {
            server.store().write::<_, Fault>(|tx| Ok(sessions::end(tx, signed.member, &session.0, now)?))
        })
        .await?;
    if had_one { Ok(see("/account", "session-ended")) } else { Err(Fault::NotFound) }
}

/// `POST /account/sessions/end-others`
pub async fn end_others(
    State(console): State<Console>,
    Member(visit, signed): Member,
) -> Result<Response, Fault> {
    let now = visit.now;
    console
        .run(move |server| {
            let kept = Some(&signed.session.token_hash);
            server.store().write::<_, Fault>(|tx| Ok(sessions::end_all(tx, signed.member, kept, now)?))
        })
        .await?;
    Ok(see("/account", "session-ended"))
}

/// Browser and system in two words, from what the browser says of itself.
fn browser(agent: &str) -> String {
    let find =
        |names: &[(&str, &'static str)]| names.iter().find(|name| agent.contains(name.0)).map(|name| name.1);
    let program = find(&[
        ("Edg", "Edge"),
        ("Firefox", "Firefox"),
        ("MicroMessenger", "微信"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("Android", "Android"),
        ("HarmonyOS", "HarmonyOS"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    match (program, system) {
        (Some(program), Some(system)) => format!("{program} · {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "—".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::harness::Office;

    #[tokio::test]
    async fn other_sessions_are_listed_and_ended() {
        let office = Office::open();
        let mut lost = office.signed_in_as_supervisor().await;
        let mut browser = office.signed_in_as_supervisor().await;
        let page = browser.get("/account").await.text;
        assert_eq!(page.matches("data-session=").count(), 2);
        browser.post("/account/sessions/end-others", &[]).await.sees("/account?said=session-ended");
        lost.get("/queue").await.sees("/sign-in?next=/queue");
        assert_eq!(browser.get("/queue").await.status, 200);
    }

    #[tokio::test]
    async fn nobody_ends_a_colleagues_session() {
        let office = Office::open();
        let mut colleague = office.signed_in_as_worker().await;
        let page = colleague.get("/account").await.text;
        let session = page.split("data-session=\"").nth(1).unwrap().split('"').next().unwrap();
        let mut browser = office.signed_in_as_supervisor().await;
        let reply = browser.post(&format!("/account/sessions/{session}/end"), &[]).await;
        assert_eq!(reply.status, 404);
        assert_eq!(colleague.get("/cases").await.status, 200);
    }

    #[test]
    fn browsers_are_told_in_two_words() {
        let agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
        assert_eq!(browser(agent), "Chrome · Windows");
        assert_eq!(browser("curl"), "—");
    }
}
