//! The guarded merge: other people's changes into a document, so that no change, whatever it is,
//! ends the process or leaves a document that cannot be loaded.
//!
//! automerge 0.12 panics on a good part of hostile changes, and accepts others after which the
//! saved document cannot be loaded. So every merge works on a copy, under `catch_unwind`, and its
//! outcome is saved, loaded back, compared and read before anybody gets it.

use super::chunk::{ChunkFacts, ChunkFault, inspect};
use super::document::{Document, LoadFault, actor_id, heads_of, operations_of};
use super::guard::caught;
use super::limits;
use super::schema::TEXT_ENCODING;
use crate::model::{Actor, DocKind, Heads};
use automerge::{Automerge, Change, ReadDoc};

/// Which checks a merge makes. Everything but tests takes the default: all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MergeGuards {
    /// Load the saved outcome back and compare it.
    pub load_back: bool,
}

impl Default for MergeGuards {
    fn default() -> Self {
        Self { load_back: true }
    }
}

/// Why changes were not merged. The document is as it was.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MergeFault {
    /// A change is refused before automerge sees it; which one, and why.
    #[error("change {0} of the list: {1}")]
    Change(usize, ChunkFault),
    /// The changes build on others that are not there.
    #[error("builds on changes that are not there")]
    UnknownDependencies,
    /// Two changes with one number of one actor.
    #[error("a number of an actor with another content")]
    DuplicateSequence,
    /// The document would hold more operations than allowed.
    #[error("more operations than a document may hold")]
    TooManyOperations,
    /// A field, the narrative or the number of fields or values would pass its limit.
    #[error("more than a document may hold")]
    TooLarge,
    /// automerge could not merge them, or could not load the outcome.
    #[error("cannot be merged")]
    Unmergeable,
    /// The outcome is not a document of this kind.
    #[error("does not read as its kind")]
    Unreadable,
    /// The present document cannot be loaded: not the changes' fault.
    #[error("the present document cannot be loaded")]
    Damaged(LoadFault),
}

/// The outcome of a merge.
#[derive(Clone)]
pub struct Merged {
    /// The saved document.
    pub snapshot: Vec<u8>,
    /// Its frontier.
    pub heads: Heads,
    /// Operations in it, history included.
    pub operations: u64,
    /// The document in memory.
    pub document: Document,
}

/// Personal data: frontier and size only.
impl std::fmt::Debug for Merged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Merged({:?}, {} bytes)", self.heads, self.snapshot.len())
    }
}

/// Merges changes into a saved document, or begins one. Changes that it has already do no harm;
/// their order does not matter.
pub fn merge(
    kind: DocKind,
    current: Option<&[u8]>,
    changes: &[&[u8]],
    guards: MergeGuards,
) -> Result<Merged, MergeFault> {
    let current = current.map(Document::load).transpose().map_err(MergeFault::Damaged)?;
    merge_into(kind, current.as_ref(), changes, guards)
}

/// [`merge`] for a document that is in memory already; it stays as it is.
pub fn merge_into(
    kind: DocKind,
    current: Option<&Document>,
    changes: &[&[u8]],
    guards: MergeGuards,
) -> Result<Merged, MergeFault> {
    let mut facts = Vec::with_capacity(changes.len());
    for (index, change) in changes.iter().enumerate() {
        facts.push(inspect(change).map_err(|fault| MergeFault::Change(index, fault))?);
    }
    let operations = current.map_or(0, Document::operations) + sum_of(&facts);
    if operations > limits::DOCUMENT_OPERATIONS {
        return Err(MergeFault::TooManyOperations);
    }
    caught(|| applied(kind, current, changes, &facts, guards)).unwrap_or(Err(MergeFault::Unmergeable))
}

fn sum_of(facts: &[ChunkFacts]) -> u64 {
    facts.iter().map(|facts| facts.operations).sum()
}

/// The merge itself. `facts` are those of `changes`.
pub(super) fn applied(
    kind: DocKind,
    current: Option<&Document>,
    changes: &[&[u8]],
    facts: &[ChunkFacts],
    guards: MergeGuards,
) -> Result<Merged, MergeFault> {
    let mut inner = current
        .map_or_else(|| Automerge::new_with_encoding(TEXT_ENCODING), |document| document.inner.clone());
    // A merge writes nothing; a fixed actor keeps it free of randomness.
    inner.set_actor(actor_id(&Actor([0; 16])));
    let mut parsed = Vec::with_capacity(changes.len());
    for (change, facts) in changes.iter().zip(facts) {
        let change = Change::try_from(*change).map_err(|_| MergeFault::Unmergeable)?;
        // Our reader and automerge's must mean the same bytes.
        if change.hash().0 != facts.hash.0 || change.len() as u64 != facts.operations {
            return Err(MergeFault::Unmergeable);
        }
        parsed.push(change);
    }
    inner.apply_changes(parsed).map_err(|fault| match fault {
        automerge::AutomergeError::DuplicateSeqNumber(..) => MergeFault::DuplicateSequence,
        _ => MergeFault::Unmergeable,
    })?;
    if !inner.get_missing_deps(&[]).is_empty() {
        return Err(MergeFault::UnknownDependencies);
    }
    // Operations are numbered one behind the other. A gap would use up the numbers that colleagues
    // have left, until nobody could write in the document any more.
    let all = operations_of(&inner);
    if facts.iter().any(|facts| facts.start_op + facts.operations > all + 1) {
        return Err(MergeFault::Unmergeable);
    }
    let snapshot = inner.save_nocompress();
    let heads = heads_of(&inner);
    let merged = Document::from_automerge(inner).map_err(|_| MergeFault::Unreadable)?;
    if !merged.is_within_limits() {
        return Err(MergeFault::TooLarge);
    }
    let document = if guards.load_back {
        let loaded = Document::load(&snapshot).map_err(|fault| match fault {
            LoadFault::Unloadable => MergeFault::Unmergeable,
            LoadFault::Unreadable => MergeFault::Unreadable,
        })?;
        if loaded.heads() != heads || loaded.fields() != merged.fields() {
            return Err(MergeFault::Unmergeable);
        }
        loaded
    } else {
        merged
    };
    if document.kind() != kind || !facts.iter().all(|facts| document.has(&facts.hash)) {
        return Err(MergeFault::Unreadable);
    }
    // Everything that screens will read is read once here, inside the guard.
    document.conflicts();
    Ok(Merged { snapshot, heads, operations: all, document })
}
