//! Writes sample records as a sync would have brought them: documents with their rows and actions,
//! nothing queued.

use super::Office;
use super::sample::{Block, SampleCase};
use crate::app::Failure;
use crate::changes::{DeviceKey, SignedAction};
use crate::documents::{Document, Stamp, summarise};
use crate::env::Env;
use crate::model::{
    Action, ActionId, ActionKind, Actor, CaseId, Class, Date, DeviceId, DocId, DocKind, Edit, Field,
    MemberId, OrgId, Scope, Timestamp, Value,
};
use crate::store::{StoreFault, Tx};

const DAY_MS: i64 = 86_400_000;
const HOUR_MS: i64 = 3_600_000;
/// Lines that say something about an entry instead of being one of its fields.
const ABOUT: [&str; 11] =
    ["entry", "by", "days", "next_days", "review", "reason", "about", "conflict", "mine", "theirs", "minor"];

/// One case being written.
pub struct Writer<'a> {
    pub tx: &'a Tx<'a>,
    pub env: &'a Env,
    pub office: &'a Office,
    pub case: CaseId,
    pub today: Date,
}

impl Writer<'_> {
    /// Writes a case with its entries.
    pub fn write(&self, sample: &SampleCase<'_>) -> Result<(), Failure> {
        let oldest = sample.entries.iter().map(|entry| entry.days("days")).max().unwrap_or(0);
        let stamp = self.stamp(self.office.member, i64::from(oldest) + 1);
        for class in Class::ALL {
            let edits = part_edits(&sample.case, class)?;
            let (document, _) = Document::create(DocKind::case_part(class), &stamp, &edits)?;
            self.put(class, DocId::of_case_part(self.case, class), &document)?;
        }
        sample.entries.iter().try_for_each(|entry| self.write_entry(entry))
    }

    fn write_entry(&self, entry: &Block<'_>) -> Result<(), Failure> {
        let days = entry.days("days");
        let author = if entry.get("by") == "colleague" { self.office.colleague } else { self.office.member };
        let stamp = self.stamp(author, i64::from(days));
        let (mut document, _) = Document::create(DocKind::Entry, &stamp, &self.entry_edits(entry, author)?)?;
        if !entry.get("conflict").is_empty() {
            // Two people, each without a network, on the same answer.
            let base = document.heads();
            let sides = [(self.office.member, "mine"), (self.office.colleague, "theirs")];
            for (member, side) in sides {
                let edit = Edit { field: field(entry.get("conflict"))?, value: entry.get(side).into() };
                let stamp = Stamp { actor: Actor(self.env.bytes()), ..self.stamp(member, i64::from(days)) };
                document.edit(&stamp, &base, &[edit])?;
            }
        }
        let doc = DocId::new(self.env);
        self.put(Class::File, doc, &document)?;
        let mut after = Vec::new();
        let decision = match entry.get("review") {
            "approve" => Some(ActionKind::Approve),
            "return" => Some(ActionKind::Return),
            "submit" => None,
            _ => return Ok(()),
        };
        let deeds = [Some((ActionKind::Submit, author)), decision.map(|kind| (kind, self.office.member))];
        for (hours, (kind, member)) in (1..).zip(deeds.into_iter().flatten()) {
            let is_return = kind == ActionKind::Return;
            let about = entry.get("about");
            let action = Action {
                id: ActionId::new(self.env),
                scope: Scope::Case(self.case),
                subject: doc,
                class: Class::File,
                kind,
                heads: document.heads(),
                fields: if is_return && !about.is_empty() { vec![field(about)?] } else { Vec::new() },
                reason: if is_return { entry.get("reason").to_owned() } else { String::new() },
                after: std::mem::take(&mut after),
                member,
                device: DeviceId([0; 16]),
                time: stamp.time.plus_ms(hours * HOUR_MS),
                target: None,
                opening: None,
            };
            let org = self.tx.identity()?.map_or(OrgId([0; 16]), |identity| identity.org);
            let signed = SignedAction::sign(&DeviceKey::generate(self.env), org, &action);
            self.tx.put_action(&signed, Some(action.time))?;
            after.push(action.id);
        }
        Ok(())
    }

    fn entry_edits(&self, entry: &Block<'_>, author: MemberId) -> Result<Vec<Edit>, Failure> {
        let date = self.today.plus_days(-entry.days("days"));
        let mut edits = vec![
            Edit::set("kind", entry.get("entry")),
            Edit::set("date", date.to_string()),
            Edit { field: field(&format!("workers.{author}"))?, value: true.into() },
        ];
        if !entry.get("next_days").is_empty() {
            // Counted from today, so that something is planned whenever practice begins.
            let next = self.today.plus_days(entry.days("next_days"));
            edits.push(Edit::set("next_date", next.to_string()));
        }
        for (key, text) in entry.lines().filter(|(key, _)| !ABOUT.contains(key)) {
            edits.push(Edit { field: field(key)?, value: value(text) });
        }
        Ok(edits)
    }

    fn put(&self, class: Class, doc: DocId, document: &Document) -> Result<(), StoreFault> {
        let (scope, summary) = (Scope::Case(self.case), summarise(doc, document));
        self.tx.put_document(scope, class, document.kind(), &document.save(), &summary)
    }

    /// Some days ago, by a phone that nobody writes with any more.
    fn stamp(&self, member: MemberId, days: i64) -> Stamp {
        let time: Timestamp = self.env.now().plus_ms(-days * DAY_MS - 2 * HOUR_MS);
        Stamp { actor: Actor(self.env.bytes()), member, time }
    }
}

/// The lines of a case that belong to a part.
fn part_edits(case: &Block<'_>, class: Class) -> Result<Vec<Edit>, Failure> {
    let mut edits = Vec::new();
    for (key, text) in case.lines().filter(|(key, _)| !["case", "minor"].contains(key)) {
        let (part, name) = match key.split_once('.') {
            Some(("file", name)) => (Class::File, name),
            Some(("restricted", name)) => (Class::Restricted, name),
            _ => (Class::Contact, key),
        };
        if part == class {
            edits.push(Edit { field: field(name)?, value: value(text) });
        }
    }
    Ok(edits)
}

fn field(path: &str) -> Result<Field, Failure> {
    Field::new(path).map_err(|_| Failure::Unexpected("practice_sample".to_owned()))
}

fn value(text: &str) -> Value {
    if text == "yes" { true.into() } else { text.into() }
}
