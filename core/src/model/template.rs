//! Questions of the entry forms. An organisation can edit them; ids are stable for ever.

use super::EntryKind;

/// All questions of an organisation.
#[derive(Debug, Clone, PartialEq, Eq, Default, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Template {
    /// Grows with every edit.
    #[n(0)]
    pub version: u32,
    /// In the order of the form.
    #[n(1)]
    pub questions: Vec<Question>,
}

/// One question.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Question {
    /// Stable id: the `x` of the field `answers.x`.
    #[n(0)]
    pub id: String,
    /// Entries that ask it.
    #[n(1)]
    pub kinds: Vec<EntryKind>,
    /// Wording in Chinese.
    #[n(2)]
    pub zh: String,
    /// Wording in English.
    #[n(3)]
    pub en: String,
    /// Shape of the answer.
    #[n(4)]
    pub answer: AnswerKind,
}

/// Shape of an answer.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
pub enum AnswerKind {
    /// One of the choices, by code.
    #[n(0)]
    Choice(#[n(0)] Vec<Choice>),
    /// Yes or no.
    #[n(1)]
    Flag,
    /// A whole number.
    #[n(2)]
    Number,
    /// A short text.
    #[n(3)]
    Text,
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Choice {
    /// Stable code.
    #[n(0)]
    pub code: String,
    /// Wording in Chinese.
    #[n(1)]
    pub zh: String,
    /// Wording in English.
    #[n(2)]
    pub en: String,
}

impl Template {
    /// The question with an id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// The questions that a kind of entry asks, in order.
    pub fn questions_of(&self, kind: &EntryKind) -> impl Iterator<Item = &Question> {
        self.questions.iter().filter(move |question| question.kinds.contains(kind))
    }
}

impl Question {
    /// The choice with a code.
    pub fn choice(&self, code: &str) -> Option<&Choice> {
        match &self.answer {
            AnswerKind::Choice(choices) => choices.iter().find(|choice| choice.code == code),
            _ => None,
        }
    }
}

/// The template that a new organisation starts with, so that a first visit can be recorded at once.
pub fn starter() -> Template {
    use EntryKind::{CommunityVisit, HomeVisit, Interview, MentorCheckIn, MentorSession, SchoolVisit};
    let choice = |code: &str, zh: &str, en: &str| Choice { code: code.into(), zh: zh.into(), en: en.into() };
    let ask = |id: &str, kinds: &[EntryKind], zh: &str, en: &str, answer| Question {
        id: id.into(),
        kinds: kinds.to_vec(),
        zh: zh.into(),
        en: en.into(),
        answer,
    };
    let seen = [HomeVisit, SchoolVisit, CommunityVisit, Interview];
    let mood_choices = AnswerKind::Choice(vec![
        choice("calm", "平稳", "calm"),
        choice("cheerful", "较好", "cheerful"),
        choice("low", "低落", "low"),
        choice("tense", "紧张", "tense"),
        choice("alarming", "令人担忧", "alarming"),
    ]);
    Template {
        version: 1,
        questions: vec![
            ask(
                "mood",
                &[HomeVisit, SchoolVisit, CommunityVisit, Interview, MentorCheckIn, MentorSession],
                "情绪状态",
                "Mood",
                mood_choices,
            ),
            ask(
                "family_relations",
                &seen,
                "家庭关系",
                "Family relations",
                AnswerKind::Choice(vec![
                    choice("close", "和睦", "close"),
                    choice("distant", "疏远", "distant"),
                    choice("strained", "紧张", "strained"),
                    choice("broken", "破裂", "broken off"),
                ]),
            ),
            ask(
                "occupation",
                &seen,
                "上学或就业",
                "School or work",
                AnswerKind::Choice(vec![
                    choice("in_school", "在校", "in school"),
                    choice("in_work", "在业", "in work"),
                    choice("seeking", "求职中", "looking for work"),
                    choice("idle", "未学未业", "neither"),
                ]),
            ),
            ask("housing_stable", &[HomeVisit], "住处稳定", "Housing stable", AnswerKind::Flag),
            ask("needs", &seen, "需要协助的事", "Needs help with", AnswerKind::Text),
            ask("minutes", &[MentorSession], "活动时长（分钟）", "Length in minutes", AnswerKind::Number),
            ask("activity", &[MentorSession], "活动内容", "What was done", AnswerKind::Text),
        ],
    }
}
