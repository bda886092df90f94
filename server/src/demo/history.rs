//! Records the sample's three months, as they would have come about: phones of that time write and
//! sync, the supervisor decides at the console. Nothing is put into a database from the side.

use super::clock::DemoClock;
use super::fault::DemoFault;
use super::form;
use super::office::Office;
use super::phone::{Phone, PhoneMaker};
use super::sample::{Language, Sample, SampleEntry, Step};
use super::story::PHONES;
use super::timeline::{Deed, Event, timeline};
use doorstep_core::model::{
    ActionKind, CaseId, CaseRole, Class, Date, DocId, Edit, EntryKind, Field, FieldFault, Scope,
};
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// What came out of it.
#[derive(Debug)]
pub struct Recorded {
    /// The visit that two workers made together on the eve of the demo.
    pub joint_visit: DocId,
    /// How many phones wrote.
    pub phones: usize,
    /// How often they synced.
    pub syncs: usize,
}

/// Three months being recorded.
pub struct History<'a> {
    sample: &'a Sample,
    office: &'a Office,
    clock: &'a DemoClock,
    today: Date,
    phones: BTreeMap<&'a str, Phone>,
    cases: BTreeMap<&'a str, CaseId>,
    /// The document of each entry; behind that of a group session its participants' shares.
    docs: Vec<Vec<DocId>>,
    language: Language,
    /// Phones that hold work which the server has not.
    unsynced: BTreeSet<&'a str>,
    syncs: usize,
}

impl<'a> History<'a> {
    /// Gives every member who records a phone of that time.
    pub fn begin(
        sample: &'a Sample,
        office: &'a Office,
        maker: &PhoneMaker,
        clock: &'a DemoClock,
        today: Date,
        language: Language,
    ) -> Result<Self, DemoFault> {
        let mut phones = BTreeMap::new();
        for member in sample.office.members.iter().filter(|member| !member.phone_label.is_empty()) {
            // Some members will have another phone by the day of the demo.
            let (name, label) = if PHONES.contains(&member.key.as_str()) {
                (format!("{}-before", member.key), format!("{}（旧）", member.phone_label))
            } else {
                (member.key.clone(), member.phone_label.clone())
            };
            let phone = maker.new_phone(&name)?;
            phone.enrol(&office.invite(&member.key)?, &label)?;
            phone.sync()?;
            phones.insert(member.key.as_str(), phone);
        }
        Ok(Self {
            sample,
            office,
            clock,
            today,
            phones,
            cases: BTreeMap::new(),
            docs: vec![Vec::new(); sample.entries.len()],
            language,
            unsynced: BTreeSet::new(),
            syncs: 0,
        })
    }

    /// Lets everything happen.
    pub fn record(mut self, zone: &TimeZone) -> Result<Recorded, DemoFault> {
        let events = timeline(self.sample, self.today, zone);
        let mut day = None;
        for event in &events {
            let date = event.at.local(zone).0;
            if day != Some(date) {
                // In the evening every phone that was used finds a network.
                self.sync_used()?;
                day = Some(date);
            }
            self.clock.set(event.at);
            self.happen(event)?;
        }
        self.sync_used()?;
        let joint_visit = self.doc(self.docs.len() - 1)?;
        Ok(Recorded { joint_visit, phones: self.phones.len(), syncs: self.syncs })
    }

    fn happen(&mut self, event: &Event<'a>) -> Result<(), DemoFault> {
        match event.deed {
            Deed::Open(index) => self.open_case(index),
            Deed::Record(index) => self.write(index, event.who, true),
            Deed::Keep(index) => self.write(index, event.who, false),
            Deed::Withdraw(index, reason) => self.withdraw(index, event.who, reason),
            Deed::Approve(index) => {
                let docs = self.docs[index].iter();
                docs.copied()
                    .try_for_each(|doc| self.office.decide(event.who, doc, ActionKind::Approve, "", &[]))
            }
            Deed::Review(index, step) => self.review(index, event.who, step),
        }
    }

    /// The lead worker opens the case on the phone; then the office assigns the others.
    fn open_case(&mut self, index: usize) -> Result<(), DemoFault> {
        let case = &self.sample.office.cases[index];
        let birth = form::birth(&case.file, self.today);
        let part = |part| form::part_edits(part, birth, self.today);
        let parts = [part(&case.contact)?, part(&case.file)?, part(&case.restricted)?];
        let id = self.phone(&case.lead)?.open_case(self.office.team(&case.team)?, case, parts)?;
        self.cases.insert(&case.key, id);
        self.sync(&case.lead)?;
        for (role, members) in [(CaseRole::CoWorker, &case.co), (CaseRole::Mentor, &case.mentors)] {
            for member in members {
                self.office.assign(id, member, &role)?;
                self.sync(member)?;
            }
        }
        Ok(())
    }

    fn write(&mut self, index: usize, who: &'a str, done: bool) -> Result<(), DemoFault> {
        let entry = &self.sample.entries[index];
        let mut workers = vec![self.office.member(who)?];
        for other in &entry.also {
            workers.push(self.office.member(other)?);
        }
        let edits = form::entry_edits(entry, &workers, self.today, self.language)?;
        let phone = self.phone(who)?;
        let docs = if entry.cases.is_empty() {
            let kind = EntryKind::from_code(&entry.kind);
            vec![phone.record(self.scope(entry)?, self.class(entry, who), &kind, edits, done)?]
        } else {
            let team = self.office.team(entry.team.as_deref().unwrap_or_default())?;
            let cases: Result<Vec<_>, _> = entry.cases.iter().map(|key| self.case(key)).collect();
            let (session, shares) = phone.record_group(team, &edits, &cases?)?;
            std::iter::once(session).chain(shares).collect()
        };
        self.docs[index] = docs;
        self.unsynced.insert(who);
        Ok(())
    }

    fn withdraw(&mut self, index: usize, who: &'a str, reason: &str) -> Result<(), DemoFault> {
        let doc = self.doc(index)?;
        let right = self.sample.entries[index].copy_to.as_deref().unwrap_or_default();
        let right = self.case(right)?;
        // From now on the copy in the right file is what is reviewed.
        self.docs[index] = vec![self.phone(who)?.move_to_case(doc, right, reason)?];
        self.unsynced.insert(who);
        Ok(())
    }

    fn review(&mut self, index: usize, who: &'a str, step: &Step) -> Result<(), DemoFault> {
        let doc = self.doc(index)?;
        match step {
            Step::Return { reason, about } => {
                let fields: Result<Vec<_>, _> = about.iter().map(Field::new).collect();
                self.office.decide(who, doc, ActionKind::Return, reason, &fields?)
            }
            Step::Approve { approve } => self.office.decide(who, doc, ActionKind::Approve, approve, &[]),
            Step::Comment { comment } => self.office.decide(who, doc, ActionKind::Comment, comment, &[]),
            Step::Reply { reply } => {
                self.sync(who)?;
                self.phone(who)?.reply(doc, reply)?;
                self.unsynced.insert(who);
                Ok(())
            }
            Step::Resubmit { resubmit, set, replace } => {
                self.sync(who)?;
                let edit = |(field, value): (&String, &String)| {
                    Ok(Edit { field: Field::new(field.as_str())?, value: value.as_str().into() })
                };
                let edits = set.iter().map(edit).collect::<Result<Vec<_>, FieldFault>>()?;
                let replaced = replace.as_ref().map(|(old, new)| (old.as_str(), new.as_str()));
                self.phone(who)?.correct(doc, resubmit, edits, replaced)?;
                self.unsynced.insert(who);
                Ok(())
            }
            Step::Amend { amend } => {
                self.sync(who)?;
                self.phone(who)?.correct(doc, amend, Vec::new(), None)?;
                self.unsynced.insert(who);
                Ok(())
            }
        }
    }

    fn sync_used(&mut self) -> Result<(), DemoFault> {
        for who in std::mem::take(&mut self.unsynced) {
            self.sync(who)?;
        }
        Ok(())
    }

    fn sync(&mut self, who: &str) -> Result<(), DemoFault> {
        self.phone(who)?.sync()?;
        self.syncs += 1;
        Ok(())
    }

    fn phone(&self, who: &str) -> Result<&Phone, DemoFault> {
        self.phones.get(who).ok_or(DemoFault::Untold("phone"))
    }

    fn doc(&self, index: usize) -> Result<DocId, DemoFault> {
        self.docs[index].first().copied().ok_or(DemoFault::Untold("entry"))
    }

    fn case(&self, key: &str) -> Result<CaseId, DemoFault> {
        self.cases.get(key).copied().ok_or(DemoFault::Untold("case"))
    }

    fn scope(&self, entry: &SampleEntry) -> Result<Scope, DemoFault> {
        match &entry.case {
            Some(case) => self.case(case).map(Scope::Case),
            None => self.office.team(entry.team.as_deref().unwrap_or_default()).map(Scope::Team),
        }
    }

    /// A mentor's entries are of the contact part, a worker's of the file unless told otherwise.
    fn class(&self, entry: &SampleEntry, who: &str) -> Class {
        let case = entry.case.as_deref().and_then(|key| self.sample.case(key));
        if case.is_some_and(|case| case.mentors.iter().any(|mentor| mentor == who)) {
            Class::Contact
        } else if entry.class.as_deref() == Some("restricted") {
            Class::Restricted
        } else {
            Class::File
        }
    }
}
