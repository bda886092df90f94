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

type Cut<'a> = fn(&'a str) -> Vec<&'a str>;

fn compare<'a>(before: &'a str, after: &'a str, fine: Cut<'a>) -> Compared<'a> {
    let (before_tokens, after_tokens) = (fine(before), fine(after));
    let pairs = || before_tokens.iter().zip(&after_tokens);
    let head = pairs().take_while(|(a, b)| a == b).count();
    let left = before_tokens.len().min(after_tokens.len()) - head;
    let backwards = before_tokens.iter().rev().zip(after_tokens.iter().rev());
    let tail = backwards.take(left).take_while(|(a, b)| a == b).count();

    let before_middle = &before_tokens[head..before_tokens.len() - tail];
    let after_middle = &after_tokens[head..after_tokens.len() - tail];
    let head_bytes = bytes_of(&before_tokens[..head]);
    let before_end = head_bytes + bytes_of(before_middle);
    let after_end = head_bytes + bytes_of(after_middle);

    let mut pieces = Vec::new();
    push(&mut pieces, PieceKind::Same, &before[..head_bytes]);
    let (before_rest, after_rest) = (&before[head_bytes..before_end], &after[head_bytes..after_end]);
    if before_middle.len() <= TOKENS_LIMIT && after_middle.len() <= TOKENS_LIMIT {
        push_compared(&mut pieces, before_rest, after_rest, before_middle, after_middle);
    } else {
        push_by_sentence(&mut pieces, before_rest, after_rest);
    }
    push(&mut pieces, PieceKind::Same, &before[before_end..]);
    pieces
}

/// Compares long texts by sentence; replaces what has too many sentences even for that.
fn push_by_sentence<'a>(pieces: &mut Compared<'a>, before: &'a str, after: &'a str) {
    let sentences = |text: &'a str| -> Vec<&'a str> {
        text.split_inclusive(['。', '！', '？', '；', '\n', '.', '!', '?', ';']).collect()
    };
    let (before_tokens, after_tokens) = (sentences(before), sentences(after));
    if before_tokens.len() <= TOKENS_LIMIT && after_tokens.len() <= TOKENS_LIMIT {
        push_compared(pieces, before, after, &before_tokens, &after_tokens);
    } else {
        push(pieces, PieceKind::Removed, before);
        push(pieces, PieceKind::Added, after);
    }
}

fn bytes_of(tokens: &[&str]) -> usize {
    tokens.iter().map(|token| token.len()).sum()
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Applies replacements the way a document does.
    fn applied(before: &str, after: &str) -> String {
        let mut text: Vec<char> = before.chars().collect();
        for splice in splices(before, after) {
            text.splice(splice.at..splice.at + splice.delete, splice.insert.chars());
        }
        text.into_iter().collect()
    }

    fn shown(before: &str, after: &str) -> String {
        let mark = |piece: Piece| match piece.kind {
            PieceKind::Same => piece.text,
            PieceKind::Removed => format!("[-{}]", piece.text),
            PieceKind::Added => format!("[+{}]", piece.text),
        };
        text_difference(before, after).into_iter().map(mark).collect()
    }

    #[test]
    fn difference_shows_whole_words_and_chinese_characters() {
        assert_eq!(shown("he was at home", "he was not home"), "he was [-at][+not] home");
        assert_eq!(shown("奶奶在家。", "奶奶不在家。"), "奶奶[+不]在家。");
        assert_eq!(shown("", "新"), "[+新]");
        assert_eq!(shown("旧", ""), "[-旧]");
        assert_eq!(shown("同", "同"), "同");
    }

    #[test]
    fn edits_at_both_ends_leave_the_middle_alone() {
        let splices = splices("下午到小林家。", "昨天下午到小林家了。");
        assert_eq!(
            splices,
            [Splice { at: 0, delete: 0, insert: "昨天" }, Splice { at: 8, delete: 0, insert: "了" }]
        );
    }

    #[test]
    fn family_emoji_is_never_cut_apart() {
        let pieces = text_difference("👩‍👩‍👧 来了", "👩‍👩‍👦 来了");
        assert_eq!(pieces[0].text, "👩‍👩‍👧");
        assert_eq!(applied("👩‍👩‍👧", "👩‍👩‍👦"), "👩‍👩‍👦");
    }

    #[test]
    fn long_texts_are_compared_by_sentence_and_endless_ones_replaced() {
        let sentence = |word: &str| format!("{}。", word.repeat(30));
        let before: String = ["甲", "乙", "丙", "丁"].map(sentence).concat().repeat(10);
        let after: String = ["戊", "乙", "丙", "己"].map(sentence).concat().repeat(10);
        assert_eq!(applied(&before, &after), after);
        assert!(text_difference(&before, &after).iter().any(|piece| piece.kind == PieceKind::Same));
        // Compared character by character this would take most of a minute.
        let (before, after) = ("a".repeat(50_000), "b".repeat(50_000));
        assert_eq!(splices(&before, &after), [Splice { at: 0, delete: 50_000, insert: &after }]);
        let (before, after) = ("a。".repeat(20_000), "b！".repeat(20_000));
        assert_eq!(applied(&before, &after), after);
    }

    proptest! {
        #[test]
        fn splices_turn_one_text_into_the_other(
            before in "[ab，。奶在🧓🏻\u{301}\u{200d}]{0,20}",
            after in "[ab，。奶在🧓🏻\u{301}\u{200d}]{0,20}",
        ) {
            prop_assert_eq!(applied(&before, &after), after.clone());
            let pieces = text_difference(&before, &after);
            let side = |kind: PieceKind| -> String {
                pieces.iter().filter(|piece| piece.kind != kind).map(|piece| piece.text.as_str()).collect()
            };
            prop_assert_eq!(side(PieceKind::Added), before);
            prop_assert_eq!(side(PieceKind::Removed), after);
        }
    }
}
