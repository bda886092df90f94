//! Fields, their values and what changes them.

use crate::failure::ClientError;
use doorstep_core::documents::{self, FieldChange, Fields, Piece, PieceKind};
use doorstep_core::model::{Edit, Field, Value};
use std::collections::HashMap;

uniffi::custom_type!(
    /// The path of one piece of a document: `outcome`, `answers.mood`, `narrative`.
    Field, String, {
        remote,
        lower: |field| field.path().to_owned(),
        try_lift: |path| Field::new(path).map_err(|_| ClientError::invalid("field", "form").into()),
    }
);

uniffi::custom_type!(
    /// Everything that is set in a document.
    Fields, HashMap<Field, Value>, {
        remote,
        lower: |fields| fields.iter().map(|(field, value)| (field.clone(), value.clone())).collect(),
        try_lift: |values| Ok(values.into_iter().collect()),
    }
);

/// What a field holds. Codes, dates and times of day are text in their stable form.
#[uniffi::remote(Enum)]
pub enum Value {
    /// Not set, or taken away.
    Empty,
    /// Text, a code, a date (`2026-11-23`) or a time of day (`18:05`).
    Text(#[uniffi(name = "text")] String),
    /// A whole number.
    Number(#[uniffi(name = "number")] i64),
    /// Yes or no.
    Flag(#[uniffi(name = "yes")] bool),
}

/// One field set to one value.
#[uniffi::remote(Record)]
pub struct Edit {
    /// Which piece.
    pub field: Field,
    /// Its new value; for the narrative the whole new text.
    pub value: Value,
}

/// One field that differs.
#[uniffi::remote(Record)]
pub struct FieldChange {
    /// Which field.
    pub field: Field,
    /// Its value in the earlier state.
    pub before: Value,
    /// Its value in the later state.
    pub after: Value,
}

/// What became of a piece of text.
#[uniffi::remote(Enum)]
pub enum PieceKind {
    /// In both versions.
    Same,
    /// In the earlier version only.
    Removed,
    /// In the later version only.
    Added,
}

/// A piece of the comparison of two texts.
#[uniffi::remote(Record)]
pub struct Piece {
    /// What became of it.
    pub kind: PieceKind,
    /// Its text.
    pub text: String,
}

/// The difference of two texts for a reader.
#[uniffi::export]
pub fn text_difference(before: &str, after: &str) -> Vec<Piece> {
    documents::text_difference(before, after)
}
