//! Tests: several writers, offline and in any order, come to the same document; nothing of anybody's is lost.

use super::{stamp, visit};
use crate::documents::*;
use crate::model::{DocId, DocKind, Edit, Field, Heads, Value};
use proptest::prelude::*;

const ALL: MergeGuards = MergeGuards { load_back: true };

fn set(document: &mut Document, writer: u8, edits: &[Edit]) -> Vec<u8> {
    let base = document.heads();
    document.edit(&stamp(writer), &base, edits).unwrap().unwrap().bytes
}

fn merged(into: &Document, changes: &[&[u8]]) -> Document {
    merge_into(DocKind::Entry, Some(into), changes, ALL).unwrap().document
}

/// A visit whose outcome two workers set differently while both were offline.
fn contested() -> Document {
    let start = visit();
    let (mut one, mut two) = (start.clone(), start);
    set(&mut one, 1, &[Edit::set("outcome", "met")]);
    let theirs = set(&mut two, 2, &[Edit::set("outcome", "not_home")]);
    merged(&one, &[&theirs])
}

#[test]
fn one_value_set_two_ways_is_a_conflict_with_both_names_on_it() {
    let document = contested();
    let conflicts = document.conflicts();
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].field, Field::known("outcome"));
    let mut sides: Vec<_> =
        conflicts[0].sides.iter().map(|side| (side.value.clone(), side.member, side.time)).collect();
    sides.sort();
    let (one, two) = (stamp(1), stamp(2));
    assert_eq!(
        sides,
        [("met".into(), Some(one.member), one.time), ("not_home".into(), Some(two.member), two.time)]
    );
    assert_eq!(Some(document.fields().value("outcome")), conflicts[0].sides.last().map(|side| &side.value));
    assert_eq!(summarise(DocId([1; 16]), &document).conflicts, 1);
}

#[test]
fn either_worker_settles_a_conflict_also_with_the_value_that_is_shown() {
    for value in ["met", "not_home", "refused"] {
        let mut document = contested();
        set(&mut document, 2, &[Edit::set("outcome", value)]);
        assert_eq!(document.conflicts(), []);
        assert_eq!(document.fields().text("outcome"), value);
    }
}

#[test]
fn same_value_set_twice_is_no_conflict() {
    let start = visit();
    let (mut one, mut two) = (start.clone(), start);
    set(&mut one, 1, &[Edit::set("outcome", "met")]);
    let theirs = set(&mut two, 2, &[Edit::set("outcome", "met")]);
    assert_eq!(merged(&one, &[&theirs]).conflicts(), []);
}

#[test]
fn draft_that_a_colleagues_save_overtook_becomes_a_conflict_and_not_an_overwrite() {
    let mut document = visit();
    let base = document.heads();
    set(&mut document, 2, &[Edit::set("outcome", "not_home"), Edit::set("place", "home")]);
    document.edit(&stamp(1), &base, &[Edit::set("outcome", "met")]).unwrap().unwrap();
    assert_eq!(document.conflicts()[0].sides.len(), 2);
    assert_eq!(document.fields().text("place"), "home");
}

#[test]
fn draft_older_than_the_writers_own_last_save_still_overwrites_no_colleague() {
    let mut document = visit();
    let base = document.heads();
    let mut colleagues = document.clone();
    let theirs = set(&mut colleagues, 2, &[Edit::set("outcome", "not_home")]);
    set(&mut document, 1, &[Edit::set("place", "home")]);
    let mut document = merged(&document, &[&theirs]);
    document.edit(&stamp(1), &base, &[Edit::set("outcome", "met")]).unwrap().unwrap();
    assert_eq!(document.conflicts()[0].sides.len(), 2);
}

#[test]
fn history_says_who_changed_what_and_shows_each_state() {
    let mut document = visit();
    set(&mut document, 2, &[Edit::set("outcome", "met"), Edit::set("narrative", "下午到小林家，见到本人。")]);
    let approved = document.heads();
    set(&mut document, 1, &[Edit { field: Field::known("date"), value: Value::Empty }]);
    let history = document.history();
    let members: Vec<_> = history.iter().map(|step| step.member).collect();
    assert_eq!(members, [1, 2, 1].map(|writer| Some(stamp(writer).member)));
    let changed: Vec<&str> = history[1].changes.iter().map(|change| change.field.path()).collect();
    assert_eq!(changed, ["narrative", "outcome"]);
    assert_eq!(history[1].heads, approved);
    assert_eq!(document.fields_at(&approved).text("date"), "2026-11-20");
    let since = document.difference(&approved, &document.heads());
    assert_eq!(since.len(), 1);
    assert_eq!((&since[0].before, &since[0].after), (&"2026-11-20".into(), &Value::Empty));
    assert!(document.contains(&approved));
    assert!(!visit().contains(&approved));
}

#[test]
fn summary_of_an_entry_is_what_lists_show() {
    let mut document = visit();
    let worker = stamp(7).member;
    set(
        &mut document,
        1,
        &[
            Edit::set("outcome", "not_home"),
            Edit::set("card_left", true),
            Edit::set("start", "14:30"),
            Edit::set("next_date", "2026-11-25"),
            Edit::set("narrative", "长".repeat(500)),
            Edit { field: Field::new(format!("workers.{worker}")).unwrap(), value: true.into() },
        ],
    );
    let summary = summarise(DocId([1; 16]), &document);
    let entry = summary.entry.unwrap();
    assert_eq!(summary.heads, document.heads());
    assert!(entry.card_left && !entry.crisis && !summary.needs_newer);
    assert_eq!(entry.excerpt.chars().count(), 200);
    assert_eq!(entry.workers, [stamp(1).member, worker]);
    assert_eq!(entry.date.unwrap().to_string(), "2026-11-20");
    assert_eq!(entry.start.unwrap().to_string(), "14:30");
    let newer = [Edit::set("outcome", "met_on_video")];
    set(&mut document, 1, &newer);
    assert!(summarise(DocId([1; 16]), &document).needs_newer);
}

#[test]
fn summary_of_a_case_part_carries_what_finds_the_person() {
    let edits = [
        Edit::set("pseudonym", "小林"),
        Edit::set("address", "江北三村 5 号"),
        Edit::set("phone", "1380000"),
        Edit::set("family_focus", true),
    ];
    let (document, _) = Document::create(DocKind::CaseContact, &stamp(1), &edits).unwrap();
    let part = summarise(DocId([1; 16]), &document).part.unwrap();
    assert_eq!((part.pseudonym.as_str(), part.family_focus), ("小林", true));
    assert_eq!(part.reach, "江北三村 5 号 · 1380000");
}

#[test]
fn nothing_personal_is_in_debug_output() {
    let document = contested();
    let (_, change) = Document::create(DocKind::Entry, &stamp(1), &[Edit::set("narrative", "小林")]).unwrap();
    let shown = format!(
        "{document:?} {:?} {:?} {:?} {change:?} {:?}",
        document.fields(),
        document.conflicts(),
        document.history(),
        text_difference("小林", "小陈"),
    );
    assert!(!shown.contains("met") && !shown.contains("林"), "{shown}");
}

/// What one writer does on their own copy.
#[derive(Debug, Clone)]
enum Step {
    /// Sets a field.
    Set(u8, &'static str, u8),
    /// Inserts text at a place of the narrative.
    Type(u8, prop::sample::Index, u8),
    /// Takes a stretch out of the narrative.
    Cut(u8, prop::sample::Index),
    /// Receives everything of another writer.
    Sync(u8, u8),
    /// Saves a draft that was begun at the very first state.
    OldDraft(u8, u8),
}

fn step() -> impl Strategy<Value = Step> {
    let writer = || 0_u8..3;
    let field = prop::sample::select(vec!["outcome", "place", "answers.mood", "workers.x"]);
    let place = any::<prop::sample::Index>;
    prop_oneof![
        (writer(), field, 0_u8..3).prop_map(|(who, field, value)| Step::Set(who, field, value)),
        (writer(), place(), 0_u8..26).prop_map(|(who, at, letter)| Step::Type(who, at, letter)),
        (writer(), place()).prop_map(|(who, at)| Step::Cut(who, at)),
        (writer(), writer()).prop_map(|(who, from)| Step::Sync(who, from)),
        (writer(), 0_u8..26).prop_map(|(who, letter)| Step::OldDraft(who, letter)),
    ]
}

/// Plays steps on three copies; gives every change made and the copies.
fn played(steps: &[Step]) -> (Document, Vec<Vec<u8>>, Vec<Document>) {
    let start = visit();
    let first: Heads = start.heads();
    let mut copies = vec![start.clone(), start.clone(), start.clone()];
    let mut changes: Vec<Vec<u8>> = Vec::new();
    for step in steps {
        let (who, base, edit) = match step {
            Step::Set(who, field, value) => {
                let value = if *value == 0 { Value::Empty } else { Value::Number(i64::from(*value)) };
                let edit = Edit { field: Field::new(*field).unwrap(), value };
                (*who, copies[usize::from(*who)].heads(), edit)
            }
            Step::Type(who, at, letter) => {
                let copy = &copies[usize::from(*who)];
                let mut text: Vec<char> = copy.fields().text("narrative").chars().collect();
                text.insert(at.index(text.len() + 1), char::from(b'a' + letter));
                (*who, copy.heads(), Edit::set("narrative", text.into_iter().collect::<String>()))
            }
            Step::Cut(who, at) => {
                let copy = &copies[usize::from(*who)];
                let mut text: Vec<char> = copy.fields().text("narrative").chars().collect();
                let at = at.index(text.len() + 1);
                text.drain(at..text.len().min(at + 3));
                (*who, copy.heads(), Edit::set("narrative", text.into_iter().collect::<String>()))
            }
            Step::OldDraft(who, letter) => {
                let text = format!("下午到小林家{}，奶奶在家。", char::from(b'A' + letter));
                (*who, first.clone(), Edit::set("narrative", text))
            }
            Step::Sync(who, from) => {
                let theirs = copies[usize::from(*from)].clone();
                let known: Vec<Vec<u8>> =
                    theirs.history().iter().map(|step| theirs.change_bytes(&step.hash).unwrap()).collect();
                let known: Vec<&[u8]> = known.iter().map(Vec::as_slice).collect();
                copies[usize::from(*who)] = merged(&copies[usize::from(*who)], &known);
                continue;
            }
        };
        let copy = &mut copies[usize::from(who)];
        if let Some(change) = copy.edit(&stamp(who + 11), &base, &[edit]).unwrap() {
            assert_eq!(inspect(&change.bytes).unwrap().hash, change.hash);
            changes.push(change.bytes);
        }
    }
    (start, changes, copies)
}

proptest! {
    #[test]
    fn any_order_and_any_repeats_come_to_the_same_document(
        (steps, shuffle) in (prop::collection::vec(step(), 1..14), any::<u64>()),
    ) {
        let (start, changes, copies) = played(&steps);
        let in_order: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
        let reference = merged(&start, &in_order);

        // All at once, shuffled, some twice.
        let mut shuffled = [in_order.clone(), in_order.clone()].concat();
        shuffled.sort_by_key(|bytes| {
            let key = u64::from(bytes[4]) << 8 | u64::from(bytes[5]);
            key.wrapping_mul(shuffle | 1) % 1_009
        });
        let other = merged(&start, &shuffled);
        // One at a time, each through a saved document.
        let mut saved = start.save();
        for change in &in_order {
            saved = merge(DocKind::Entry, Some(&saved), &[change], ALL).unwrap().snapshot;
        }
        let third = Document::load(&saved).unwrap();
        for copy in [&other, &third] {
            prop_assert_eq!(copy.heads(), reference.heads());
            prop_assert_eq!(copy.fields(), reference.fields());
            prop_assert_eq!(copy.conflicts(), reference.conflicts());
            prop_assert_eq!(copy.history(), reference.history());
            prop_assert_eq!(summarise(DocId([1; 16]), copy), summarise(DocId([1; 16]), &reference));
        }
        // What any writer had is part of what all have.
        for copy in &copies {
            prop_assert!(reference.contains(&copy.heads()));
            let heads = copy.heads();
            prop_assert_eq!(reference.fields_at(&heads), copy.fields());
        }
    }
}
