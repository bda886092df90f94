//! Signing in and out.

use super::Console;
use super::fault::Fault;
use super::shell::{Said, Shell, html};
use super::texts::Texts;
use super::visit::{Anyone, Member, SESSION_COOKIE, Visit, is_own_page, see, set_cookie};
use crate::directory::{PASSWORD_LIMIT, verify_password};
use crate::server::Server;
use crate::store::audit::{self, Line};
use crate::store::members;
use crate::store::sessions::{self, Session};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::BASE64URL_NOPAD;
use doorstep_core::model::{Private, Timestamp};
use sha2::{Digest, Sha256};

/// A session ends after a working day, however much it is used.
const SESSION_MS: i64 = 12 * 60 * 60 * 1_000;
/// Longest name to sign in with, in bytes.
const LOGIN_LIMIT: usize = 200;
/// Longest name of a browser that is kept, in characters.
const AGENT_LIMIT: usize = 200;

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignInPage {
    t: &'static Texts,
    shell: Shell,
    said: &'static str,
    problem: &'static str,
    login: String,
    next: String,
}

/// Where to go afterwards.
#[derive(serde::Deserialize)]
pub struct Next {
    #[serde(default)]
    next: String,
}

fn write(visit: &Visit, said: &'static str, problem: &'static str, next: &str) -> Result<Response, Fault> {
    html(&SignInPage {
        t: visit.lang.texts(),
        shell: Shell::new(visit, None),
        said,
        problem,
        login: visit.posted("login").to_owned(),
        next: if is_own_page(next) { next.to_owned() } else { "/".to_owned() },
    })
}

/// `GET /sign-in`
pub async fn page(
    Anyone(visit): Anyone,
    Query(next): Query<Next>,
    Query(said): Query<Said>,
) -> Result<Response, Fault> {
    if visit.signed.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    write(&visit, said.sentence(visit.lang), "", &next.next)
}

/// `POST /sign-in`
pub async fn submit(
    State(console): State<Console>,
    Anyone(visit): Anyone,
    headers: HeaderMap,
) -> Result<Response, Fault> {
    let t = visit.lang.texts();
    let login = visit.posted("login").to_owned();
    // Not trimmed: a blank may be part of a password.
    let password = visit.posted_all("password").next().unwrap_or_default().to_owned();
    if login.len() > LOGIN_LIMIT || password.len() > PASSWORD_LIMIT {
        return Err(Fault::Invalid);
    }
    if !console.0.attempts.begin(&login, visit.now) {
        let page = write(&visit, "", t.sign_in_later, visit.posted("next"))?;
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let agent: String = agent.chars().take(AGENT_LIMIT).collect();
    let (name, now) = (login.clone(), visit.now);
    // One verification at a time: each takes 19 MiB, and guessing in parallel gains nothing.
    let _turn = console.0.verifying.acquire().await.map_err(|_| Fault::Busy)?;
    let cookie = console.run(move |server| begin(server, &name, &password, agent, now)).await?;
    let Some(cookie) = cookie else {
        let page = write(&visit, "", t.sign_in_failed, visit.posted("next"))?;
        return Ok((StatusCode::UNAUTHORIZED, page).into_response());
    };
    console.0.attempts.forget(&login);
    let next = visit.posted("next");
    let mut response = Redirect::to(if is_own_page(next) { next } else { "/" }).into_response();
    set_cookie(&console, response.headers_mut(), SESSION_COOKIE, &cookie, None);
    Ok(response)
}

/// Begins a session if name and password go together; returns its cookie.
fn begin(
    server: &Server,
    login: &str,
    password: &str,
    agent: String,
    now: Timestamp,
) -> Result<Option<String>, Fault> {
    let found = server.store().read::<_, Fault>(|tx| {
        let Some(member) = members::find_by_login(tx, login)? else { return Ok(None) };
        Ok(members::password(tx, member.id)?.map(|hash| (member.id, hash)))
    })?;
    if !verify_password(found.as_ref().map(|found| found.1.as_str()), password) {
        return Ok(None);
    }
    let Some((member, _)) = found else { return Ok(None) };
    let cookie = BASE64URL_NOPAD.encode(&server.env().bytes::<32>());
    let session = Session {
        token_hash: Sha256::digest(cookie.as_bytes()).into(),
        member,
        csrf: Private::new(server.env().bytes()),
        agent: Private::new(agent),
        created: now,
        last_used: now,
        expires: now.plus_ms(SESSION_MS),
    };
    server.store().write::<_, Fault>(|tx| {
        sessions::add(tx, &session)?;
        let line = Line {
            time: now,
            member: Some(member),
            device: None,
            verb: "sign_in",
            subject: None,
            detail: None,
        };
        Ok(audit::add(tx, &line)?)
    })?;
    Ok(Some(cookie))
}

/// `POST /sign-out`
pub async fn sign_out(
    State(console): State<Console>,
    Member(visit, signed): Member,
) -> Result<Response, Fault> {
    let now = visit.now;
    console
        .run(move |server| {
            let (member, session) = (signed.member, signed.session.token_hash);
            server.store().write::<_, Fault>(|tx| Ok(sessions::end(tx, member, &session, now)?))
        })
        .await?;
    let mut response = see("/sign-in", "signed-out");
    set_cookie(&console, response.headers_mut(), SESSION_COOKIE, "gone", Some(0));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use crate::console::harness::{Office, PASSWORD};

    #[tokio::test]
    async fn stranger_is_sent_to_the_sign_in_and_back() {
        let office = Office::open();
        let mut browser = office.browser();
        browser.get("/queue").await.sees("/sign-in?next=/queue");
        browser.get("/sign-in?next=/queue").await;
        let form = [("login", "supervisor"), ("password", PASSWORD), ("next", "/queue")];
        browser.post("/sign-in", &form).await.sees("/queue");
        assert_eq!(browser.get("/queue").await.status, 200);
        browser.post("/sign-out", &[]).await.sees("/sign-in?said=signed-out");
        browser.get("/queue").await.sees("/sign-in?next=/queue");
    }

    #[tokio::test]
    async fn old_cookie_is_worth_nothing_after_signing_out() {
        let office = Office::open();
        let mut browser = office.signed_in_as_supervisor().await;
        let mut thief = browser.clone();
        browser.post("/sign-out", &[]).await;
        thief.get("/queue").await.sees("/sign-in?next=/queue");
    }

    #[tokio::test]
    async fn wrong_password_and_unknown_name_are_answered_alike() {
        let office = Office::open();
        let mut texts = Vec::new();
        for login in ["supervisor", "nobody-here"] {
            let mut browser = office.browser();
            browser.get("/sign-in").await;
            let reply = browser.post("/sign-in", &[("login", login), ("password", "wrong wrong")]).await;
            assert_eq!(reply.status, 401);
            texts.push(reply.text.replace(login, "").replace(&browser.csrf, ""));
        }
        assert_eq!(texts[0], texts[1]);
    }

    #[tokio::test]
    async fn guessing_has_to_wait_even_with_the_right_password() {
        let office = Office::open();
        let mut browser = office.browser();
        browser.get("/sign-in").await;
        for _ in 0..5 {
            browser.post("/sign-in", &[("login", "supervisor"), ("password", "a guess")]).await;
        }
        let right = [("login", "supervisor"), ("password", PASSWORD)];
        assert_eq!(browser.post("/sign-in", &right).await.status, 429);
    }

    #[tokio::test]
    async fn form_without_the_token_of_its_session_is_turned_down() {
        let office = Office::open();
        let mut browser = office.signed_in_as_supervisor().await;
        browser.csrf = "0".repeat(64);
        assert_eq!(browser.post("/sign-out", &[]).await.status, 403);
        assert_eq!(browser.get("/queue").await.status, 200);

        let mut stranger = office.browser();
        stranger.csrf = "made-up".into();
        let form = [("login", "supervisor"), ("password", PASSWORD)];
        assert_eq!(stranger.post("/sign-in", &form).await.status, 403);
    }

    #[tokio::test]
    async fn every_page_forbids_scripts_frames_and_caches() {
        let office = Office::open();
        let mut browser = office.signed_in_as_supervisor().await;
        for address in ["/queue", "/cases", "/nowhere", "/account"] {
            let reply = browser.get(address).await;
            let policy = reply.header("content-security-policy");
            assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
            assert!(!policy.contains("script") && !policy.contains("unsafe"));
            assert_eq!(reply.header("cache-control"), "no-store");
            assert_eq!(reply.header("referrer-policy"), "no-referrer");
            assert!(!reply.text.contains("<script") && !reply.text.contains(" style="), "{address}");
        }
    }

    #[tokio::test]
    async fn cookie_is_out_of_reach_of_scripts_and_other_sites() {
        let office = Office::open();
        let mut browser = office.browser();
        browser.get("/sign-in").await;
        let form = [("login", "supervisor"), ("password", PASSWORD)];
        let reply = browser.post("/sign-in", &form).await;
        let cookie = reply.header("set-cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    }
}
