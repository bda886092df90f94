//! Returning, correcting, withdrawing; history and conflicts.

use super::*;
use crate::access::Reason;
use crate::app::{AttentionItem, Failure, Since};
use crate::model::{Field, ReviewState};

#[test]
fn a_returned_entry_needs_attention_until_it_is_handed_in_again() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "本人在家。")]);
    phone.act(doc, ActionKind::Return, "谁在场？");
    assert!(matches!(
        &phone.client.attention().unwrap()[..],
        [AttentionItem::Returned { reason, .. }] if reason == "谁在场？"
    ));
    assert!(!format!("{:?}", phone.client.attention()).contains("在场"), "no personal data in Debug");
    let draft = phone.client.edit_draft_of(doc).unwrap();
    phone.client.type_into(draft, vec![Edit::set("narrative", "本人和祖母在家。")]).unwrap();
    phone.client.save_done(draft).unwrap();
    assert_eq!(phone.client.entry(doc).unwrap().review.state, ReviewState::Resubmitted);
    let unseen = phone.client.unseen(doc).unwrap();
    assert_eq!(unseen.since, Since::Return);
    let [change] = &unseen.changes[..] else { panic!("only what was corrected: {unseen:?}") };
    let (before, after) = (change.before.as_text(), change.after.as_text());
    assert_eq!((before, after), (Some("本人在家。"), Some("本人和祖母在家。")));
    assert!(phone.client.attention().unwrap().is_empty());

    phone.act(doc, ActionKind::Approve, "");
    let draft = phone.client.edit_draft_of(doc).unwrap();
    phone.client.type_into(draft, vec![Edit::set("next_step", "周五再访")]).unwrap();
    phone.client.save_later(draft).unwrap();
    assert_eq!(phone.client.entry(doc).unwrap().review.state, ReviewState::Amended);
    let unseen = phone.client.unseen(doc).unwrap();
    assert_eq!(unseen.since, Since::Approval);
    assert_eq!(unseen.changes.iter().map(|change| change.field.path()).collect::<Vec<_>>(), ["next_step"]);
}

#[test]
fn a_withdrawn_entry_stays_readable_is_out_of_all_counts_and_is_copied_to_the_right_case() {
    let phone = Phone::worker();
    let (wrong, right) = (phone.case("小川"), phone.case("阿木"));
    let edits = [
        Edit::set("outcome", "met"),
        Edit::set("narrative", "本人在家。"),
        Edit::set("next_step", "再访"),
        Edit::set("next_date", "2026-11-22"),
    ];
    let doc = phone.visit(wrong, &edits);
    assert_eq!(phone.client.case(wrong).unwrap().row.days_since_met, Some(0));
    assert_eq!(phone.client.today().unwrap().planned.len(), 1);

    assert_eq!(phone.client.withdraw(doc, "  "), Err(Failure::invalid("reason", "missing")));
    assert_eq!(phone.client.copy_to_case(doc, wrong), Err(Failure::invalid("case", "same")));
    let copy = phone.client.copy_to_case(doc, right).unwrap();
    phone.client.withdraw(doc, "记错了人").unwrap();

    let entry = phone.client.entry(doc).unwrap();
    assert_eq!(entry.review.state, ReviewState::Withdrawn);
    assert_eq!(entry.fields.text("narrative"), "本人在家。");
    let withdrawal = entry.actions.iter().find(|action| action.kind == ActionKind::Withdraw).unwrap();
    assert_eq!(withdrawal.reason, "记错了人");
    assert_eq!(phone.client.case(wrong).unwrap().row.days_since_met, None);
    assert_eq!(phone.client.case(right).unwrap().row.days_since_met, Some(0));
    let planned: Vec<DocId> = phone.client.today().unwrap().planned.iter().map(|row| row.doc).collect();
    assert_eq!(planned, [copy]);
    let copied = phone.client.entry(copy).unwrap();
    assert_eq!(copied.fields.text("copied_from"), doc.to_string());
    assert_eq!(copied.review.state, ReviewState::Draft);
}

#[test]
fn only_a_remark_that_is_there_can_be_resolved() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[]);
    let remark = phone.act(doc, ActionKind::Comment, "几点到的？");
    assert_eq!(phone.client.resolve(doc, ActionId::new(&phone.env)), Err(Failure::NotFound));
    assert!(!phone.client.entry(doc).unwrap().review.comments[0].resolved);
    phone.client.resolve(doc, remark).unwrap();
    assert!(phone.client.entry(doc).unwrap().review.comments[0].resolved);
}

#[test]
fn a_worker_cannot_decide_and_a_refused_verb_leaves_nothing_behind() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[]);
    let (heads, before) = (phone.client.entry(doc).unwrap().heads, phone.client.sync_state().unwrap());
    assert_eq!(phone.client.approve(doc, &heads), Err(Failure::NotAllowed(Reason::Role)));
    assert_eq!(phone.client.sync_state().unwrap(), before);
    assert_eq!(phone.client.entry(doc).unwrap().actions.len(), 1);
}

#[test]
fn history_tells_who_changed_what_and_how_it_read_before() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "本人在家。")]);
    phone.move_on(DAY_MS);
    phone.take_in(doc, phone.copy(doc), &[Edit::set("narrative", "本人不在家。")]);
    let history = phone.client.history(doc).unwrap();
    let names: Vec<&str> = history.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["林", "周"]);
    assert_eq!(history[1].time.ms_since(history[0].time), DAY_MS);
    assert_eq!(history[1].changes.len(), 1);
    let earlier = phone.client.entry_at(doc, &history[0].heads).unwrap();
    assert_eq!(earlier.text("narrative"), "本人在家。");
    assert_eq!(phone.client.entry(doc).unwrap().fields.text("narrative"), "本人不在家。");
}

#[test]
fn either_side_of_a_conflict_settles_it_the_one_that_is_shown_too() {
    for chosen in ["low", "tense"] {
        let phone = Phone::worker();
        let case = phone.case("小川");
        let doc = phone.visit(case, &[]);
        let theirs = phone.copy(doc);
        let mood = |value: &str| Edit { field: Field::answer("mood").unwrap(), value: value.into() };
        phone.client.set_fields(doc, &[mood("low")]).unwrap();
        phone.take_in(doc, theirs, &[mood("tense")]);
        let cards = phone.client.conflicts().unwrap();
        assert_eq!((cards.len(), cards[0].sides.len()), (1, 2));
        assert!(matches!(phone.client.attention().unwrap()[..], [AttentionItem::Conflict { .. }]));

        phone.client.settle(doc, cards[0].field.clone(), chosen.into()).unwrap();
        assert!(phone.client.conflicts().unwrap().is_empty(), "{chosen}");
        assert!(phone.client.attention().unwrap().is_empty());
        assert_eq!(phone.client.entry(doc).unwrap().fields.text("answers.mood"), chosen);
    }
}

#[test]
fn only_what_was_handed_in_and_not_withdrawn_can_be_decided() {
    let phone = Phone::new(&[Role::Worker, Role::Supervisor]);
    let case = phone.case("小川");
    let draft = phone.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    let doc = phone.client.save_later(draft).unwrap();
    let seen = phone.client.entry(doc).unwrap();
    assert!(!seen.may_decide);
    let not_submitted = Err(Failure::invalid("entry", "not_submitted"));
    assert_eq!(phone.client.approve(doc, &seen.heads), not_submitted);
    assert_eq!(phone.client.return_entry(doc, &seen.heads, Vec::new(), "请补充"), not_submitted);

    phone.client.submit(doc).unwrap();
    assert!(phone.client.entry(doc).unwrap().may_decide);
    phone.client.approve(doc, &seen.heads).unwrap();
    // People change their minds.
    phone.client.return_entry(doc, &seen.heads, Vec::new(), "请补充").unwrap();
    phone.client.withdraw(doc, "记错了人").unwrap();
    assert!(!phone.client.entry(doc).unwrap().may_decide);
    assert_eq!(phone.client.approve(doc, &seen.heads), Err(Failure::invalid("entry", "withdrawn")));
}

#[test]
fn done_on_a_colleagues_entry_saves_and_leaves_handing_in_to_its_author() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.colleagues_visit(case);
    let draft = phone.client.edit_draft_of(doc).unwrap();
    assert!(!phone.client.draft(draft).unwrap().will_submit);
    phone.client.type_into(draft, vec![Edit::set("narrative", "我也在场。")]).unwrap();
    assert_eq!(phone.client.save_done(draft), Ok(doc));
    let entry = phone.client.entry(doc).unwrap();
    assert_eq!(entry.fields.text("narrative"), "我也在场。");
    assert_eq!((entry.review.state, entry.actions.len()), (ReviewState::Draft, 0));
    assert_eq!(phone.client.submit(doc), Err(Failure::NotAllowed(Reason::NotAuthor)));

    let own = phone.visit(case, &[]);
    let draft = phone.client.edit_draft_of(own).unwrap();
    assert!(!phone.client.draft(draft).unwrap().will_submit, "the supervisor has it already");
    phone.act(own, ActionKind::Return, "谁在场？");
    assert!(phone.client.draft(draft).unwrap().will_submit);
}

#[test]
fn actions_come_as_the_server_received_them_and_what_it_does_not_have_last() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[]);
    phone.move_on(1);
    let late = phone.client.comment(doc, Vec::new(), "还没送到").unwrap();
    phone.move_on(DAY_MS);
    let second = phone.act(doc, ActionKind::Comment, "后收到");
    phone.move_on(-DAY_MS / 2);
    let first = phone.act(doc, ActionKind::Comment, "先收到");
    let actions: Vec<ActionId> =
        phone.client.entry(doc).unwrap().actions.iter().map(|action| action.id).collect();
    let submit = phone
        .client
        .entry(doc)
        .unwrap()
        .actions
        .iter()
        .find(|one| one.kind == ActionKind::Submit)
        .unwrap()
        .id;
    assert_eq!(actions, [first, second, submit, late]);
}

#[test]
fn what_the_server_would_not_take_is_readable_until_a_person_has_read_it() {
    let phone = Phone::worker();
    let doc = phone.visit(phone.case("小川"), &[Edit::set("narrative", "不该由我写")]);
    phone
        .client
        .write(|tx| {
            let stored = tx.document(doc)?.unwrap();
            Ok(tx.park(doc, stored.scope, stored.class, &stored.snapshot, "not_allowed", phone.env.now())?)
        })
        .unwrap();
    assert_eq!(phone.client.parked().unwrap()[0].1.text("narrative"), "不该由我写");
    assert!(phone.client.parked_way(doc).unwrap().is_empty(), "it reads so still");
    phone.client.dismiss_parked(doc).unwrap();
    assert!(phone.client.parked().unwrap().is_empty());
    assert_eq!(phone.client.dismiss_parked(doc), Err(Failure::NotFound));
}
