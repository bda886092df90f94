//! Reading: all fields of a document at one moment, as plain values.

use super::limits;
use super::schema::{Frame, field_of};
use crate::model::{Field, Value};
use automerge::{Automerge, ChangeHash, ReadDoc, ScalarValueRef, ValueRef};
use std::collections::BTreeMap;

/// All set fields, by name. Empty ones are absent.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Fields(BTreeMap<Field, Value>);

impl Fields {
    /// The value of a field; [`Value::Empty`] if it is not set.
    pub fn value(&self, path: &str) -> &Value {
        self.0.get(path).unwrap_or(&Value::Empty)
    }

    /// The text, code, date or time of a field; empty if it is none of these.
    pub fn text(&self, path: &str) -> &str {
        self.value(path).as_text().unwrap_or_default()
    }

    /// Whether a field is a yes.
    pub fn is_yes(&self, path: &str) -> bool {
        self.value(path).is_yes()
    }

    /// All fields in order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&Field, &Value)> {
        self.0.iter()
    }

    /// The keys and values of a map, without its name: `keys_of("answers")`.
    pub fn keys_of<'a>(&'a self, container: &'a str) -> impl Iterator<Item = (&'a str, &'a Value)> {
        self.0.iter().filter_map(move |(field, value)| match field.split() {
            Some((name, key)) if name == container => Some((key, value)),
            _ => None,
        })
    }

    /// How many fields are set.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Names of all fields.
    pub fn names(&self) -> impl Iterator<Item = &Field> {
        self.0.keys()
    }
}

/// Personal data: names and count only.
impl std::fmt::Debug for Fields {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fields({})", self.0.len())
    }
}

impl FromIterator<(Field, Value)> for Fields {
    fn from_iter<I: IntoIterator<Item = (Field, Value)>>(fields: I) -> Self {
        Self(fields.into_iter().filter(|(_, value)| !is_empty(value)).collect())
    }
}

/// The fields of a document, and what a reader of them should know.
#[derive(Default)]
pub(super) struct Reading {
    pub(super) fields: Fields,
    /// Some value in the maps has no form in this release.
    pub(super) has_unknown_values: bool,
    /// Some field has several values.
    pub(super) is_contested: bool,
}

/// Reads every field, at a frontier or (with none) now. Values that this release has no form for
/// are left out; they stay in the document.
pub(super) fn read(doc: &Automerge, frame: &Frame, at: Option<&[ChangeHash]>) -> Reading {
    let mut reading = Reading::default();
    let Fields(fields) = &mut reading.fields;
    for (prefix, map) in frame.maps() {
        let items = match at {
            Some(heads) => doc.map_range_at(map, .., heads),
            None => doc.map_range(map, ..),
        };
        for item in items {
            let value = value_of(&item.value);
            reading.has_unknown_values |= value.is_none();
            reading.is_contested |= item.conflict;
            if let (Some(field), Some(value)) = (field_of(prefix, &item.key), value)
                && !is_empty(&value)
            {
                fields.insert(field, value);
            }
        }
    }
    let narrative = narrative(doc, frame, at);
    if !narrative.is_empty() {
        fields.insert(Field::known(Field::NARRATIVE), Value::Text(narrative));
    }
    reading
}

/// Reads the running text.
pub(super) fn narrative(doc: &Automerge, frame: &Frame, at: Option<&[ChangeHash]>) -> String {
    match at {
        Some(heads) => doc.text_at(&frame.narrative, heads),
        None => doc.text(&frame.narrative),
    }
    .unwrap_or_default()
}

/// Whether what is stored keeps the limits that every honest phone keeps. Asked by the merge, so
/// that rows for lists stay small and reading stays quick whatever a colleague's device sends.
pub(super) fn are_within_limits(doc: &Automerge, frame: &Frame) -> bool {
    let is_short = |text: &str| text.len() <= limits::FIELD_BYTES;
    let mut count = 0;
    for (_, map) in frame.maps() {
        for item in doc.map_range(map, ..) {
            count += 1;
            let good = match &item.value {
                _ if item.conflict => doc.get_all(map, &*item.key).is_ok_and(|values| {
                    values.len() <= limits::FIELD_VALUES
                        && values.iter().all(|(value, _)| value.as_str().is_none_or(is_short))
                }),
                ValueRef::Scalar(ScalarValueRef::Str(text)) => is_short(text),
                _ => true,
            };
            if !good || count > limits::MERGED_FIELDS {
                return false;
            }
        }
    }
    narrative(doc, frame, None).len() <= limits::MERGED_NARRATIVE_BYTES
}

/// The plain form of a stored value; none for what this release does not know.
pub(super) fn value_of(value: &ValueRef<'_>) -> Option<Value> {
    match value {
        ValueRef::Scalar(ScalarValueRef::Str(text)) => Some(Value::Text(text.clone().into_owned())),
        ValueRef::Scalar(ScalarValueRef::Int(number)) => Some(Value::Number(*number)),
        ValueRef::Scalar(ScalarValueRef::Uint(number)) => i64::try_from(*number).ok().map(Value::Number),
        ValueRef::Scalar(ScalarValueRef::Boolean(flag)) => Some(Value::Flag(*flag)),
        ValueRef::Scalar(ScalarValueRef::Null) => Some(Value::Empty),
        _ => None,
    }
}

/// Empty text is no text: a field that was cleared equals one that was never set.
pub(super) fn is_empty(value: &Value) -> bool {
    match value {
        Value::Empty => true,
        Value::Text(text) => text.is_empty(),
        _ => false,
    }
}
