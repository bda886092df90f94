//! The console in the browser: supervisors review, administrators look after members and phones.
//!
//! One file a page (its struct, its handlers, its tests) and a template of the same name. A handler
//! that needs a role takes it as an argument ([`visit::Supervisor`], [`visit::Admin`],
//! [`visit::Reader`]); lists run on the member's own view of the records. Everything works without
//! scripts; there are none. Addresses hold identifiers only, never names or words that were typed.
//!
//! ```ignore
//! let app: axum::Router = console::router(Console::new(server, options));
//! ```

mod account;
mod asset;
mod attempts;
mod case;
mod cases;
mod decide;
mod device;
mod difference;
mod entry;
mod fault;
mod frozen;
mod history;
mod home;
mod language;
mod member;
mod members;
mod minor;
mod moment;
mod names;
mod pages;
mod photo;
mod queue;
mod reading;
mod row;
mod search;
mod self_reviewed;
mod set_aside;
mod shell;
mod sign_in;
mod team;
mod teams;
pub mod texts;
mod thread;
mod visit;
mod words;

#[cfg(test)]
mod harness;

use crate::server::Server;
use attempts::Attempts;
use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use fault::Fault;
use jiff::tz::TimeZone;
use std::sync::Arc;

/// How the console is served.
#[derive(Debug, Clone)]
pub struct ConsoleOptions {
    /// Time zone of the office: all times on screens and paper are in it.
    pub zone: TimeZone,
    /// Address at which phones reach the server: what an enrolment code says. The one that the browser used, if none.
    pub url: Option<String>,
    /// SHA-256 of the server's certificate; none over plain HTTP on this machine.
    pub fingerprint: Option<[u8; 32]>,
}

/// What every handler has at hand.
#[derive(Clone)]
pub struct Console(Arc<Parts>);

struct Parts {
    server: Arc<Server>,
    options: ConsoleOptions,
    attempts: Attempts,
    /// Whose turn it is to verify a password.
    verifying: tokio::sync::Semaphore,
}

impl Console {
    /// The console of an office.
    pub fn new(server: Arc<Server>, options: ConsoleOptions) -> Self {
        Self(Arc::new(Parts {
            server,
            options,
            attempts: Attempts::default(),
            verifying: tokio::sync::Semaphore::new(1),
        }))
    }

    fn zone(&self) -> &TimeZone {
        &self.0.options.zone
    }

    /// Runs work on the office's records beside the threads that serve connections.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Server) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, Fault> {
        let server = Arc::clone(&self.0.server);
        tokio::task::spawn_blocking(move || work(&server))
            .await
            .map_err(|_| Fault::Internal("panic".into()))?
    }
}

/// Every address of the console.
pub fn router(console: Console) -> Router {
    let visits = from_fn_with_state(console.clone(), visit::visit);
    Router::new()
        .route("/", get(home::home))
        .route("/sign-in", get(sign_in::page).post(sign_in::submit))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/language", post(language::choose))
        .route("/account", get(account::page))
        .route("/account/password", post(account::set_password))
        .route("/account/sessions/{session}/end", post(account::end))
        .route("/account/sessions/end-others", post(account::end_others))
        .route("/queue", get(queue::page))
        .route("/entries/{entry}", get(entry::page))
        .route("/entries/{entry}/approve", post(decide::approve))
        .route("/entries/{entry}/return", post(decide::return_entry))
        .route("/entries/{entry}/comment", post(decide::comment))
        .route("/entries/{entry}/resolve/{action}", post(decide::resolve))
        .route("/entries/{entry}/photos/{photo}", get(photo::photo))
        .route("/entries/{entry}/photos/{photo}/thumbnail", get(photo::thumbnail))
        .route("/entries/{entry}/history", get(history::page))
        .route("/entries/{entry}/at/{heads}", get(history::version))
        .route("/cases", get(cases::page))
        .route("/cases/{case}", get(case::page))
        .route("/cases/{case}/assign", post(case::assign))
        .route("/cases/{case}/end", post(case::end_assignment))
        .route("/search", get(search::page).post(search::find))
        .route("/set-aside", get(set_aside::page))
        .route("/set-aside/{push}", get(set_aside::inside))
        .route("/set-aside/{push}/accept", post(set_aside::accept))
        .route("/set-aside/{push}/dismiss", post(set_aside::dismiss))
        .route("/set-aside/{push}/put-back", post(set_aside::put_back))
        .route("/self-reviewed", get(self_reviewed::page))
        .route("/frozen", get(frozen::page))
        .route("/frozen/end", post(frozen::end))
        .route("/frozen/give-back", post(frozen::give_back))
        .route("/teams", get(teams::page).post(teams::create))
        .route("/teams/{team}", get(team::page))
        .route("/teams/{team}/join", post(team::join))
        .route("/teams/{team}/leave", post(team::leave))
        .route("/members", get(members::page).post(members::create))
        .route("/members/{member}", get(member::page))
        .route("/members/{member}/roles", post(member::set_roles))
        .route("/members/{member}/password", post(member::set_password))
        .route("/members/{member}/invite", post(device::invite))
        .route("/members/{member}/end", post(member::end))
        .route("/devices/{device}/revoke", post(device::revoke))
        .route("/devices/{device}/confirm", post(device::confirm))
        .route("/devices/{device}/recover", post(device::recover))
        .route("/static/{hash}/{name}", get(asset::asset))
        .fallback(fault::nowhere)
        .layer(visits)
        .with_state(console)
}
