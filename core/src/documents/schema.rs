//! What a document looks like inside automerge: the one place that knows.
//!
//! The root holds `schema` and `kind` (numbers), `author` (a member), the maps `fields`, `answers`,
//! `workers`, `attachments` and the text `narrative`. A document's first change writes exactly
//! these eight, in one of the orders of [`ROOT_ORDERS`], before anything else; later releases add
//! keys to the maps, never containers, because two containers of one name would hide each other.
//!
//! Reading insists on it: each of the eight must still be the value that the first change wrote.
//! A later change that replaces the kind, the author or a container makes the document unreadable
//! and is refused by the merge, so nobody can make a colleague's words disappear that way.

use crate::model::{DocKind, Field, MemberId};
use automerge::hydrate;
use automerge::transaction::{Transactable, Transaction};
use automerge::{Automerge, AutomergeError, ObjId, ObjType, ROOT, ReadDoc, TextEncoding, Value};
use std::collections::HashMap;

/// Version that this release writes. Reads as the maximum of all values ever written concurrently.
pub(super) const SCHEMA: i64 = 1;

/// How positions in text are counted. Part of what both ends must agree on; set on every document.
pub(super) const TEXT_ENCODING: TextEncoding = TextEncoding::UnicodeCodePoint;

/// Containers with keys, beside `fields`, and so the possible first halves of a dotted field.
pub(super) const MAPS: [&str; 3] = ["answers", "workers", "attachments"];

const FIELDS: &str = "fields";

/// What the root holds, in the order of the first change's operations: by name, as automerge writes
/// what it is given at once, and as the first documents had it.
const ROOT_ORDERS: [[&str; 8]; 2] = [
    ["answers", "attachments", "author", FIELDS, "kind", Field::NARRATIVE, "schema", "workers"],
    ["schema", "kind", "author", FIELDS, "answers", "workers", "attachments", Field::NARRATIVE],
];

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

/// What a new document holds.
#[derive(Default)]
pub(super) struct Contents<'a> {
    /// `fields`, then [`MAPS`] in order.
    pub(super) maps: [HashMap<&'a str, hydrate::Value>; 4],
    pub(super) narrative: &'a str,
}

impl Frame {
    /// Writes the frame as the first operations of a new document, and behind it what it holds. All at
    /// once: for two dozen keys put one by one automerge spends half as much again.
    pub(super) fn write(
        tx: &mut Transaction<'_>,
        kind: DocKind,
        author: MemberId,
        contents: Contents<'_>,
    ) -> Result<Self, AutomergeError> {
        let [fields, answers, workers, attachments] = contents.maps.map(hydrate::Value::from);
        let root = HashMap::from([
            ("schema", SCHEMA.into()),
            ("kind", i64::from(kind.rank()).into()),
            ("author", author.to_string().as_str().into()),
            (FIELDS, fields),
            (MAPS[0], answers),
            (MAPS[1], workers),
            (MAPS[2], attachments),
            (Field::NARRATIVE, hydrate::Value::text(TEXT_ENCODING, contents.narrative)),
        ]);
        // automerge writes the root's keys in order of their names, then what is in each container.
        tx.init_root_from_hydrate(&hydrate::Map::from(root))?;
        let container = |key: &str| match tx.get(ROOT, key)? {
            Some((_, id)) => Ok(id),
            None => Err(AutomergeError::NotAnObject),
        };
        let [answers, workers, attachments] = MAPS.map(container);
        let maps = [container(FIELDS)?, answers?, workers?, attachments?];
        Ok(Self { kind, author, maps, narrative: container(Field::NARRATIVE)? })
    }

    /// Finds the frame, if it is whole and still the first change's.
    pub(super) fn read(doc: &Automerge) -> Option<Self> {
        schema_version(doc)?;
        ROOT_ORDERS.iter().find_map(|order| Self::read_in(order, doc))
    }

    fn read_in(order: &[&str], doc: &Automerge) -> Option<Self> {
        let (_, origin) = only(doc, "kind")?;
        let ObjId::Id(_, actor, _) = &origin else { return None };
        let original = |key: &str| {
            let (value, id) = only(doc, key)?;
            // automerge counts operations from 1.
            let operation = 1 + order.iter().position(|name| *name == key)? as u64;
            match &id {
                ObjId::Id(counter, by, _) if *counter == operation && by == actor => Some((value, id)),
                _ => None,
            }
        };
        let kind = u8::try_from(original("kind")?.0.as_i64()?).ok().and_then(DocKind::from_rank)?;
        let author = original("author")?.0.as_str()?.parse().ok()?;
        let map = |key: &str| {
            let (value, id) = original(key)?;
            (value.to_objtype()? == ObjType::Map).then_some(id)
        };
        let maps = [map(FIELDS)?, map(MAPS[0])?, map(MAPS[1])?, map(MAPS[2])?];
        let (value, narrative) = original(Field::NARRATIVE)?;
        (value.to_objtype()? == ObjType::Text).then_some(Self { kind, author, maps, narrative })
    }

    /// Where a field lies; none if this release has no such container.
    pub(super) fn place<'a>(&'a self, field: &'a Field) -> Option<Place<'a>> {
        if field.is_text() {
            return Some(Place::Narrative);
        }
        map_and_key(field).map(|(map, key)| Place::Key(&self.maps[map], key))
    }

    /// Every map with the prefix that its keys carry in field names.
    pub(super) fn maps(&self) -> impl Iterator<Item = (&'static str, &ObjId)> {
        std::iter::once("").chain(MAPS).zip(&self.maps)
    }
}

/// The number of the map that holds a field, among `fields` and [`MAPS`], and its key there; none for
/// the running text and where this release has no such map.
pub(super) fn map_and_key(field: &Field) -> Option<(usize, &str)> {
    match field.split() {
        None => (!field.is_text()).then(|| (0, field.path())),
        Some((container, key)) => Some((1 + MAPS.iter().position(|name| *name == container)?, key)),
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
