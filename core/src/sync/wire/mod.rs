//! The messages of `/v1/*`, used by both ends. CBOR in maps with integer keys, so that each side
//! skips what it does not know; bodies are one zstd frame.

mod enrolment;
mod page;
mod refusal;
mod request;
mod results;

pub use enrolment::{Certificate, CertificateBody, EnrolRequest, Enrolled};
pub use page::{ActionItem, Bytes, ChangesItem, Item, SnapshotItem};
pub use refusal::{ErrorBody, ErrorCode};
pub use request::{Filling, Frozen, Push, SyncRequest};
pub use results::{ItemResult, ItemVerdict, PushResult, RefusalCode};

use crate::model::{Directory, Epoch, Timestamp};

/// Largest request body, before and after decompression, in bytes.
pub const BODY_LIMIT: usize = 1024 * 1024 + 64 * 1024;
/// Largest document as it travels in a page, in bytes. What would grow beyond is not taken in.
pub const DOCUMENT_LIMIT: usize = 8 * 1024 * 1024;
/// Largest response body after decompression, in bytes: a page holds at least one document, however large.
pub const RESPONSE_LIMIT: usize = DOCUMENT_LIMIT + 4 * 1024 * 1024;
/// What a page of the feed or of a fill holds, in bytes before compression, unless one document is larger.
pub const PAGE_BYTES: usize = 256 * 1024;
/// Most pushes in a request.
pub const PUSHES_LIMIT: usize = 256;
/// Most changes in one push.
pub const CHANGES_LIMIT: usize = 256;
/// Most actions in one push.
pub const ACTIONS_LIMIT: usize = 64;
/// Most scopes filled at once in a request.
pub const FILLS_LIMIT: usize = 64;
/// Most frozen scopes × classes named in a request; the rest is named when these are settled.
pub const FROZEN_LIMIT: usize = 1024;

/// First 8 bytes of the running hash at a position: tells a restored server from the one that was.
pub type Chain = [u8; 8];

/// Answer to a sync.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SyncResponse {
    /// The lineage of the server's database.
    #[n(0)]
    pub epoch: Epoch,
    /// The phone must reconcile: nothing else below but `epoch`, `head`, `chain`, `directory` counts,
    /// and no push was looked at. The phone keeps what it has, fills every grant again from the start
    /// (also when the directory is unchanged and so absent), goes on with the feed at `head`, and
    /// offers all its own work again. A grant that is missing now is frozen, not ended.
    #[n(1)]
    pub reconcile: bool,
    /// One for each push, in order.
    #[n(2)]
    pub results: Vec<PushResult>,
    /// Documents and actions.
    #[n(3)]
    pub page: Vec<Item>,
    /// The cursor to store with the page.
    #[n(4)]
    pub cursor: u64,
    /// The fills to store with the page; a fill that is complete is absent.
    #[n(5)]
    pub filling: Vec<Filling>,
    /// The directory, if the phone's version differs.
    #[n(6)]
    pub directory: Option<Directory>,
    /// The highest position in the database.
    #[n(7)]
    pub head: u64,
    /// The chain at `head`.
    #[cbor(n(8), with = "minicbor::bytes")]
    pub chain: Chain,
    /// There is more to fetch at once.
    #[n(9)]
    pub more: bool,
    /// Position up to which a backup covers everything: own changes below it need not be kept.
    #[n(10)]
    pub backed_up: u64,
    /// The server's clock.
    #[n(11)]
    pub time: Timestamp,
    /// Of what the request named as frozen, what a person in the office has confirmed as ended: the phone
    /// hands its work over and takes the rest off. Never names anything that the directory grants.
    #[cbor(n(12), default)]
    pub ended: Vec<Frozen>,
    /// How many whole attachments a backup covers: own photos up to there need not be kept.
    #[cbor(n(13), default)]
    pub photos_backed_up: u64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Class, Scope};

    /// A request of a later release: one more field, which this release must skip.
    #[derive(minicbor::Encode)]
    #[cbor(map)]
    struct LaterFilling {
        #[n(0)]
        scope: Scope,
        #[n(1)]
        class: Class,
        #[n(2)]
        generation: u64,
        #[n(3)]
        after: Option<u64>,
        #[n(17)]
        wish: String,
    }

    #[test]
    fn what_a_later_release_adds_is_skipped() {
        let scope = Scope::Case(crate::model::CaseId([3; 16]));
        let later =
            LaterFilling { scope, class: Class::File, generation: 4, after: Some(9), wish: "…".into() };
        let read: Filling = minicbor::decode(&minicbor::to_vec(&later).unwrap()).unwrap();
        assert_eq!(read, Filling { scope, class: Class::File, generation: 4, after: Some(9) });
    }
}
