//! One request of a browser: who it is, in which language, with which form; and what every answer carries.
//!
//! The middleware [`visit`] runs around every page. It looks the session up, turns down a form
//! without the session's token before any handler sees it, writes the page of a fault and sets the
//! headers that keep a page from being framed, scripted or kept by a cache. The extractors below it
//! are how a handler asks for a role.

use super::Console;
use super::fault::{self, Fault};
use super::frozen;
use super::shell::Shell;
use super::texts::Lang;
use crate::store::sessions::{self, Session};
use crate::store::{members, office};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::{self, HeaderMap, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use doorstep_core::model::{MemberId, Private, Role, Timestamp};
use sha2::{Digest, Sha256};
use std::str::FromStr;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// The cookie of a session.
pub const SESSION_COOKIE: &str = "doorstep_session";
/// The cookie that ties the sign-in form to its browser.
const FORM_COOKIE: &str = "doorstep_form";
/// The cookie of a language that was chosen before signing in.
pub const LANGUAGE_COOKIE: &str = "doorstep_language";

/// A session that is left alone ends.
pub const IDLE_MS: i64 = 2 * 60 * 60 * 1_000;
/// A session is noted as used at most this often, so that reading pages does not mean writing.
const TOUCH_MS: i64 = 60 * 1_000;
/// Largest form: a reason with its named answers.
const FORM_LIMIT: usize = 64 * 1_024;

const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
                      frame-ancestors 'none'; base-uri 'none'";

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Signed {
    /// Who.
    pub member: MemberId,
    /// Name as colleagues know it.
    pub name: Private<String>,
    /// In the organisation.
    pub roles: Vec<Role>,
    /// The session.
    pub session: Session,
}

impl Signed {
    /// Whether the member has a role.
    pub fn has(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }
}

/// One request.
#[derive(Debug)]
pub struct Visit {
    /// Language of the answer.
    pub lang: Lang,
    /// When it came.
    pub now: Timestamp,
    /// Who, if signed in.
    pub signed: Option<Signed>,
    /// What every form of the answer carries.
    pub csrf: String,
    /// Name of the organisation.
    pub office: String,
    /// The address without its query, for coming back.
    pub here: String,
    /// Whether phones hold something since before a restore that this member decides about.
    pub has_frozen: bool,
    /// What was posted, its token checked and taken out.
    form: Vec<(String, String)>,
}

/// A handler's hold on the request.
pub type Visiting = Arc<Visit>;

impl Visit {
    /// A posted value, trimmed; empty if it is not there.
    pub fn posted(&self, name: &str) -> &str {
        self.form.iter().find(|pair| pair.0 == name).map_or("", |pair| pair.1.trim())
    }

    /// All posted values of a name.
    pub fn posted_all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.form.iter().filter(move |pair| pair.0 == name).map(|pair| pair.1.as_str())
    }

    /// A posted identifier.
    pub fn posted_id<T: FromStr>(&self, name: &str) -> Result<T, Fault> {
        self.posted(name).parse().map_err(|_| Fault::Invalid)
    }
}

/// Middleware around every page.
pub async fn visit(State(console): State<Console>, request: Request, next: Next) -> Response {
    if request.uri().path().starts_with("/static/") {
        let mut response = next.run(request).await;
        guard(response.headers_mut());
        return response;
    }
    let (mut parts, body) = request.into_parts();
    let (visit, new_form_cookie, refused) = match begin(&console, &parts, body).await {
        Ok(begun) => begun,
        Err(fault) => return fault_without_visit(&console, &fault, &parts.headers),
    };
    let visit = Arc::new(visit);
    parts.extensions.insert(Arc::clone(&visit));
    let mut response = match refused {
        Some(fault) => fault.into_response(),
        None => next.run(Request::from_parts(parts, Body::empty())).await,
    };
    if let Some(fault) = response.extensions_mut().remove::<Fault>() {
        let incident = incident_of(&console, &fault);
        response = fault::write(&fault, Shell::new(&visit, None), incident);
    }
    if let Some(token) = new_form_cookie {
        set_cookie(&console, response.headers_mut(), FORM_COOKIE, &token, None);
    }
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    guard(headers);
    response
}

type Begun = (Visit, Option<String>, Option<Fault>);

async fn begin(console: &Console, parts: &Parts, body: Body) -> Result<Begun, Fault> {
    let now = console.0.server.env().now();
    let cookie = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
    let (signed, office) = console
        .run(move |server| {
            let office = server.store().read(|tx| office::get(tx))?.name;
            let Some(token) = cookie else { return Ok((None, office)) };
            let hash: [u8; 32] = Sha256::digest(token.as_bytes()).into();
            let idle_since = now.plus_ms(-IDLE_MS);
            let found = server.store().read::<_, Fault>(|tx| {
                let Some(session) = sessions::find(tx, &hash, now, idle_since)? else { return Ok(None) };
                let Some(member) = members::find(tx, session.member)? else { return Ok(None) };
                let signed = Signed { member: member.id, name: member.name, roles: member.roles, session };
                let has_frozen = !frozen::mine(tx, &signed)?.is_empty();
                Ok(Some((signed, member.language, has_frozen)))
            })?;
            let Some(found) = found else { return Ok((None, office)) };
            if now.ms_since(found.0.session.last_used) > TOUCH_MS {
                server.store().write::<_, Fault>(|tx| Ok(sessions::touch(tx, &hash, now)?))?;
            }
            Ok((Some(found), office))
        })
        .await?;
    let lang = language_of(&parts.headers, signed.as_ref().map(|found| found.1.as_str()));
    let has_frozen = signed.as_ref().is_some_and(|found| found.2);
    let signed = signed.map(|found| found.0);
    let form_cookie = self::cookie(&parts.headers, FORM_COOKIE).map(str::to_owned);
    let mut new_form_cookie = None;
    let csrf = match (&signed, form_cookie) {
        (Some(signed), _) => HEXLOWER.encode(signed.session.csrf.reveal()),
        (None, Some(token)) => token,
        (None, None) => {
            let token = BASE64URL_NOPAD.encode(&console.0.server.env().bytes::<16>());
            new_form_cookie = Some(token.clone());
            token
        }
    };
    let here = page_of(parts.uri.path(), &parts.method).to_owned();
    let mut visit = Visit { lang, now, signed, csrf, office, here, has_frozen, form: Vec::new() };
    let refused = if parts.method == Method::POST {
        let is_fresh = new_form_cookie.is_some();
        match read_form(body, &visit.csrf).await {
            Ok(form) if !is_fresh => {
                visit.form = form;
                None
            }
            Ok(_) => Some(Fault::Stale),
            Err(fault) => Some(fault),
        }
    } else {
        None
    };
    Ok((visit, new_form_cookie, refused))
}

/// Reads a form and checks that it carries the token.
async fn read_form(body: Body, csrf: &str) -> Result<Vec<(String, String)>, Fault> {
    let bytes = to_bytes(body, FORM_LIMIT).await.map_err(|_| Fault::Invalid)?;
    let request = Request::builder()
        .method(Method::POST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(bytes))
        .map_err(|_| Fault::Invalid)?;
    let form =
        <axum::Form<Vec<(String, String)>> as axum::extract::FromRequest<()>>::from_request(request, &());
    let mut form = form.await.map_err(|_| Fault::Invalid)?.0;
    let sent = form.iter().find(|pair| pair.0 == "csrf").map_or("", |pair| &pair.1);
    if !bool::from(sent.as_bytes().ct_eq(csrf.as_bytes())) {
        return Err(Fault::Stale);
    }
    form.retain(|pair| pair.0 != "csrf");
    Ok(form)
}

/// A member's preference, else the cookie, else what the browser asks for.
fn language_of(headers: &HeaderMap, preference: Option<&str>) -> Lang {
    preference.or(cookie(headers, LANGUAGE_COOKIE)).and_then(Lang::from_code).unwrap_or_else(|| {
        let accept = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Lang::of_header(accept.unwrap_or_default())
    })
}

/// Even the visit could not be begun (no database): a page all the same.
fn fault_without_visit(console: &Console, fault: &Fault, headers: &HeaderMap) -> Response {
    let incident = incident_of(console, fault);
    let lang = language_of(headers, None);
    let mut response = fault::write(fault, Shell::bare(lang), incident);
    guard(response.headers_mut());
    response
}

fn incident_of(console: &Console, fault: &Fault) -> Option<String> {
    let Fault::Internal(_) = fault else { return None };
    let incident = HEXLOWER.encode(&console.0.server.env().bytes::<6>());
    tracing::error!(%incident, %fault, "a console page failed");
    Some(incident)
}

fn guard(headers: &mut HeaderMap) {
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
}

/// The page that an address belongs to: of a form's own address, the page that the form is on.
fn page_of<'a>(path: &'a str, method: &Method) -> &'a str {
    match path.rsplit_once('/') {
        Some((page, _)) if method == Method::POST && !page.is_empty() => page,
        _ => path,
    }
}

/// A cookie of the request.
fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    cookies.flat_map(|line| line.split(';')).find_map(|pair| {
        let (key, value) = pair.trim().split_once('=')?;
        (key == name && !value.is_empty()).then_some(value)
    })
}

/// Sets a cookie that scripts cannot read and other sites cannot send. Without an age it ends with the browser;
/// an age of 0 takes it away.
pub fn set_cookie(console: &Console, headers: &mut HeaderMap, name: &str, value: &str, age_s: Option<i64>) {
    let secure = if console.0.options.fingerprint.is_some() { "; Secure" } else { "" };
    let age = age_s.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let line = format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}");
    if let Ok(line) = HeaderValue::from_str(&line) {
        headers.append(header::SET_COOKIE, line);
    }
}

/// Where to send someone who is not signed in, or who may not.
pub enum Turned {
    /// To the sign-in, and back afterwards.
    Away(String),
    /// Not with these roles.
    Back(Fault),
}

impl IntoResponse for Turned {
    fn into_response(self) -> Response {
        match self {
            Self::Away(address) => Redirect::to(&address).into_response(),
            Self::Back(fault) => fault.into_response(),
        }
    }
}

fn signed_in(parts: &Parts) -> Result<(Visiting, Signed), Turned> {
    let visit = parts.extensions.get::<Visiting>().cloned();
    let visit = visit.ok_or_else(|| Turned::Back(Fault::Internal("no visit".into())))?;
    match visit.signed.clone() {
        Some(signed) => Ok((visit, signed)),
        None if parts.method == Method::GET && visit.here != "/" => {
            Err(Turned::Away(format!("/sign-in?next={}", visit.here)))
        }
        None => Err(Turned::Away("/sign-in".into())),
    }
}

/// The request, of whomever.
pub struct Anyone(pub Visiting);

impl FromRequestParts<Console> for Anyone {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, _: &Console) -> Result<Self, Fault> {
        let visit = parts.extensions.get::<Visiting>().cloned();
        visit.map(Self).ok_or_else(|| Fault::Internal("no visit".into()))
    }
}

macro_rules! role {
    ($(#[$meta:meta])* $name:ident, $may:expr) => {
        $(#[$meta])*
        pub struct $name(pub Visiting, pub Signed);

        impl FromRequestParts<Console> for $name {
            type Rejection = Turned;
            async fn from_request_parts(parts: &mut Parts, _: &Console) -> Result<Self, Turned> {
                let (visit, signed) = signed_in(parts)?;
                let may: fn(&Signed) -> bool = $may;
                if may(&signed) { Ok(Self(visit, signed)) } else { Err(Turned::Back(Fault::NotAllowed)) }
            }
        }
    };
}

role!(
    /// Someone who is signed in.
    Member,
    |_| true
);
role!(
    /// Someone who reads records: a worker or mentor their own cases, a supervisor those of their teams.
    /// An administrator without another role reads none.
    Reader,
    |signed| [Role::Worker, Role::Mentor, Role::Supervisor].iter().any(|role| signed.has(role))
);
role!(
    /// Someone who reviews.
    Supervisor,
    |signed| signed.has(&Role::Supervisor)
);
role!(
    /// Someone who has to do with teams: supervisors with their own, administrators with all.
    Organiser,
    |signed| signed.has(&Role::Supervisor) || signed.has(&Role::Admin)
);
role!(
    /// Someone who looks after members, teams and phones.
    Admin,
    |signed| signed.has(&Role::Admin)
);

/// An identifier in the address. What is none answers like one that does not exist.
pub struct Id<T>(pub T);

impl<T: FromStr + Send> FromRequestParts<Console> for Id<T> {
    type Rejection = Fault;
    async fn from_request_parts(parts: &mut Parts, console: &Console) -> Result<Self, Fault> {
        let Path(text) =
            Path::<String>::from_request_parts(parts, console).await.map_err(|_| Fault::NotFound)?;
        text.parse().map(Self).map_err(|_| Fault::NotFound)
    }
}

/// The address of a page, optionally with a word about what was done, for going there after a form.
pub fn see(address: impl std::fmt::Display, said: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, format!("{address}?said={said}"))]).into_response()
}

/// Whether an address leads to a page of ours: path only, identifiers only.
pub fn is_own_page(address: &str) -> bool {
    let is_plain = |b: u8| b.is_ascii_alphanumeric() || b == b'/' || b == b'-';
    address.starts_with('/') && !address.starts_with("//") && address.bytes().all(is_plain)
}
