//! Where an entry stands with its supervisor: a function of its actions and its present heads.

use super::order::Order;
use crate::model::{Action, ActionId, ActionKind, Field, Heads, MemberId, ReviewState, Timestamp};

/// An action and when the server took it (none while it is on this phone only).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceivedAction {
    /// The action.
    pub action: Action,
    /// The server's clock.
    pub received: Option<Timestamp>,
}

/// Everything that screens show of a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Where the entry stands.
    pub state: ReviewState,
    /// The version that was approved last, if any: it stays readable, and what is new since then
    /// is what the supervisor looks at.
    pub approved: Option<Heads>,
    /// Since when a supervisor has something to do: the hand-in that is not answered, by the
    /// server's clock where known. None for an edit after approval that was not handed in again:
    /// it waits since the document's last change.
    pub waiting_since: Option<Timestamp>,
    /// Two supervisors decided differently without knowing of each other; the careful decision holds.
    pub contradictory: bool,
    /// The decision that holds was made by someone who handed the entry in.
    pub self_reviewed: bool,
    /// The return that is open, or that the last hand-in answers.
    pub returned: Option<Returned>,
    /// Remarks, oldest first.
    pub comments: Vec<Comment>,
}

/// Why an entry came back.
#[derive(Clone, PartialEq, Eq)]
pub struct Returned {
    /// The action.
    pub action: ActionId,
    /// Who returned it.
    pub member: MemberId,
    /// When, by their device.
    pub time: Timestamp,
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The reason.
    pub reason: String,
}

/// A remark.
#[derive(Clone, PartialEq, Eq)]
pub struct Comment {
    /// The action; what a resolve names.
    pub action: ActionId,
    /// Who remarked.
    pub member: MemberId,
    /// When, by their device.
    pub time: Timestamp,
    /// The answers that it is about.
    pub fields: Vec<Field>,
    /// The remark.
    pub reason: String,
    /// Whether someone has dealt with it.
    pub resolved: bool,
}

/// Personal data: without the reason.
impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Returned({:?}, {:?})", self.action, self.fields)
    }
}

/// Personal data: without the remark.
impl std::fmt::Debug for Comment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Comment({:?}, {:?}, resolved: {})", self.action, self.fields, self.resolved)
    }
}

/// Computes where an entry stands. The order of `actions`, repeats and everybody's clocks are
/// without influence on the state.
pub fn review(actions: &[ReceivedAction], heads: &Heads) -> Review {
    let all: Vec<&Action> = actions.iter().map(|received| &received.action).collect();
    let order = Order::new(all.iter().copied());
    let of_kind = |kinds: &[ActionKind]| -> Vec<&Action> {
        let mut chosen: Vec<&Action> =
            all.iter().filter(|action| kinds.contains(&action.kind)).copied().collect();
        chosen.sort_by_key(|action| (action.time, action.id));
        chosen.dedup_by_key(|action| action.id);
        chosen
    };
    let hand_ins = of_kind(&[ActionKind::Submit, ActionKind::Resubmit]);
    let decisions = order.latest(&of_kind(&[ActionKind::Return, ActionKind::Approve]));
    let is_answered = |decision: &Action| hand_ins.iter().any(|hand_in| order.is_after(hand_in, decision));

    let returns: Vec<&Action> = kind_among(&decisions, &ActionKind::Return);
    let open_return = returns.iter().rfind(|decision| !is_answered(decision)).copied();
    let approvals = kind_among(&decisions, &ActionKind::Approve);

    let state = if all.iter().any(|action| action.kind == ActionKind::Withdraw) {
        ReviewState::Withdrawn
    } else if open_return.is_some() {
        ReviewState::Returned
    } else if !returns.is_empty() {
        ReviewState::Resubmitted
    } else if approvals.iter().any(|approval| approval.heads == *heads) {
        ReviewState::Approved
    } else if !approvals.is_empty() {
        ReviewState::Amended
    } else if hand_ins.is_empty() {
        ReviewState::Draft
    } else {
        ReviewState::Submitted
    };

    let unanswered = hand_ins.iter().filter(|hand_in| {
        decisions.is_empty() || decisions.iter().any(|decision| order.is_after(hand_in, decision))
    });
    let since = |hand_in: &&&Action| {
        let received = actions.iter().find(|received| received.action.id == hand_in.id);
        received.and_then(|received| received.received).unwrap_or(hand_in.time)
    };
    Review {
        approved: approved(&order, &of_kind(&[ActionKind::Approve]), heads),
        waiting_since: if state.is_waiting() { unanswered.map(|one| since(&one)).min() } else { None },
        contradictory: open_return.is_some() && !approvals.is_empty(),
        self_reviewed: decisions
            .iter()
            .any(|decision| hand_ins.iter().any(|hand_in| hand_in.member == decision.member)),
        returned: open_return.or(returns.last().copied()).map(returned),
        comments: comments(&of_kind(&[ActionKind::Comment]), &of_kind(&[ActionKind::Resolve])),
        state,
    }
}

fn kind_among<'a>(actions: &[&'a Action], kind: &ActionKind) -> Vec<&'a Action> {
    actions.iter().filter(|action| action.kind == *kind).copied().collect()
}

/// The version approved last: the present one if any approval is of it.
fn approved(order: &Order, approvals: &[&Action], heads: &Heads) -> Option<Heads> {
    let latest = order.latest(approvals);
    let at_present = latest.iter().find(|approval| approval.heads == *heads);
    at_present.or(latest.last()).map(|approval| approval.heads.clone())
}

fn returned(action: &Action) -> Returned {
    Returned {
        action: action.id,
        member: action.member,
        time: action.time,
        fields: action.fields.clone(),
        reason: action.reason.clone(),
    }
}

fn comments(remarks: &[&Action], resolves: &[&Action]) -> Vec<Comment> {
    let is_resolved = |id: ActionId| resolves.iter().any(|resolve| resolve.target == Some(id));
    let comment = |action: &&Action| Comment {
        action: action.id,
        member: action.member,
        time: action.time,
        fields: action.fields.clone(),
        reason: action.reason.clone(),
        resolved: is_resolved(action.id),
    };
    remarks.iter().map(comment).collect()
}

#[cfg(test)]
mod tests {
    use super::super::latest_actions;
    use super::*;
    use crate::model::{CaseId, Class, DeviceId, DocId, Hash, Scope};
    use proptest::prelude::*;

    const AUTHOR: u8 = 1;
    const SUPERVISOR: u8 = 2;

    fn at(version: u8) -> Heads {
        Heads::new(vec![Hash([version; 32])])
    }

    /// An action with a number as its id and time, about a version, after others.
    fn action(number: u8, kind: ActionKind, member: u8, version: u8, after: &[u8]) -> ReceivedAction {
        let action = Action {
            id: ActionId([number; 16]),
            scope: Scope::Case(CaseId([9; 16])),
            subject: DocId([8; 16]),
            class: Class::File,
            kind,
            heads: at(version),
            fields: Vec::new(),
            reason: format!("reason {number}"),
            after: after.iter().map(|id| ActionId([*id; 16])).collect(),
            member: MemberId([member; 16]),
            device: DeviceId([member; 16]),
            time: Timestamp::from_ms(i64::from(number)),
            target: None,
            opening: None,
        };
        ReceivedAction { action, received: Some(Timestamp::from_ms(1_000 + i64::from(number))) }
    }

    fn submitted() -> ReceivedAction {
        action(1, ActionKind::Submit, AUTHOR, 1, &[])
    }

    #[test]
    fn saved_entry_is_a_draft_until_it_is_handed_in() {
        assert_eq!(review(&[], &at(1)).state, ReviewState::Draft);
        let review = review(&[submitted()], &at(1));
        assert_eq!(review.state, ReviewState::Submitted);
        assert_eq!(review.waiting_since, Some(Timestamp::from_ms(1_001)));
    }

    #[test]
    fn return_is_answered_by_a_hand_in_that_knows_of_it() {
        let sent_back = action(2, ActionKind::Return, SUPERVISOR, 1, &[1]);
        let returned = review(&[submitted(), sent_back.clone()], &at(1));
        assert_eq!(returned.state, ReviewState::Returned);
        assert_eq!(returned.returned.unwrap().reason, "reason 2");
        assert_eq!(returned.waiting_since, None);

        let blind = action(3, ActionKind::Submit, AUTHOR, 2, &[1]);
        let state = review(&[submitted(), sent_back.clone(), blind], &at(2)).state;
        assert_eq!(state, ReviewState::Returned);

        let answer = action(3, ActionKind::Resubmit, AUTHOR, 2, &[2]);
        let answered = review(&[submitted(), sent_back, answer], &at(2));
        assert_eq!(answered.state, ReviewState::Resubmitted);
        assert_eq!(answered.waiting_since, Some(Timestamp::from_ms(1_003)));
        assert_eq!(answered.returned.unwrap().reason, "reason 2");
    }

    #[test]
    fn edit_after_approval_is_amended_until_it_is_approved() {
        let approval = action(2, ActionKind::Approve, SUPERVISOR, 1, &[1]);
        let actions = [submitted(), approval];
        assert_eq!(review(&actions, &at(1)).state, ReviewState::Approved);
        let amended = review(&actions, &at(2));
        assert_eq!(amended.state, ReviewState::Amended);
        assert_eq!(amended.approved, Some(at(1)));
        assert!(amended.state.is_waiting());
        let again = action(3, ActionKind::Approve, SUPERVISOR, 2, &[2]);
        let approved = review(&[actions[0].clone(), actions[1].clone(), again], &at(2));
        assert_eq!((approved.state, approved.approved), (ReviewState::Approved, Some(at(2))));
    }

    #[test]
    fn contradictory_decisions_come_out_careful_and_flagged() {
        let approval = action(2, ActionKind::Approve, SUPERVISOR, 1, &[1]);
        let sent_back = action(3, ActionKind::Return, 3, 1, &[1]);
        let both = review(&[submitted(), approval.clone(), sent_back.clone()], &at(1));
        assert_eq!(both.state, ReviewState::Returned);
        assert!(both.contradictory);
        // Someone who saw both settles it.
        let settled = action(4, ActionKind::Approve, SUPERVISOR, 1, &[2, 3]);
        let settled = review(&[submitted(), approval, sent_back, settled], &at(1));
        assert_eq!(settled.state, ReviewState::Approved);
        assert!(!settled.contradictory);
    }

    #[test]
    fn return_after_approval_is_no_contradiction() {
        let approval = action(2, ActionKind::Approve, SUPERVISOR, 1, &[1]);
        let sent_back = action(3, ActionKind::Return, SUPERVISOR, 1, &[2]);
        let review = review(&[submitted(), approval, sent_back], &at(1));
        assert_eq!((review.state, review.contradictory), (ReviewState::Returned, false));
        assert_eq!(review.approved, Some(at(1)));
    }

    #[test]
    fn withdrawn_stays_withdrawn_whatever_else_was_decided() {
        let withdrawal = action(2, ActionKind::Withdraw, AUTHOR, 1, &[1]);
        let approval = action(3, ActionKind::Approve, SUPERVISOR, 1, &[1]);
        let later = action(4, ActionKind::Submit, AUTHOR, 2, &[2, 3]);
        let state = review(&[submitted(), withdrawal, approval, later], &at(2)).state;
        assert_eq!(state, ReviewState::Withdrawn);
    }

    #[test]
    fn own_decision_is_marked() {
        let approval = action(2, ActionKind::Approve, AUTHOR, 1, &[1]);
        assert!(review(&[submitted(), approval], &at(1)).self_reviewed);
        let approval = action(2, ActionKind::Approve, SUPERVISOR, 1, &[1]);
        assert!(!review(&[submitted(), approval], &at(1)).self_reviewed);
    }

    #[test]
    fn comments_are_open_until_resolved_and_leave_the_state_alone() {
        let remark = action(2, ActionKind::Comment, SUPERVISOR, 1, &[1]);
        let mut resolve = action(3, ActionKind::Resolve, AUTHOR, 1, &[2]);
        let open = review(&[submitted(), remark.clone()], &at(1));
        assert_eq!((open.state, open.comments[0].resolved), (ReviewState::Submitted, false));
        resolve.action.target = Some(remark.action.id);
        let dealt_with = review(&[submitted(), remark, resolve], &at(1));
        assert!(dealt_with.comments[0].resolved);
    }

    #[test]
    fn action_of_a_newer_release_changes_nothing() {
        let waive = action(2, ActionKind::from_code("waive"), SUPERVISOR, 1, &[1]);
        assert_eq!(review(&[submitted(), waive], &at(1)).state, ReviewState::Submitted);
    }

    #[test]
    fn new_action_names_what_nothing_later_covers() {
        let actions = [
            submitted(),
            action(2, ActionKind::Comment, SUPERVISOR, 1, &[1]),
            action(3, ActionKind::Comment, AUTHOR, 1, &[1]),
        ];
        let latest = latest_actions(actions.iter().map(|received| &received.action));
        assert_eq!(latest, [ActionId([3; 16]), ActionId([2; 16])]);
    }

    fn any_actions() -> impl Strategy<Value = Vec<ReceivedAction>> {
        let kinds = prop_oneof![
            Just(ActionKind::Submit),
            Just(ActionKind::Return),
            Just(ActionKind::Resubmit),
            Just(ActionKind::Approve),
            Just(ActionKind::Comment),
        ];
        let one = (kinds, 1_u8..4, 1_u8..3, prop::collection::vec(1_u8..9, 0..3));
        prop::collection::vec(one, 0..8).prop_map(|drawn| {
            drawn
                .into_iter()
                .zip(1_u8..)
                // Some name themselves or later ones, as a hostile device could.
                .map(|((kind, member, version, after), number)| action(number, kind, member, version, &after))
                .collect()
        })
    }

    proptest! {
        #[test]
        fn arrival_order_and_repeats_do_not_matter(
            (actions, shuffled) in any_actions().prop_flat_map(|actions| {
                (Just(actions.clone()), Just([actions.clone(), actions].concat()).prop_shuffle())
            }),
            version in 1_u8..3,
        ) {
            prop_assert_eq!(review(&actions, &at(version)), review(&shuffled, &at(version)));
        }

        #[test]
        fn decision_that_saw_everything_holds(actions in any_actions()) {
            let latest = latest_actions(actions.iter().map(|received| &received.action));
            let mut decision = action(99, ActionKind::Approve, SUPERVISOR, 1, &[]);
            decision.action.after = latest;
            let mut all = actions;
            all.push(decision);
            prop_assert_eq!(review(&all, &at(1)).state, ReviewState::Approved);
        }
    }
}
