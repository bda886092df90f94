//! The organisation's questions as a file that a person reads and edits: JSON with the words of the forms.
//!
//! What entries hold must stay readable for ever, so an import may reword, reorder and add, and may
//! stop asking a question (`"asked_in": []`), but takes no question and no choice away.
//!
//! ```json
//! { "version": 1, "questions": [
//!   { "id": "housing_stable", "asked_in": ["home_visit"], "zh": "住处稳定", "en": "Housing stable", "answer": "yes_no" } ] }
//! ```

use super::note;
use crate::StoreFault;
use crate::server::Server;
use crate::store::office;
use doorstep_core::model::{AnswerKind, Choice, EntryKind, MemberId, Question, Template};
use serde::{Deserialize, Serialize};
use std::collections::HashSet;

/// Most questions of a template, retired ones included.
const QUESTIONS_LIMIT: usize = 200;
/// Most choices of a question.
const CHOICES_LIMIT: usize = 30;
/// Longest id or code, in bytes.
const CODE_LIMIT: usize = 40;
/// Longest wording, in characters: it stands on a phone's screen.
const WORDING_LIMIT: usize = 60;

/// Why a file was not taken. The template is as it was.
#[derive(Debug, thiserror::Error)]
pub enum TemplateFault {
    /// Not JSON of the expected shape; says where.
    #[error("not a template: {0}")]
    Shape(#[from] serde_json::Error),
    /// Exported from another version than the office has now.
    #[error(
        "the office has version {present}, the file was made from version {found}: export again and repeat the edit"
    )]
    OtherVersion {
        /// The office's.
        present: u32,
        /// The file's.
        found: u32,
    },
    /// What cannot be, each with the question that it is about.
    #[error("{}", .0.iter().map(|(place, problem)| format!("{place}: {problem}")).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<(String, Problem)>),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

/// What cannot be about one question or the whole.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Ids and codes travel in records.
    #[error(
        "`{0}` cannot be an id or code: small letters, digits and _, a letter first, at most {CODE_LIMIT}"
    )]
    BadCode(String),
    /// Two of the same.
    #[error("`{0}` is there twice")]
    Twice(String),
    /// No such kind of entry.
    #[error("there is no kind of entry `{0}`")]
    UnknownKind(String),
    /// A wording that is missing or does not fit a screen.
    #[error("the wording in `{0}` has to be one line of 1 to {WORDING_LIMIT} characters")]
    BadWording(&'static str),
    /// Too few to choose from, or too many.
    #[error("two to {CHOICES_LIMIT} choices")]
    ChoiceCount,
    /// Too many questions.
    #[error("at most {QUESTIONS_LIMIT} questions")]
    TooMany,
    /// Entries hold answers of the other shape.
    #[error("the shape of the answer cannot change: entries hold it as it was. Ask a new question instead")]
    OtherShape,
    /// Entries hold this choice.
    #[error("the choice `{0}` is missing, but entries may hold it: keep its code, reword it if need be")]
    ChoiceGone(String),
    /// Entries hold answers to it.
    #[error("the question is missing, but entries may answer it: keep it with \"asked_in\": []")]
    QuestionGone,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct TemplateFile {
    version: u32,
    questions: Vec<QuestionFile>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionFile {
    id: String,
    asked_in: Vec<String>,
    zh: String,
    en: String,
    answer: AnswerFile,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AnswerFile {
    Choices(Vec<ChoiceFile>),
    YesNo,
    Number,
    Text,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ChoiceFile {
    code: String,
    zh: String,
    en: String,
}

/// The organisation's template as a file.
pub fn export_template(server: &Server) -> Result<String, TemplateFault> {
    let template = server.store().read::<_, StoreFault>(|tx| office::template(tx))?;
    Ok(serde_json::to_string_pretty(&write(template))? + "\n")
}

/// Takes a file in. Returns the new version, or none if it says what the office has already.
pub fn import_template(
    server: &Server,
    by: Option<MemberId>,
    file: &str,
    only_check: bool,
) -> Result<Option<u32>, TemplateFault> {
    let file: TemplateFile = serde_json::from_str(file)?;
    let now = server.env().now();
    server.store().write(|tx| {
        let present = office::template(tx)?;
        if file.version != present.version {
            return Err(TemplateFault::OtherVersion { present: present.version, found: file.version });
        }
        let wanted = read(file);
        let problems = problems(&wanted, &present);
        if !problems.is_empty() {
            return Err(TemplateFault::Problems(problems));
        }
        if wanted == present || only_check {
            return Ok(None);
        }
        let version = present.version + 1;
        office::set_template(tx, &Template { version, ..wanted })?;
        note(tx, now, by, "set_template", &office::get(tx)?.org.0)?;
        Ok(Some(version))
    })
}

fn write(template: Template) -> TemplateFile {
    let choice = |one: Choice| ChoiceFile { code: one.code, zh: one.zh, en: one.en };
    let question = |one: Question| QuestionFile {
        id: one.id,
        asked_in: one.kinds.iter().map(|kind| kind.code().to_owned()).collect(),
        zh: one.zh,
        en: one.en,
        answer: match one.answer {
            AnswerKind::Choice(choices) => AnswerFile::Choices(choices.into_iter().map(choice).collect()),
            AnswerKind::Flag => AnswerFile::YesNo,
            AnswerKind::Number => AnswerFile::Number,
            AnswerKind::Text => AnswerFile::Text,
        },
    };
    TemplateFile {
        version: template.version,
        questions: template.questions.into_iter().map(question).collect(),
    }
}

fn read(file: TemplateFile) -> Template {
    let choice = |one: ChoiceFile| Choice { code: one.code, zh: one.zh, en: one.en };
    let question = |one: QuestionFile| Question {
        id: one.id,
        kinds: one.asked_in.iter().map(|code| EntryKind::from_code(code)).collect(),
        zh: one.zh,
        en: one.en,
        answer: match one.answer {
            AnswerFile::Choices(choices) => AnswerKind::Choice(choices.into_iter().map(choice).collect()),
            AnswerFile::YesNo => AnswerKind::Flag,
            AnswerFile::Number => AnswerKind::Number,
            AnswerFile::Text => AnswerKind::Text,
        },
    };
    Template { version: file.version, questions: file.questions.into_iter().map(question).collect() }
}

/// Everything that cannot be, so that a person edits once.
fn problems(wanted: &Template, present: &Template) -> Vec<(String, Problem)> {
    let mut problems = Vec::new();
    if wanted.questions.len() > QUESTIONS_LIMIT {
        problems.push(("template".to_owned(), Problem::TooMany));
    }
    let mut ids = HashSet::new();
    for question in &wanted.questions {
        let mut found = problems_of(question, present.question(&question.id));
        if !ids.insert(&question.id) {
            found.push(Problem::Twice(question.id.clone()));
        }
        let place = format!("question `{}`", question.id);
        problems.extend(found.into_iter().map(|problem| (place.clone(), problem)));
    }
    for question in present.questions.iter().filter(|question| !ids.contains(&question.id)) {
        problems.push((format!("question `{}`", question.id), Problem::QuestionGone));
    }
    problems
}

fn problems_of(question: &Question, before: Option<&Question>) -> Vec<Problem> {
    let mut problems = Vec::new();
    check_code(&question.id, &mut problems);
    check_wording(&question.zh, &question.en, &mut problems);
    for (index, kind) in question.kinds.iter().enumerate() {
        if !kind.is_known() {
            problems.push(Problem::UnknownKind(kind.code().to_owned()));
        }
        if question.kinds[..index].contains(kind) {
            problems.push(Problem::Twice(kind.code().to_owned()));
        }
    }
    if let AnswerKind::Choice(choices) = &question.answer {
        if !(2..=CHOICES_LIMIT).contains(&choices.len()) {
            problems.push(Problem::ChoiceCount);
        }
        for (index, choice) in choices.iter().enumerate() {
            check_code(&choice.code, &mut problems);
            check_wording(&choice.zh, &choice.en, &mut problems);
            if choices[..index].iter().any(|before| before.code == choice.code) {
                problems.push(Problem::Twice(choice.code.clone()));
            }
        }
    }
    let Some(before) = before else { return problems };
    if std::mem::discriminant(&before.answer) != std::mem::discriminant(&question.answer) {
        problems.push(Problem::OtherShape);
    } else if let AnswerKind::Choice(choices) = &before.answer {
        let gone = choices.iter().filter(|choice| question.choice(&choice.code).is_none());
        problems.extend(gone.map(|choice| Problem::ChoiceGone(choice.code.clone())));
    }
    problems
}

fn check_code(code: &str, problems: &mut Vec<Problem>) {
    let is_plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    let begins = code.bytes().next().is_some_and(|b| b.is_ascii_lowercase());
    if !begins || code.len() > CODE_LIMIT || !code.bytes().all(is_plain) {
        problems.push(Problem::BadCode(code.to_owned()));
    }
}

fn check_wording(zh: &str, en: &str, problems: &mut Vec<Problem>) {
    for (language, text) in [("zh", zh), ("en", en)] {
        let is_line = !text.trim().is_empty() && !text.chars().any(char::is_control);
        if !is_line || text.chars().count() > WORDING_LIMIT {
            problems.push(Problem::BadWording(language));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::Office;

    fn edited(office: &Office, edit: impl Fn(&mut serde_json::Value)) -> String {
        let mut file = serde_json::from_str(&export_template(&office.server).unwrap()).unwrap();
        edit(&mut file);
        file.to_string()
    }

    fn refused(office: &Office, edit: impl Fn(&mut serde_json::Value)) -> String {
        import_template(&office.server, None, &edited(office, edit), false).unwrap_err().to_string()
    }

    #[test]
    fn exported_file_comes_back_as_it_was_and_changes_nothing() {
        let office = Office::open();
        let file = export_template(&office.server).unwrap();
        assert!(file.contains("情绪状态") && file.contains("\"asked_in\""), "readable: {file}");
        assert_eq!(import_template(&office.server, None, &file, false).unwrap(), None);
        let read = office.server.store().read::<_, StoreFault>(|tx| office::template(tx)).unwrap();
        assert_eq!(read, doorstep_core::model::starter_template());
    }

    #[test]
    fn reworded_added_and_retired_questions_reach_phones_with_the_next_directory() {
        let office = Office::open();
        let mut phone = office.phone(office.worker);
        phone.sync(&office.server, Vec::new());
        let file = edited(&office, |file| {
            file["questions"][0]["zh"] = "今天情绪".into();
            file["questions"][1]["asked_in"] = serde_json::json!([]);
            let new = serde_json::json!({ "id": "school_days", "asked_in": ["school_visit"], "zh": "缺课天数",
                "en": "Days missed", "answer": "number" });
            file["questions"].as_array_mut().unwrap().push(new);
        });
        assert_eq!(import_template(&office.server, None, &file, true).unwrap(), None, "only checked");
        assert_eq!(import_template(&office.server, None, &file, false).unwrap(), Some(2));
        let template = phone.sync(&office.server, Vec::new()).directory.expect("another directory").template;
        assert_eq!((template.version, template.questions[0].zh.as_str()), (2, "今天情绪"));
        assert_eq!(template.questions_of(&EntryKind::SchoolVisit).last().unwrap().id, "school_days");
        assert!(template.question("family_relations").unwrap().kinds.is_empty());
        // The same file again was made from an older version.
        let again = import_template(&office.server, None, &file, false).unwrap_err();
        assert!(matches!(again, TemplateFault::OtherVersion { present: 2, found: 1 }));
    }

    #[test]
    fn what_entries_may_hold_is_never_taken_away() {
        let office = Office::open();
        let said = refused(&office, |file| drop(file["questions"].as_array_mut().unwrap().remove(0)));
        assert!(said.contains("`mood`") && said.contains("asked_in"), "{said}");
        let said = refused(&office, |file| {
            file["questions"][0]["answer"]["choices"].as_array_mut().unwrap().remove(2);
        });
        assert!(said.contains("`mood`") && said.contains("`low`"), "{said}");
        let said = refused(&office, |file| file["questions"][0]["answer"] = "text".into());
        assert!(said.contains("shape"), "{said}");
    }

    #[test]
    fn every_mistake_is_named_at_once_with_its_question() {
        let office = Office::open();
        let said = refused(&office, |file| {
            file["questions"][0]["zh"] = " ".into();
            file["questions"][1]["asked_in"] = serde_json::json!(["home_visit", "home_vist", "home_visit"]);
            file["questions"][1]["answer"]["choices"][0]["code"] = "Very close".into();
            let twice = file["questions"][3].clone();
            file["questions"].as_array_mut().unwrap().push(twice);
        });
        for word in [
            "`mood`",
            "`zh`",
            "`home_vist`",
            "`home_visit` is there twice",
            "`Very close`",
            "`close`",
            "`housing_stable` is there twice",
        ] {
            assert!(said.contains(word), "{word} is not in: {said}");
        }
        let said =
            import_template(&office.server, None, "{\n  \"version\": 1,\n  \"question\": []\n}", false);
        let said = said.unwrap_err().to_string();
        assert!(said.contains("unknown field `question`") && said.contains("line 3"), "{said}");
    }
}
