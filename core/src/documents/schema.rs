//! What a document looks like inside automerge: the one place that knows.
//!
//! The root holds `schema` and `kind` (numbers), `author` (a member), the maps `fields`, `answers`,
//! `workers`, `attachments` and the text `narrative`. A document's first change writes exactly
//! these eight, in this order, before anything else; later releases add keys to the maps, never
//! containers, because two containers of one name would hide each other.
//!
//! Reading insists on it: each of the eight must still be the value that the first change wrote.
//! A later change that replaces the kind, the author or a container makes the document unreadable
//! and is refused by the merge, so nobody can make a colleague's words disappear that way.

use crate::model::{DocKind, Field, MemberId};
use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, Value};

/// Version that this release writes. Reads as the maximum of all values ever written concurrently.
pub(super) const SCHEMA: i64 = 1;

/// How positions in text are counted. Part of what both ends must agree on; set on every document.
pub(super) const TEXT_ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;

/// Containers with keys, beside `fields`, and so the possible first halves of a dotted field.
pub(super) const MAPS: [&str; 3] = ["answers", "workers", "attachments"];

const FIELDS: &str = "fields";

/// Numbers of the first change's operations (automerge counts from 1; `schema` is the first).
const KIND_OPERATION: u64 = 2;
const AUTHOR_OPERATION: u64 = 3;
const FIELDS_OPERATION: u64 = 4;
const NARRATIVE_OPERATION: u64 = 8;

/// The fixed part of a document: what it is, who began it, and where its containers are.
#[derive(Debug, Clone)]
pub(super) struct Frame {
    pub(super) kind: DocKind,
    pub(super) author: MemberId,
    /// `fields`, then [`MAPS`] in order.
    maps: [ObjId; 4],
    pub(super) narrative: ObjId,
}

/// Where one field lies.
pub(super) enum Place<'a> {
    /// The running text.
    Narrative,
    /// A key of a map.
    Key(&'a ObjId, &'a str),
}

impl Frame {
    /// Writes the frame as the first operations of a new document.
    pub(super) fn write(
        tx: &mut Transaction<'_>,
        kind: DocKind,
        author: MemberId,
    ) -> Result<Self, AutomergeError> {
        tx.put(ROOT, "schema", SCHEMA)?;
        tx.put(ROOT, "kind", i64::from(kind.rank()))?;
        tx.put(ROOT, "author", author.to_string())?;
        let fields = tx.put_object(ROOT, FIELDS, ObjType::Map)?;
        let [answers, workers, attachments] = MAPS.map(|name| tx.put_object(ROOT, name, ObjType::Map));
        let narrative = tx.put_object(ROOT, Field::NARRATIVE, ObjType::Text)?;
        Ok(Self { kind, author, maps: [fields, answers?, workers?, attachments?], narrative })
    }

    /// Finds the frame, if it is whole and still the first change's.
    pub(super) fn read(doc: &Automerge) -> Option<Self> {
        schema_version(doc)?;
        let (kind, origin) = only(doc, "kind")?;
        let ObjId::Id(KIND_OPERATION, actor, _) = &origin else { return None };
        let kind = u8::try_from(kind.as_i64()?).ok().and_then(DocKind::from_rank)?;
        let original = |key: &str, operation: u64| {
            let (value, id) = only(doc, key)?;
            match &id {
                ObjId::Id(counter, by, _) if *counter == operation && by == actor => Some((value, id)),
                _ => None,
            }
        };
        let author = original("author", AUTHOR_OPERATION)?.0.as_str()?.parse().ok()?;
        let map = |key: &str, operation: u64| {
            let (value, id) = original(key, operation)?;
            (value.to_objtype()? == ObjType::Map).then_some(id)
        };
        let maps = [
            map(FIELDS, FIELDS_OPERATION)?,
            map(MAPS[0], FIELDS_OPERATION + 1)?,
            map(MAPS[1], FIELDS_OPERATION + 2)?,
            map(MAPS[2], FIELDS_OPERATION + 3)?,
        ];
        let (value, narrative) = original(Field::NARRATIVE, NARRATIVE_OPERATION)?;
        (value.to_objtype()? == ObjType::Text).then_some(Self { kind, author, maps, narrative })
    }

    /// Where a field lies; none if this release has no such container.
    pub(super) fn place<'a>(&'a self, field: &'a Field) -> Option<Place<'a>> {
        match field.split() {
            None if field.is_text() => Some(Place::Narrative),
            None => Some(Place::Key(&self.maps[0], field.path())),
            Some((container, key)) => {
                let index = MAPS.iter().position(|name| *name == container)?;
                Some(Place::Key(&self.maps[index + 1], key))
            }
        }
    }

    /// Every map with the prefix that its keys carry in field names.
    pub(super) fn maps(&self) -> impl Iterator<Item = (&'static str, &ObjId)> {
        std::iter::once("").chain(MAPS).zip(&self.maps)
    }
}

/// The field of a key in a map; none for keys that no field can name.
pub(super) fn field_of(prefix: &str, key: &str) -> Option<Field> {
    let path = if prefix.is_empty() { key.to_owned() } else { format!("{prefix}.{key}") };
    // A plain key never carries a dot, and the narrative is not a key.
    Field::new(path).ok().filter(|field| field.split().is_some() != prefix.is_empty() && !field.is_text())
}

/// The highest schema version anyone wrote.
pub(super) fn schema_version(doc: &Automerge) -> Option<i64> {
    doc.get_all(ROOT, "schema").ok()?.iter().filter_map(|(value, _)| value.as_i64()).max()
}

/// The value of a root key that has exactly one.
fn only<'a>(doc: &'a Automerge, key: &str) -> Option<(Value<'a>, ObjId)> {
    let mut values = doc.get_all(ROOT, key).ok()?;
    if values.len() == 1 { values.pop() } else { None }
}
