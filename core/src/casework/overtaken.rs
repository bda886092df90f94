//! When a planned step needs no reminding any more.

use super::is_completion;
use crate::model::EntrySummary;

/// Whether a contact has overtaken what an entry of the same case planned: it came after that entry,
/// on the planned day or later, and either completed or made a plan of its own. An attempt without a
/// plan leaves the step standing.
pub fn is_overtaken(planned: &EntrySummary, by: &EntrySummary, family_focus: bool) -> bool {
    let (Some(due), Some(day)) = (planned.next_date, by.date) else { return false };
    let came_after = planned.date.is_none_or(|made| day > made || (day == made && by.start > planned.start));
    let completed = by.outcome.as_ref().is_some_and(|outcome| is_completion(outcome, family_focus));
    by.kind.is_contact() && came_after && day >= due && (completed || by.next_date.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::casework::contact::tests::contact;
    use crate::model::{Date, EntryKind, Outcome};

    fn visit(day: i8, start: &str, outcome: Outcome, next: Option<i8>) -> EntrySummary {
        EntrySummary {
            start: start.parse().ok(),
            next_date: next.and_then(|day| Date::new(2026, 11, day).ok()),
            ..contact(EntryKind::HomeVisit, day, outcome)
        }
    }

    #[test]
    fn a_step_stands_until_a_contact_on_its_day_or_later_did_it_or_planned_anew() {
        let planned = visit(10, "09:00", Outcome::Met, Some(13));
        let by = |by| is_overtaken(&planned, &by, false);
        assert!(by(visit(13, "09:00", Outcome::Met, None)));
        assert!(by(visit(14, "09:00", Outcome::NotHome, Some(16))));
        assert!(!by(visit(14, "09:00", Outcome::NotHome, None)), "an attempt does not do it");
        assert!(!by(visit(14, "09:00", Outcome::MetFamilyOnly, None)), "nor does meeting only the family");
        assert!(is_overtaken(&planned, &visit(14, "09:00", Outcome::MetFamilyOnly, None), true));
        assert!(!by(visit(12, "09:00", Outcome::Met, None)), "the day was not there yet");
        assert!(!by(planned.clone()), "it is not done by the entry that planned it");
    }

    #[test]
    fn a_step_planned_for_the_same_day_is_not_done_by_what_came_before() {
        let planned = visit(10, "14:00", Outcome::Met, Some(10));
        assert!(!is_overtaken(&planned, &visit(10, "09:00", Outcome::Met, None), false));
        assert!(is_overtaken(&planned, &visit(10, "16:00", Outcome::Met, None), false));
    }
}
