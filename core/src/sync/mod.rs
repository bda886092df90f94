//! Synchronisation: what travels ([`wire`]), what the phone does about it ([`session`], pure
//! planning: state and answer in, steps out), and a thin driver over HTTP.
//!
//! ```text
//! plan_request(state, own work) → SyncRequest → Transport → SyncResponse → plan_response(state, …) → Plan
//! ```
//! The `courier` carries a plan out in one transaction of the `store`; nothing here touches a database.

mod address;
pub mod attachments;
mod call;
mod enrolment;
mod http;
mod live;
pub mod recovery;
pub mod session;
mod transport;
pub mod wire;

pub use address::{AddressFault, ServerAddress};
pub use call::{Call, CallFault};
pub use enrolment::{EnrolmentCode, EnrolmentFault};
pub use http::HttpTransport;
pub use live::{Cancel, LIVE_PATH, Listened, Notice};
pub use transport::{PROOF_HEADER, Reply, Transport, Unreachable};
