//! Messages of `/v1/attachments/…`: photos travel in chunks, after the records that name them.

use crate::model::{AttachmentId, DocId};

/// Where phones send chunks.
pub const PUT_PATH: &str = "/v1/attachments/put";
/// Where phones fetch chunks.
pub const GET_PATH: &str = "/v1/attachments/get";
/// Every chunk but the last of an attachment has exactly this many bytes.
pub const CHUNK_BYTES: usize = 256 * 1024;

/// `POST /v1/attachments/put`: the next chunk. One that the server has already, or that comes too
/// early, changes nothing: the answer says where to go on.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct PutChunk {
    /// The entry that names the attachment, or did when the phone last knew.
    #[n(0)]
    pub doc: DocId,
    /// SHA-256 of the whole attachment.
    #[n(1)]
    pub name: AttachmentId,
    /// Length of the whole attachment.
    #[n(2)]
    pub whole: u64,
    /// Where the chunk begins.
    #[n(3)]
    pub at: u64,
    /// The chunk.
    #[cbor(n(4), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// How far the server has an attachment.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct PutAnswer {
    /// Bytes that are durable: where the next chunk begins.
    #[n(0)]
    pub received: u64,
    /// Once it is whole: how many whole attachments the server had with it. A backup covers it when
    /// [`super::wire::SyncResponse::photos_backed_up`] has reached this.
    #[n(1)]
    pub place: Option<u64>,
}

/// `POST /v1/attachments/get`: a chunk of what somebody else sent.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct GetChunk {
    /// An entry that the member may read.
    #[n(0)]
    pub doc: DocId,
    /// Which of its attachments.
    #[n(1)]
    pub name: AttachmentId,
    /// Where the chunk begins: a multiple of [`CHUNK_BYTES`].
    #[n(2)]
    pub at: u64,
}

/// A chunk.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct GotChunk {
    /// Length of the whole attachment.
    #[n(0)]
    pub whole: u64,
    /// The chunk.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

/// Without the picture.
impl std::fmt::Debug for PutChunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PutChunk({} of {} at {})", self.bytes.len(), self.whole, self.at)
    }
}

/// Without the picture.
impl std::fmt::Debug for GotChunk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GotChunk({} of {})", self.bytes.len(), self.whole)
    }
}
