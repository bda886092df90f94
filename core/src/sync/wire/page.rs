//! What a page holds: documents, changes of documents, actions.

use crate::changes::SignedAction;
use crate::model::{Class, DocId, DocKind, Scope, Summary, Timestamp};

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
