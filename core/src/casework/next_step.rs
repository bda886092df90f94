//! What to propose after a contact that did not come about: an attempt is neither a failure nor a
//! completion, it keeps the duty and has a next step.

use super::is_completion;
use crate::model::{Outcome, codes};

codes! {
    /// A proposal. Screens have the words; a person decides.
    NextStep {
        /// 换个时间再访: come again, at another time of day or on another weekday.
        AnotherTime = "another_time",
        /// 换种方式联系: several attempts in a row came to nothing, so phone, or meet elsewhere.
        AnotherMode = "another_mode",
        /// 等候回电: a card was left; give the person time to call.
        WaitForCall = "wait_for_call",
        /// 与家属约定时间: the family was there; agree with them when the person is.
        AgreeWithFamily = "agree_with_family",
        /// 按约定时间再访: put off; come at the time agreed.
        KeepNewDate = "keep_new_date",
        /// 核实地址: ask the committee or the police where the person lives now.
        FindAddress = "find_address",
        /// 与督导商议: refused several times; not for one worker alone to decide.
        Consultation = "consultation",
    }
}

/// An organisation's patience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// Attempts in a row without an answer, after which another mode is proposed.
    pub fruitless: usize,
    /// Refusals since the last completed contact, after which a consultation is proposed.
    pub refusals: usize,
    /// Days until the next attempt.
    pub retry_days: u8,
    /// Days to wait for a call after a card was left.
    pub call_days: u8,
    /// Days to let pass after a refusal.
    pub refusal_days: u8,
}

impl Default for Patience {
    /// Usual values; an organisation cannot set its own yet.
    fn default() -> Self {
        Self { fruitless: 3, refusals: 3, retry_days: 2, call_days: 3, refusal_days: 7 }
    }
}

/// A proposal and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What to do.
    pub step: NextStep,
    /// In how many days after the attempt; none where somebody has to be asked for a date.
    pub in_days: Option<u8>,
}

/// What to propose after a contact with this outcome; none if it completed the contact, or if the
/// outcome is of a newer release. `earlier` are the outcomes of the contacts before it, latest
/// first; only those since the last completed one count.
///
/// ```
/// use doorstep_core::casework::{NextStep, Patience, propose_next_step};
/// use doorstep_core::model::Outcome::{Met, NotHome};
///
/// let proposed = |earlier: &[_]| {
///     propose_next_step(&NotHome, false, false, earlier, &Patience::default()).unwrap().step
/// };
/// assert_eq!(proposed(&[Met]), NextStep::AnotherTime);
/// assert_eq!(proposed(&[NotHome, NotHome, Met]), NextStep::AnotherMode);
/// ```
pub fn propose_next_step(
    outcome: &Outcome,
    card_left: bool,
    family_focus: bool,
    earlier: &[Outcome],
    patience: &Patience,
) -> Option<Proposal> {
    if is_completion(outcome, family_focus) {
        return None;
    }
    let since = || earlier.iter().take_while(|earlier| !is_completion(earlier, family_focus));
    let is_fruitless = |outcome: &&Outcome| matches!(outcome, Outcome::NotHome | Outcome::Cancelled);
    let fruitless = 1 + since().take_while(is_fruitless).count();
    let refusals = 1 + since().filter(|outcome| **outcome == Outcome::Refused).count();
    let (step, in_days) = match outcome {
        Outcome::NotHome | Outcome::Cancelled if fruitless >= patience.fruitless => {
            (NextStep::AnotherMode, Some(patience.retry_days))
        }
        Outcome::NotHome if card_left => (NextStep::WaitForCall, Some(patience.call_days)),
        Outcome::NotHome | Outcome::Cancelled => (NextStep::AnotherTime, Some(patience.retry_days)),
        Outcome::Refused if refusals >= patience.refusals => (NextStep::Consultation, None),
        Outcome::Refused => (NextStep::AnotherTime, Some(patience.refusal_days)),
        Outcome::MetFamilyOnly => (NextStep::AgreeWithFamily, Some(patience.retry_days)),
        Outcome::Postponed => (NextStep::KeepNewDate, None),
        Outcome::MovedAway | Outcome::WrongAddress => (NextStep::FindAddress, Some(patience.retry_days)),
        Outcome::Met | Outcome::Unknown(_) => return None,
    };
    Some(Proposal { step, in_days })
}

#[cfg(test)]
mod tests {
    use super::Outcome::{
        Cancelled, Met, MetFamilyOnly, MovedAway, NotHome, Postponed, Refused, WrongAddress,
    };
    use super::*;

    fn step(outcome: &Outcome, earlier: &[Outcome]) -> Option<NextStep> {
        propose_next_step(outcome, false, false, earlier, &Patience::default()).map(|proposal| proposal.step)
    }

    #[test]
    fn every_attempt_has_a_next_step_and_a_completed_contact_has_none() {
        for outcome in Outcome::ALL {
            assert_eq!(step(outcome, &[]).is_none(), *outcome == Met, "{}", outcome.code());
        }
        assert_eq!(step(&Outcome::from_code("met_on_video"), &[]), None);
        let focus = propose_next_step(&MetFamilyOnly, false, true, &[], &Patience::default());
        assert_eq!(focus, None, "the family is who was to be met");
    }

    #[test]
    fn several_fruitless_attempts_propose_another_mode_until_the_person_was_met() {
        assert_eq!(step(&NotHome, &[NotHome]), Some(NextStep::AnotherTime));
        assert_eq!(step(&NotHome, &[NotHome, Cancelled]), Some(NextStep::AnotherMode));
        assert_eq!(step(&NotHome, &[NotHome, Met, NotHome]), Some(NextStep::AnotherTime));
        assert_eq!(step(&NotHome, &[NotHome, Refused, NotHome]), Some(NextStep::AnotherTime), "in a row");
    }

    #[test]
    fn a_card_that_was_left_is_given_time_but_not_for_ever() {
        let after = |earlier: &[Outcome]| {
            propose_next_step(&NotHome, true, false, earlier, &Patience::default()).unwrap()
        };
        assert_eq!(after(&[]), Proposal { step: NextStep::WaitForCall, in_days: Some(3) });
        assert_eq!(after(&[NotHome, NotHome]).step, NextStep::AnotherMode);
    }

    #[test]
    fn refusals_add_up_over_other_attempts_and_lead_to_a_consultation() {
        assert_eq!(step(&Refused, &[Refused]), Some(NextStep::AnotherTime));
        let third = propose_next_step(
            &Refused,
            false,
            false,
            &[NotHome, Refused, Postponed, Refused],
            &Patience::default(),
        );
        assert_eq!(third, Some(Proposal { step: NextStep::Consultation, in_days: None }));
        assert_eq!(step(&Refused, &[Refused, Met, Refused]), Some(NextStep::AnotherTime));
    }

    #[test]
    fn a_wrong_door_asks_for_the_right_one_and_a_new_date_is_kept() {
        assert_eq!(step(&MovedAway, &[]), Some(NextStep::FindAddress));
        assert_eq!(step(&WrongAddress, &[]), Some(NextStep::FindAddress));
        assert_eq!(step(&Postponed, &[]), Some(NextStep::KeepNewDate));
        assert_eq!(step(&MetFamilyOnly, &[]), Some(NextStep::AgreeWithFamily));
    }

    #[test]
    fn an_organisation_has_its_own_patience() {
        let patience = Patience { fruitless: 1, refusals: 1, ..Patience::default() };
        let propose = |outcome| propose_next_step(outcome, false, false, &[], &patience).unwrap().step;
        assert_eq!((propose(&NotHome), propose(&Refused)), (NextStep::AnotherMode, NextStep::Consultation));
    }
}
