//! What a change says of itself, found out without expanding it.
//!
//! A change of 69 bytes can claim 50 million operations, and automerge would allocate for them
//! until the process dies, which nothing catches. So a change from elsewhere is looked at here
//! first: header and columns are walked run by run, never row by row, in microseconds.
//!
//! The reader knows exactly what our documents need. Deflated chunks and columns, columns for
//! marks, unknown columns, trailing bytes, longer-than-shortest numbers and rows that do not add
//! up are refused, although automerge would take some of them.

use super::columns::{self, ColumnFault};
use super::leb128::Reader;
use super::limits;
use crate::model::{Actor, Hash, MemberId};
use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const CHANGE_TYPE: u8 = 1;
/// Magic and checksum: what the hash leaves out.
const UNHASHED: usize = 8;
/// Most predecessors, and most other actors, that one change may name.
const NAMED_LIMIT: u64 = 512;

/// What a change says of itself. Nothing in it is proved but `hash`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChunkFacts {
    /// Who claims to write.
    pub actor: Actor,
    /// Number within (document, actor), from 1.
    pub seq: u64,
    /// Counter of the first operation.
    pub start_op: u64,
    /// Changes that this one builds on.
    pub deps: Vec<Hash>,
    /// The writer's clock, in seconds.
    pub time: i64,
    /// The message: in our changes the member.
    pub message: String,
    /// Operations that it holds.
    pub operations: u64,
    /// Its hash, computed from the bytes.
    pub hash: Hash,
}

impl ChunkFacts {
    /// The member that the message names.
    pub fn member(&self) -> Option<MemberId> {
        let member: MemberId = self.message.parse().ok()?;
        // The one form that we write.
        (member.to_string() == self.message).then_some(member)
    }
}

/// Why a change is refused before automerge sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum ChunkFault {
    /// Longer than [`limits::CHANGE_BYTES`].
    #[error("larger than a change may be")]
    TooLarge,
    /// Not one whole change in its shortest form.
    #[error("not one whole change")]
    Malformed,
    /// A document, a bundle, or deflated.
    #[error("not an undeflated change")]
    ChunkType,
    /// The bytes do not match the checksum.
    #[error("checksum does not match")]
    Checksum,
    /// Claims more operations, objects or keys than a change may hold, or counts further than a document may.
    #[error("claims more operations than allowed")]
    TooManyOperations,
    /// Columns or operations that our documents never have.
    #[error("operations of a kind that documents do not have")]
    Foreign,
}

impl From<ColumnFault> for ChunkFault {
    fn from(fault: ColumnFault) -> Self {
        match fault {
            ColumnFault::Malformed => ChunkFault::Malformed,
            ColumnFault::TooMuch => ChunkFault::TooManyOperations,
            ColumnFault::Foreign => ChunkFault::Foreign,
        }
    }
}

/// Looks at a change without expanding it.
pub fn inspect(chunk: &[u8]) -> Result<ChunkFacts, ChunkFault> {
    if chunk.len() > limits::CHANGE_BYTES {
        return Err(ChunkFault::TooLarge);
    }
    let (checksum, body) = opened(chunk)?;
    let facts = read_body(body, chunk)?;
    if facts.hash.0[..checksum.len()] == *checksum { Ok(facts) } else { Err(ChunkFault::Checksum) }
}

/// Checks the header; gives the checksum and everything behind the header.
fn opened(chunk: &[u8]) -> Result<(&[u8], &[u8]), ChunkFault> {
    let mut reader = Reader::new(chunk);
    let header = (|| {
        let magic = reader.take(4)?;
        let checksum = reader.take(4)?;
        let chunk_type = reader.byte()?;
        let len = reader.unsigned()?;
        Some((magic, checksum, chunk_type, len))
    })();
    let (magic, checksum, chunk_type, len) = header.ok_or(ChunkFault::Malformed)?;
    if magic != MAGIC {
        return Err(ChunkFault::Malformed);
    }
    if chunk_type != CHANGE_TYPE {
        return Err(ChunkFault::ChunkType);
    }
    if u64::try_from(reader.rest().len()) != Ok(len) {
        return Err(ChunkFault::Malformed);
    }
    Ok((checksum, reader.rest()))
}

fn read_body(body: &[u8], chunk: &[u8]) -> Result<ChunkFacts, ChunkFault> {
    let mut reader = Reader::new(body);
    let head = read_head(&mut reader).ok_or(ChunkFault::Malformed)?;
    let columns = columns::read(&mut reader)?;
    // automerge keeps what stands behind the columns; ours have nothing there.
    if !reader.is_done() || columns.operations == 0 {
        return Err(ChunkFault::Malformed);
    }
    let last_op = head.start_op.checked_add(columns.operations - 1).ok_or(ChunkFault::TooManyOperations)?;
    if last_op > limits::DOCUMENT_OPERATIONS {
        return Err(ChunkFault::TooManyOperations);
    }
    Ok(ChunkFacts {
        actor: head.actor,
        seq: head.seq,
        start_op: head.start_op,
        deps: head.deps,
        time: head.time,
        message: head.message,
        operations: columns.operations,
        hash: Hash(Sha256::digest(&chunk[UNHASHED..]).into()),
    })
}

struct Head {
    deps: Vec<Hash>,
    actor: Actor,
    seq: u64,
    start_op: u64,
    time: i64,
    message: String,
}

fn read_head(reader: &mut Reader<'_>) -> Option<Head> {
    let count = reader.unsigned().filter(|count| *count <= NAMED_LIMIT)?;
    let deps = (0..count).map(|_| Hash::from_slice(reader.take(32)?).ok()).collect::<Option<Vec<_>>>()?;
    let actor = Actor::from_slice(reader.prefixed()?).ok()?;
    let seq = reader.unsigned().filter(|seq| *seq > 0)?;
    let start_op = reader.unsigned().filter(|start_op| *start_op > 0)?;
    let time = reader.signed()?;
    let message = std::str::from_utf8(reader.prefixed()?).ok()?.to_owned();
    let others = reader.unsigned().filter(|count| *count <= NAMED_LIMIT)?;
    for _ in 0..others {
        Actor::from_slice(reader.prefixed()?).ok()?;
    }
    Some(Head { deps, actor, seq, start_op, time, message })
}
