//! The console in the browser: supervisors review, administrators look after members and phones.
//!
//! One file a page (its struct, its handlers, its tests) and a template of the same name. A handler
//! that needs a role takes it as an argument ([`visit::Supervisor`], [`visit::Admin`],
//! [`visit::Reader`]); lists run on the member's own view of the records. Everything works without
//! scripts; there are none. Addresses hold identifiers only, never names or words that were typed.
//!
//! ```ignore
//! let app: axum::Router = console::router(Console::new(server, ConsoleOptions::default()));
//! ```

mod asset;
mod attempts;
mod decide;
mod difference;
mod entry;
mod fault;
mod history;
mod home;
mod language;
mod minor;
mod moment;
mod names;
mod queue;
mod reading;
mod shell;
mod sign_in;
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

pub use crate::directory::hash_password;

/// How the console is served.
#[derive(Debug, Clone)]
pub struct ConsoleOptions {
    /// Time zone of the office: all times on screens and paper are in it.
    pub zone: TimeZone,
    /// Whether browsers reach it by TLS, so that cookies may be marked `Secure`.
    pub is_secure: bool,
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
        .route("/queue", get(queue::page))
        .route("/entries/{entry}", get(entry::page))
        .route("/entries/{entry}/approve", post(decide::approve))
        .route("/entries/{entry}/return", post(decide::return_entry))
        .route("/entries/{entry}/comment", post(decide::comment))
        .route("/entries/{entry}/resolve/{action}", post(decide::resolve))
        .route("/entries/{entry}/history", get(history::page))
        .route("/entries/{entry}/at/{heads}", get(history::version))
        .route("/static/{hash}/{name}", get(asset::asset))
        .fallback(fault::nowhere)
        .layer(visits)
        .with_state(console)
}
