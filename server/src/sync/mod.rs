//! Endpoints of the phones, without sockets but for the live notice's stream.
//!
//! [`Server::exchange`] takes what a listener read and gives what it should answer, so that tests
//! and simulations use the same door. It never panics and never says anything but a stable code.

mod attachments;
mod body;
mod enrol;
mod frozen;
mod live;
mod page;
mod proof;
mod recovery;
mod session;
mod stream;
#[cfg(test)]
mod tests;
mod view;

use crate::error::StoreFault;
use crate::server::Server;
use doorstep_core::sync::attachments::{GET_PATH, PUT_PATH};
use doorstep_core::sync::recovery::{KEEP_PATH, RECOVERY_PATH};
use doorstep_core::sync::wire::{ErrorBody, ErrorCode};
use std::panic::{AssertUnwindSafe, catch_unwind};

pub use live::{Listener, Live, News};
pub(crate) use stream::live;
pub use view::{View, Views};

/// Content type of every body under `/v1`.
pub const CONTENT_TYPE: &str = "application/cbor+zstd";
/// Header of the proof: [`doorstep_core::changes::RequestProof`] as CBOR in base64url without padding.
pub const PROOF_HEADER: &str = "doorstep-proof";

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Of type [`CONTENT_TYPE`].
    pub body: Vec<u8>,
}

/// Why a request was turned down.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// The request's fault.
    Code(ErrorCode),
    /// Ours.
    Store(StoreFault),
}

impl From<ErrorCode> for Refusal {
    fn from(code: ErrorCode) -> Self {
        Self::Code(code)
    }
}

impl From<StoreFault> for Refusal {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault)
    }
}

impl Server {
    /// Answers one request of a phone. Blocks while it works; safe to call from many threads at once.
    pub fn exchange(&self, method: &str, path: &str, proof: Option<&str>, body: &[u8]) -> Reply {
        let answer = catch_unwind(AssertUnwindSafe(|| match (method, path) {
            ("POST", "/v1/enrol") => enrol::enrol(self, proof, body),
            ("POST", "/v1/sync") => session::sync(self, proof, body),
            ("POST", PUT_PATH) => attachments::put(self, proof, body),
            ("POST", GET_PATH) => attachments::get(self, proof, body),
            ("POST", KEEP_PATH) => recovery::keep(self, proof, body),
            ("POST", RECOVERY_PATH) => recovery::ask(self, body),
            _ => Err(ErrorCode::Malformed.into()),
        }));
        answer.map_or_else(|_| self.refuse_internal(&"panic"), |answer| self.answer(answer))
    }

    /// What a phone is answered.
    pub(crate) fn answer(&self, answer: Result<Vec<u8>, Refusal>) -> Reply {
        match answer {
            Ok(body) => Reply { status: 200, body },
            Err(Refusal::Code(code)) => self.refuse(code, None),
            Err(Refusal::Store(StoreFault::NoRoom)) => {
                tracing::error!("no room on the disk: a request was turned down, nothing of it was stored");
                self.refuse(ErrorCode::NoRoom, None)
            }
            Err(Refusal::Store(StoreFault::SetAsideFull)) => self.refuse(ErrorCode::SetAsideFull, None),
            Err(Refusal::Store(StoreFault::Busy)) => self.refuse(ErrorCode::Unavailable, None),
            Err(Refusal::Store(fault)) => self.refuse_internal(&fault),
        }
    }

    fn refuse_internal(&self, fault: &dyn std::fmt::Display) -> Reply {
        let incident = data_encoding::HEXLOWER.encode(&self.env().bytes::<6>());
        tracing::error!(%incident, %fault, "a request failed");
        self.refuse(ErrorCode::Internal, Some(incident))
    }

    /// An answer that turns a request down.
    pub(crate) fn refuse(&self, code: ErrorCode, incident: Option<String>) -> Reply {
        let status = match code {
            ErrorCode::Malformed => 400,
            ErrorCode::TooLarge => 413,
            ErrorCode::Unauthenticated | ErrorCode::Clock | ErrorCode::UnknownDevice => 401,
            ErrorCode::Revoked | ErrorCode::Unconfirmed | ErrorCode::NotAllowed => 403,
            ErrorCode::NotFound => 404,
            ErrorCode::BadContent => 422,
            ErrorCode::CodeExpired => 410,
            ErrorCode::TooMany => 429,
            ErrorCode::NoRoom | ErrorCode::SetAsideFull => 507,
            ErrorCode::Unavailable => 503,
            ErrorCode::Internal | ErrorCode::Unknown(_) => 500,
        };
        let time = self.env().now();
        Reply { status, body: body::compress(&ErrorBody { code, time, incident }) }
    }
}
