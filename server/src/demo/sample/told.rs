//! Values as the sample tells them: relative dates, and texts in one language or in both.

use serde::{Deserialize, Serialize};

/// Language of the story and of what is written on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// 中文
    Zh,
    /// English
    En,
}

impl Language {
    /// The code in the records.
    pub(in crate::demo) fn code(self) -> &'static str {
        match self {
            Language::Zh => "zh",
            Language::En => "en",
        }
    }
}

/// A value as the sample tells it.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Told {
    Flag(bool),
    Number(i64),
    Text(String),
    Both(Both),
    Days(Days),
    Born(Born),
}

/// A text of the demo's day, in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Both {
    pub zh: String,
    pub en: String,
}

/// A date, in days from the day of the demo.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Days {
    pub days: i32,
}

/// A birthday that makes the person `born` years old on the day of the demo.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Born {
    pub born: i16,
    pub on: String,
}

/// A text in one language, or in both.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Said {
    One(String),
    Both(Both),
}

impl Said {
    /// The text in a language.
    pub fn text(&self, language: Language) -> &str {
        match (self, language) {
            (Said::One(text), _) => text,
            (Said::Both(both), Language::Zh) => &both.zh,
            (Said::Both(both), Language::En) => &both.en,
        }
    }
}
