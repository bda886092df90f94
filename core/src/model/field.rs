//! The uniform way to name and change one piece of a document.
//!
//! A field is a path: `narrative` (text that merges), `outcome` (one value), `answers.mood`
//! (a key of a map), `workers.<member id>` (a member of a set). Drafts, conflicts, history,
//! differences and returned answers all speak of fields.

use std::fmt;

/// Longest field path in bytes.
const FIELD_LIMIT: usize = 120;

/// Why a text is not a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a field name")]
pub struct FieldFault;

/// The path of one piece of a document: lower-case words, digits, `_`, `-`, and at most one dot.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Field(String);

impl Field {
    /// The running text of every document.
    pub const NARRATIVE: &'static str = "narrative";

    /// Checks a path.
    pub fn new(path: impl Into<String>) -> Result<Self, FieldFault> {
        let path = path.into();
        let part_is_good = |part: &str| {
            !part.is_empty()
                && part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        };
        let mut parts = path.split('.');
        let good = path.len() <= FIELD_LIMIT
            && parts.next().is_some_and(part_is_good)
            && parts.next().is_none_or(part_is_good)
            && parts.next().is_none();
        if good { Ok(Self(path)) } else { Err(FieldFault) }
    }

    /// A field whose name is a constant of the code.
    ///
    /// # Panics
    /// If the constant is not a field name, which its first use in a test shows.
    pub fn known(path: &'static str) -> Self {
        Self::new(path).expect("constant field names are checked by their first use")
    }

    /// The answer to a question of the template.
    pub fn answer(question: &str) -> Result<Self, FieldFault> {
        Self::new(format!("answers.{question}"))
    }

    /// The path.
    pub fn path(&self) -> &str {
        &self.0
    }

    /// Container and key, if the field lies in a map or set.
    pub fn split(&self) -> Option<(&str, &str)> {
        self.0.split_once('.')
    }

    /// Whether this is the running text, which merges by character.
    pub fn is_text(&self) -> bool {
        self.0 == Self::NARRATIVE
    }
}

/// So that a map by field can be asked with a path.
impl std::borrow::Borrow<str> for Field {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Field {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<C> minicbor::Encode<C> for Field {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        _: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        e.str(&self.0)?.ok()
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Field {
    fn decode(d: &mut minicbor::Decoder<'b>, _: &mut C) -> Result<Self, minicbor::decode::Error> {
        Self::new(d.str()?).map_err(|_| minicbor::decode::Error::message("not a field name"))
    }
}

/// What a field holds. Codes, dates and times of day are text in their stable form.
#[derive(Clone, PartialEq, Eq, Hash, Default, PartialOrd, Ord, minicbor::Encode, minicbor::Decode)]
pub enum Value {
    /// Not set, or taken away.
    #[n(0)]
    #[default]
    Empty,
    /// Text, a code, a date or a time of day.
    #[n(1)]
    Text(#[n(0)] String),
    /// A whole number: a count, or an amount in the smallest unit (fen).
    #[n(2)]
    Number(#[n(0)] i64),
    /// Yes or no.
    #[n(3)]
    Flag(#[n(0)] bool),
}

impl Value {
    /// The text, or nothing for other values.
    pub fn as_text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The number, or nothing for other values.
    pub fn as_number(&self) -> Option<i64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// Whether this is a yes.
    pub fn is_yes(&self) -> bool {
        matches!(self, Value::Flag(true))
    }
}

/// Personal data: the shape only.
impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Value::Empty => "Empty",
            Value::Text(_) => "Text(…)",
            Value::Number(_) => "Number(…)",
            Value::Flag(_) => "Flag(…)",
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Flag(flag)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Number(number)
    }
}

/// One field set to one value. `Value::Empty` takes the value away.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub struct Edit {
    /// Which piece.
    #[n(0)]
    pub field: Field,
    /// Its new value; for the narrative the whole new text.
    #[n(1)]
    pub value: Value,
}

impl Edit {
    /// An edit of a field whose name is a constant of the code.
    pub fn set(field: &'static str, value: impl Into<Value>) -> Self {
        Self { field: Field::known(field), value: value.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn field_names_are_paths_of_at_most_two_words() {
        for good in ["narrative", "answers.mood", "workers.0190-ab", "next_step"] {
            assert!(Field::new(good).is_ok(), "{good}");
        }
        for bad in ["", ".", "a.", ".a", "a.b.c", "A", "情绪", "a b", "a\u{0}"] {
            assert_eq!(Field::new(bad), Err(FieldFault), "{bad}");
        }
        assert_eq!(Field::new("x".repeat(FIELD_LIMIT + 1)), Err(FieldFault));
    }
}
