//! What happens: people work, the network does as it likes, machines are copied and set back.

use super::phone::Phone;
use super::truths::{Broken, Truth};
use super::world::{Part, World};
use doorstep_core::app::Failure;
use doorstep_core::model::{ActionKind, CaseId, CaseRole, Class, DocId, EntryKind, Hash, Scope};
use doorstep_core::store::StoreFault;
use std::collections::BTreeSet;

/// One kind of event.
#[derive(Debug, Clone, Copy)]
enum Event {
    Record,
    Type,
    SaveDraft,
    Act,
    Sync,
    SyncPart,
    OpenCase,
    Assign,
    End,
    CopyPhone,
    SetPhoneBack,
    ClonePhone,
    FullPhone,
    RestartPhone,
    NewPhone,
    BackUp,
    SetServerBack,
    RestartServer,
    PowerCut,
    TimePasses,
    Lie,
}

/// How often each happens.
const EVENTS: [(Event, usize); 21] = [
    (Event::Record, 16),
    (Event::Type, 10),
    (Event::SaveDraft, 10),
    (Event::Act, 6),
    (Event::Sync, 22),
    (Event::SyncPart, 6),
    (Event::OpenCase, 3),
    (Event::Assign, 5),
    (Event::End, 3),
    (Event::CopyPhone, 3),
    (Event::SetPhoneBack, 2),
    (Event::ClonePhone, 2),
    (Event::FullPhone, 4),
    (Event::RestartPhone, 2),
    (Event::NewPhone, 2),
    (Event::BackUp, 3),
    (Event::SetServerBack, 2),
    (Event::RestartServer, 1),
    (Event::PowerCut, 2),
    (Event::TimePasses, 4),
    (Event::Lie, 3),
];

impl World {
    /// Lets people work for the recipe's number of steps.
    pub fn live(&mut self) -> Result<(), Broken> {
        self.sync(0, None)?;
        let first = self.phones[0].open_case(self.team, "小树").expect("a case can be opened");
        for phone in 0..self.phones.len() {
            self.sync(phone, None)?;
        }
        let (colleague, mentor) = (self.members[1].0, self.members[2].0);
        self.decided.insert((first, self.members[0].0), CaseRole::LeadWorker);
        if self.dice.chance(40) {
            self.tell("the server is backed up");
            self.back_up();
        }
        self.assign(first, colleague, CaseRole::CoWorker);
        self.assign(first, mentor, CaseRole::Mentor);
        for phone in 0..self.phones.len() {
            self.sync(phone, None)?;
        }
        self.network.set_faults(self.weather());
        while self.step < self.recipe.steps {
            self.step += 1;
            self.happen()?;
            self.time.pass_ms(1_000 + self.dice.below(120_000) as i64);
        }
        Ok(())
    }

    fn happen(&mut self) -> Result<(), Broken> {
        let total = EVENTS.iter().map(|(_, weight)| weight).sum();
        let mut at = self.dice.below(total);
        let event = EVENTS
            .iter()
            .find(|(_, weight)| {
                let is_it = at < *weight;
                at = at.saturating_sub(*weight);
                is_it
            })
            .expect("the weights cover the total")
            .0;
        let phone = self.dice.below(self.phones.len());
        match event {
            Event::Record => self.record(phone),
            Event::Type => drop(self.type_something(phone, None)),
            Event::SaveDraft => self.save_draft(phone),
            Event::Act => self.act(phone),
            Event::Sync => return self.sync(phone, None),
            Event::SyncPart => {
                let round_trips = self.dice.below(4) as u32;
                return self.sync(phone, Some(round_trips));
            }
            Event::OpenCase => self.open_case(phone),
            Event::Assign => self.assign_somebody(),
            Event::End => self.end_somebody(),
            Event::CopyPhone => return self.copy_phone(phone),
            Event::SetPhoneBack => return self.set_phone_back(phone),
            Event::ClonePhone => return self.clone_phone(phone),
            Event::FullPhone => return self.sync_without_room(phone),
            Event::RestartPhone => {
                self.tell(format!("{} restarts", self.phones[phone].name));
                self.phones[phone].switch_off();
                self.phones[phone].switch_on();
            }
            Event::NewPhone if self.phones.len() < 7 => {
                let member = self.dice.below(self.members.len());
                self.enrol(member);
            }
            Event::NewPhone => {}
            Event::BackUp => {
                self.tell("the server is backed up");
                self.back_up();
            }
            Event::SetServerBack => return self.set_server_back(),
            Event::RestartServer => {
                self.tell("the server restarts");
                self.restart_server(false);
            }
            Event::PowerCut => {
                self.tell("the server loses its power");
                self.restart_server(true);
            }
            Event::TimePasses => {
                let hours = self.dice.below(72) as i64;
                self.tell(format!("{hours} hours go by"));
                self.time.pass_ms(hours * 3_600_000);
            }
            Event::Lie => self.lie(),
        }
        Ok(())
    }

    /// Cases that a phone's member works on, as the phone knows, with their role.
    fn cases_of(&self, phone: usize) -> Vec<(CaseId, CaseRole)> {
        let directory = self.phones[phone].directory();
        let granted = directory.iter().flat_map(|directory| &directory.cases);
        granted.filter_map(|grant| Some((grant.case, grant.role.clone()?))).collect()
    }

    fn record(&mut self, phone: usize) {
        let cases = self.cases_of(phone);
        if cases.is_empty() {
            return;
        }
        let (case, role) = self.dice.pick(&cases).clone();
        let (class, kind) = match role {
            CaseRole::Mentor => (Class::Contact, EntryKind::MentorCheckIn),
            CaseRole::LeadWorker if self.dice.chance(15) => (Class::Restricted, EntryKind::HomeVisit),
            _ => (Class::File, EntryKind::HomeVisit),
        };
        let (mark, submit) = (self.journal.coin(), self.dice.chance(60));
        let text = format!("按约家访，本人在家。{mark}");
        let outcome = self.phones[phone].record((Scope::Case(case), class), &kind, &text, submit);
        self.note_saved(phone, mark, outcome);
    }

    /// What was saved is owed from now on; what was not, the person has seen.
    fn note_saved(&mut self, phone: usize, mark: String, outcome: Result<(DocId, Hash), Failure>) {
        let name = self.phones[phone].name.clone();
        match outcome {
            Ok(saved) => {
                self.tell(format!("{name} saves {mark} in {}", saved.0));
                self.journal.saved(mark, saved, &name);
            }
            Err(failure) => self.tell(format!("{name} cannot save {mark}: {failure}")),
        }
    }

    /// Types into an entry, into a certain one if it is there; which one it was.
    pub(super) fn type_something(&mut self, phone: usize, wanted: Option<DocId>) -> Option<DocId> {
        let part = self.part_of(phone);
        let member = self.phones[phone].member;
        let may = |class: Class, author| match part {
            Part::Worker => class != Class::Contact,
            Part::Mentor => author == member,
            Part::Supervisor => false,
        };
        let entries = self.phones[phone].entries();
        let docs: Vec<DocId> = entries
            .iter()
            .filter(|row| row.summary.entry.as_ref().is_some_and(|entry| may(row.class, entry.author)))
            .map(|row| row.summary.doc)
            .collect();
        if docs.is_empty() {
            return None;
        }
        let any = *self.dice.pick(&docs);
        let doc = wanted.filter(|wanted| docs.contains(wanted)).unwrap_or(any);
        let mark = self.journal.coin();
        let outcome = *self.dice.pick(&["met", "not_home", "refused"]);
        let typed = self.phones[phone].type_into_entry(doc, &mark, outcome);
        let name = self.phones[phone].name.clone();
        self.tell(format!("{name} types {mark} into {doc}: {}", typed.is_ok()));
        if typed.is_ok() {
            self.journal.typed(mark, &name);
        }
        typed.is_ok().then_some(doc)
    }

    pub(super) fn save_draft(&mut self, phone: usize) {
        let drafts = self.phones[phone].drafts();
        let Some((draft, text)) = drafts.first() else { return };
        // The last mark typed is the one that this save owes; earlier ones are owed already.
        let Some(mark) = text.rfind("<m").map(|at| text[at..].to_owned()) else { return };
        let outcome = self.phones[phone].save(*draft);
        self.note_saved(phone, mark, outcome);
    }

    fn act(&mut self, phone: usize) {
        let part = self.part_of(phone);
        let member = self.phones[phone].member;
        let entries = self.phones[phone].entries();
        let own = |author| author == member;
        let docs: Vec<DocId> = entries
            .iter()
            .filter(|row| {
                part == Part::Supervisor || row.summary.entry.as_ref().is_some_and(|entry| own(entry.author))
            })
            .map(|row| row.summary.doc)
            .collect();
        if docs.is_empty() {
            return;
        }
        let kinds: &[ActionKind] = match part {
            Part::Supervisor => &[ActionKind::Approve, ActionKind::Return, ActionKind::Comment],
            _ => &[ActionKind::Submit, ActionKind::Submit, ActionKind::Comment],
        };
        let (doc, kind) = (*self.dice.pick(&docs), self.dice.pick(kinds).clone());
        let acted = self.phones[phone].act(doc, &kind);
        self.tell(format!("{} does {} on {doc}: {}", self.phones[phone].name, kind.code(), acted.is_ok()));
    }

    fn open_case(&mut self, phone: usize) {
        if self.part_of(phone) == Part::Worker
            && let Ok(case) = self.phones[phone].open_case(self.team, "小河")
        {
            let (name, member) = (self.phones[phone].name.clone(), self.phones[phone].member);
            self.decided.insert((case, member), CaseRole::LeadWorker);
            self.tell(format!("{name} opens case {case}"));
        }
    }

    /// Synchronises one phone and looks at what may never happen.
    pub(super) fn sync(&mut self, phone: usize, cut_after: Option<u32>) -> Result<(), Broken> {
        let before = held(&self.phones[phone]);
        self.network.cut_after(cut_after);
        let outcome = self.phones[phone].sync(&self.network);
        self.network.cut_after(None);
        let name = self.phones[phone].name.clone();
        let line = match &outcome {
            Ok(report) => format!(
                "{name} synchronises: {} trips, {} sent, {} received, {} not taken, {} purged",
                report.round_trips, report.pushed, report.received, report.set_aside, report.purged
            ),
            Err(fault) => format!("{name} synchronises in part: {fault:?}"),
        };
        self.tell(line);
        match outcome {
            Ok(_) | Err(Failure::Offline) => {}
            // A torn answer cannot be read; a restored server may not know the phone yet.
            Err(Failure::SignInNeeded(_) | Failure::Storage(StoreFault::NoRoom)) => {}
            Err(Failure::Unexpected(code)) if code == "garbled" => {}
            Err(fault) => return Err(self.broken(Truth::ServerAnswers, format!("{name}: {fault:?}"))),
        }
        self.look_for_vanished(phone, &before)?;
        if let Some(claim) = self.network.contradictions().first() {
            return Err(self.broken(Truth::OneContentPerNumber, format!("{claim:?}")));
        }
        Ok(())
    }

    /// Documents may leave a phone only when somebody took the case away.
    fn look_for_vanished(&self, phone: usize, before: &BTreeSet<(Scope, DocId)>) -> Result<(), Broken> {
        let phone = &self.phones[phone];
        let after = held(phone);
        let parked: BTreeSet<DocId> =
            phone.read(|tx| Ok(tx.parked()?.into_iter().map(|row| row.doc).collect()));
        for (scope, doc) in before.difference(&after) {
            let Some(case) = scope.case() else { continue };
            let key = (case, phone.member);
            let was_ended = self.ended.contains_key(&key);
            let is_supervisor = !self.decided.contains_key(&key);
            if !parked.contains(doc) && !was_ended && !is_supervisor {
                let detail = format!("{doc} left {} though nobody took the case away", phone.name);
                return Err(self.broken(Truth::NothingVanishes, detail));
            }
        }
        Ok(())
    }

    fn known_cases(&self) -> Vec<CaseId> {
        let cases: BTreeSet<CaseId> = self.decided.keys().map(|(case, _)| *case).collect();
        cases.into_iter().filter(|case| self.knows(*case)).collect()
    }

    fn assign_somebody(&mut self) {
        let cases = self.known_cases();
        if cases.is_empty() {
            return;
        }
        let case = *self.dice.pick(&cases);
        let member = self.dice.below(3);
        let role = match self.members[member].1 {
            Part::Mentor => CaseRole::Mentor,
            _ if self.dice.chance(30) => CaseRole::LeadWorker,
            _ => CaseRole::CoWorker,
        };
        self.tell(format!("member {member} becomes {} of {case}", role.code()));
        self.assign(case, self.members[member].0, role);
    }

    fn end_somebody(&mut self) {
        let assigned: Vec<_> = self.decided.keys().copied().filter(|(case, _)| self.knows(*case)).collect();
        if !assigned.is_empty() {
            let (case, member) = *self.dice.pick(&assigned);
            self.tell(format!("{member} is taken off {case}"));
            self.end_assignment(case, member);
        }
    }
}

/// What a phone holds, by scope.
fn held(phone: &Phone) -> BTreeSet<(Scope, DocId)> {
    phone.rows().into_iter().map(|row| (row.scope, row.summary.doc)).collect()
}
