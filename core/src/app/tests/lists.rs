//! Search, the supervisor's queue, subscriptions.

use super::*;
use crate::app::{Failure, Observer, SearchHit, SyncState};
use crate::model::ReviewState;
use std::sync::Mutex;

#[test]
fn search_finds_names_kinds_places_and_words_in_both_languages() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let edits = [
        Edit::set("place", "justice_office"),
        Edit::set("place_note", "槐树里 7 幢"),
        Edit::set("narrative", "奶奶开门，Xiao Chuan 在家。"),
    ];
    let doc = phone.visit(case, &edits);
    let found = |query: &str| phone.client.search(query).unwrap();
    for query in ["家访", "Home Visit", "home_visit", "槐树", "司法所", "奶奶", "xiao chuan", "林"]
    {
        let hits = found(query);
        let is_visit = |hit: &SearchHit| matches!(hit, SearchHit::Entry(row) if row.doc == doc);
        assert!(hits.iter().any(is_visit), "{query}");
    }
    for query in ["小川", "某某"] {
        assert!(matches!(found(query)[..], [SearchHit::Case(id, _)] if id == case), "{query}");
    }
    for query in ["校访", "阿木", " ", ""] {
        assert!(found(query).is_empty(), "{query}");
    }
}

#[test]
fn a_supervisor_decides_offline_about_the_version_that_was_shown() {
    let phone = Phone::new(&[Role::Worker, Role::Supervisor]);
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "本人在家。")]);
    phone.move_on(DAY_MS);
    let later = phone.visit(case, &[]);
    let queue = phone.client.queue().unwrap();
    assert_eq!(queue.iter().map(|waiting| waiting.row.doc).collect::<Vec<_>>(), [doc, later]);
    assert_eq!(queue[0].since, Some(Timestamp::from_ms(NOW_MS)));

    let shown = phone.client.entry(doc).unwrap().heads;
    phone.take_in(doc, phone.copy(doc), &[Edit::set("met", "本人")]);
    assert_eq!(phone.client.approve(doc, &shown), Err(Failure::invalid("heads", "moved_on")));
    let shown = phone.client.entry(doc).unwrap().heads;
    phone.client.approve(doc, &shown).unwrap();
    let review = phone.client.entry(doc).unwrap().review;
    assert_eq!((review.state, review.self_reviewed), (ReviewState::Approved, true));
    assert_eq!(phone.client.queue().unwrap().len(), 1);
}

#[derive(Default)]
struct Notes(Mutex<Vec<u64>>);

impl Observer for Notes {
    fn changed(&self, state: &SyncState) {
        self.0.lock().unwrap().push(state.waiting);
    }
}

#[test]
fn an_observer_hears_the_present_first_then_changes_until_its_handle_is_dropped() {
    let phone = Phone::worker();
    let notes = Arc::new(Notes::default());
    let heard = || notes.0.lock().unwrap().clone();
    let subscription = phone.client.observe(notes.clone()).unwrap();
    assert_eq!(heard(), [0]);
    let case = phone.case("小川");
    assert_eq!(heard(), [0, 3]);
    // The host still holds the observer: dropping the handle is what ends it.
    drop(subscription);
    phone.visit(case, &[]);
    assert_eq!(heard(), [0, 3]);
}

#[test]
fn an_entry_whose_date_was_cleared_is_still_found() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("date", ""), Edit::set("narrative", "奶奶开门。")]);
    let dated = phone.visit(case, &[Edit::set("narrative", "奶奶不在。")]);
    let hits = phone.client.search("奶奶").unwrap();
    let docs: Vec<DocId> = hits
        .iter()
        .filter_map(|hit| if let SearchHit::Entry(row) = hit { Some(row.doc) } else { None })
        .collect();
    assert_eq!(docs, [dated, doc]);
}

#[test]
fn a_person_is_chosen_by_pinyin_or_initials_and_whom_one_has_to_do_with_comes_first() {
    let phone = Phone::worker();
    let [chuan, mu, man] = ["小川", "阿木", "小满"].map(|name| phone.case(name));
    let found = |query: &str| -> Vec<CaseId> {
        phone.client.find_cases(query).unwrap().iter().map(|row| row.grant.case).collect()
    };
    assert_eq!(found(""), [chuan, man, mu], "by pseudonym");
    phone.visit(mu, &[Edit::set("date", "2026-11-19")]);
    phone.client.start_draft(Scope::Case(man), Class::File, &EntryKind::Note).unwrap();
    assert_eq!(found(""), [man, mu, chuan]);
    assert_eq!(found("x"), [man, chuan]);
    assert_eq!((found("xiaom"), found("am"), found("小川")), (vec![man], vec![mu], vec![chuan]));
    assert_eq!(found("moumou"), [man, mu, chuan], "by the legal name, where the file is here");
    assert!(found("zhang").is_empty());
}

#[test]
fn a_planned_step_leaves_today_once_a_later_visit_did_it_and_comes_back_when_that_is_withdrawn() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let planned = |phone: &Phone| phone.client.today().unwrap().planned.len();
    let day = |days: i32| phone.client.here().0.plus_days(days).to_string();
    let first = [
        Edit::set("outcome", "met"),
        Edit::set("date", day(-3)),
        Edit::set("next_step", "再访"),
        Edit::set("next_date", day(-1)),
    ];
    phone.visit(case, &first);
    assert_eq!(planned(&phone), 1);
    phone.visit(case, &[Edit::set("outcome", "not_home"), Edit::set("date", day(-1))]);
    assert_eq!(planned(&phone), 1, "an attempt does not do it");
    let second = phone.visit(case, &[Edit::set("outcome", "met"), Edit::set("date", day(0))]);
    assert_eq!(planned(&phone), 0);
    phone.client.withdraw(second, "记错了人").unwrap();
    assert_eq!(planned(&phone), 1);
}
