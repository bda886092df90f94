//! What became of pushed work, item by item.

use crate::model::{DocId, codes};

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
