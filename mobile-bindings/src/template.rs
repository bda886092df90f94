//! Questions of the entry forms.

use doorstep_core::model::{AnswerKind, Choice, EntryKind, Question, Template};

/// All questions of an organisation.
#[uniffi::remote(Record)]
pub struct Template {
    /// Grows with every edit.
    pub version: u32,
    /// In the order of the form.
    pub questions: Vec<Question>,
}

/// One question.
#[uniffi::remote(Record)]
pub struct Question {
    /// Stable id: the `x` of the field `answers.x`.
    pub id: String,
    /// Entries that ask it.
    pub kinds: Vec<EntryKind>,
    /// Wording in Chinese.
    pub zh: String,
    /// Wording in English.
    pub en: String,
    /// Shape of the answer.
    pub answer: AnswerKind,
}

/// Shape of an answer.
#[uniffi::remote(Enum)]
pub enum AnswerKind {
    /// One of the choices, by code.
    Choice(#[uniffi(name = "choices")] Vec<Choice>),
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A short text.
    Text,
}

/// One choice.
#[uniffi::remote(Record)]
pub struct Choice {
    /// Stable code.
    pub code: String,
    /// Wording in Chinese.
    pub zh: String,
    /// Wording in English.
    pub en: String,
}
