//! The messages of `/v1/*`, used by both ends. CBOR in maps with integer keys, so that each side
//! skips what it does not know; bodies are one zstd frame.

use crate::changes::{DevicePublicKey, Incarnation, SealingKey, SignedAction, SignedChange};
use crate::model::{
    Class, DeviceId, Directory, DocId, DocKind, Epoch, MemberId, OrgId, Scope, Summary, Timestamp, codes,
};

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

/// `POST /v1/enrol`: a new phone presents its one-time code. Not signed by a known device, but by the new key:
/// the proof names the device `00000000-…` and its time is not checked, for the phone may not know the time yet.
/// Asking again with the same key gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    /// The secret of the one-time code.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub secret: Vec<u8>,
    /// The key that was made on the device.
    #[n(1)]
    pub key: DevicePublicKey,
    /// Its first incarnation.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub incarnation: Incarnation,
    /// A name for lists of devices, e.g. "Redmi 12".
    #[n(3)]
    pub label: String,
}

/// Answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Enrolled {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// The device's new identifier.
    #[n(1)]
    pub device: DeviceId,
    /// The member that it belongs to.
    #[n(2)]
    pub member: MemberId,
    /// The present lineage.
    #[n(3)]
    pub epoch: Epoch,
    /// The device's name, key and member, signed by the organisation: proof for a restored server.
    #[n(4)]
    pub certificate: Certificate,
    /// The server's clock.
    #[n(5)]
    pub time: Timestamp,
    /// What the phone wraps its database's key to, so that a wiped keystore loses nothing. None from
    /// an office of an earlier release.
    #[cbor(n(6), default)]
    pub recovery: Option<SealingKey>,
}

/// The organisation's word that a device belongs to a member.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Certificate {
    /// CBOR of [`CertificateBody`], as it was signed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// By the organisation's key, purpose `doorstep-device-v1`.
    #[n(1)]
    pub signature: crate::changes::Signature,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct CertificateBody {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// The device.
    #[n(1)]
    pub device: DeviceId,
    /// Its member.
    #[n(2)]
    pub member: MemberId,
    /// Its key.
    #[n(3)]
    pub key: DevicePublicKey,
}

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

/// One thing in a page.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub enum Item {
    /// A whole document with its row for lists.
    #[n(0)]
    Snapshot(#[n(0)] Box<SnapshotItem>),
    /// New changes of a document that the phone has.
    #[n(1)]
    Changes(#[n(0)] ChangesItem),
    /// An action.
    #[n(2)]
    Action(#[n(0)] ActionItem),
}

/// A document as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SnapshotItem {
    /// Where it belongs.
    #[n(0)]
    pub scope: Scope,
    /// Which document.
    #[n(1)]
    pub doc: DocId,
    /// Its class.
    #[n(2)]
    pub class: Class,
    /// Its kind.
    #[n(3)]
    pub kind: DocKind,
    /// `save_nocompress` of automerge.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// Its row for lists.
    #[n(5)]
    pub summary: Summary,
}

/// Changes of one document, in an order that can be applied.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ChangesItem {
    /// Which document.
    #[n(0)]
    pub doc: DocId,
    /// Where it belongs.
    #[n(1)]
    pub scope: Scope,
    /// Its class.
    #[n(2)]
    pub class: Class,
    /// automerge change chunks.
    #[n(3)]
    pub changes: Vec<Bytes>,
}

/// A byte string in a list.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(transparent)]
pub struct Bytes(#[cbor(n(0), with = "minicbor::bytes")] pub Vec<u8>);

/// An action with the server's time of acceptance.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ActionItem {
    /// The action.
    #[n(0)]
    pub action: SignedAction,
    /// When the server took it.
    #[n(1)]
    pub received: Timestamp,
}

/// What became of a push.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct PushResult {
    /// The document.
    #[n(0)]
    pub doc: DocId,
    /// One for each change, in order.
    #[n(1)]
    pub changes: Vec<ItemResult>,
    /// One for each action, in order.
    #[n(2)]
    pub actions: Vec<ItemResult>,
}

/// What became of one change or action.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ItemResult {
    /// What became of it.
    #[n(0)]
    pub verdict: ItemVerdict,
    /// Where it stands in the ledger, if it does.
    #[n(1)]
    pub position: Option<u64>,
    /// Why not, if not.
    #[n(2)]
    pub code: Option<RefusalCode>,
}

codes! {
    /// What became of a pushed item.
    ItemVerdict {
        /// Durable in the ledger (now or already before).
        Accepted = "accepted",
        /// Durable, waiting for a dependency. The phone keeps it in the document, and asks again
        /// (by pushing it again) when the feed has news of the document.
        Held = "held",
        /// Durable, shown to author and supervisor with its code, not part of the document. The
        /// phone parks its branch and goes on with the document without it, as a new actor.
        Quarantined = "quarantined",
        /// Kept for the supervisor: work on a case that is no longer the member's.
        Late = "late",
        /// Not stored: nothing proves who it is from, or it repeats a sequence number with other content.
        Refused = "refused",
    }
}

codes! {
    /// Why an item was not accepted. Stable; screens have the sentences.
    RefusalCode {
        /// Not CBOR of the expected shape, or not one whole change chunk.
        Malformed = "malformed",
        /// Larger than a limit.
        TooLarge = "too_large",
        /// Chunk of another type, deflated for example.
        ChunkType = "chunk_type",
        /// Claims more operations than allowed.
        TooManyOperations = "too_many_operations",
        /// Bytes do not match the hash.
        BadHash = "bad_hash",
        /// Not signed by the device.
        BadSignature = "bad_signature",
        /// The actor is not the device's.
        ForeignActor = "foreign_actor",
        /// The member named is not the device's.
        ForeignMember = "foreign_member",
        /// Envelope and content disagree (actor, sequence, dependencies).
        EnvelopeMismatch = "envelope_mismatch",
        /// A sequence number was left out.
        SequenceGap = "sequence_gap",
        /// Same sequence number, other content.
        DuplicateSequence = "duplicate_sequence",
        /// Refers to changes that the server does not have.
        UnknownDependencies = "unknown_dependencies",
        /// Not the scope, class or kind that the document began with.
        ScopeMismatch = "scope_mismatch",
        /// The member may not.
        NotAllowed = "not_allowed",
        /// The member no longer has the case.
        NotAssigned = "not_assigned",
        /// automerge could not merge it, or could not load the result.
        Unmergeable = "unmergeable",
        /// The merged document does not read as its kind.
        Unreadable = "unreadable",
        /// Stands behind a quarantined change of the same actor.
        FollowsQuarantined = "follows_quarantined",
        /// Another item of the same push failed.
        PushFailed = "push_failed",
    }
}

/// Body of every answer that is not 200.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ErrorBody {
    /// Stable.
    #[n(0)]
    pub code: ErrorCode,
    /// The server's clock (with `clock`).
    #[n(1)]
    pub time: Timestamp,
    /// To name when asking for help (with `internal`).
    #[n(2)]
    pub incident: Option<String>,
}

codes! {
    /// Why a whole request was turned down.
    ErrorCode {
        /// 400: not readable.
        Malformed = "malformed",
        /// 413: larger than a limit.
        TooLarge = "too_large",
        /// 401: no or bad proof.
        Unauthenticated = "unauthenticated",
        /// 401: the proof's time is too far from the server's; `time` helps.
        Clock = "clock",
        /// 401: certified perhaps, but not in this database: repeat with the certificate.
        UnknownDevice = "unknown_device",
        /// 403: the device was revoked.
        Revoked = "revoked",
        /// 403: waits for a supervisor to confirm it (after a restore).
        Unconfirmed = "unconfirmed",
        /// 403: the member may read the entry, but not add to it.
        NotAllowed = "not_allowed",
        /// 404: not there, or not the member's to know.
        NotFound = "not_found",
        /// 422: not what its name says, or not in the form of a photo.
        BadContent = "bad_content",
        /// 410: the code is used, expired or unknown.
        CodeExpired = "code_expired",
        /// 429: too many attempts.
        TooMany = "too_many",
        /// 507: the server has no room; nothing was stored.
        NoRoom = "no_room",
        /// 507: so much of this device's work is set aside that no more of that kind is kept until somebody
        /// in the office has decided about it. Nothing is acknowledged; the phone keeps everything.
        SetAsideFull = "set_aside_full",
        /// 503: busy or stopping; try again.
        Unavailable = "unavailable",
        /// 500: see `incident`.
        Internal = "internal",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
