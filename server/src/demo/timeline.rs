//! The three months in the order in which they happened: who did what, when. Pure; `history` does it.

use super::sample::{Review, Sample, SampleEntry, Step, instant};
use doorstep_core::model::{Date, TimeOfDay, Timestamp};
use jiff::tz::TimeZone;
use std::collections::HashMap;

/// One thing that someone did.
#[derive(Debug, Clone, Copy)]
pub struct Event<'a> {
    /// When.
    pub at: Timestamp,
    /// Who: the key of a member.
    pub who: &'a str,
    /// What.
    pub deed: Deed<'a>,
}

/// What was done. Numbers are indices of cases and entries of the sample.
#[derive(Debug, Clone, Copy)]
pub enum Deed<'a> {
    /// A case was opened.
    Open(usize),
    /// An entry was recorded and handed in.
    Record(usize),
    /// An entry was recorded and kept back.
    Keep(usize),
    /// The author withdrew an entry and copied it to the right case.
    Withdraw(usize, &'a str),
    /// A step of an entry's review.
    Review(usize, &'a Step),
    /// The supervisor approved an entry without a word; of a group session, with all shares in it.
    Approve(usize),
}

/// Minutes since midnight at which a supervisor reviews, and at which an author answers.
const REVIEW_HOUR: u16 = 16 * 60 + 30;
const ANSWER_HOUR: u16 = 9 * 60 + 10;

/// Everything before the day of the demo, in order.
pub fn timeline<'a>(sample: &'a Sample, today: Date, zone: &TimeZone) -> Vec<Event<'a>> {
    let mut events = Vec::new();
    let at = |date: Date, minutes: u16| {
        TimeOfDay::from_minutes(minutes).map_or(Timestamp::default(), |time| instant(date, time, zone))
    };
    for (index, case) in sample.office.cases.iter().enumerate() {
        let first = sample.entries.iter().filter(|entry| entry.case.as_ref() == Some(&case.key));
        let first = first.map(|entry| entry.when.date(today)).min();
        // Opened before anything was recorded in it, whatever weekday the demo runs on.
        let day = first.map_or(today.plus_days(-case.opened), |day| day.min(today.plus_days(-case.opened)));
        events.push(Event { at: at(day, 8 * 60), who: &case.lead, deed: Deed::Open(index) });
    }
    let supervisors: HashMap<&str, &str> = sample
        .office
        .teams
        .iter()
        .filter_map(|team| Some((team.key.as_str(), team.supervisors.first()?.as_str())))
        .collect();
    for (index, entry) in sample.entries.iter().enumerate() {
        let (Some(author), Some(team)) = (sample.author(entry), team_of(sample, entry)) else { continue };
        let supervisor = supervisors.get(team).copied().unwrap_or(author);
        let written = Event { at: entry.when.recorded(today, zone), who: author, deed: Deed::Record(index) };
        if let Some(reason) = &entry.withdraw {
            let later = at(next_working_day(entry.when.date(today)), ANSWER_HOUR);
            events.push(written);
            events.push(Event { at: later, who: author, deed: Deed::Withdraw(index, reason) });
            let approved = next_working_day(next_working_day(entry.when.date(today)));
            events.push(Event { at: at(approved, REVIEW_HOUR), who: supervisor, deed: Deed::Approve(index) });
        } else if std::ptr::eq(entry, sample.joint_visit()) {
            // Kept back: on the day of the demo both workers go on writing in it.
            events.push(Event { deed: Deed::Keep(index), ..written });
        } else {
            events.push(written);
            // A supervisor's own records are nobody's to review in this office.
            if author != supervisor {
                let mut day = entry.when.date(today);
                for (deed, is_answer) in review(index, entry) {
                    day = next_working_day(day);
                    let (who, hour) =
                        if is_answer { (author, ANSWER_HOUR) } else { (supervisor, REVIEW_HOUR) };
                    // What would be due on the day of the demo is still waiting.
                    if day < today {
                        let minute = u16::try_from(index % 40).unwrap_or(0);
                        events.push(Event { at: at(day, hour + minute), who, deed });
                    }
                }
            }
        }
    }
    events.sort_by_key(|event| event.at);
    events
}

/// The steps of a review, each with whether the author does it.
fn review(index: usize, entry: &SampleEntry) -> Vec<(Deed<'_>, bool)> {
    match &entry.review {
        None => vec![(Deed::Approve(index), false)],
        Some(Review::Word(_)) => Vec::new(),
        Some(Review::Steps(steps)) => steps
            .iter()
            .map(|step| {
                let is_answer =
                    matches!(step, Step::Resubmit { .. } | Step::Reply { .. } | Step::Amend { .. });
                (Deed::Review(index, step), is_answer)
            })
            .collect(),
    }
}

/// The key of the team that an entry belongs to.
pub fn team_of<'a>(sample: &'a Sample, entry: &'a SampleEntry) -> Option<&'a str> {
    let by_case = || Some(sample.case(entry.case.as_deref()?)?.team.as_str());
    entry.team.as_deref().or_else(by_case)
}

/// The day after, or Monday.
fn next_working_day(date: Date) -> Date {
    let known_monday = Date::new(2024, 1, 1).unwrap_or(date);
    match date.days_since(known_monday).rem_euclid(7) {
        4 => date.plus_days(3),
        5 => date.plus_days(2),
        _ => date.plus_days(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days() -> impl Iterator<Item = Date> {
        (0..7).map(|shift| Date::new(2026, 3, 2).unwrap().plus_days(shift))
    }

    #[test]
    fn nothing_of_the_history_happens_on_the_day_of_the_demo_or_later() {
        let sample = Sample::load().unwrap();
        for today in days() {
            let zone = TimeZone::UTC;
            let midnight = instant(today, TimeOfDay::from_minutes(0).unwrap(), &zone);
            let events = timeline(&sample, today, &zone);
            let last = events.last().unwrap();
            assert!(last.at < midnight, "{last:?}");
        }
    }

    #[test]
    fn a_case_is_open_before_anything_is_recorded_in_it_and_an_entry_before_it_is_reviewed() {
        let sample = Sample::load().unwrap();
        for today in days() {
            let events = timeline(&sample, today, &TimeZone::UTC);
            let place =
                |wanted: &dyn Fn(&Deed<'_>) -> bool| events.iter().position(|event| wanted(&event.deed));
            for (index, entry) in sample.entries.iter().enumerate() {
                let written =
                    place(&|deed| matches!(deed, Deed::Record(at) | Deed::Keep(at) if *at == index)).unwrap();
                let case = entry.case.as_ref().or(entry.cases.first());
                if let Some(case) = case {
                    let case = sample.office.cases.iter().position(|known| known.key == *case).unwrap();
                    assert!(place(&|deed| matches!(deed, Deed::Open(at) if *at == case)).unwrap() < written);
                }
                let reviewed = place(
                    &|deed| matches!(deed, Deed::Approve(at) | Deed::Review(at, _) | Deed::Withdraw(at, _) if *at == index),
                );
                assert!(reviewed.is_none_or(|reviewed| written < reviewed), "{entry:?}");
            }
        }
    }

    #[test]
    fn on_every_weekday_some_entries_wait_and_most_are_approved() {
        let sample = Sample::load().unwrap();
        for today in days() {
            let events = timeline(&sample, today, &TimeZone::UTC);
            let approved = events
                .iter()
                .filter(|event| {
                    matches!(event.deed, Deed::Approve(_) | Deed::Review(_, Step::Approve { .. }))
                })
                .count();
            assert!((80..130).contains(&approved), "{approved} approved");
            assert!(sample.entries.len() - approved >= 10);
        }
    }

    #[test]
    fn work_that_ends_on_a_friday_is_looked_at_on_monday() {
        assert_eq!(next_working_day(Date::new(2026, 3, 6).unwrap()), Date::new(2026, 3, 9).unwrap());
        assert_eq!(next_working_day(Date::new(2026, 3, 7).unwrap()), Date::new(2026, 3, 9).unwrap());
        assert_eq!(next_working_day(Date::new(2026, 3, 4).unwrap()), Date::new(2026, 3, 5).unwrap());
    }
}
