//! One document: begin, load, save, edit, read.

use super::fields::{self, Fields, Reading};
use super::guard::caught;
use super::limits;
use super::schema::{Frame, TEXT_ENCODING};
use super::write::{self, EditFault};
use crate::model::{Actor, DocKind, Edit, Field, Hash, Heads, MemberId, Timestamp};
use automerge::transaction::CommitOptions;
use automerge::{ActorId, Automerge, ChangeHash, ChangeMetadata, LoadOptions, ReadDoc};

/// Who writes, and when by their own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The writing device's actor.
    pub actor: Actor,
    /// The member responsible; kept in every change, so that history works offline.
    pub member: MemberId,
    /// The device's clock. Shown, never used to order.
    pub time: Timestamp,
}

/// A change that was just made, ready to be signed.
#[derive(Clone, PartialEq, Eq)]
pub struct NewChange {
    /// Who wrote it.
    pub actor: Actor,
    /// Its number within (document, actor), from 1.
    pub seq: u64,
    /// Its hash.
    pub hash: Hash,
    /// The undeflated chunk.
    pub bytes: Vec<u8>,
}

/// Personal data: everything but the content.
impl std::fmt::Debug for NewChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NewChange({} {} {} {} bytes)", self.actor, self.seq, self.hash, self.bytes.len())
    }
}

/// Why bytes are not a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum LoadFault {
    /// automerge cannot load them.
    #[error("not a saved document")]
    Unloadable,
    /// They load, but what is inside is not one of our documents.
    #[error("not a document of a known shape")]
    Unreadable,
}

/// A document in memory, with all its history.
#[derive(Clone)]
pub struct Document {
    pub(super) inner: Automerge,
    pub(super) frame: Frame,
}

/// Personal data: kind and frontier only.
impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Document({:?}, {:?})", self.kind(), self.heads())
    }
}

impl Document {
    /// Begins a document: its first change holds every container and the first edits.
    pub fn create(kind: DocKind, stamp: &Stamp, edits: &[Edit]) -> Result<(Self, NewChange), EditFault> {
        write::check(edits, 0)?;
        let mut inner = Automerge::new_with_encoding(TEXT_ENCODING);
        inner.set_actor(actor_id(&stamp.actor));
        let mut tx = inner.transaction();
        let frame = write::first(&mut tx, kind, stamp.member, edits)?;
        let (hash, _) = tx.commit_with(commit_options(stamp));
        let hash = hash.ok_or(EditFault::Refused)?;
        let document = Self { inner, frame };
        let change = document.new_change(hash)?;
        Ok((document, change))
    }

    /// Loads a saved document. Never panics, whatever the bytes are.
    ///
    /// For bytes that were saved here or came from the server. A hostile snapshot can claim more
    /// operations than there is memory for: what arrives from others goes through [`super::merge`].
    pub fn load(bytes: &[u8]) -> Result<Self, LoadFault> {
        caught(|| {
            let options = LoadOptions::new().text_encoding(TEXT_ENCODING);
            let inner = Automerge::load_with_options(bytes, options).map_err(|_| LoadFault::Unloadable)?;
            Self::from_automerge(inner)
        })
        .unwrap_or(Err(LoadFault::Unloadable))
    }

    /// Takes a loaded automerge document if it has our shape.
    pub(super) fn from_automerge(inner: Automerge) -> Result<Self, LoadFault> {
        let frame = Frame::read(&inner).ok_or(LoadFault::Unreadable)?;
        Ok(Self { inner, frame })
    }

    /// The whole document with its history, undeflated (sync bodies are compressed as a whole).
    pub fn save(&self) -> Vec<u8> {
        self.inner.save_nocompress()
    }

    /// What it holds.
    pub fn kind(&self) -> DocKind {
        self.frame.kind
    }

    /// Who began it.
    pub fn author(&self) -> MemberId {
        self.frame.author
    }

    /// Its frontier.
    pub fn heads(&self) -> Heads {
        heads_of(&self.inner)
    }

    /// Whether every hash of a frontier is part of the document.
    pub fn contains(&self, heads: &Heads) -> bool {
        heads.as_slice().iter().all(|hash| self.has(hash))
    }

    /// Whether a change is part of the document.
    pub fn has(&self, hash: &Hash) -> bool {
        self.inner.get_change_meta_by_hash(&ChangeHash(hash.0)).is_some()
    }

    /// Every change, none before one that it builds on.
    pub fn change_hashes(&self) -> Vec<Hash> {
        let mut changes = self.inner.get_changes_meta(&[]);
        changes.sort_by_key(|change| (change.start_op, change.hash.0));
        changes.iter().map(|change| Hash(change.hash.0)).collect()
    }

    /// What a change builds on: the state that its author had; none if it is not in the document.
    pub fn parents(&self, hash: &Hash) -> Option<Heads> {
        let change = self.inner.get_change_meta_by_hash(&ChangeHash(hash.0))?;
        Some(Heads::new(change.deps.iter().map(|hash| Hash(hash.0)).collect()))
    }

    /// The undeflated chunk of one change.
    pub fn change_bytes(&self, hash: &Hash) -> Option<Vec<u8>> {
        let change = self.inner.get_change_by_hash(&ChangeHash(hash.0))?;
        Some(change.raw_bytes().to_vec())
    }

    /// The undeflated chunks that this document has and `other` does not, in an order that can be merged.
    pub fn changes_missing_from(&self, other: &Document) -> Vec<Vec<u8>> {
        let changes = self.inner.get_changes(&[]);
        let missing = changes.iter().filter(|change| !other.has(&Hash(change.hash().0)));
        missing.map(|change| change.raw_bytes().to_vec()).collect()
    }

    /// How many operations were ever made in the document, deletions included.
    pub fn operations(&self) -> u64 {
        operations_of(&self.inner)
    }

    /// Highest number of a change that an actor has in it; 0 for none.
    pub fn last_seq(&self, actor: &Actor) -> u64 {
        let changes = self.inner.get_changes_meta(&[]);
        let own = changes.iter().filter(|change| change.actor.to_bytes() == actor.0);
        own.map(|change| change.seq).max().unwrap_or(0)
    }

    /// Everything that is set now.
    pub fn fields(&self) -> Fields {
        self.reading().fields
    }

    /// Everything that was set at a frontier. Hashes that the document does not have count for
    /// nothing: ask [`Document::contains`] first.
    pub fn fields_at(&self, heads: &Heads) -> Fields {
        fields::read(&self.inner, &self.frame, Some(&hashes(heads))).fields
    }

    /// Whether what others wrote keeps the limits.
    pub(super) fn is_within_limits(&self) -> bool {
        fields::are_within_limits(&self.inner, &self.frame)
    }

    /// Everything that is set now, and what a reader of it should know.
    pub(super) fn reading(&self) -> Reading {
        fields::read(&self.inner, &self.frame, None)
    }

    /// Writes edits that were made while looking at `base`.
    ///
    /// Only what differs from `base` is written, and it counts as written at `base`: where a
    /// colleague has set the same field since, both values stay as a conflict that a person
    /// settles, and a colleague's words in the narrative stay where they are. A field that is in
    /// conflict at `base` is written even if its value is the one shown: that settles it.
    /// Returns none, and changes nothing, if nothing differs.
    pub fn edit(
        &mut self,
        stamp: &Stamp,
        base: &Heads,
        edits: &[Edit],
    ) -> Result<Option<NewChange>, EditFault> {
        if !self.contains(base) || base.is_empty() {
            return Err(EditFault::UnknownBase);
        }
        let edits = self.differing(base, edits);
        if edits.is_empty() {
            return Ok(None);
        }
        write::check(&edits, self.fields().len())?;
        // All work is on a copy: a refused edit leaves the document as it was.
        let Some((edited, hash)) = write::edited(self, stamp, base, &edits)? else { return Ok(None) };
        let change = edited.new_change(hash)?;
        *self = edited;
        Ok(Some(change))
    }

    /// The edits that change something against `base`. Later edits of a field win over earlier.
    fn differing(&self, base: &Heads, edits: &[Edit]) -> Vec<Edit> {
        let at = hashes(base);
        let shown = self.fields_at(base);
        let mut last: Vec<&Edit> = Vec::with_capacity(edits.len());
        for edit in edits {
            last.retain(|earlier| earlier.field != edit.field);
            last.push(edit);
        }
        let differs = |edit: &&Edit| {
            let value = shown.value(edit.field.path());
            let same = *value == edit.value || (fields::is_empty(value) && fields::is_empty(&edit.value));
            !same || self.is_contested(&edit.field, &at)
        };
        last.into_iter().filter(differs).cloned().collect()
    }

    /// Whether a field has several values at a frontier.
    fn is_contested(&self, field: &Field, at: &[ChangeHash]) -> bool {
        match self.frame.place(field) {
            Some(super::schema::Place::Key(map, key)) => {
                self.inner.get_all_at(map, key, at).is_ok_and(|values| values.len() > 1)
            }
            _ => false,
        }
    }

    pub(super) fn new_change(&self, hash: ChangeHash) -> Result<NewChange, EditFault> {
        let change = self.inner.get_change_by_hash(&hash).ok_or(EditFault::Refused)?;
        let actor = Actor::from_slice(change.actor_id().to_bytes()).map_err(|_| EditFault::Refused)?;
        let bytes = change.raw_bytes().to_vec();
        if bytes.len() > limits::CHANGE_BYTES
            || change.len() as u64 > limits::CHANGE_OPERATIONS
            || change.max_op() > limits::DOCUMENT_OPERATIONS
        {
            return Err(EditFault::TooMuch);
        }
        Ok(NewChange { actor, seq: change.seq(), hash: Hash(hash.0), bytes })
    }
}

/// Operations of all changes. (automerge's own count leaves deletions out.)
pub(super) fn operations_of(doc: &Automerge) -> u64 {
    let of_change = |change: &ChangeMetadata<'_>| (change.max_op + 1).saturating_sub(change.start_op);
    doc.get_changes_meta(&[]).iter().map(of_change).sum()
}

/// The last change of an actor.
pub(super) fn last_change(doc: &Automerge, actor: &Actor) -> Option<ChangeHash> {
    let changes = doc.get_changes_meta(&[]);
    let own = changes.iter().filter(|change| change.actor.to_bytes() == actor.0);
    own.max_by_key(|change| change.seq).map(|change| change.hash)
}

pub(super) fn actor_id(actor: &Actor) -> ActorId {
    ActorId::from(actor.0.as_slice())
}

/// The form of a frontier that automerge takes.
pub(super) fn hashes(heads: &Heads) -> Vec<ChangeHash> {
    heads.as_slice().iter().map(|hash| ChangeHash(hash.0)).collect()
}

pub(super) fn heads_of(doc: &Automerge) -> Heads {
    Heads::new(doc.get_heads().into_iter().map(|hash| Hash(hash.0)).collect())
}

pub(super) fn commit_options(stamp: &Stamp) -> CommitOptions {
    CommitOptions::default()
        .with_message(stamp.member.to_string())
        .with_time(stamp.time.as_ms().div_euclid(1_000))
}
