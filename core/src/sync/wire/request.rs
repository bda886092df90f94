//! What a phone sends with each sync.

use super::{Bytes, Certificate, Chain};
use crate::changes::{Incarnation, SignedAction, SignedChange};
use crate::model::{Class, DocId, Epoch, Scope};

/// `POST /v1/sync`: push and pull in one round trip.
///
/// A first sync has no epoch: the answer brings the directory and a cursor at the head, and the phone
/// then fills every grant of the directory, today's scopes first, while the feed runs beside it.
/// Pushes are taken in before the page is read. Changes that the request itself pushed and had accepted are
/// not sent back; everything else of the device is, for the phone may be restored from an older copy.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SyncRequest {
    /// The lineage that the phone knows; none at first.
    #[n(0)]
    pub epoch: Option<Epoch>,
    /// Position up to which the feed was stored. Ignored without an epoch.
    #[n(1)]
    pub cursor: u64,
    /// Highest position that the phone was ever told.
    #[n(2)]
    pub seen: u64,
    /// The chain there.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub chain: Chain,
    /// Version of the directory that the phone has; 0 for none.
    #[n(4)]
    pub directory: u64,
    /// Scopes being filled, in the order in which the phone wants them.
    #[n(5)]
    pub filling: Vec<Filling>,
    /// The phone's own work, in the order in which it was done.
    #[n(6)]
    pub pushes: Vec<Push>,
    /// The incarnation that the phone writes under (binds its actor to the device).
    #[cbor(n(7), with = "minicbor::bytes")]
    pub incarnation: Incarnation,
    /// Only when the server answered `unknown_device`.
    #[n(8)]
    pub certificate: Option<Certificate>,
    /// Earlier incarnations of this device whose changes are among the pushes: a restored server may not know them.
    #[cbor(n(9), default)]
    pub former: Vec<Bytes>,
    /// What the phone still holds of before a restore, but no directory of the new lineage grants: it asks
    /// each time what shall become of it, until the directory grants it again or the answer ends it.
    #[cbor(n(10), default)]
    pub frozen: Vec<Frozen>,
}

/// One scope × class that waits on a phone for somebody's word after a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Frozen {
    /// Which scope.
    #[n(0)]
    pub scope: Scope,
    /// Which class.
    #[n(1)]
    pub class: Class,
}

/// How far one scope × class is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Filling {
    /// Which scope.
    #[n(0)]
    pub scope: Scope,
    /// Which class.
    #[n(1)]
    pub class: Class,
    /// Of which grant.
    #[n(2)]
    pub generation: u64,
    /// Position below which documents are still wanted (documents come newest first); none at the start.
    #[n(3)]
    pub after: Option<u64>,
}

/// Work on one document that commits together: all or nothing of it is acknowledged.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Push {
    /// The document that everything in here is about.
    #[n(0)]
    pub doc: DocId,
    /// Changes in order.
    #[n(1)]
    pub changes: Vec<SignedChange>,
    /// Actions about the document. An `open_case` comes in the same push as the contact part's first change.
    #[n(2)]
    pub actions: Vec<SignedAction>,
}
