//! Comparing two versions of a running text without falling into its quadratic worst case.
//!
//! Equal ends are trimmed first, so that the usual edit costs nothing. What remains is compared by
//! character as people count them, if both sides are short; by sentence, if they are long; and
//! simply replaced, if even that would take long. (automerge's own `update_text` takes 38 s for
//! 50,000 characters that are all different.)

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// Longest middle, in tokens of one kind, that is compared token by token.
const TOKENS_LIMIT: usize = 1_000;

/// What became of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PieceKind {
    /// In both versions.
    Same,
    /// In the earlier version only.
    Removed,
    /// In the later version only.
    Added,
}

/// A piece of the comparison of two texts.
#[derive(Clone, PartialEq, Eq)]
pub struct Piece {
    /// What became of it.
    pub kind: PieceKind,
    /// Its text.
    pub text: String,
}

/// Personal data: the length only.
impl std::fmt::Debug for Piece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}({} bytes)", self.kind, self.text.len())
    }
}

/// The difference of two texts for a reader: whole words, Chinese by character.
pub fn text_difference(before: &str, after: &str) -> Vec<Piece> {
    compare(before, after, |text| text.split_word_bounds().collect())
        .into_iter()
        .map(|(kind, text)| Piece { kind, text: text.to_owned() })
        .collect()
}

/// One replacement in a text, counted in characters (code points) of the text as it is then.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Splice<'a> {
    pub(super) at: usize,
    pub(super) delete: usize,
    pub(super) insert: &'a str,
}

/// The replacements that turn one text into another, applied in order.
pub(super) fn splices<'a>(before: &'a str, after: &'a str) -> Vec<Splice<'a>> {
    let mut splices: Vec<Splice<'a>> = Vec::new();
    let mut at = 0;
    let mut open = false;
    for (kind, text) in compare(before, after, |text| text.graphemes(true).collect()) {
        let characters = text.chars().count();
        match (kind, splices.last_mut()) {
            (PieceKind::Same, _) => {
                at += characters;
                open = false;
                continue;
            }
            (PieceKind::Removed, Some(last)) if open && last.insert.is_empty() => last.delete += characters,
            (PieceKind::Removed, _) => splices.push(Splice { at, delete: characters, insert: "" }),
            (PieceKind::Added, Some(last)) if open && last.insert.is_empty() => {
                last.insert = text;
                at += characters;
            }
            (PieceKind::Added, _) => {
                splices.push(Splice { at, delete: 0, insert: text });
                at += characters;
            }
        }
        open = true;
    }
    splices
}

type Compared<'a> = Vec<(PieceKind, &'a str)>;

fn compare<'a>(before: &'a str, after: &'a str, fine: fn(&'a str) -> Vec<&'a str>) -> Compared<'a> {
    let head = equal_head(before, after);
    let (before_rest, after_rest) = (&before[head..], &after[head..]);
    let tail = equal_tail(before_rest, after_rest);
    let before_middle = &before_rest[..before_rest.len() - tail];
    let after_middle = &after_rest[..after_rest.len() - tail];

    let mut pieces = Vec::new();
    push(&mut pieces, PieceKind::Same, &before[..head]);
    compare_middles(&mut pieces, before_middle, after_middle, fine);
    push(&mut pieces, PieceKind::Same, &before_rest[before_rest.len() - tail..]);
    pieces
}

fn compare_middles<'a>(
    pieces: &mut Compared<'a>,
    before: &'a str,
    after: &'a str,
    fine: fn(&'a str) -> Vec<&'a str>,
) {
    let sentences = |text: &'a str| -> Vec<&'a str> {
        text.split_inclusive(['。', '！', '？', '；', '\n', '.', '!', '?', ';']).collect()
    };
    for tokens in [fine, sentences as fn(&'a str) -> Vec<&'a str>] {
        // A token has at least a byte: a text far beyond the limit is not worth cutting up.
        let (before_tokens, after_tokens) = (tokens(before), tokens(after));
        if before_tokens.len() <= TOKENS_LIMIT && after_tokens.len() <= TOKENS_LIMIT {
            push_compared(pieces, before, after, &before_tokens, &after_tokens);
            return;
        }
    }
    push(pieces, PieceKind::Removed, before);
    push(pieces, PieceKind::Added, after);
}

/// Compares two texts that are cut into tokens.
fn push_compared<'a>(
    pieces: &mut Compared<'a>,
    before: &'a str,
    after: &'a str,
    before_tokens: &[&'a str],
    after_tokens: &[&'a str],
) {
    let before_ends = ends(before_tokens);
    let after_ends = ends(after_tokens);
    let cut = |text: &'a str, ends: &[usize], index: usize, len: usize| -> &'a str {
        &text[ends[index]..ends[index + len]]
    };
    for op in capture_diff_slices(Algorithm::Myers, before_tokens, after_tokens) {
        match op {
            DiffOp::Equal { old_index, len, .. } => {
                push(pieces, PieceKind::Same, cut(before, &before_ends, old_index, len));
            }
            DiffOp::Delete { old_index, old_len, .. } => {
                push(pieces, PieceKind::Removed, cut(before, &before_ends, old_index, old_len));
            }
            DiffOp::Insert { new_index, new_len, .. } => {
                push(pieces, PieceKind::Added, cut(after, &after_ends, new_index, new_len));
            }
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                push(pieces, PieceKind::Removed, cut(before, &before_ends, old_index, old_len));
                push(pieces, PieceKind::Added, cut(after, &after_ends, new_index, new_len));
            }
        }
    }
}

/// Byte offsets of token boundaries, the beginning included.
fn ends(tokens: &[&str]) -> Vec<usize> {
    let mut end = 0;
    std::iter::once(0)
        .chain(tokens.iter().map(|token| {
            end += token.len();
            end
        }))
        .collect()
}

fn push<'a>(pieces: &mut Compared<'a>, kind: PieceKind, text: &'a str) {
    if !text.is_empty() {
        pieces.push((kind, text));
    }
}

/// Bytes of the longest equal beginning that ends at a boundary of both texts' graphemes.
fn equal_head(before: &str, after: &str) -> usize {
    let equal = before.bytes().zip(after.bytes()).take_while(|(a, b)| a == b).count();
    boundary_at_or_before(before, after, equal)
}

fn boundary_at_or_before(before: &str, after: &str, mut at: usize) -> usize {
    if at == before.len() && at == after.len() {
        return at;
    }
    // One grapheme back is enough to be out of any cluster that the difference may have joined.
    while at > 0 && !(before.is_char_boundary(at) && after.is_char_boundary(at)) {
        at -= 1;
    }
    let start = before[..at].grapheme_indices(true).next_back().map_or(0, |(start, _)| start);
    if starts_cluster(before, at) && starts_cluster(after, at) { at } else { start }
}

/// Whether the text has a grapheme boundary at a character boundary.
fn starts_cluster(text: &str, at: usize) -> bool {
    unicode_segmentation::GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(false)
}

/// Bytes of the longest equal end, cut at a grapheme boundary of both.
fn equal_tail(before: &str, after: &str) -> usize {
    let mut equal = before.bytes().rev().zip(after.bytes().rev()).take_while(|(a, b)| a == b).count();
    while equal > 0 {
        let (b, a) = (before.len() - equal, after.len() - equal);
        if before.is_char_boundary(b)
            && after.is_char_boundary(a)
            && starts_cluster(before, b)
            && starts_cluster(after, a)
        {
            break;
        }
        equal -= 1;
    }
    equal
}
