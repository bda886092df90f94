//! Behaviour of documents, seen through the public interface.

mod converge;
mod forged;
mod inspecting;
mod merging;
mod mutation;

use super::*;
use crate::model::{Actor, DocKind, Edit, Field, Heads, MemberId, Timestamp, Value};

/// A writer whose actor and member follow from a number.
fn stamp(writer: u8) -> Stamp {
    let time = Timestamp::from_ms(1_700_000_000_000 + i64::from(writer) * 1_000);
    Stamp { actor: Actor([writer; 16]), member: MemberId([writer; 16]), time }
}

/// A visit written by the first writer.
fn visit() -> Document {
    let edits = [
        Edit::set("kind", "home_visit"),
        Edit::set("date", "2026-11-20"),
        Edit::set("narrative", "下午到小林家，奶奶在家。"),
    ];
    Document::create(DocKind::Entry, &stamp(1), &edits).unwrap().0
}

fn edit(document: &mut Document, writer: u8, edits: &[Edit]) -> NewChange {
    let base = document.heads();
    document.edit(&stamp(writer), &base, edits).unwrap().unwrap()
}

/// Brings the changes of one copy into another.
fn join(into: &mut Document, from: &Document) {
    into.inner.merge(&mut from.inner.clone()).unwrap();
}

#[test]
fn saved_document_comes_back_with_everything() {
    let mut document = visit();
    let worker = MemberId([9; 16]);
    let set = [
        Edit::set("amount", 12_050),
        Edit::set("crisis", true),
        Edit { field: Field::answer("mood").unwrap(), value: "calm".into() },
        Edit { field: Field::new(format!("workers.{worker}")).unwrap(), value: true.into() },
    ];
    edit(&mut document, 1, &set);
    let loaded = Document::load(&document.save()).unwrap();
    assert_eq!(loaded.fields(), document.fields());
    assert_eq!(loaded.heads(), document.heads());
    assert_eq!((loaded.kind(), loaded.author()), (DocKind::Entry, stamp(1).member));
    assert_eq!(loaded.fields().value("amount").as_number(), Some(12_050));
    assert_eq!(loaded.fields().keys_of("workers").count(), 1);
    assert_eq!(loaded.fields().text("answers.mood"), "calm");
}

#[test]
fn the_way_to_a_branch_is_what_the_branch_itself_set_and_nothing_of_what_was_set_here_since() {
    let mut here = visit();
    let mut branch = Document::load(&here.save()).unwrap();
    assert!(here.way_to_branch(&branch).is_empty());
    edit(&mut branch, 2, &[Edit::set("narrative", "奶奶不在家。"), Edit::set("outcome", "met")]);
    edit(&mut here, 3, &[Edit::set("date", "2026-11-21"), Edit::set("outcome", "met")]);
    let way = here.way_to_branch(&branch);
    let told: Vec<_> =
        way.iter().map(|change| (change.field.path(), change.before.clone(), change.after.clone())).collect();
    assert_eq!(told, [("narrative", "下午到小林家，奶奶在家。".into(), "奶奶不在家。".into())]);
}

#[test]
fn the_same_beginning_is_the_same_change_wherever_it_is_written() {
    let begin = |edits: &[Edit]| Document::create(DocKind::Entry, &stamp(1), edits).unwrap().1;
    let answers = ["mood", "sleep", "school", "money", "friends"].map(|name| Field::answer(name).unwrap());
    let mut edits: Vec<Edit> = answers.map(|field| Edit { field, value: "good".into() }).to_vec();
    let first = begin(&edits);
    edits.reverse();
    assert!(begin(&edits) == first);
}

#[test]
fn of_several_edits_of_a_field_the_last_begins_a_document() {
    let edits = [
        Edit::set("outcome", "met"),
        Edit::set("narrative", "奶奶"),
        Edit::set("met", "a"),
        Edit::set("outcome", "refused"),
        Edit::set("narrative", "奶奶开门。"),
        Edit { field: Field::known("met"), value: Value::Empty },
    ];
    let (document, _) = Document::create(DocKind::Entry, &stamp(1), &edits).unwrap();
    let fields = document.fields();
    assert_eq!(
        (fields.text("outcome"), fields.text("narrative"), fields.len()),
        ("refused", "奶奶开门。", 2)
    );
}

#[test]
fn edit_that_changes_nothing_makes_no_change() {
    let mut document = visit();
    let heads = document.heads();
    let same = [Edit::set("date", "2026-11-20"), Edit::set("place_note", "")];
    assert_eq!(document.edit(&stamp(1), &heads, &same).unwrap(), None);
    assert_eq!(document.heads(), heads);
}

#[test]
fn text_saved_from_an_old_draft_keeps_a_colleagues_words() {
    let mut document = visit();
    let base = document.heads();
    edit(&mut document, 2, &[Edit::set("narrative", "下午到小林家，奶奶在家。邻居说他在网吧。")]);
    // The first writer's draft was begun before the colleague's sentence arrived.
    let draft = [Edit::set("narrative", "昨天下午到小林家，奶奶在家。")];
    document.edit(&stamp(1), &base, &draft).unwrap().unwrap();
    assert_eq!(document.fields().text("narrative"), "昨天下午到小林家，奶奶在家。邻居说他在网吧。");
}

#[test]
fn text_replayed_under_an_actor_that_has_written_since_keeps_both() {
    let mut document = visit();
    let base = document.heads();
    edit(&mut document, 2, &[Edit::set("narrative", "下午到小林家，奶奶在家。邻居说他在网吧。")]);
    edit(&mut document, 1, &[Edit::set("outcome", "not_home")]);
    let draft = [Edit::set("narrative", "昨天下午到小林家，奶奶在家。")];
    let change = document.edit(&stamp(1), &base, &draft).unwrap().unwrap();
    assert_eq!((change.actor, change.seq), (stamp(1).actor, 3));
    assert_eq!(document.fields().text("narrative"), "昨天下午到小林家，奶奶在家。邻居说他在网吧。");
    assert_eq!(document.fields().text("outcome"), "not_home");
}

#[test]
fn edit_on_an_unknown_state_is_refused() {
    let mut document = visit();
    let elsewhere = Heads::new(vec![crate::model::Hash([7; 32])]);
    let edits = [Edit::set("outcome", "met")];
    assert_eq!(document.edit(&stamp(1), &elsewhere, &edits), Err(EditFault::UnknownBase));
}

#[test]
fn limits_are_refused_and_change_nothing() {
    let mut document = visit();
    let heads = document.heads();
    let mut refused = |edits: &[Edit]| document.edit(&stamp(1), &heads, edits).unwrap_err();
    let long = "长".repeat(limits::FIELD_BYTES / 3 + 1);
    assert!(matches!(refused(&[Edit::set("place_note", long)]), EditFault::TooLong(_)));
    let novel = "a".repeat(limits::NARRATIVE_CHARACTERS + 1);
    assert!(matches!(refused(&[Edit::set("narrative", novel)]), EditFault::TooLong(_)));
    assert!(matches!(refused(&[Edit::set("narrative", 7)]), EditFault::NotText(_)));
    let stranger = Edit { field: Field::new("secrets.x").unwrap(), value: true.into() };
    assert!(matches!(refused(&[stranger]), EditFault::UnknownContainer(_)));
    assert_eq!(document.heads(), heads);
}

#[test]
fn longest_narrative_can_be_replaced_whole() {
    let mut document = visit();
    edit(&mut document, 1, &[Edit::set("narrative", "a".repeat(limits::NARRATIVE_CHARACTERS))]);
    let other = "b".repeat(limits::NARRATIVE_CHARACTERS);
    edit(&mut document, 1, &[Edit::set("narrative", other.as_str())]);
    assert_eq!(document.fields().text("narrative"), other);
}

#[test]
fn two_copies_that_exchange_changes_agree() {
    let mut one = visit();
    let mut two = one.clone();
    edit(&mut one, 1, &[Edit::set("outcome", "met"), Edit::set("narrative", "下午到小林家，见到本人。")]);
    edit(&mut two, 2, &[Edit::set("outcome", "not_home"), Edit::set("place", "home")]);
    join(&mut one, &two);
    join(&mut two, &one);
    assert_eq!(one.heads(), two.heads());
    assert_eq!(one.fields(), two.fields());
    assert_eq!(one.fields().text("place"), "home");
}

#[test]
fn value_taken_away_is_gone() {
    let mut document = visit();
    edit(&mut document, 1, &[Edit { field: Field::known("date"), value: Value::Empty }]);
    assert_eq!(*document.fields().value("date"), Value::Empty);
}
