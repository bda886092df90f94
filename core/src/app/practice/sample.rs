//! The records that practice begins with: plain text in two languages, read into blocks.

/// In which language the sample is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticeLanguage {
    /// 中文
    Zh,
    /// English
    En,
}

impl PracticeLanguage {
    pub(super) fn sample(self) -> &'static str {
        match self {
            PracticeLanguage::Zh => include_str!("zh.txt"),
            PracticeLanguage::En => include_str!("en.txt"),
        }
    }

    /// Names of the made-up office: organisation, team, the member, a colleague.
    pub(super) fn names(self) -> [&'static str; 4] {
        match self {
            PracticeLanguage::Zh => ["练习机构", "练习小组", "我", "同事小林"],
            PracticeLanguage::En => ["Practice office", "Practice team", "Me", "Lin, a colleague"],
        }
    }
}

/// One record: its lines in order, the first saying what it is.
pub struct Block<'a>(Vec<(&'a str, &'a str)>);

/// A case with the entries that follow it.
pub struct SampleCase<'a> {
    pub case: Block<'a>,
    pub entries: Vec<Block<'a>>,
}

impl<'a> Block<'a> {
    /// What a key says; empty if it is not there.
    pub fn get(&self, key: &str) -> &'a str {
        self.0.iter().find(|(found, _)| *found == key).map_or("", |(_, value)| value)
    }

    /// A number of days; 0 if it is not there.
    pub fn days(&self, key: &str) -> i32 {
        self.get(key).parse().unwrap_or(0)
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = (&'a str, &'a str)> + '_ {
        self.0.iter().copied()
    }
}

/// Reads a sample. Lines that are no `key: value` separate blocks or are remarks.
pub fn read(sample: &str) -> Vec<SampleCase<'_>> {
    let mut cases: Vec<SampleCase<'_>> = Vec::new();
    for block in sample.split("\n\n") {
        let lines = block.lines().filter(|line| !line.starts_with('#'));
        let lines: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(": ")).collect();
        match lines.first() {
            Some(("case", _)) => cases.push(SampleCase { case: Block(lines), entries: Vec::new() }),
            Some(("entry", _)) => {
                if let Some(case) = cases.last_mut() {
                    case.entries.push(Block(lines));
                }
            }
            _ => {}
        }
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        CaseKind, CaseStage, ContactMode, EntryKind, Field, Outcome, PlaceKind, starter_template,
    };

    /// The keys of every block, and the values of those that are codes.
    fn shape(language: PracticeLanguage) -> Vec<Vec<(&'static str, &'static str)>> {
        const CODES: [&str; 14] = [
            "case",
            "minor",
            "stage",
            "family_focus",
            "entry",
            "by",
            "days",
            "start",
            "outcome",
            "place",
            "mode",
            "conflict",
            "review",
            "next_days",
        ];
        let line = |(key, value)| (key, if CODES.contains(&key) { value } else { "" });
        let block = |block: &Block<'static>| block.lines().map(line).collect();
        let blocks = |case: &SampleCase<'static>| -> Vec<_> {
            [&case.case].into_iter().chain(&case.entries).map(block).collect()
        };
        read(language.sample()).iter().flat_map(blocks).collect()
    }

    #[test]
    fn both_languages_tell_of_the_same_cases_and_entries() {
        assert_eq!(shape(PracticeLanguage::Zh), shape(PracticeLanguage::En));
        assert_eq!(read(PracticeLanguage::Zh.sample()).len(), 5);
    }

    #[test]
    fn every_code_and_field_is_one_that_this_release_knows() {
        for language in [PracticeLanguage::Zh, PracticeLanguage::En] {
            for sample in read(language.sample()) {
                assert!(CaseKind::from_code(sample.case.get("case")).is_known());
                assert!(CaseStage::from_code(sample.case.get("stage")).is_known());
                assert!(!sample.case.get("pseudonym").is_empty());
                for entry in &sample.entries {
                    assert!(EntryKind::from_code(entry.get("entry")).is_known());
                    assert!(Outcome::from_code(entry.get("outcome")).is_known());
                    assert!(ContactMode::from_code(entry.get("mode")).is_known());
                    let place = entry.get("place");
                    assert!(place.is_empty() || PlaceKind::from_code(place).is_known());
                    assert!(["none", "submit", "approve", "return"].contains(&entry.get("review")));
                    for (key, value) in entry.lines() {
                        assert!(Field::new(key).is_ok(), "{key}");
                        if let Some(question) = key.strip_prefix("answers.") {
                            let template = starter_template();
                            let question = template.question(question).unwrap();
                            assert!(question.choice(value).is_some() || value == "yes", "{key}: {value}");
                        }
                    }
                }
            }
        }
    }
}
