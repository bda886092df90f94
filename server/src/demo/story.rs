//! The day that the demo tells. Every line is computed from what the databases hold, and checked.

use super::clock::DemoClock;
use super::fault::{DemoFault, check};
use super::form;
use super::history::History;
use super::office::Office;
use super::phone::{Phone, PhoneMaker, Traffic};
use super::sample::{JointEdit, Language, Sample, SampleEntry, instant};
use super::words::{Filled, Travelled};
use doorstep_core::app::EntryView;
use doorstep_core::model::{
    Class, Date, DocId, Edit, EntryKind, Field, Outcome, Scope, TimeOfDay, Timestamp, Value,
};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The phones of the story, by the keys of their members: worker, second worker, mentor.
pub const PHONES: [&str; 3] = ["lin", "zhou", "he"];

/// Largest sync that brings nothing new, both ways together.
const QUIET_BYTES: u64 = 400;

/// What happened, for a second start on the same folder. Documents are named by their identifiers.
#[derive(Debug, Serialize, Deserialize)]
pub struct Told {
    /// The visit that both workers wrote in.
    pub joint_visit: String,
    /// The day's own entries: visit, attempt, check-in, session.
    pub entries: BTreeMap<String, String>,
    /// The group session, then one share for each person.
    pub group: Vec<String>,
    /// What the author adds if the supervisor returns an entry.
    pub corrections: BTreeMap<String, String>,
    /// What the author adds to any other.
    pub correction: String,
}

/// Everything that the story needs.
pub struct Story<'a> {
    pub language: Language,
    pub sample: &'a Sample,
    pub office: &'a Office,
    pub maker: &'a PhoneMaker,
    pub clock: &'a DemoClock,
    pub today: Date,
    pub zone: &'a TimeZone,
}

/// The phones by the keys of their members.
pub type Phones = BTreeMap<&'static str, Phone>;

impl Story<'_> {
    /// Three months, then the day.
    pub fn tell(&self, say: &mut dyn FnMut(String)) -> Result<(Phones, Told), DemoFault> {
        let joint_visit = self.three_months(say)?;
        let phones = self.morning(say)?;
        let told = self.by_day(&phones, joint_visit, say)?;
        self.evening(&phones, &told, say)?;
        Ok((phones, told))
    }

    fn three_months(&self, say: &mut dyn FnMut(String)) -> Result<DocId, DemoFault> {
        let history =
            History::begin(self.sample, self.office, self.maker, self.clock, self.today, self.language)?;
        let recorded = history.record(self.zone)?;
        self.office.revoke_phones(&PHONES)?;
        // A share for each participant of a group session, a copy of what was filed wrongly, three parts a case.
        let shares: usize = self.sample.entries.iter().map(|entry| entry.cases.len()).sum();
        let copies = self.sample.entries.iter().filter(|entry| entry.copy_to.is_some()).count();
        let entries = self.sample.entries.len() + shares + copies;
        let persons = self.sample.office.cases.len();
        let documents = self.office.documents()?;
        check(documents == (entries + 3 * persons) as u64, "the office holds every document of its history")?;
        check(self.office.set_aside()? == 0, "nothing of the history was refused")?;
        let language = self.language;
        say(language.history(self.office.name(), persons, entries, recorded.phones, recorded.syncs));
        let waiting = self.office.waiting()?;
        check(waiting > 0, "some entries wait for the supervisor")?;
        say(language.server(self.office.url(), documents, waiting));
        Ok(recorded.joint_visit)
    }

    fn morning(&self, say: &mut dyn FnMut(String)) -> Result<Phones, DemoFault> {
        self.clock.set(self.moment(0, 8 * 60 + 20));
        let mut phones = Phones::new();
        let (mut lines, mut last_code) = (Vec::new(), None);
        for key in PHONES {
            let code = self.office.invite(key)?;
            let phone = self.maker.new_phone(key)?;
            phone.enrol(&code, self.label(key))?;
            let traffic = phone.sync()?;
            let (cases, documents) = (phone.cases()?, phone.documents()?);
            check(phone.is_synced()? && cases > 0, "a phone holds its cases after the first sync")?;
            check(documents == self.office.documents_of(key)?, "a phone holds what its member may read")?;
            lines.push(self.language.filled(&Filled {
                name: self.name(key),
                role: self.language.role(self.role(key)),
                cases,
                documents,
                round_trips: traffic.round_trips,
                kilobytes: (traffic.bytes_up + traffic.bytes_down).div_ceil(1000),
            }));
            phones.insert(key, phone);
            last_code = Some(code);
        }
        // Somebody who read the code over a shoulder comes too late.
        let stranger = self.maker.new_phone("stranger")?;
        let refused = last_code.is_some_and(|code| stranger.enrol(&code, "?").is_err());
        check(refused, "a used code is refused")?;
        self.maker.scrap(stranger, "stranger")?;
        say(self.language.enrolled(phones.len()));
        lines.into_iter().for_each(say);
        Ok(phones)
    }

    fn by_day(
        &self,
        phones: &Phones,
        joint_visit: DocId,
        say: &mut dyn FnMut(String),
    ) -> Result<Told, DemoFault> {
        let day = &self.sample.day;
        let before = self.office.documents()?;
        let mut entries = BTreeMap::new();
        let mut corrections = BTreeMap::new();
        for (name, entry) in [
            ("visit_met", &day.visit_met),
            ("not_home", &day.not_home),
            ("check_in", &day.check_in),
            ("session", &day.session),
        ] {
            let doc = self.write(phones, entry)?;
            let correction = entry.correction.as_ref().map(|said| said.text(self.language).to_owned());
            corrections.extend(correction.map(|text| (doc.to_string(), text)));
            entries.insert(name, doc);
        }
        let (group, shares) = self.write_group(phones, &day.group)?;
        for edit in &day.joint_edits {
            self.write_jointly(phones, joint_visit, edit)?;
        }
        let language = self.language;
        say(language.offline());
        let worker = phone(phones, "lin")?;
        let (met, missed) = (worker.entry(entries["visit_met"])?, worker.entry(entries["not_home"])?);
        check(outcome(&met) == Some(Outcome::Met), "the visit came out as met")?;
        check(outcome(&missed) == Some(Outcome::NotHome), "the attempt came out as not home")?;
        check(missed.fields.is_yes("card_left"), "a card was left")?;
        let (met_case, missed_case) = (self.called(&day.visit_met), self.called(&day.not_home));
        say(language.visits(self.name("lin"), met_case, missed_case, missed.fields.text("message_with")));
        let mentor = phone(phones, "he")?;
        let minutes = mentor.entry(entries["session"])?.fields.value("answers.minutes").as_number();
        let minutes = minutes.ok_or(DemoFault::Untrue("the session has a length"))?;
        let called = mentor.entry(entries["check_in"])?;
        check(outcome(&called) == Some(Outcome::Met), "the check-in came out as met")?;
        say(language.mentor_day(
            self.name("he"),
            self.called(&day.check_in),
            self.called(&day.session),
            minutes,
        ));
        let persons: Vec<&str> = day.group.cases.iter().map(|key| self.person(key)).collect();
        for (share, key) in shares.iter().zip(&day.group.cases) {
            let view = phone(phones, "zhou")?.entry(*share)?;
            let case = self.sample.case(key).ok_or(DemoFault::Untold("case"))?;
            let credited = Scope::Case(phone(phones, "zhou")?.case_called(case.pseudonym())?);
            let is_share = view.scope == credited && view.fields.text("group") == group.to_string();
            check(is_share, "the group session is credited to each person")?;
        }
        check(shares.len() == 3, "the group session is credited to three persons")?;
        say(language.group(self.name("zhou"), &persons));
        let unsynced: Vec<u64> =
            PHONES.iter().map(|key| phone(phones, key)?.unsynced()).collect::<Result<_, _>>()?;
        check(unsynced == [3, 5, 2], "each phone counts what is only on it")?;
        check(
            self.office.documents()? == before,
            "nothing reached the server while the phones were offline",
        )?;
        say(language.joint(self.called(&day.joint_visit), self.name("lin"), self.name("zhou"), &unsynced));
        Ok(Told {
            joint_visit: joint_visit.to_string(),
            entries: entries.into_iter().map(|(name, doc)| (name.to_owned(), doc.to_string())).collect(),
            group: std::iter::once(group).chain(shares).map(|doc| doc.to_string()).collect(),
            corrections,
            correction: day.fallback_correction.text(language).to_owned(),
        })
    }

    fn evening(&self, phones: &Phones, told: &Told, say: &mut dyn FnMut(String)) -> Result<(), DemoFault> {
        self.clock.run();
        let language = self.language;
        let before = self.office.documents()?;
        let mut traffic: BTreeMap<&str, Traffic> = BTreeMap::new();
        // The workers sync once more, for by then everybody has brought what the others may read.
        for key in PHONES.into_iter().chain(["lin", "zhou"]) {
            let sync = phone(phones, key)?.sync()?;
            check(phone(phones, key)?.is_synced()?, "a sync ends with everything sent and received")?;
            traffic.entry(key).or_default().add(&sync);
        }
        let new = told.entries.len() + told.group.len();
        check(self.office.documents()? == before + new as u64, "every entry of the day is on the server")?;
        check(self.office.set_aside()? == 0, "nothing of the day was refused")?;
        say(language.evening());
        for key in PHONES {
            check(phone(phones, key)?.unsynced()? == 0, "nothing is left on a phone only")?;
            let sync = &traffic[key];
            say(language.travelled(&Travelled {
                name: self.name(key),
                sent: sync.sent,
                received: sync.received,
                round_trips: sync.round_trips,
                bytes_up: sync.bytes_up,
                bytes_down: sync.bytes_down,
            }));
        }
        self.merged(phones, told, say)?;
        let mut most = 0;
        for key in PHONES {
            let sync = phone(phones, key)?.sync()?;
            let is_quiet = sync.sent + sync.received + sync.actions == 0;
            check(sync.round_trips == 1 && is_quiet, "another sync is one round trip with nothing in it")?;
            most = most.max(sync.bytes_up + sync.bytes_down);
        }
        check(most <= QUIET_BYTES, "another sync is small")?;
        say(language.quiet(1, most));
        Ok(())
    }

    /// The visit that both wrote in: text merged, one answer for a person to settle.
    fn merged(&self, phones: &Phones, told: &Told, say: &mut dyn FnMut(String)) -> Result<(), DemoFault> {
        let joint = told.joint_visit.parse().map_err(|_| DemoFault::Untold("joint visit"))?;
        let heads = self.office.heads(joint)?;
        let mut sides: Vec<(String, Value)> = Vec::new();
        for key in ["lin", "zhou"] {
            let entry = phone(phones, key)?.entry(joint)?;
            check(entry.heads == heads, "both phones and the server have the same version")?;
            for edit in &self.sample.day.joint_edits {
                let words = edit.insert.text(self.language);
                check(
                    entry.fields.text(Field::NARRATIVE).contains(words),
                    "the merged text has both passages",
                )?;
            }
            let [card] = entry.conflicts.as_slice() else {
                return Err(DemoFault::Untrue("one answer was given twice"));
            };
            check(card.field.path() == "answers.mood", "the mood was answered twice")?;
            sides = card.sides.iter().map(|side| (side.name.clone(), side.value.clone())).collect();
            check(sides.len() == 2, "there are two answers")?;
        }
        say(self.language.merged(self.called(&self.sample.day.joint_visit)));
        let wrote = |edit: &JointEdit| {
            let name = self.sample.member_name(&edit.by, Language::Zh).to_owned();
            let side = (name, Value::from(edit.mood.as_str()));
            check(sides.contains(&side), "each side is what its author wrote")?;
            let (question, answer) = self.office.wording("mood", &edit.mood, self.language)?;
            Ok((question, (self.name(&edit.by).to_owned(), answer)))
        };
        let wrote = self.sample.day.joint_edits.iter().map(wrote).collect::<Result<Vec<_>, DemoFault>>()?;
        let (questions, sides): (Vec<_>, Vec<_>) = wrote.into_iter().unzip();
        say(self.language.conflict(&questions[0], &sides));
        Ok(())
    }

    fn write(&self, phones: &Phones, entry: &SampleEntry) -> Result<DocId, DemoFault> {
        let who = self.author(entry)?;
        let case = entry.case.as_deref().and_then(|key| self.sample.case(key));
        let case = case.ok_or(DemoFault::Untold("case"))?;
        self.clock.set(entry.when.recorded(self.today, self.zone));
        let class =
            if case.mentors.iter().any(|mentor| mentor == who) { Class::Contact } else { Class::File };
        let phone = phone(phones, who)?;
        let scope = Scope::Case(phone.case_called(case.pseudonym())?);
        let edits = form::entry_edits(entry, &[self.office.member(who)?], self.today, self.language)?;
        phone.record(scope, class, &EntryKind::from_code(&entry.kind), edits, true)
    }

    fn write_group(&self, phones: &Phones, entry: &SampleEntry) -> Result<(DocId, Vec<DocId>), DemoFault> {
        let who = self.author(entry)?;
        self.clock.set(entry.when.recorded(self.today, self.zone));
        let phone = phone(phones, who)?;
        let team = self.office.team(entry.team.as_deref().unwrap_or_default())?;
        let mut cases = Vec::new();
        for key in &entry.cases {
            let case = self.sample.case(key).ok_or(DemoFault::Untold("case"))?;
            cases.push(phone.case_called(case.pseudonym())?);
        }
        let edits = form::entry_edits(entry, &[self.office.member(who)?], self.today, self.language)?;
        phone.record_group(team, &edits, &cases)
    }

    fn write_jointly(&self, phones: &Phones, doc: DocId, edit: &JointEdit) -> Result<(), DemoFault> {
        self.clock.set(self.moment(0, 17 * 60 + 50));
        let phone = phone(phones, &edit.by)?;
        let text = phone.entry(doc)?.fields.text(Field::NARRATIVE).to_owned();
        let after = edit.after.text(self.language);
        let at = text.find(after).ok_or(DemoFault::Untold("place in the text"))? + after.len();
        let text = [&text[..at], edit.insert.text(self.language), &text[at..]].concat();
        let mood = Edit { field: Field::answer("mood")?, value: edit.mood.as_str().into() };
        phone.go_on(doc, vec![Edit::set(Field::NARRATIVE, text), mood])
    }

    /// A time on a day before or after the day of the demo.
    fn moment(&self, days: i32, minutes: u16) -> Timestamp {
        today_at(self.today.plus_days(days), minutes, self.zone)
    }

    fn name(&self, key: &str) -> &str {
        self.sample.member_name(key, self.language)
    }

    fn person(&self, key: &str) -> &str {
        self.sample.person_name(key, self.language)
    }

    /// The person of an entry.
    fn called(&self, entry: &SampleEntry) -> &str {
        self.person(entry.case.as_deref().unwrap_or_default())
    }

    fn label(&self, key: &str) -> &str {
        let member = self.sample.office.members.iter().find(|member| member.key == key);
        member.map_or("", |member| &member.phone_label)
    }

    fn role(&self, key: &str) -> &str {
        let member = self.sample.office.members.iter().find(|member| member.key == key);
        member.and_then(|member| member.roles.first()).map_or("", String::as_str)
    }

    fn author<'e>(&'e self, entry: &'e SampleEntry) -> Result<&'e str, DemoFault> {
        self.sample.author(entry).ok_or(DemoFault::Untold("author"))
    }
}

fn outcome(entry: &EntryView) -> Option<Outcome> {
    entry.summary.entry.as_ref()?.outcome.clone()
}

/// A moment before anything in the sample happened.
pub fn before_everything(today: Date, zone: &TimeZone) -> Timestamp {
    today_at(today.plus_days(-100), 8 * 60, zone)
}

fn today_at(date: Date, minutes: u16, zone: &TimeZone) -> Timestamp {
    TimeOfDay::from_minutes(minutes).map_or_else(|_| Timestamp::default(), |time| instant(date, time, zone))
}

pub fn phone<'p>(phones: &'p Phones, key: &str) -> Result<&'p Phone, DemoFault> {
    phones.get(key).ok_or(DemoFault::Untold("phone"))
}
