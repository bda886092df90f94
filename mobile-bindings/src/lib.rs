//! The core for Kotlin and Swift: every verb of [`doorstep_core::app`] once, with its types, and
//! nothing that decides.
//!
//! Each method is one call into core and a conversion. Types of core cross as they are
//! (`uniffi::remote` mirrors, which do not compile when core's type changes); identifiers cross as
//! text, instants as the platform's instants, keys as bytes. What core has a tuple or a `usize` in
//! has a record of its own here, converted by a destructuring that does not compile either.
//!
//! ```
//! use doorstep_mobile::{Client, ClientError, HostMarker, Opening, generate_key};
//!
//! let folder = tempfile::tempdir().unwrap();
//! let client = Client::open(Opening {
//!     path: folder.path().join("phone.db").to_str().unwrap().to_owned(),
//!     key: Some(generate_key()),
//!     marker: HostMarker::Absent,
//!     zone: "Asia/Shanghai".to_owned(),
//! })
//! .unwrap();
//! assert!(matches!(client.today(), Err(ClientError::SignInNeeded { .. })));
//! ```
// Exported functions own what they are given: it was made for them on the other side.
#![allow(clippy::needless_pass_by_value)]

mod attention;
mod cases;
mod client;
mod codes;
mod conflicts;
mod deleted;
mod differences;
mod directory;
mod drafts;
mod enrol;
mod entries;
mod failure;
mod fields;
mod group;
mod history;
mod ids;
mod live;
mod observe;
mod panic;
mod photos;
mod pin;
mod practice;
mod proposals;
mod recovery;
mod remarks;
mod review;
mod scope;
mod search;
mod stop;
mod storage;
mod sync;
mod template;
mod time;
mod today;
mod way;

pub use client::{Client, HostMarker, Opening, generate_key};
pub use failure::ClientError;
pub use observe::{Observer, ObserverFault, Subscription};
pub use recovery::Recovery;
pub use stop::Stop;

uniffi::setup_scaffolding!();
