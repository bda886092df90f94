//! How bytes reach the server. Two real ways: HTTP, and the simulated network of the tests.

use super::{Cancel, Listened, Notice};
use crate::changes::RequestProof;

/// Header that carries a [`RequestProof`] as CBOR in unpadded base64url.
pub const PROOF_HEADER: &str = "doorstep-proof";

/// The server could not be reached, or the connection broke: whether the request arrived is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server could not be reached")]
pub struct Unreachable;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Body as it came.
    pub body: Vec<u8>,
}

/// A way to the server.
pub trait Transport: Send + Sync {
    /// Sends one request and waits for its answer.
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable>;

    /// Listens to the server's notices until `hear` has heard enough (returns false), `cancel` says
    /// so, or the server ends it. A way that cannot listen says that the server is not reached.
    fn listen(
        &self,
        path: &str,
        proof: &RequestProof,
        cancel: &Cancel,
        hear: &mut dyn FnMut(Notice) -> bool,
    ) -> Result<Listened, Unreachable> {
        let _ = (path, proof, cancel, hear);
        Err(Unreachable)
    }

    /// Whether the next page of a long fill may be fetched on another thread while one is being
    /// stored. A simulated network says no, so that a seed replays exactly.
    fn may_fetch_ahead(&self) -> bool {
        false
    }
}
