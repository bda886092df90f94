//! Why a page could not be shown, and what the visitor is told: one mapping, one page.

use super::shell::Shell;
use super::texts::Texts;
use crate::directory::DirectoryFault;
use crate::error::StoreFault;
use crate::ledger::{AcceptFault, ActFault};
use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

/// What went wrong. Carries nothing personal.
#[derive(Debug, Clone, thiserror::Error)]
pub enum Fault {
    /// No such thing, or not for this member: the same answer, so that nobody learns what exists.
    #[error("not found")]
    NotFound,
    /// The page belongs to another role.
    #[error("not allowed")]
    NotAllowed,
    /// The form does not carry this session's token.
    #[error("form of another session")]
    Stale,
    /// Something is missing or too long.
    #[error("invalid form")]
    Invalid,
    /// Nothing says where phones reach the server.
    #[error("no address for phones")]
    NoAddress,
    /// The database is busy.
    #[error("busy")]
    Busy,
    /// The disk is full.
    #[error("no room")]
    NoRoom,
    /// Ours. Logged under an incident number, never shown.
    #[error("{0}")]
    Internal(String),
}

impl Fault {
    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::NotAllowed | Self::Stale => StatusCode::FORBIDDEN,
            Self::Invalid => StatusCode::UNPROCESSABLE_ENTITY,
            Self::NoAddress => StatusCode::CONFLICT,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::NoRoom => StatusCode::INSUFFICIENT_STORAGE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    fn wording(&self, t: &Texts) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => (t.not_found, t.not_found_text),
            Self::NotAllowed => (t.not_allowed, t.not_allowed_text),
            Self::Stale => (t.stale, t.stale_text),
            Self::Invalid => (t.invalid, t.invalid_text),
            Self::NoAddress => (t.no_address, t.no_address_text),
            Self::Busy => (t.busy, t.busy_text),
            Self::NoRoom => (t.no_room, t.no_room_text),
            Self::Internal(_) => (t.broken, t.broken_text),
        }
    }
}

impl From<StoreFault> for Fault {
    fn from(fault: StoreFault) -> Self {
        match fault {
            StoreFault::NoRoom => Self::NoRoom,
            StoreFault::Busy => Self::Busy,
            other => Self::Internal(other.to_string()),
        }
    }
}

impl From<ActFault> for Fault {
    fn from(fault: ActFault) -> Self {
        match fault {
            ActFault::NotFound => Self::NotFound,
            ActFault::NotAllowed => Self::NotAllowed,
            ActFault::TooLong | ActFault::UnknownVersion => Self::Invalid,
            ActFault::Store(fault) => fault.into(),
        }
    }
}

impl From<AcceptFault> for Fault {
    fn from(fault: AcceptFault) -> Self {
        match fault {
            AcceptFault::NotFound => Self::NotFound,
            AcceptFault::StillRefused(_) => Self::Invalid,
            AcceptFault::Store(fault) => fault.into(),
        }
    }
}

impl From<DirectoryFault> for Fault {
    fn from(fault: DirectoryFault) -> Self {
        match fault {
            DirectoryFault::NotFound(_) => Self::NotFound,
            DirectoryFault::Invalid(..) | DirectoryFault::LastAdmin | DirectoryFault::LoginTaken => {
                Self::Invalid
            }
            DirectoryFault::Store(fault) => fault.into(),
        }
    }
}

impl From<askama::Error> for Fault {
    fn from(error: askama::Error) -> Self {
        Self::Internal(error.to_string())
    }
}

/// A bare answer that carries the fault; [`super::visit::visit`] turns it into a page in the
/// visitor's language.
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The page that says so.
#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    t: &'static Texts,
    shell: Shell,
    heading: &'static str,
    text: &'static str,
    incident: Option<String>,
}

/// Writes the page of a fault. `incident` is what an internal one was logged under.
pub fn write(fault: &Fault, shell: Shell, incident: Option<String>) -> Response {
    let t = shell.lang.texts();
    let (heading, text) = fault.wording(t);
    let page = FaultPage { t, shell, heading, text, incident };
    match page.render() {
        Ok(html) => (fault.status(), axum::response::Html(html)).into_response(),
        Err(_) => fault.status().into_response(),
    }
}

/// Any address that there is not.
pub async fn nowhere() -> Fault {
    Fault::NotFound
}
