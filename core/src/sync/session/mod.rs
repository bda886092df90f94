//! What a phone asks and what it does about the answer: pure planning, no database, no network.
//!
//! State goes in, a [`Plan`] comes out; the courier carries it out in one transaction, so that a cut
//! at any instant leaves the phone where it was before or after the page, never between.

mod answer;
mod defences;
mod grants;
mod request;

#[cfg(test)]
mod tests;

pub use answer::{Plan, is_opened, plan_response};
pub use defences::Defences;
pub use grants::{GrantRow, GrantState, OPENED};
pub use request::{FILLS_AT_ONCE, plan_request};

use super::wire::{Chain, Frozen};
use crate::model::Epoch;

/// Where the phone stands in the server's lineage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SyncPoint {
    /// The lineage.
    #[n(0)]
    pub epoch: Epoch,
    /// Position up to which the feed was stored.
    #[n(1)]
    pub cursor: u64,
    /// Highest position that the phone was ever told.
    #[n(2)]
    pub seen: u64,
    /// The chain there.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub chain: Chain,
}

/// What the phone knows when it asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneState {
    /// None before the first sync.
    pub point: Option<SyncPoint>,
    /// Version of the directory on the phone; 0 for none.
    pub directory: u64,
    /// What may be held, in the order in which the phone wants it filled. Of an answer without
    /// directory that does not ask to reconcile, only the grants that were asked for matter.
    pub grants: Vec<GrantRow>,
    /// What waits for a word of the office, as much as a request may name. Only for asking.
    pub frozen: Vec<Frozen>,
}
