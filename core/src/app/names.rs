//! Names as people type them: as they are written, in full pinyin or by its first letters.

use pinyin::ToPinyinMulti;

/// Whether a name has what was typed somewhere in it. Each character counts as itself, or as the
/// beginning of any of its readings: `xc`, `xiaoc`, `chuan` and `小川` all find 小川. Letters'
/// case, spaces and apostrophes do not matter; `v` and `u` both stand for ü.
pub(super) fn matches(name: &str, typed: &str) -> bool {
    let typed: Vec<char> = letters(typed).collect();
    let name: Vec<Vec<Vec<char>>> = letters(name).map(spellings).collect();
    typed.is_empty() || (0..name.len()).any(|start| is_spelt(&name[start..], &typed))
}

/// What can be typed: lower case, without what only separates.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    let separates = |letter: &char| letter.is_whitespace() || matches!(letter, '\'' | '’' | '-' | '·');
    text.chars().filter(move |letter| !separates(letter)).flat_map(char::to_lowercase)
}

/// A character itself, and its readings.
fn spellings(character: char) -> Vec<Vec<char>> {
    let mut spellings = vec![vec![character]];
    let readings = character.to_pinyin_multi().into_iter().flatten();
    for reading in readings.map(pinyin::Pinyin::plain) {
        for umlaut in ["v", "u"] {
            let spelt: Vec<char> = reading.replace('ü', umlaut).chars().collect();
            if !spellings.contains(&spelt) {
                spellings.push(spelt);
            }
        }
    }
    spellings
}

/// Whether characters from the first on can be typed like this, each by a beginning of a spelling.
fn is_spelt(name: &[Vec<Vec<char>>], typed: &[char]) -> bool {
    // How much of what was typed can be spelt up to here.
    let mut reached = vec![false; typed.len() + 1];
    reached[0] = true;
    for character in name {
        let mut next = vec![false; typed.len() + 1];
        for from in (0..typed.len()).filter(|from| reached[*from]) {
            for spelling in character {
                let common = spelling.iter().zip(&typed[from..]).take_while(|(a, b)| a == b).count();
                for length in 1..=common {
                    next[from + length] = true;
                }
            }
        }
        if next[typed.len()] {
            return true;
        }
        reached = next;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_itself_by_pinyin_and_by_initials() {
        for typed in [
            "小川",
            "川",
            "xiaochuan",
            "XiaoChuan",
            "xiao chuan",
            "xi'aoc",
            "xc",
            "xch",
            "xchuan",
            "chuan",
            "c",
            "",
        ] {
            assert!(matches("小川", typed), "{typed}");
        }
        for typed in ["cx", "xn", "xcx", "hc", "小木", "chuanx", "iao"] {
            assert!(!matches("小川", typed), "{typed}");
        }
    }

    #[test]
    fn every_reading_of_a_character_counts() {
        for typed in ["shan", "dan", "chan", "s", "d"] {
            assert!(matches("单", typed), "{typed}");
        }
        for typed in ["lvmei", "lumei", "lm"] {
            assert!(matches("绿妹", typed), "{typed}");
        }
    }

    #[test]
    fn names_in_letters_and_mixed_names_are_found_too() {
        assert!(matches("Old Yue", "yue") && matches("Old Yue", "oldy") && matches("老Q", "laoq"));
        assert!(!matches("Old Yue", "od") && !matches("Old Yue", "y e x"));
    }

    #[test]
    fn a_long_name_and_a_long_query_take_no_long_time() {
        assert!(!matches(&"小".repeat(80), &format!("{}q", "xiao".repeat(25))));
    }
}
