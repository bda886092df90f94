//! What the guarded merge takes, and what it refuses although every byte is in its place.

use super::forged::{ALL, body, chunk, foreign_change, many_values, put_unsigned, visit_with_changes};
use super::{stamp, visit};
use crate::documents::merge::applied;
use crate::documents::{
    ChunkFacts, Document, EditFault, LoadFault, MergeFault, inspect, limits, merge, summarise,
};
use crate::model::{DocId, DocKind, Edit, Hash};
use automerge::transaction::Transactable;
use automerge::{Automerge, Change, ObjType, ROOT, ReadDoc};

#[test]
fn merge_begins_continues_and_repeats_without_harm() {
    let (document, first, second) = visit_with_changes();
    let begun = merge(DocKind::Entry, None, &[&first], ALL).unwrap();
    let merged = merge(DocKind::Entry, Some(&begun.snapshot), &[&second, &first, &second], ALL).unwrap();
    assert_eq!(merged.heads, document.heads());
    assert_eq!(merged.document.fields(), document.fields());
    assert_eq!(Document::load(&merged.snapshot).unwrap().heads(), document.heads());
    let backwards = merge(DocKind::Entry, None, &[&second, &first], ALL).unwrap();
    assert_eq!(backwards.snapshot, merged.snapshot);
}

#[test]
fn change_without_what_it_builds_on_is_told_apart() {
    let (_, _, second) = visit_with_changes();
    let fault = merge(DocKind::Entry, None, &[&second], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::UnknownDependencies);
}

#[test]
fn a_change_that_our_reader_and_automerges_read_differently_is_not_merged() {
    // No such change is known: the readers' disagreement is made up.
    let (_, first, _) = visit_with_changes();
    let facts = inspect(&first).unwrap();
    let merged = |facts: &[ChunkFacts]| applied(DocKind::Entry, None, &[&first], facts, ALL).map(drop);
    assert_eq!(merged(std::slice::from_ref(&facts)), Ok(()));
    let fewer = ChunkFacts { operations: facts.operations - 1, ..facts.clone() };
    assert_eq!(merged(&[fewer]), Err(MergeFault::Unmergeable));
    let other = ChunkFacts { hash: Hash([7; 32]), ..facts.clone() };
    assert_eq!(merged(std::slice::from_ref(&other)), Err(MergeFault::Unmergeable));
    // Nor is one that automerge would pass over without a word.
    assert_eq!(merged(&[facts, other]), Err(MergeFault::Unreadable));
}

#[test]
fn other_kind_is_refused() {
    let (_, first, _) = visit_with_changes();
    let fault = merge(DocKind::CaseFile, None, &[&first], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::Unreadable);
}

#[test]
fn number_used_twice_is_refused() {
    let (document, first, _) = visit_with_changes();
    let mut other = Document::load(&merge(DocKind::Entry, None, &[&first], ALL).unwrap().snapshot).unwrap();
    let base = other.heads();
    let twin = other.edit(&stamp(1), &base, &[Edit::set("outcome", "refused")]).unwrap().unwrap();
    let fault = merge(DocKind::Entry, Some(&document.save()), &[&twin.bytes], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::DuplicateSequence);
}

/// A change whose last operation has the highest number that a document may hold.
fn numbered_ahead(change: &[u8]) -> Vec<u8> {
    let facts = inspect(change).unwrap();
    let mut ahead = body(change).to_vec();
    // Behind one dependency, the actor and the sequence number.
    let at = 1 + 32 + 1 + 16 + 1;
    assert_eq!(u64::from(ahead[at]), facts.start_op);
    let mut number = Vec::new();
    put_unsigned(&mut number, limits::DOCUMENT_OPERATIONS - facts.operations + 1);
    ahead.splice(at..=at, number);
    chunk(1, &ahead)
}

#[test]
fn numbers_that_skip_ahead_do_not_use_up_what_colleagues_have_left() {
    let (document, first, second) = visit_with_changes();
    let begun = merge(DocKind::Entry, None, &[&first], ALL).unwrap();
    let ahead = numbered_ahead(&second);
    assert!(inspect(&ahead).is_ok());
    let fault = merge(DocKind::Entry, Some(&begun.snapshot), &[&ahead], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::Unmergeable);
    assert_eq!(
        merge(DocKind::Entry, Some(&begun.snapshot), &[&second], ALL).unwrap().heads,
        document.heads()
    );
}

#[test]
fn a_document_without_numbers_left_says_so_while_the_edit_is_still_a_draft() {
    let mut full = visit();
    let (_, fields) = full.inner.get(ROOT, "fields").unwrap().unwrap();
    let last = numbered_ahead(&foreign_change(&full, |tx| tx.put(&fields, "outcome", "met").unwrap()));
    full.inner.apply_changes([Change::try_from(&last[..]).unwrap()]).unwrap();
    let heads = full.heads();
    let edit = full.edit(&stamp(2), &heads, &[Edit::set("outcome", "refused")]);
    assert_eq!(edit.err(), Some(EditFault::TooMuch));
    assert_eq!(full.heads(), heads);
}

#[test]
fn nobody_can_hide_a_document_behind_a_second_container_or_kind() {
    let document = visit();
    let saved = document.save();
    let refused = |change: Vec<u8>| {
        merge(DocKind::Entry, Some(&saved), &[&change], ALL).unwrap_err() == MergeFault::Unreadable
    };
    assert!(refused(foreign_change(&document, |tx| {
        tx.put_object(ROOT, "fields", ObjType::Map).unwrap();
    })));
    assert!(refused(foreign_change(&document, |tx| tx.delete(ROOT, "narrative").unwrap())));
    assert!(refused(foreign_change(&document, |tx| tx.put(ROOT, "kind", 1).unwrap())));
    assert!(refused(foreign_change(&document, |tx| {
        tx.put(ROOT, "author", stamp(9).member.to_string()).unwrap();
    })));
    // A second beginning beside the first.
    let (_, twin) = Document::create(DocKind::Entry, &stamp(5), &[Edit::set("kind", "note")]).unwrap();
    assert!(refused(twin.bytes));
}

#[test]
fn field_with_countless_values_is_refused() {
    let document = visit();
    let saved = document.save();
    let merged = merge(DocKind::Entry, Some(&saved), &[&many_values(&document, 60)], ALL).unwrap();
    assert_eq!(merged.document.conflicts()[0].sides.len(), 60);
    let fault = merge(DocKind::Entry, Some(&saved), &[&many_values(&document, 65)], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::TooLarge);
    let fault = merge(DocKind::Entry, Some(&saved), &[&many_values(&document, 60_000)], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::TooLarge);
}

#[test]
fn what_a_phone_could_not_have_saved_is_refused() {
    let document = visit();
    let saved = document.save();
    let too_large = |change: Vec<u8>| {
        merge(DocKind::Entry, Some(&saved), &[&change], ALL).unwrap_err() == MergeFault::TooLarge
    };
    let fields = || document.inner.get(ROOT, "fields").unwrap().unwrap().1;
    let long = "长".repeat(limits::FIELD_BYTES / 3 + 1);
    assert!(too_large(foreign_change(&document, |tx| tx.put(fields(), "stage", long.as_str()).unwrap())));
    assert!(too_large(foreign_change(&document, |tx| {
        for number in 0..=limits::MERGED_FIELDS {
            tx.put(fields(), format!("x{number}"), true).unwrap();
        }
    })));
}

#[test]
fn text_with_elements_of_several_characters_can_still_be_edited() {
    let document = visit();
    let change = foreign_change(&document, |tx| {
        let (_, narrative) = tx.get(ROOT, "narrative").unwrap().unwrap();
        tx.insert(&narrative, 2, "三个字").unwrap();
        tx.insert(&narrative, 0, 7).unwrap();
        tx.insert(&narrative, 1, "").unwrap();
    });
    let mut merged = merge(DocKind::Entry, Some(&document.save()), &[&change], ALL).unwrap().document;
    assert!(merged.fields().text("narrative").contains("三个字"));
    for text in ["下午三字到小林家", "三个字", "个字，奶奶", ""] {
        let base = merged.heads();
        merged.edit(&stamp(1), &base, &[Edit::set("narrative", text)]).unwrap();
        assert_eq!(merged.fields().text("narrative"), text);
    }
}

#[test]
fn what_a_newer_release_wrote_stays_and_is_reported() {
    let document = visit();
    let newer = foreign_change(&document, |tx| {
        let (_, fields) = tx.get(ROOT, "fields").unwrap().unwrap();
        tx.put(&fields, "weather", "rain").unwrap();
        tx.put(&fields, "coordinates", vec![1_u8, 2]).unwrap();
        tx.put(ROOT, "schema", 2).unwrap();
    });
    let mut merged = merge(DocKind::Entry, Some(&document.save()), &[&newer], ALL).unwrap().document;
    let id = DocId([1; 16]);
    assert!(!summarise(id, &document).needs_newer);
    assert!(summarise(id, &merged).needs_newer);
    assert_eq!(merged.fields().text("weather"), "rain");
    let base = merged.heads();
    merged.edit(&stamp(1), &base, &[Edit::set("outcome", "met")]).unwrap();
    let (_, fields) = merged.inner.get(ROOT, "fields").unwrap().unwrap();
    assert!(merged.inner.get(&fields, "coordinates").unwrap().is_some());
}

#[test]
fn bytes_that_are_no_document_do_not_load() {
    assert_eq!(Document::load(b"").unwrap_err(), LoadFault::Unreadable);
    assert_eq!(Document::load(b"no document").unwrap_err(), LoadFault::Unloadable);
    let mut other = Automerge::new();
    let mut tx = other.transaction();
    tx.put(ROOT, "kind", 3).unwrap();
    tx.commit();
    assert_eq!(Document::load(&other.save()).unwrap_err(), LoadFault::Unreadable);
    let saved = visit().save();
    for len in 1..saved.len() {
        assert!(Document::load(&saved[..len]).is_err());
    }
}
