//! Exactly what differs between two versions of a document, readable: values before and after,
//! texts with what was taken out and what was put in.

use super::reading::Reading;
use doorstep_core::documents::{Document, FieldChange, PieceKind, text_difference};
use doorstep_core::model::{Heads, Value};

/// Longest stretch of unchanged text that is shown in full around a change, in characters.
const SAME_SHOWN: usize = 60;

/// One field that differs.
pub struct Changed {
    /// The field's path.
    pub field: String,
    /// Its name.
    pub label: String,
    /// The comparison of texts; empty for values.
    pub pieces: Vec<Stretch>,
    /// The value before.
    pub before: String,
    /// The value now.
    pub after: String,
}

/// A stretch of a compared text.
pub struct Stretch {
    /// What became of it: `same`, `removed` or `added`.
    pub kind: &'static str,
    /// Its words.
    pub text: String,
}

/// The fields that differ between two versions.
pub fn between(reading: &Reading<'_>, document: &Document, from: &Heads, to: &Heads) -> Vec<Changed> {
    document.difference(from, to).iter().map(|change| changed(reading, change)).collect()
}

/// One change of a field, for a page.
pub fn changed(reading: &Reading<'_>, change: &FieldChange) -> Changed {
    let text = |value: &Value| value.as_text().unwrap_or_default().to_owned();
    let (before, after) = (text(&change.before), text(&change.after));
    let is_compared = change.field.is_text() || (is_prose(&before) && is_prose(&after));
    let pieces = if is_compared { stretches(&before, &after) } else { Vec::new() };
    Changed {
        field: change.field.path().to_owned(),
        label: reading.label(&change.field),
        pieces,
        before: reading.value(&change.field, &change.before),
        after: reading.value(&change.field, &change.after),
    }
}

/// Whether a value is worth comparing word by word.
fn is_prose(text: &str) -> bool {
    text.chars().nth(24).is_some()
}

fn stretches(before: &str, after: &str) -> Vec<Stretch> {
    let pieces = text_difference(before, after);
    let last = pieces.len().saturating_sub(1);
    pieces
        .into_iter()
        .enumerate()
        .map(|(index, piece)| match piece.kind {
            PieceKind::Same => {
                Stretch { kind: "same", text: shortened(&piece.text, index == 0, index == last) }
            }
            PieceKind::Removed => Stretch { kind: "removed", text: piece.text },
            PieceKind::Added => Stretch { kind: "added", text: piece.text },
        })
        .collect()
}

/// Unchanged text, its middle left out where it is long: only what stands beside a change matters.
fn shortened(text: &str, is_first: bool, is_last: bool) -> String {
    let count = text.chars().count();
    let (head, tail) = (if is_first { 0 } else { SAME_SHOWN }, if is_last { 0 } else { SAME_SHOWN });
    if count <= head + tail + 20 {
        return text.to_owned();
    }
    let start: String = text.chars().take(head).collect();
    let end: String = text.chars().skip(count - tail).collect();
    format!("{start} … {end}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(before: &str, after: &str) -> Vec<(&'static str, String)> {
        stretches(before, after).into_iter().map(|stretch| (stretch.kind, stretch.text)).collect()
    }

    #[test]
    fn every_changed_character_is_told() {
        let pieces = told("奶奶开门，小林在家。", "奶奶开门，小林在睡觉。");
        assert_eq!(
            pieces,
            [
                ("same", "奶奶开门，小林在".to_owned()),
                ("removed", "家".to_owned()),
                ("added", "睡觉".to_owned()),
                ("same", "。".to_owned())
            ]
        );
    }

    #[test]
    fn only_unchanged_text_is_shortened() {
        let long = "同".repeat(500);
        let added = "新".repeat(500);
        let pieces = told(&long, &format!("{long}{added}"));
        assert!(pieces[0].1.chars().count() < 80);
        assert_eq!(pieces[1], ("added", added));
    }
}
