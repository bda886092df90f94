//! Fields as people read them: names, wording of answers, members' names.

use super::moment;
use super::names::Names;
use super::texts::Lang;
use super::words;
use doorstep_core::documents::Fields;
use doorstep_core::model::{
    AnswerKind, CaseStage, Class, ContactMode, EntryKind, Field, Outcome, Photo, PlaceKind, Question,
    Template, Value, part_fields,
};

/// One field on a page.
#[derive(Debug, Clone)]
pub struct Line {
    /// The field's path: what a return names.
    pub field: String,
    /// Its name.
    pub label: String,
    /// What it says.
    pub value: String,
}

/// What is needed to read fields.
pub struct Reading<'a> {
    /// Language of the page.
    pub lang: Lang,
    /// The organisation's questions.
    pub template: &'a Template,
    /// Members' names.
    pub names: &'a Names,
}

/// An entry's own fields in the order of the form.
const ENTRY: [&str; 22] = [
    "date",
    "start",
    "end",
    "mode",
    "place",
    "place_note",
    "location",
    "met",
    "outcome",
    "card_left",
    "leaflet",
    "message_with",
    "accompanied_by",
    "amount",
    "source",
    "receipt",
    "served",
    "crisis",
    "next_step",
    "next_date",
    "group",
    "copied_from",
];

impl Reading<'_> {
    /// The name of a field.
    pub fn label(&self, field: &Field) -> String {
        match field.split() {
            Some(("answers", id)) => self
                .template
                .question(id)
                .map_or_else(|| id.to_owned(), |asked| self.lang.pick(&asked.zh, &asked.en).clone()),
            Some(("workers", _)) => self.lang.pick("参与人员", "Took part").to_owned(),
            Some(("attachments", _)) => self.lang.pick("附件", "Attachment").to_owned(),
            _ => words::field(self.lang, field.path()).map_or_else(|| field.path().to_owned(), str::to_owned),
        }
    }

    /// What a field says.
    pub fn value(&self, field: &Field, value: &Value) -> String {
        if *value == Value::Empty {
            return self.lang.texts().empty_value.to_owned();
        }
        match field.split() {
            Some(("answers", id)) => self.answer(self.template.question(id), value),
            Some(("workers", member)) => {
                member.parse().map_or_else(|_| member.to_owned(), |member| self.names.name(self.lang, member))
            }
            Some(("attachments", _)) => Photo::read(field, value).map_or_else(
                || self.plain(value),
                |photo| format!("{} {}×{}", self.lang.texts().photo, photo.width, photo.height),
            ),
            _ => self.own(field.path(), value),
        }
    }

    fn answer(&self, question: Option<&Question>, value: &Value) -> String {
        match (question.map(|question| &question.answer), value) {
            (Some(AnswerKind::Choice(_)), Value::Text(code)) => {
                let choice = question.and_then(|question| question.choice(code));
                choice.map_or_else(|| code.clone(), |choice| self.lang.pick(&choice.zh, &choice.en).clone())
            }
            _ => self.plain(value),
        }
    }

    /// A field of the schema: codes and dates in words.
    fn own(&self, name: &str, value: &Value) -> String {
        let Value::Text(text) = value else {
            return match (name, value) {
                ("amount", Value::Number(fen)) => amount(self.lang, *fen),
                _ => self.plain(value),
            };
        };
        match name {
            "kind" => words::entry_kind(self.lang, &EntryKind::from_code(text)),
            "outcome" => words::outcome(self.lang, &Outcome::from_code(text)),
            "place" => words::place(self.lang, &PlaceKind::from_code(text)),
            "mode" => words::mode(self.lang, &ContactMode::from_code(text)),
            "stage" => words::case_stage(self.lang, &CaseStage::from_code(text)),
            "risk" => words::risk(self.lang, text),
            "group" => self.lang.texts().group_part.to_owned(),
            "copied_from" => self.lang.texts().copied_from.to_owned(),
            "date" | "next_date" | "birth_date" | "measure_start" | "measure_end" | "accepted_on" => {
                text.parse().map_or_else(|_| text.clone(), |day| moment::date(self.lang, day))
            }
            _ => text.clone(),
        }
    }

    fn plain(&self, value: &Value) -> String {
        match value {
            Value::Empty => self.lang.texts().empty_value.to_owned(),
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Flag(true) => self.lang.pick("是", "Yes").to_owned(),
            Value::Flag(false) => self.lang.pick("否", "No").to_owned(),
        }
    }

    /// An entry's fields but for kind, workers and narrative, which a page shows elsewhere: the schema's in the
    /// order of the form, then the answers in the order of the questions, then what this release does not know.
    pub fn entry(&self, fields: &Fields) -> Vec<Line> {
        let mut wanted: Vec<String> = ENTRY.iter().map(|name| (*name).to_owned()).collect();
        wanted.extend(self.template.questions.iter().map(|question| format!("answers.{}", question.id)));
        self.in_order(fields, &wanted, |field| {
            matches!(field.path(), "kind" | "narrative")
                || matches!(field.split(), Some(("workers", _)))
                || Photo::id_in(field).is_some()
        })
    }

    /// All fields of a part of a case.
    pub fn part(&self, fields: &Fields) -> Vec<Line> {
        let paths = Class::ALL.into_iter().flat_map(part_fields).map(|field| field.path);
        // What is said in prose comes last, whichever part it is.
        let wanted = paths.filter(|path| *path != Field::NARRATIVE).chain([Field::NARRATIVE]);
        let wanted: Vec<String> = wanted.map(str::to_owned).collect();
        self.in_order(fields, &wanted, |_| false)
    }

    fn in_order(&self, fields: &Fields, wanted: &[String], skip: impl Fn(&Field) -> bool) -> Vec<Line> {
        let mut found: Vec<(usize, &Field, &Value)> = fields
            .iter()
            .filter(|(field, _)| !skip(field))
            .map(|(field, value)| {
                let place = wanted.iter().position(|name| name == field.path()).unwrap_or(wanted.len());
                (place, field, value)
            })
            .collect();
        found.sort_by_key(|one| (one.0, one.1.path().to_owned()));
        found
            .into_iter()
            .map(|(_, field, value)| Line {
                field: field.path().to_owned(),
                label: self.label(field),
                value: self.value(field, value),
            })
            .collect()
    }
}

/// An amount of fen in yuan.
fn amount(lang: Lang, fen: i64) -> String {
    let (yuan, rest) = (fen / 100, (fen % 100).abs());
    lang.pick(format!("{yuan}.{rest:02} 元"), format!("¥{yuan}.{rest:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_told_in_yuan() {
        assert_eq!(amount(Lang::Zh, 20_050), "200.50 元");
        assert_eq!(amount(Lang::En, 5), "¥0.05");
    }
}
