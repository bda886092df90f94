//! Outcomes of contacts, and days since the person was last met.

use crate::model::{Class, Date, EntrySummary, Outcome, ReviewState};

/// Whether an outcome completes a contact. Every other outcome closes the attempt and leaves the
/// duty: an attempt is neither a failure nor a completion. Meeting only the family completes it
/// where the family is the focus of the plan.
pub fn is_completion(outcome: &Outcome, family_focus: bool) -> bool {
    match outcome {
        Outcome::Met => true,
        Outcome::MetFamilyOnly => family_focus,
        _ => false,
    }
}

/// Whole days from the last completed contact to `today`; none if there has been none. Withdrawn
/// entries are out of all counts; a contact dated after today (a phone's wrong clock) is today's.
///
/// Meant for readers of all entries of the case only (see [`sees_every_entry`]): to anyone else
/// the number would be wrong without looking wrong.
pub fn days_since_met<'a>(
    entries: impl Iterator<Item = (&'a EntrySummary, ReviewState)>,
    family_focus: bool,
    today: Date,
) -> Option<i32> {
    entries
        .filter(|(entry, state)| {
            *state != ReviewState::Withdrawn
                && entry.kind.is_contact()
                && entry.outcome.as_ref().is_some_and(|outcome| is_completion(outcome, family_focus))
        })
        .filter_map(|(entry, _)| entry.date)
        .max()
        .map(|last| today.days_since(last).max(0))
}

/// Whether someone who reads these classes of a case sees all of its entries.
pub fn sees_every_entry(classes: &[Class]) -> bool {
    Class::ALL.iter().all(|class| classes.contains(class))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::model::{EntryKind, MemberId};

    pub(in super::super) fn contact(kind: EntryKind, day: i8, outcome: Outcome) -> EntrySummary {
        EntrySummary {
            kind,
            author: MemberId([1; 16]),
            date: Date::new(2026, 11, day).ok(),
            start: None,
            end: None,
            outcome: Some(outcome),
            place: None,
            place_note: String::new(),
            mode: None,
            card_left: false,
            crisis: false,
            excerpt: String::new(),
            next_step: String::new(),
            next_date: None,
            group: None,
            workers: Vec::new(),
        }
    }

    fn days(entries: &[(EntrySummary, ReviewState)], family_focus: bool) -> Option<i32> {
        let today = Date::new(2026, 11, 20).unwrap();
        days_since_met(entries.iter().map(|(entry, state)| (entry, state.clone())), family_focus, today)
    }

    #[test]
    fn attempts_do_not_count_as_met() {
        let entries = [
            (contact(EntryKind::HomeVisit, 10, Outcome::Met), ReviewState::Approved),
            (contact(EntryKind::HomeVisit, 18, Outcome::NotHome), ReviewState::Submitted),
            (contact(EntryKind::HomeVisit, 19, Outcome::from_code("met_on_video")), ReviewState::Draft),
        ];
        assert_eq!(days(&entries, false), Some(10));
        assert_eq!(days(&entries[1..], false), None);
    }

    #[test]
    fn meeting_the_family_counts_where_the_family_is_the_focus() {
        let entries = [(contact(EntryKind::HomeVisit, 15, Outcome::MetFamilyOnly), ReviewState::Draft)];
        assert_eq!(days(&entries, false), None);
        assert_eq!(days(&entries, true), Some(5));
    }

    #[test]
    fn withdrawn_entries_and_records_that_are_no_contact_are_out() {
        let entries = [
            (contact(EntryKind::HomeVisit, 19, Outcome::Met), ReviewState::Withdrawn),
            (contact(EntryKind::Note, 19, Outcome::Met), ReviewState::Approved),
        ];
        assert_eq!(days(&entries, false), None);
    }

    #[test]
    fn contact_dated_tomorrow_is_todays() {
        let entries = [(contact(EntryKind::PhoneContact, 21, Outcome::Met), ReviewState::Draft)];
        assert_eq!(days(&entries, false), Some(0));
    }

    #[test]
    fn co_worker_does_not_see_every_entry() {
        assert!(!sees_every_entry(&[Class::Contact, Class::File]));
        assert!(sees_every_entry(&Class::ALL));
    }
}
