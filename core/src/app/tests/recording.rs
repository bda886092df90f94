//! What a form brings along at a doorstep: times, a next step, participants, and the first screen.

use super::*;
use crate::app::{Failure, ProposedStep};
use crate::casework::NextStep;
use crate::model::ReviewState;
use crate::store::DraftId;

const MINUTE_MS: i64 = 60_000;

fn begun(phone: &Phone, case: CaseId) -> DraftId {
    phone.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap()
}

fn end(phone: &Phone, draft: DraftId) -> String {
    phone.client.draft(draft).unwrap().value("end").as_text().unwrap_or_default().to_owned()
}

fn typed(phone: &Phone, draft: DraftId, path: &'static str, value: &str) {
    phone.client.type_into(draft, vec![Edit::set(path, value)]).unwrap();
}

#[test]
fn the_end_of_a_visit_is_proposed_and_written_as_it_was_shown() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    // 14:33.
    let draft = begun(&phone, case);
    assert_eq!(end(&phone, draft), "14:35");
    phone.move_on(41 * MINUTE_MS);
    assert_eq!(end(&phone, draft), "15:15");
    assert!(!phone.client.draft(draft).unwrap().touched.iter().any(|field| field.path() == "end"));
    let doc = phone.client.save_done(draft).unwrap();
    assert_eq!(phone.client.entry(doc).unwrap().fields.text("end"), "15:15");
}

#[test]
fn a_visit_written_down_much_later_is_taken_to_have_been_of_the_usual_length() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let draft = begun(&phone, case);
    phone.move_on(4 * 60 * MINUTE_MS);
    assert_eq!(end(&phone, draft), "15:00");
    typed(&phone, draft, "date", "2026-11-18");
    typed(&phone, draft, "start", "09:10");
    assert_eq!(end(&phone, draft), "09:40");
    typed(&phone, draft, "start", "23:50");
    assert_eq!(end(&phone, draft), "23:59");
}

#[test]
fn what_a_person_says_about_the_end_stands() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    for said in ["16:20", ""] {
        let draft = begun(&phone, case);
        typed(&phone, draft, "end", said);
        let doc = phone.client.save_later(draft).unwrap();
        assert_eq!(phone.client.entry(doc).unwrap().fields.text("end"), said);
        let again = phone.client.edit_draft_of(doc).unwrap();
        assert_eq!(end(&phone, again), said, "nothing is proposed for what was saved");
    }
    let note = phone.client.start_draft(Scope::Case(case), Class::File, &EntryKind::Note).unwrap();
    assert_eq!(end(&phone, note), "", "a note is no contact");
}

#[test]
fn the_next_step_follows_from_this_attempt_and_those_before_it() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let draft = begun(&phone, case);
    let proposed = || phone.client.proposed_next_step(draft).unwrap();
    assert_eq!(proposed(), None);
    typed(&phone, draft, "outcome", "not_home");
    let at = |step, date: &str| Some(ProposedStep { step, date: date.parse().ok() });
    assert_eq!(proposed(), at(NextStep::AnotherTime, "2026-11-22"));
    phone.client.type_into(draft, vec![Edit::set("card_left", true)]).unwrap();
    assert_eq!(proposed(), at(NextStep::WaitForCall, "2026-11-23"));
    let wrong = phone.visit(case, &[Edit::set("date", "2026-11-19"), Edit::set("outcome", "not_home")]);
    phone.visit(case, &[Edit::set("date", "2026-11-18"), Edit::set("outcome", "not_home")]);
    phone.visit(case, &[Edit::set("date", "2026-11-21"), Edit::set("outcome", "met")]);
    assert_eq!(proposed(), at(NextStep::AnotherMode, "2026-11-22"), "what came after does not count");
    phone.client.withdraw(wrong, "记错了人").unwrap();
    assert_eq!(proposed(), at(NextStep::WaitForCall, "2026-11-23"), "nor does what was withdrawn");
    typed(&phone, draft, "outcome", "met");
    assert_eq!(proposed(), None);
}

#[test]
fn a_group_session_begins_as_a_draft_and_is_credited_to_each() {
    let phone = Phone::worker();
    let cases = [phone.case("小川"), phone.case("阿木")];
    let draft = phone.client.start_draft(Scope::Team(TEAM), Class::File, &EntryKind::GroupSession).unwrap();
    typed(&phone, draft, "narrative", "一起打球。");
    assert_eq!(phone.client.save_done(draft), Err(Failure::invalid("cases", "missing")));
    let twice = phone.client.choose_participants(draft, &[cases[0], cases[0]]);
    assert_eq!(twice, Err(Failure::invalid("cases", "repeated_or_too_many")));
    assert!(matches!(
        phone.client.choose_participants(draft, &[CaseId([9; 16])]),
        Err(Failure::NotAllowed(_))
    ));
    phone.client.choose_participants(draft, &cases).unwrap();
    let phone = phone.killed();
    assert_eq!(phone.client.draft(draft).unwrap().participants, cases);

    let session = phone.client.save_later(draft).unwrap();
    assert!(phone.client.drafts().unwrap().is_empty());
    let shares: Vec<DocId> =
        cases.iter().map(|case| phone.client.case(*case).unwrap().timeline[0].doc).collect();
    let state = |doc: DocId| phone.client.entry(doc).unwrap().review.state;
    assert!(shares.iter().chain([&session]).all(|doc| state(*doc) == ReviewState::Draft));
    for (share, case) in shares.iter().zip(cases) {
        let fields = phone.client.entry(*share).unwrap().fields;
        assert_eq!((fields.text("group"), fields.text("end")), (session.to_string().as_str(), "14:35"));
        assert_eq!(phone.client.case(case).unwrap().row.days_since_met, Some(0));
    }
    // Handed in later, all of it.
    let again = phone.client.edit_draft_of(session).unwrap();
    phone.client.save_done(again).unwrap();
    assert!(shares.iter().chain([&session]).all(|doc| state(*doc) == ReviewState::Submitted));
}

#[test]
fn only_a_new_session_of_a_team_has_participants() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let refused = Err(Failure::invalid("draft", "not_a_new_session"));
    assert_eq!(phone.client.choose_participants(begun(&phone, case), &[case]), refused);
    let (session, _) = phone.client.record_group_session(TEAM, &[], &[case]).unwrap();
    let saved = phone.client.edit_draft_of(session).unwrap();
    assert_eq!(phone.client.choose_participants(saved, &[case]), refused);
}

#[test]
fn the_first_screen_says_what_is_on_this_phone_only_and_what_is_not_finished() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    phone.visit(case, &[]);
    phone.move_on(DAY_MS);
    phone.visit(case, &[]);
    let draft = begun(&phone, case);
    let today = phone.client.today().unwrap();
    assert_eq!((today.sync.waiting, today.sync.waiting_entries, today.sync.drafts), (5, 2, 1));
    assert_eq!(today.sync.oldest_waiting, Some(Timestamp::from_ms(NOW_MS)));
    assert_eq!(today.drafts.iter().map(|view| view.id).collect::<Vec<_>>(), [draft]);
}
