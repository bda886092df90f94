//! Throwing drafts away.

use super::*;
use crate::app::{AttentionItem, Failure};
use crate::store::DraftId;

fn begun(phone: &Phone) -> DraftId {
    let scope = Scope::Case(phone.case("小川"));
    phone.client.start_draft(scope, Class::File, &EntryKind::HomeVisit).unwrap()
}

#[test]
fn a_draft_without_a_word_is_thrown_away_and_one_with_words_is_not() {
    let phone = Phone::worker();
    let draft = begun(&phone);
    phone.client.type_into(draft, vec![Edit::set("start", "13:00")]).unwrap();
    phone.client.discard_draft(draft).unwrap();
    assert!(phone.client.drafts().unwrap().is_empty());

    let draft = begun(&phone);
    phone.client.type_into(draft, vec![Edit::set("narrative", "奶奶开门。")]).unwrap();
    assert_eq!(phone.client.discard_draft(draft), Err(Failure::invalid("draft", "not_empty")));
    assert_eq!(phone.client.drafts().unwrap().len(), 1);
}

#[test]
fn a_deleted_draft_is_among_needs_attention_and_can_be_taken_up_again() {
    let phone = Phone::worker();
    let draft = begun(&phone);
    phone.client.type_into(draft, vec![Edit::set("narrative", "奶奶开门。")]).unwrap();
    phone.client.delete_draft(draft).unwrap();
    let phone = phone.killed();
    assert!(phone.client.drafts().unwrap().is_empty());
    assert_eq!(phone.client.type_into(draft, Vec::new()), Err(Failure::NotFound));
    let items = phone.client.attention().unwrap();
    assert!(matches!(items[..], [AttentionItem::DeletedDraft { draft: one, .. }] if one == draft));
    assert_eq!(phone.client.today().unwrap().attention, 0, "nobody has to do anything");
    let read = phone.client.deleted_drafts().unwrap();
    assert_eq!(read[0].value("narrative").as_text(), Some("奶奶开门。"));

    phone.client.restore_draft(draft).unwrap();
    assert!(phone.client.attention().unwrap().is_empty());
    phone.client.save_done(draft).unwrap();
    assert_eq!(phone.client.restore_draft(draft), Err(Failure::NotFound));
}

#[test]
fn a_deleted_draft_does_not_stand_in_the_way_of_a_new_one() {
    let phone = Phone::worker();
    let doc = phone.visit(phone.case("小川"), &[]);
    let deleted = phone.client.edit_draft_of(doc).unwrap();
    phone.client.type_into(deleted, vec![Edit::set("narrative", "一")]).unwrap();
    phone.client.delete_draft(deleted).unwrap();
    let open = phone.client.edit_draft_of(doc).unwrap();
    assert_ne!(open, deleted);
    assert_eq!(phone.client.restore_draft(deleted), Err(Failure::invalid("draft", "other_open")));
    phone.client.discard_draft(open).unwrap();
    phone.client.restore_draft(deleted).unwrap();
    assert_eq!(phone.client.edit_draft_of(doc).unwrap(), deleted);
}

#[test]
fn what_nobody_took_up_again_goes_after_thirty_days_and_not_before() {
    let phone = Phone::worker();
    let draft = begun(&phone);
    phone.client.type_into(draft, vec![Edit::set("narrative", "奶奶开门。")]).unwrap();
    phone.client.delete_draft(draft).unwrap();
    phone.move_on(30 * DAY_MS);
    phone.client.forget_deleted_drafts().unwrap();
    assert_eq!(phone.client.deleted_drafts().unwrap().len(), 1);
    phone.move_on(1);
    phone.client.forget_deleted_drafts().unwrap();
    assert!(phone.client.deleted_drafts().unwrap().is_empty());
}
