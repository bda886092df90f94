//! Sync server and review console of Doorstep (走访).
//!
//! A [`Server`] is one office on one machine: `data.db` and `keys.db` in a folder. It answers
//! requests without sockets ([`Server::exchange`]), so that the listener and tests use the same door.
//!
//! `store` holds all SQL · `vault` keys and seals · `ledger` takes in what phones and the console
//! sign · `sync` answers phones · `records` is what the console and jobs read · `directory` changes
//! members, teams and phones · `router` has every address on one page · `cli` is the command line.

pub mod cli;
pub mod config;
pub mod console;
pub mod defences;
pub mod demo;
pub mod directory;
pub mod error;
#[cfg(test)]
mod fixture;
pub mod jobs;
pub mod ledger;
pub mod records;
pub mod router;
pub mod serve;
pub mod server;
pub mod store;
pub mod sync;
pub mod vault;

pub use defences::Defences;
pub use error::{OpenFault, StoreFault, log_panics_without_content};
pub use ledger::{AcceptFault, ActFault, NewAction};
pub use server::{Server, ServerConfig};
pub use sync::Reply;
