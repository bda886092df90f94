//! The sample office as it stands in `server/sample`: fiction, embedded in the program.
//!
//! Here it is only read and made sure of; `history` lets phones record it.

mod entry;
mod office;
mod told;
mod when;

pub use entry::{Day, JointEdit, Review, SampleEntry, Step};
pub use office::{Office, Part, SampleCase};
pub use told::{Language, Said, Told};
pub use when::instant;

/// Why the embedded sample cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("sample file {file}, line {line}")]
pub struct SampleFault {
    file: &'static str,
    line: usize,
    #[source]
    source: serde_json::Error,
}

/// Everything in `server/sample`.
#[derive(Debug)]
pub struct Sample {
    /// Members, teams and cases.
    pub office: Office,
    /// Three months of entries, of all cases and teams.
    pub entries: Vec<SampleEntry>,
    /// The day that the demo tells.
    pub day: Day,
}

const OFFICE: &str = include_str!("../../../sample/office.json");
const DAY: &str = include_str!("../../../sample/day.json");
/// File name, what every line in it is unless it says otherwise, lines.
const HISTORY: [(&str, Common, &str); 13] = [
    ("xiaochuan", Common::Case, include_str!("../../../sample/entries/xiaochuan.jsonl")),
    ("xiaoman", Common::Case, include_str!("../../../sample/entries/xiaoman.jsonl")),
    ("xiaolu", Common::Case, include_str!("../../../sample/entries/xiaolu.jsonl")),
    ("xiaoshi", Common::Case, include_str!("../../../sample/entries/xiaoshi.jsonl")),
    ("laocheng", Common::Case, include_str!("../../../sample/entries/laocheng.jsonl")),
    ("xiaoning", Common::Case, include_str!("../../../sample/entries/xiaoning.jsonl")),
    ("laohe", Common::Case, include_str!("../../../sample/entries/laohe.jsonl")),
    ("laoyao", Common::Case, include_str!("../../../sample/entries/laoyao.jsonl")),
    ("laoqin", Common::Case, include_str!("../../../sample/entries/laoqin.jsonl")),
    ("xiaopeng", Common::Case, include_str!("../../../sample/entries/xiaopeng.jsonl")),
    ("group", Common::Kind("group_session"), include_str!("../../../sample/group.jsonl")),
    ("supervision", Common::Kind("supervision_session"), include_str!("../../../sample/supervision.jsonl")),
    ("misfiled", Common::Nothing, include_str!("../../../sample/misfiled.jsonl")),
];

#[derive(Clone, Copy)]
enum Common {
    /// The file is named for its case.
    Case,
    Kind(&'static str),
    Nothing,
}

impl Sample {
    /// Reads the embedded files.
    pub fn load() -> Result<Self, SampleFault> {
        let whole = |file| move |source| SampleFault { file, line: 0, source };
        let office: Office = serde_json::from_str(OFFICE).map_err(whole("office"))?;
        let mut day: Day = serde_json::from_str(DAY).map_err(whole("day"))?;
        "group_session".clone_into(&mut day.group.kind);
        let mut entries = Vec::new();
        for (file, common, lines) in HISTORY {
            for (line, text) in (1..).zip(lines.lines()) {
                let mut entry: SampleEntry =
                    serde_json::from_str(text).map_err(|source| SampleFault { file, line, source })?;
                match common {
                    Common::Case => entry.case = Some(file.to_owned()),
                    Common::Kind(kind) => kind.clone_into(&mut entry.kind),
                    Common::Nothing => {}
                }
                entries.push(entry);
            }
        }
        entries.push(day.joint_visit.clone());
        Ok(Self { office, entries, day })
    }

    /// The visit that two workers made together on the eve of the demo: the last entry.
    pub fn joint_visit(&self) -> &SampleEntry {
        self.entries.last().unwrap_or(&self.day.joint_visit)
    }

    /// The case with a key.
    pub fn case(&self, key: &str) -> Option<&SampleCase> {
        self.office.cases.iter().find(|case| case.key == key)
    }

    /// What the story calls a member.
    pub fn member_name(&self, key: &str, language: Language) -> &str {
        let member = self.office.members.iter().find(|member| member.key == key);
        member.map_or("", |member| match language {
            Language::Zh => &member.name,
            Language::En => &member.name_en,
        })
    }

    /// What the story calls the person of a case.
    pub fn person_name(&self, key: &str, language: Language) -> &str {
        self.case(key).map_or("", |case| match language {
            Language::Zh => case.pseudonym(),
            Language::En => &case.name_en,
        })
    }

    /// What the story calls the person with a pseudonym.
    pub fn called<'a>(&'a self, pseudonym: &'a str, language: Language) -> &'a str {
        let case = self.office.cases.iter().find(|case| case.pseudonym() == pseudonym);
        case.map_or(pseudonym, |case| self.person_name(&case.key, language))
    }

    /// The author of an entry.
    pub fn author<'a>(&'a self, entry: &'a SampleEntry) -> Option<&'a str> {
        let lead = || Some(self.case(entry.case.as_deref()?)?.lead.as_str());
        entry.by.as_deref().or_else(lead)
    }
}

#[cfg(test)]
mod tests;
