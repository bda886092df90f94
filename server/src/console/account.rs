//! Where the member is signed in, ending it there, and the own password.

use super::Console;
use super::fault::Fault;
use super::moment;
use super::shell::{Menu, Said, Shell, html};
use super::texts::Texts;
use super::visit::{IDLE_MS, Id, Member, Signed, Visit, see};
use crate::directory::{self, PASSWORD_LEAST, PASSWORD_LIMIT, verify_password};
use crate::store::{members, sessions};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use data_encoding::HEXLOWER;
use doorstep_core::model::Hash;

#[derive(Template)]
#[template(path = "account.html")]
struct AccountPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    problem: &'static str,
    password_least: usize,
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
    write(&console, &visit, &signed, said.sentence(visit.lang), "").await
}

async fn write(
    console: &Console,
    visit: &Visit,
    signed: &Signed,
    said: &'static str,
    problem: &'static str,
) -> Result<Response, Fault> {
    let (zone, lang, now) = (console.zone().clone(), visit.lang, visit.now);
    let (member, this) = (signed.member, signed.session.token_hash);
    let rows = console
        .run(move |server| {
            let sessions = server
                .store()
                .read::<_, Fault>(|tx| Ok(sessions::of_member(tx, member, now, now.plus_ms(-IDLE_MS))?))?;
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
    html(&AccountPage {
        t: lang.texts(),
        shell: Shell::new(visit, Some(Menu::Account)),
        said,
        problem,
        password_least: PASSWORD_LEAST,
        rows,
    })
}

/// `POST /account/password`: the present one is asked for, so that a browser left open is not enough.
pub async fn set_password(
    State(console): State<Console>,
    Member(visit, signed): Member,
) -> Result<Response, Fault> {
    let t = visit.lang.texts();
    // Not trimmed: a blank may be part of a password.
    let posted = |name| visit.posted_all(name).next().unwrap_or_default().to_owned();
    let (current, new, again) = (posted("current"), posted("password"), posted("again"));
    let refuse = async |status, problem| {
        let page = write(&console, &visit, &signed, "", problem).await?;
        Ok::<Response, Fault>((status, page).into_response())
    };
    let unprocessable = StatusCode::UNPROCESSABLE_ENTITY;
    if new != again {
        return refuse(unprocessable, t.passwords_differ).await;
    }
    if current.len() > PASSWORD_LIMIT || !directory::is_possible_password(&new) {
        return refuse(unprocessable, t.password_short).await;
    }
    // Guessing here counts like guessing at the sign-in, under a name that nobody signs in with.
    let guesses = format!("password of {}", signed.member);
    if !console.0.attempts.begin(&guesses, visit.now) {
        return refuse(StatusCode::TOO_MANY_REQUESTS, t.sign_in_later).await;
    }
    let turn = console.0.verifying.acquire().await.map_err(|_| Fault::Busy)?;
    let (member, this, now) = (signed.member, signed.session.token_hash, visit.now);
    let is_right = console
        .run(move |server| {
            let hash = server.store().read::<_, Fault>(|tx| Ok(members::password(tx, member)?))?;
            if !verify_password(hash.as_deref(), &current) {
                return Ok(false);
            }
            directory::set_password(server, Some(member), member, &new)?;
            server.store().write::<_, Fault>(|tx| Ok(sessions::end_all(tx, member, Some(&this), now)?))?;
            Ok(true)
        })
        .await?;
    drop(turn);
    if !is_right {
        return refuse(StatusCode::FORBIDDEN, t.wrong_password).await;
    }
    console.0.attempts.forget(&guesses);
    Ok(see("/account", "password"))
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
    use crate::console::harness::{Office, PASSWORD};

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

    #[tokio::test]
    async fn own_password_needs_the_present_one_and_ends_other_sessions() {
        let office = Office::open();
        let mut lost = office.signed_in_as_worker().await;
        let mut browser = office.signed_in_as_worker().await;
        let new = "桃花开在后山的春天里";
        let form = |current: &'static str, again: &'static str| {
            [("current", current), ("password", new), ("again", again)]
        };
        assert_eq!(browser.post("/account/password", &form("a guess", new)).await.status, 403);
        assert_eq!(browser.post("/account/password", &form(PASSWORD, "another")).await.status, 422);
        let short = [("current", PASSWORD), ("password", "short"), ("again", "short")];
        assert_eq!(browser.post("/account/password", &short).await.status, 422);
        assert_eq!(lost.get("/cases").await.status, 200, "nothing was changed so far");
        browser.post("/account/password", &form(PASSWORD, new)).await.sees("/account?said=password");
        assert_eq!(browser.get("/cases").await.status, 200);
        lost.get("/cases").await.sees("/sign-in?next=/cases");
        let mut again = office.browser();
        again.get("/sign-in").await;
        again.post("/sign-in", &[("login", "worker"), ("password", new)]).await.sees("/");
    }

    #[tokio::test]
    async fn guessing_the_present_password_has_to_wait() {
        let office = Office::open();
        let mut browser = office.signed_in_as_worker().await;
        let form = |current: &'static str| {
            [("current", current), ("password", "another long one"), ("again", "another long one")]
        };
        for _ in 0..5 {
            assert_eq!(browser.post("/account/password", &form("a guess")).await.status, 403);
        }
        assert_eq!(browser.post("/account/password", &form(PASSWORD)).await.status, 429);
    }

    #[test]
    fn browsers_are_told_in_two_words() {
        let agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36";
        assert_eq!(browser(agent), "Chrome · Windows");
        assert_eq!(browser("curl"), "—");
    }
}
