//! What surrounds every page: name of the office, menu, language, sign-out.

use super::asset;
use super::fault::Fault;
use super::texts::Lang;
use super::visit::Visit;
use askama::Template;
use axum::response::{Html, IntoResponse, Response};
use doorstep_core::model::Role;

/// A page of the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Review queue.
    Queue,
    /// Cases.
    Cases,
    /// Search.
    Search,
    /// Teams.
    Teams,
    /// Late work and quarantine.
    SetAside,
    /// What waits for a word after a restore.
    Frozen,
    /// Members and phones.
    Members,
    /// Own sessions.
    Account,
}

/// One link of the menu.
pub struct Link {
    /// Where it leads.
    pub address: &'static str,
    /// What it says.
    pub text: &'static str,
    /// Whether this is the page.
    pub is_here: bool,
}

/// The frame of a page.
pub struct Shell {
    /// Language.
    pub lang: Lang,
    /// Name of the organisation.
    pub office: String,
    /// Who is signed in; empty if nobody.
    pub me: String,
    /// What every form carries.
    pub csrf: String,
    /// This page, for coming back after a change of language.
    pub here: String,
    /// The menu.
    pub links: Vec<Link>,
    /// Whether the own sessions are shown.
    pub is_account: bool,
    /// Stylesheet.
    pub style: &'static str,
    /// Mark.
    pub mark: &'static str,
}

impl Shell {
    /// The frame of an answer.
    pub fn new(visit: &Visit, menu: Option<Menu>) -> Self {
        let lang = visit.lang;
        Self {
            office: visit.office.clone(),
            me: visit.signed.as_ref().map(|signed| signed.name.reveal().clone()).unwrap_or_default(),
            csrf: visit.csrf.clone(),
            here: visit.here.clone(),
            links: links(visit, menu),
            is_account: menu == Some(Menu::Account),
            ..Self::bare(lang)
        }
    }

    /// The frame of an answer when nothing is known.
    pub fn bare(lang: Lang) -> Self {
        Self {
            lang,
            office: String::new(),
            me: String::new(),
            csrf: String::new(),
            here: "/".into(),
            links: Vec::new(),
            is_account: false,
            style: asset::style(),
            mark: asset::mark(),
        }
    }

    /// Whether someone is signed in.
    pub fn is_signed_in(&self) -> bool {
        !self.me.is_empty()
    }
}

fn links(visit: &Visit, here: Option<Menu>) -> Vec<Link> {
    let t = visit.lang.texts();
    let Some(signed) = &visit.signed else { return Vec::new() };
    let supervises = signed.has(&Role::Supervisor);
    let administers = signed.has(&Role::Admin);
    let reads = supervises || signed.has(&Role::Worker) || signed.has(&Role::Mentor);
    [
        (supervises, Menu::Queue, "/queue", t.queue),
        (reads, Menu::Cases, "/cases", t.cases),
        (reads, Menu::Search, "/search", t.search),
        (supervises, Menu::SetAside, "/set-aside", t.set_aside),
        (visit.has_frozen || here == Some(Menu::Frozen), Menu::Frozen, "/frozen", t.frozen),
        (supervises || administers, Menu::Teams, "/teams", t.teams),
        (administers, Menu::Members, "/members", t.members),
    ]
    .into_iter()
    .filter(|link| link.0)
    .map(|(_, menu, address, text)| Link { address, text, is_here: here == Some(menu) })
    .collect()
}

/// Writes a page.
pub fn html(page: &impl Template) -> Result<Response, Fault> {
    Ok(Html(page.render()?).into_response())
}

/// A word about what a form did, from the address of the page that follows it.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Said {
    /// A code; anything unknown says nothing.
    #[serde(default)]
    pub said: String,
}

impl Said {
    /// The sentence for it.
    pub fn sentence(&self, lang: Lang) -> &'static str {
        let t = lang.texts();
        match self.said.as_str() {
            "approved" => t.said_approved,
            "returned" => t.said_returned,
            "commented" => t.said_commented,
            "resolved" => t.said_resolved,
            "given-back" => t.said_given_back,
            "frozen-ended" => t.said_frozen_ended,
            "assigned" => t.said_assigned,
            "ended" => t.said_ended,
            "dismissed" => t.said_dismissed,
            "put-back" => t.said_put_back,
            "accepted" => t.said_accepted,
            "roles" => t.said_roles,
            "revoked" => t.said_revoked,
            "left" => t.said_left,
            "confirmed" => t.said_confirmed,
            "recovered" => t.said_recovered,
            "added" => t.said_added,
            "password" => t.said_password,
            "session-ended" => t.said_session_ended,
            "signed-out" => t.signed_out,
            "saved" => t.done_saved,
            _ => "",
        }
    }
}
