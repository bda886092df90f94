//! What a form fills in before anybody types: when a contact ended, and what comes after an attempt.
//! All of it can be changed; nothing is written until the draft is saved.

use super::cases::contact_part;
use super::{Client, Failure};
use crate::casework::{NextStep, Patience, Proposal, propose_next_step};
use crate::model::{ActionKind, Date, Edit, EntryKind, Outcome, Scope, TimeOfDay};
use crate::store::{DraftId, DraftRow};
use std::collections::HashSet;

/// Times are proposed in steps of this.
const STEP_MINUTES: u16 = 5;
/// How long a contact is taken to be that was not written down while it lasted.
const USUAL_MINUTES: u16 = 30;
/// A draft left open longer than this was not a visit of that length.
const LONGEST_MINUTES: u16 = 180;

/// A proposed next step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposedStep {
    /// What to do; screens have the words.
    pub step: NextStep,
    /// When, as a value for the field `next_date`; none where somebody has to be asked for a date.
    pub date: Option<Date>,
}

impl Client {
    /// What to propose as the next step of a draft, from its outcome and the contacts before it that
    /// this phone knows of; none if the contact was completed, or has no outcome yet.
    pub fn proposed_next_step(&self, id: DraftId) -> Result<Option<ProposedStep>, Failure> {
        let here = self.here();
        self.read(|tx| {
            let draft = super::drafts::view(tx, tx.draft(id)?.ok_or(Failure::NotFound)?, here)?;
            let outcome = draft.value("outcome").as_text().filter(|code| !code.is_empty());
            let Some(outcome) = outcome.map(Outcome::from_code) else { return Ok(None) };
            let date = draft.value("date").as_text().and_then(|date| date.parse().ok()).unwrap_or(here.0);
            let card_left = draft.value("card_left").is_yes();
            let family_focus = match draft.scope {
                Scope::Case(case) => contact_part(tx, case)?.is_some_and(|part| part.family_focus),
                Scope::Team(_) => false,
            };
            let withdrawn: HashSet<_> = tx.subjects_with(&ActionKind::Withdraw)?.into_iter().collect();
            let earlier: Vec<Outcome> = tx
                .timeline(draft.scope)?
                .into_iter()
                .filter(|row| Some(row.summary.doc) != draft.doc && !withdrawn.contains(&row.summary.doc))
                .filter_map(|row| row.summary.entry)
                .filter(|entry| entry.kind.is_contact() && entry.date.is_none_or(|earlier| earlier <= date))
                .filter_map(|entry| entry.outcome)
                .collect();
            let patience = Patience::default();
            let proposal = propose_next_step(&outcome, card_left, family_focus, &earlier, &patience);
            Ok(proposal.map(|Proposal { step, in_days }| ProposedStep {
                step,
                date: in_days.map(|days| date.plus_days(i32::from(days))),
            }))
        })
    }
}

/// What a new entry begins with.
pub(super) fn beginning(kind: &EntryKind, (date, time): (Date, TimeOfDay)) -> Vec<Edit> {
    let mut edits = vec![Edit::set("kind", kind.code()), Edit::set("date", date.to_string())];
    if kind.is_contact() {
        edits.push(Edit::set("start", stepped(time, 0).to_string()));
    }
    edits
}

/// When a new contact ended, if nobody said: now, or, where it was written down another day or much
/// later, the usual time after its start.
pub(super) fn proposed_end(draft: &DraftRow, (today, now): (Date, TimeOfDay)) -> Option<Edit> {
    let value = |path: &str| {
        let edit = draft.edits.iter().rev().find(|edit| edit.field.path() == path);
        edit.and_then(|edit| edit.value.as_text())
    };
    let is_touched = draft.edits.iter().any(|edit| edit.field.path() == "end");
    if draft.doc.is_some() || is_touched || !EntryKind::from_code(value("kind")?).is_contact() {
        return None;
    }
    let start: TimeOfDay = value("start")?.parse().ok()?;
    let now = stepped(now, STEP_MINUTES - 1);
    let is_at_hand = value("date")?.parse() == Ok(today)
        && (start.minutes()..=start.minutes() + LONGEST_MINUTES).contains(&now.minutes());
    let end = if is_at_hand && now > start { now } else { plus(start, USUAL_MINUTES) };
    (end > start).then(|| Edit::set("end", end.to_string()))
}

/// The last full step, or with `ahead` the next one.
fn stepped(time: TimeOfDay, ahead: u16) -> TimeOfDay {
    let time = plus(time, ahead);
    TimeOfDay::from_minutes(time.minutes() - time.minutes() % STEP_MINUTES).unwrap_or(time)
}

/// Later on the same day.
fn plus(time: TimeOfDay, minutes: u16) -> TimeOfDay {
    TimeOfDay::from_minutes(time.minutes() + minutes)
        .or_else(|_| TimeOfDay::from_minutes(24 * 60 - 1))
        .unwrap_or(time)
}
