//! From typing to one signed change.

use super::*;
use crate::app::Failure;
use crate::documents::limits;
use crate::model::{Field, ReviewState, Value};

fn too_much<T>(field: &str, code: &'static str) -> Result<T, Failure> {
    Err(Failure::invalid(field, code))
}

#[test]
fn what_was_typed_survives_a_kill_and_becomes_one_change() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let draft = phone.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    for text in ["奶", "奶奶", "奶奶开门。"] {
        phone.client.type_into(draft, vec![Edit::set("narrative", text)]).unwrap();
    }
    let before = phone.client.sync_state().unwrap().waiting;

    let phone = phone.killed();
    let kept = phone.client.draft(draft).unwrap();
    assert_eq!(kept.value("narrative").as_text(), Some("奶奶开门。"));
    assert_eq!(kept.value("date").as_text(), Some("2026-11-20"));
    assert_eq!(kept.value("start").as_text(), Some("14:30"));
    let doc = phone.client.save_done(draft).unwrap();

    let phone = phone.killed();
    assert!(phone.client.drafts().unwrap().is_empty());
    let entry = phone.client.entry(doc).unwrap();
    assert_eq!(entry.fields.text("narrative"), "奶奶开门。");
    assert_eq!(entry.review.state, ReviewState::Submitted);
    assert_eq!(phone.client.history(doc).unwrap().len(), 1);
    let state = phone.client.sync_state().unwrap();
    assert_eq!(state.waiting, before + 1);
    assert!(!state.is_synced());
}

#[test]
fn every_kind_of_entry_can_be_recorded_and_later_keeps_it_from_the_queue() {
    let phone = Phone::worker();
    let scope = Scope::Case(phone.case("小川"));
    for kind in EntryKind::ALL {
        let draft = phone.client.start_draft(scope, Class::File, kind).unwrap();
        phone.client.type_into(draft, vec![Edit::set("narrative", "记录。")]).unwrap();
        let doc = phone.client.save_later(draft).unwrap();
        let entry = phone.client.entry(doc).unwrap();
        assert_eq!(entry.fields.text("kind"), kind.code());
        assert_eq!(entry.review.state, ReviewState::Draft, "{}", kind.code());
    }
}

#[test]
fn what_is_too_long_is_kept_and_refused_only_when_saved() {
    let phone = Phone::worker();
    let scope = Scope::Case(phone.case("小川"));
    let draft = phone.client.start_draft(scope, Class::File, &EntryKind::HomeVisit).unwrap();
    let type_in = |edit: Edit| phone.client.type_into(draft, vec![edit]);
    let long = "长".repeat(limits::NARRATIVE_CHARACTERS + 1);
    type_in(Edit::set("narrative", long.clone())).unwrap();
    assert_eq!(phone.client.save_done(draft), too_much("narrative", "too_long"));
    assert_eq!(phone.client.draft(draft).unwrap().value("narrative").as_text(), Some(&*long));

    type_in(Edit::set("narrative", "奶奶开门。")).unwrap();
    type_in(Edit::set("place_note", "x".repeat(limits::FIELD_BYTES + 1))).unwrap();
    assert_eq!(phone.client.save_later(draft), too_much("place_note", "too_long"));
    type_in(Edit::set("place_note", "楼下")).unwrap();
    phone.client.save_done(draft).unwrap();
}

#[test]
fn answers_that_no_change_can_carry_are_refused_together() {
    let phone = Phone::worker();
    let scope = Scope::Case(phone.case("小川"));
    let draft = phone.client.start_draft(scope, Class::File, &EntryKind::HomeVisit).unwrap();
    let answer = |number: usize| Edit {
        field: Field::answer(&format!("q{number}")).unwrap(),
        value: "x".repeat(limits::FIELD_BYTES).into(),
    };
    let most = limits::EDIT_BYTES / limits::FIELD_BYTES;
    for number in 0..=most {
        phone.client.type_into(draft, vec![answer(number)]).unwrap();
    }
    assert_eq!(phone.client.save_done(draft), too_much("entry", "too_much"));
}

#[test]
fn a_draft_has_its_own_limit_and_dates_their_form() {
    let phone = Phone::worker();
    let scope = Scope::Case(phone.case("小川"));
    let draft = phone.client.start_draft(scope, Class::File, &EntryKind::HomeVisit).unwrap();
    let type_in = |edit: Edit| phone.client.type_into(draft, vec![edit]);
    type_in(Edit::set("narrative", "奶奶开门。")).unwrap();
    assert_eq!(type_in(Edit::set("date", "20.11.2026")), too_much("date", "form"));
    let endless = "长".repeat(1_000_000);
    assert_eq!(type_in(Edit::set("narrative", endless)), too_much("entry", "too_much"));
    assert_eq!(phone.client.draft(draft).unwrap().value("narrative").as_text(), Some("奶奶开门。"));
}

#[test]
fn saving_an_older_draft_keeps_what_a_colleague_wrote_meanwhile() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "开门。离开。"), Edit::set("met", "本人")]);
    let theirs = phone.copy(doc);
    let draft = phone.client.edit_draft_of(doc).unwrap();
    phone.client.type_into(draft, vec![Edit::set("narrative", "开门。她说累。离开。")]).unwrap();
    phone.take_in(
        doc,
        theirs,
        &[Edit::set("narrative", "开门。离开。楼下又谈。"), Edit::set("next_step", "周五再访")],
    );
    assert_eq!(phone.client.edit_draft_of(doc).unwrap(), draft, "one draft an entry");
    phone.client.save_later(draft).unwrap();
    let fields = phone.client.entry(doc).unwrap().fields;
    assert_eq!(fields.text("narrative"), "开门。她说累。离开。楼下又谈。");
    assert_eq!((fields.text("met"), fields.text("next_step")), ("本人", "周五再访"));
}

#[test]
fn done_on_a_part_of_a_case_saves_it() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let part = DocId::of_case_part(case, Class::Contact);
    let draft = phone.client.edit_draft_of(part).unwrap();
    phone.client.type_into(draft, vec![Edit::set("address", "槐树里 7 幢")]).unwrap();
    phone.client.save_done(draft).unwrap();
    let view = phone.client.case(case).unwrap();
    assert_eq!(view.parts[0].1.text("address"), "槐树里 7 幢");
    assert_eq!(phone.client.submit(part), Err(Failure::invalid("entry", "nothing_to_submit")));
}

#[test]
fn a_place_is_noted_roughly_when_asked_for_and_never_exactly() {
    let phone = Phone::worker();
    let draft = phone
        .client
        .start_draft(Scope::Case(phone.case("小川")), Class::File, &EntryKind::HomeVisit)
        .unwrap();
    assert_eq!(*phone.client.draft(draft).unwrap().value("location"), Value::Empty);
    phone.client.locate(draft, 31.230_416, 121.473_701).unwrap();
    assert_eq!(phone.client.draft(draft).unwrap().value("location").as_text(), Some("31.23,121.47"));
    assert_eq!(phone.client.locate(draft, 91.0, 0.0), Err(Failure::invalid("location", "nowhere")));
}
