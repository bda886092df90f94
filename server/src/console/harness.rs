//! An office with a browser, for tests of pages: real router, real store, phones that speak the wire.

use super::{Console, ConsoleOptions, router};
use crate::StoreFault;
use crate::directory::hash_password;
use crate::fixture::{self, Phone, Visit, assert_all_accepted};
use crate::records::{actions_of, load_document};
use crate::store::{members, teams};
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use doorstep_core::casework::{Review, review};
use doorstep_core::changes::{DeviceKey, SignedAction};
use doorstep_core::documents::Document;
use doorstep_core::env::Env;
use doorstep_core::model::{
    Action, ActionId, ActionKind, AttachmentId, CaseId, CaseKind, Class, DeviceId, DocId, DocKind, Edit,
    MemberId, Opening, Photo, Role, Scope, TeamId,
};
use doorstep_core::sync::wire::Push;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::sync::Mutex;
use tower::ServiceExt;

pub const PASSWORD: &str = "a long password";

/// The fixture's office with sign-ins, a second team and a worker's phone with a case.
pub struct Office {
    pub base: fixture::Office,
    app: Router,
    phone: Mutex<Phone>,
    pub case: CaseId,
    pub other_team: TeamId,
}

impl Office {
    pub fn open() -> Self {
        let office = fixture::Office::open();
        let server = office.server.clone();
        let hash = hash_password(server.env(), PASSWORD);
        let (env, now) = (server.env().clone(), server.env().now());
        let (admin, foreign, other_team) = (MemberId::new(&env), MemberId::new(&env), TeamId::new(&env));
        server
            .store()
            .write::<_, StoreFault>(|tx| {
                members::add(tx, admin, "Admin", Some("admin"), "zh", &[Role::Admin], now)?;
                members::add(tx, foreign, "Foreign", Some("foreign"), "zh", &[Role::Supervisor], now)?;
                teams::add(tx, other_team, "Other team", now)?;
                teams::join(tx, other_team, foreign, true)?;
                tx.execute(
                    "UPDATE members SET login = 'supervisor' WHERE member = ?1",
                    [office.supervisor.0],
                )?;
                tx.execute("UPDATE members SET login = 'worker' WHERE member = ?1", [office.worker.0])?;
                for member in [admin, foreign, office.supervisor, office.worker] {
                    members::set_password(tx, member, &hash)?;
                }
                Ok(())
            })
            .unwrap();
        let (phone, case) = office.phone_with_case();
        let options = ConsoleOptions {
            zone: TimeZone::UTC,
            url: Some("http://127.0.0.1:8443".into()),
            fingerprint: None,
        };
        let app = router(Console::new(server, options));
        Self { base: office, app, phone: Mutex::new(phone), case, other_team }
    }

    /// The same office as `serve` serves it without `--url`: over TLS, at whatever address a browser found.
    pub fn listening_everywhere(mut self) -> Self {
        let options = ConsoleOptions { zone: TimeZone::UTC, url: None, fingerprint: Some([7; 32]) };
        self.app = router(Console::new(self.base.server.clone(), options));
        self
    }

    pub fn env(&self) -> &Env {
        self.base.server.env()
    }

    fn push(&self, push: Push) {
        assert_all_accepted(&self.phone.lock().unwrap().sync(&self.base.server, vec![push]));
    }

    /// A visit that was saved, not handed in.
    pub fn saved_visit(&self) -> Visit {
        let visit = self.phone.lock().unwrap().visit(&self.base.server, self.case);
        self.push(visit.push());
        visit
    }

    /// A visit that was handed in.
    pub fn submitted_visit(&self) -> Visit {
        self.submitted_in(self.case)
    }

    fn submitted_in(&self, case: CaseId) -> Visit {
        let server = &self.base.server;
        let (visit, submit) = {
            let phone = self.phone.lock().unwrap();
            let visit = phone.visit(server, case);
            let submit = visit.act(server, &phone, ActionKind::Submit);
            (visit, submit)
        };
        let mut push = visit.push();
        push.actions.push(submit);
        self.push(push);
        visit
    }

    /// The author adds a photo to a visit; it stays on the phone.
    pub fn take_photo(&self, visit: &mut Visit) -> AttachmentId {
        let (photo, _) = fixture::photo();
        self.edit(visit, &[Edit { field: Photo::field_of(photo.id), value: photo.to_value() }]);
        photo.id
    }

    /// The photo of [`Office::take_photo`] arrives.
    pub fn send_photo(&self, visit: &Visit) {
        let (_, prepared) = fixture::photo();
        for bytes in [prepared.thumbnail, prepared.original] {
            let answer = self.phone.lock().unwrap().put(&self.base.server, visit.doc, &bytes);
            assert!(answer.unwrap().place.is_some());
        }
    }

    /// A handed-in visit in the case of a minor.
    pub fn minors_visit(&self) -> Visit {
        let (case, push) = self.minors_case();
        self.push(push);
        self.submitted_in(case)
    }

    fn minors_case(&self) -> (CaseId, Push) {
        let server = &self.base.server;
        let phone = self.phone.lock().unwrap();
        let case = CaseId::new(server.env());
        let (scope, class) = (Scope::Case(case), Class::Contact);
        let doc = DocId::of_case_part(case, class);
        let edits = [Edit::set("pseudonym", "小雨")];
        let (document, change) =
            Document::create(DocKind::CaseContact, &phone.stamp(server), &edits).unwrap();
        let opening =
            Opening { case, team: self.base.team, kind: CaseKind::ConditionalNonProsecution, minor: true };
        let action = Action {
            id: ActionId::new(server.env()),
            scope,
            subject: doc,
            class,
            kind: ActionKind::OpenCase,
            heads: document.heads(),
            fields: Vec::new(),
            reason: String::new(),
            after: Vec::new(),
            member: phone.member,
            device: phone.device,
            time: server.env().now(),
            target: None,
            opening: Some(opening),
        };
        let push = Push {
            doc,
            changes: vec![phone.sign(doc, scope, class, DocKind::CaseContact, &change)],
            actions: vec![SignedAction::sign(&phone.key, phone.org, &action)],
        };
        (case, push)
    }

    /// The author edits a visit on the phone and syncs.
    pub fn edit(&self, visit: &mut Visit, edits: &[Edit]) {
        let push = self.edit_offline(visit, edits);
        self.push(push);
    }

    /// The same without the sync.
    pub fn edit_offline(&self, visit: &mut Visit, edits: &[Edit]) -> Push {
        let phone = self.phone.lock().unwrap();
        let change = visit.edit(&self.base.server, &phone, edits);
        visit.only(change)
    }

    /// What the phone is told about a push, whatever it is.
    pub fn offer(&self, push: Push) {
        self.phone.lock().unwrap().sync(&self.base.server, vec![push]);
    }

    /// Enrols a new phone with a code's secret; whose it is then.
    pub fn enrol(&self, secret: [u8; 16]) -> Option<MemberId> {
        let key = DeviceKey::generate(self.env());
        fixture::enrol(&self.base.server, &key, self.env().bytes(), secret.to_vec())
            .ok()
            .map(|one| one.member)
    }

    /// The worker's phone.
    pub fn device(&self) -> DeviceId {
        self.phone.lock().unwrap().device
    }

    pub fn review_of(&self, visit: &Visit) -> Review {
        let server = &self.base.server;
        let read = |tx: &rusqlite::Transaction<'_>| {
            let document = load_document(tx, server.vault(), visit.doc)?;
            Ok::<_, StoreFault>(review(&actions_of(tx, server.vault(), visit.doc)?, &document.heads()))
        };
        server.store().read(read).unwrap()
    }

    /// Lines of the audit with a verb.
    pub fn audited(&self, verb: &str) -> i64 {
        let count = |tx: &rusqlite::Transaction<'_>| {
            let count = tx.query_row("SELECT count(*) FROM audit WHERE verb = ?1", [verb], |row| row.get(0));
            Ok::<_, StoreFault>(count?)
        };
        self.base.server.store().read(count).unwrap()
    }

    /// A browser that nobody has signed in with.
    pub fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            cookies: BTreeMap::new(),
            csrf: String::new(),
            accept_language: "zh-CN".into(),
            host: "office.example".into(),
        }
    }

    pub async fn signed_in(&self, login: &str) -> Browser {
        let mut browser = self.browser();
        browser.get("/sign-in").await;
        browser.post("/sign-in", &[("login", login), ("password", PASSWORD)]).await.sees("/");
        browser
    }

    pub async fn signed_in_as_supervisor(&self) -> Browser {
        self.signed_in("supervisor").await
    }

    pub async fn signed_in_as_foreign_supervisor(&self) -> Browser {
        self.signed_in("foreign").await
    }

    pub async fn signed_in_as_worker(&self) -> Browser {
        self.signed_in("worker").await
    }

    pub async fn signed_in_as_admin(&self) -> Browser {
        self.signed_in("admin").await
    }
}

/// A browser without scripts: keeps cookies and the token of the last page's forms.
#[derive(Clone)]
pub struct Browser {
    app: Router,
    cookies: BTreeMap<String, String>,
    pub csrf: String,
    pub accept_language: String,
    pub host: String,
}

/// An answer.
pub struct Reply {
    pub path: String,
    pub status: u16,
    pub text: String,
    pub bytes: Vec<u8>,
    headers: axum::http::HeaderMap,
}

impl Reply {
    pub fn header(&self, name: &str) -> String {
        self.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }

    /// The answer sends the browser elsewhere.
    #[track_caller]
    pub fn sees(&self, address: &str) {
        assert_eq!((self.status, self.header("location").as_str()), (303, address), "{}", self.text);
    }
}

impl Browser {
    pub async fn get(&mut self, path: &str) -> Reply {
        self.send(Request::get(path), path, Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Reply {
        // A session's pages carry its own token: read it from one of them.
        if self.csrf.is_empty() {
            self.get("/account").await;
        }
        let mut pairs = vec![("csrf", self.csrf.clone())];
        pairs.extend(form.iter().map(|pair| (pair.0, pair.1.to_owned())));
        let body: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", percent(value))).collect();
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, path, Body::from(body.join("&"))).await
    }

    /// Decides about the version of a visit that this side knows.
    pub async fn decide(&mut self, visit: &Visit, verb: &str, form: &[(&str, &str)]) -> Reply {
        let heads = super::entry::write_heads(&visit.document.heads());
        let mut pairs = vec![("heads", heads.as_str())];
        pairs.extend(form);
        self.post(&format!("/entries/{}/{verb}", visit.doc), &pairs).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, path: &str, body: Body) -> Reply {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request = request
            .header(header::COOKIE, cookies.join("; "))
            .header(header::ACCEPT_LANGUAGE, &self.accept_language)
            .header(header::HOST, &self.host)
            .body(body)
            .unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            if cookie.to_str().unwrap().contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
                if name == "doorstep_session" {
                    self.csrf = String::new();
                }
            }
        }
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        // A picture is no text, and no page is anything else.
        let text = String::from_utf8(bytes.clone()).unwrap_or_default();
        if let Some(token) =
            text.split("name=\"csrf\" value=\"").nth(1).and_then(|rest| rest.split('"').next())
        {
            self.csrf = token.to_owned();
        }
        Reply { path: path.to_owned(), status: parts.status.as_u16(), text, bytes, headers: parts.headers }
    }
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}
