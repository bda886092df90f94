//! Tests: changes that somebody made to do harm.

use super::tests::{stamp, visit};
use super::*;
use crate::model::{DocKind, Edit, Field, Hash};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, Automerge, ObjType, ROOT, ReadDoc};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

const ALL: MergeGuards = MergeGuards { load_back: true };

/// A chunk around a body, with the right length and checksum.
fn chunk(chunk_type: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![chunk_type];
    put_unsigned(&mut hashed, body.len() as u64);
    hashed.extend_from_slice(body);
    let checksum = &Sha256::digest(&hashed)[..4];
    [&[0x85, 0x6f, 0x4a, 0x83], checksum, &hashed].concat()
}

/// The body of a chunk with the header taken off.
fn body(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    &chunk[9 + length_bytes..]
}

fn put_unsigned(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        out.push(if value == 0 { byte } else { byte | 0x80 });
        if value == 0 {
            return;
        }
    }
}

fn put_signed(out: &mut Vec<u8>, mut value: i64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        let is_last = (value == 0 && byte & 0x40 == 0) || (value == -1 && byte & 0x40 != 0);
        out.push(if is_last { byte } else { byte | 0x80 });
        if is_last {
            return;
        }
    }
}

/// A change without predecessors whose columns are given.
fn change_with(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut body = vec![0, 16];
    body.extend([7; 16]);
    body.extend([1, 1, 0, 0, 0]);
    put_unsigned(&mut body, columns.len() as u64);
    for (number, bytes) in columns {
        put_unsigned(&mut body, *number);
        put_unsigned(&mut body, bytes.len() as u64);
    }
    for (_, bytes) in columns {
        body.extend(bytes);
    }
    chunk(1, &body)
}

fn run(times: i64, value: &[u8]) -> Vec<u8> {
    let mut column = Vec::new();
    put_signed(&mut column, times);
    column.extend_from_slice(value);
    column
}

/// "Set the key `a` to nothing", so many times: a few dozen bytes whatever the number.
fn repeated(times: i64) -> Vec<u8> {
    let mut flags = Vec::new();
    put_unsigned(&mut flags, times.unsigned_abs());
    change_with(&[
        (0x15, run(times, &[1, b'a'])),
        (0x34, flags),
        (0x42, run(times, &[1])),
        (0x56, run(times, &[0])),
        (0x70, run(times, &[0])),
    ])
}

/// A visit, its first change, and a second change to it.
fn visit_with_changes() -> (Document, Vec<u8>, Vec<u8>) {
    let edits = [Edit::set("kind", "home_visit"), Edit::set("narrative", "奶奶在家。")];
    let (mut document, first) = Document::create(DocKind::Entry, &stamp(1), &edits).unwrap();
    let base = document.heads();
    let edits = [
        Edit::set("outcome", "met"),
        Edit::set("narrative", "下午，奶奶在家，他不在。"),
        Edit { field: Field::answer("mood").unwrap(), value: "calm".into() },
    ];
    let second = document.edit(&stamp(1), &base, &edits).unwrap().unwrap();
    (document, first.bytes, second.bytes)
}

/// A change that automerge itself makes on a copy of a document, by another writer.
fn foreign_change(
    document: &Document,
    write: impl FnOnce(&mut automerge::transaction::Transaction<'_>),
) -> Vec<u8> {
    let mut copy = document.inner.clone();
    copy.set_actor(ActorId::from([9; 16]));
    let mut tx = copy.transaction();
    write(&mut tx);
    let (hash, _) = tx.commit_with(CommitOptions::default().with_message(stamp(9).member.to_string()));
    copy.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

#[test]
fn facts_are_automerges_own() {
    let (document, first, second) = visit_with_changes();
    let facts = inspect(&second).unwrap();
    let theirs = automerge::Change::try_from(&second[..]).unwrap();
    assert_eq!(facts.hash.0, theirs.hash().0);
    assert_eq!((facts.seq, facts.start_op), (theirs.seq(), theirs.start_op().get()));
    assert_eq!(facts.operations, theirs.len() as u64);
    assert_eq!(facts.time, theirs.timestamp());
    assert_eq!(facts.member(), Some(stamp(1).member));
    assert_eq!(facts.deps, [inspect(&first).unwrap().hash]);
    assert_eq!(document.heads().as_slice(), [facts.hash]);
    assert_eq!(document.change_bytes(&facts.hash), Some(second));
}

#[test]
fn few_bytes_that_claim_millions_of_operations_are_refused_unexpanded() {
    assert_eq!(inspect(&repeated(3)).map(|facts| facts.operations), Ok(3));
    let bomb = repeated(50_000_000);
    assert!(bomb.len() < 100);
    assert_eq!(inspect(&bomb), Err(ChunkFault::TooManyOperations));
    // Had a row been visited for each claimed operation, this would take minutes.
    for _ in 0..100_000 {
        assert!(inspect(&bomb).is_err());
    }
    assert!(inspect(&repeated(100_000)).is_ok());
    assert_eq!(inspect(&repeated(100_001)), Err(ChunkFault::TooManyOperations));
    assert_eq!(inspect(&repeated(i64::MAX)), Err(ChunkFault::TooManyOperations));
    assert_eq!(
        merge(DocKind::Entry, None, &[&bomb], ALL).unwrap_err(),
        MergeFault::Change(0, ChunkFault::TooManyOperations)
    );
}

#[test]
fn empty_rows_predecessors_and_lengths_are_counted_too() {
    let empty = |rows: u64| {
        let mut column = vec![0];
        put_unsigned(&mut column, rows);
        column
    };
    let nulls = change_with(&[(0x15, empty(50_000_000)), (0x42, run(1, &[1]))]);
    assert_eq!(inspect(&nulls), Err(ChunkFault::TooManyOperations));
    let mut many = vec![];
    put_unsigned(&mut many, 50_000_000);
    let predecessors = change_with(&[(0x42, run(1, &[1])), (0x70, run(1, &many))]);
    assert_eq!(inspect(&predecessors), Err(ChunkFault::TooManyOperations));
    // A value that claims a gigabyte of the value column.
    let mut meta = vec![];
    put_unsigned(&mut meta, (1 << 30) << 4 | 6);
    let long_value = change_with(&[(0x42, run(1, &[1])), (0x56, run(1, &meta))]);
    assert_eq!(inspect(&long_value), Err(ChunkFault::TooManyOperations));
    // Columns of different length.
    let uneven = change_with(&[(0x15, run(2, &[1, b'a'])), (0x42, run(3, &[1]))]);
    assert_eq!(inspect(&uneven), Err(ChunkFault::Malformed));
}

#[test]
fn other_chunks_and_foreign_columns_are_refused() {
    let (document, _, second) = visit_with_changes();
    for chunk_type in [0, 2, 3] {
        assert_eq!(inspect(&chunk(chunk_type, body(&second))), Err(ChunkFault::ChunkType));
    }
    assert_eq!(inspect(&document.save()), Err(ChunkFault::ChunkType));
    let deflated = change_with(&[(0x42 | 8, run(1, &[1]))]);
    assert_eq!(inspect(&deflated), Err(ChunkFault::Foreign));
    let unknown = change_with(&[(0x42, run(1, &[1])), (0x101, run(1, &[1]))]);
    assert_eq!(inspect(&unknown), Err(ChunkFault::Foreign));
    let increment = change_with(&[(0x42, run(1, &[5]))]);
    assert_eq!(inspect(&increment), Err(ChunkFault::Foreign));
    let trailing = [&second[..], b"x"].concat();
    assert_eq!(inspect(&trailing), Err(ChunkFault::Malformed));
    let extra = chunk(1, &[body(&second), b"x"].concat());
    assert_eq!(inspect(&extra), Err(ChunkFault::Malformed));
    let large = chunk(1, &vec![0; limits::CHANGE_BYTES]);
    assert_eq!(inspect(&large), Err(ChunkFault::TooLarge));
}

#[test]
fn every_flipped_bit_and_every_cut_is_refused() {
    let (_, _, second) = visit_with_changes();
    for bit in 0..second.len() * 8 {
        let mut flipped = second.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(inspect(&flipped).is_err(), "bit {bit}");
    }
    for len in 0..second.len() {
        assert!(inspect(&second[..len]).is_err(), "length {len}");
    }
}

#[test]
fn counter_that_would_leave_no_room_for_later_changes_is_refused() {
    let mut body = vec![0, 16];
    body.extend([7; 16]);
    body.push(1);
    put_unsigned(&mut body, 4_000_000_000);
    body.extend([0, 0, 0, 1, 0x42, 2, 1, 1]);
    assert_eq!(inspect(&chunk(1, &body)), Err(ChunkFault::TooManyOperations));
}

#[test]
fn numbers_that_skip_ahead_do_not_use_up_what_colleagues_have_left() {
    let (document, first, second) = visit_with_changes();
    let facts = inspect(&second).unwrap();
    let begun = merge(DocKind::Entry, None, &[&first], ALL).unwrap();
    let mut ahead = body(&second).to_vec();
    // Behind one dependency, the actor and the sequence number.
    let at = 1 + 32 + 1 + 16 + 1;
    assert_eq!(u64::from(ahead[at]), facts.start_op);
    let mut number = Vec::new();
    put_unsigned(&mut number, limits::DOCUMENT_OPERATIONS - facts.operations);
    ahead.splice(at..=at, number);
    let ahead = chunk(1, &ahead);
    assert!(inspect(&ahead).is_ok());
    let fault = merge(DocKind::Entry, Some(&begun.snapshot), &[&ahead], ALL).unwrap_err();
    assert_eq!(fault, MergeFault::Unmergeable);
    assert_eq!(
        merge(DocKind::Entry, Some(&begun.snapshot), &[&second], ALL).unwrap().heads,
        document.heads()
    );
}

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

/// A key of the answers set to many different values by one change, none replacing another.
fn many_values(document: &Document, count: u16) -> Vec<u8> {
    let (_, answers) = document.inner.get(ROOT, "answers").unwrap().unwrap();
    let automerge::ObjId::Id(counter, ..) = answers else { panic!("the root is no map of answers") };
    let times = i64::from(count);
    let mut object = vec![];
    put_unsigned(&mut object, counter);
    let mut numbers = vec![];
    let mut meta = vec![];
    put_signed(&mut meta, times);
    // Type 4: whole numbers, here of two bytes each.
    put_unsigned(&mut meta, 2 << 4 | 4);
    for number in 0..count {
        put_signed(&mut numbers, 64 + i64::from(number % 8_000));
    }
    let mut flags = vec![];
    put_unsigned(&mut flags, u64::from(count));
    let columns = [
        (0x01, run(times, &[0])),
        (0x02, run(times, &object)),
        (0x15, run(times, &[4, b'm', b'o', b'o', b'd'])),
        (0x34, flags),
        (0x42, run(times, &[1])),
        (0x56, meta),
        (0x57, numbers),
        (0x70, run(times, &[0])),
    ];
    let mut body = vec![1];
    body.extend(document.heads().as_slice()[0].0);
    // The new writer's own number comes after the first writer's in the list of actors.
    body.push(16);
    body.extend([9; 16]);
    body.push(1);
    put_unsigned(&mut body, document.operations() + 1);
    body.extend([0, 0, 1, 16]);
    body.extend(stamp(1).actor.0);
    let columns: Vec<(u64, Vec<u8>)> = columns
        .into_iter()
        .map(|(number, bytes)| if number == 0x01 { (number, run(times, &[1])) } else { (number, bytes) })
        .collect();
    put_unsigned(&mut body, columns.len() as u64);
    for (number, bytes) in &columns {
        put_unsigned(&mut body, *number);
        put_unsigned(&mut body, bytes.len() as u64);
    }
    for (_, bytes) in &columns {
        body.extend(bytes);
    }
    chunk(1, &body)
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
    let id = crate::model::DocId([1; 16]);
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

/// What a mutation does to the body of a change.
#[derive(Debug, Clone)]
enum Mutation {
    Flip(prop::sample::Index, u8),
    Set(prop::sample::Index, u8),
    Insert(prop::sample::Index, Vec<u8>),
    Remove(prop::sample::Index, usize),
    Copy(prop::sample::Index, prop::sample::Index, usize),
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let index = any::<prop::sample::Index>;
    prop_oneof![
        (index(), 0_u8..8).prop_map(|(at, bit)| Mutation::Flip(at, bit)),
        (index(), any::<u8>()).prop_map(|(at, byte)| Mutation::Set(at, byte)),
        (index(), prop::collection::vec(any::<u8>(), 1..4))
            .prop_map(|(at, bytes)| Mutation::Insert(at, bytes)),
        (index(), 1_usize..4).prop_map(|(at, len)| Mutation::Remove(at, len)),
        (index(), index(), 1_usize..8).prop_map(|(from, to, len)| Mutation::Copy(from, to, len)),
    ]
}

fn mutated(body: &[u8], mutations: &[Mutation]) -> Vec<u8> {
    let mut body = body.to_vec();
    for mutation in mutations {
        if body.is_empty() {
            return body;
        }
        let len = body.len();
        match mutation {
            Mutation::Flip(at, bit) => body[at.index(len)] ^= 1 << bit,
            Mutation::Set(at, byte) => body[at.index(len)] = *byte,
            Mutation::Insert(at, bytes) => {
                let at = at.index(len);
                body.splice(at..at, bytes.iter().copied());
            }
            Mutation::Remove(at, count) => {
                let at = at.index(len);
                body.drain(at..len.min(at + count));
            }
            Mutation::Copy(from, to, count) => {
                let from = from.index(len);
                let piece = body[from..len.min(from + count)].to_vec();
                let to = to.index(len);
                body.splice(to..to, piece);
            }
        }
    }
    body
}

// At least 5,000 mutations; PROPTEST_CASES asks for more.
proptest! {
    #![proptest_config(ProptestConfig::with_cases(ProptestConfig::default().cases.max(5_000)))]

    #[test]
    fn mutated_change_with_a_right_checksum_is_refused_or_merges_into_something_whole(
        mutations in prop::collection::vec(mutation(), 1..3),
        first_too in any::<bool>(),
    ) {
        let (document, first, second) = visit_with_changes();
        let hostile = chunk(1, &mutated(body(if first_too { &first } else { &second }), &mutations));
        let begun = merge(DocKind::Entry, None, &[&first], ALL).unwrap();
        let current = if first_too { None } else { Some(&begun.snapshot[..]) };
        if let Ok(merged) = merge(DocKind::Entry, current, &[&hostile], ALL) {
            let loaded = Document::load(&merged.snapshot).unwrap();
            prop_assert_eq!(loaded.heads(), merged.heads.clone());
            prop_assert_eq!(loaded.save(), merged.snapshot.clone());
            loaded.history();
            summarise(crate::model::DocId([1; 16]), &loaded);
            // And colleagues can go on with it.
            let mut loaded = loaded;
            let base = loaded.heads();
            loaded.edit(&stamp(3), &base, &[Edit::set("place_note", "后门")]).unwrap();
        }
        prop_assert!(document.contains(&begun.heads));
    }

    #[test]
    fn random_bytes_are_never_a_change(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(inspect(&chunk(1, &bytes)).is_err() || bytes.len() > 20);
        prop_assert!(inspect(&bytes).is_err());
        prop_assert!(Document::load(&bytes).is_err());
    }
}

#[test]
fn hash_names_the_content() {
    let (_, first, second) = visit_with_changes();
    let hash = |bytes: &[u8]| -> Hash { inspect(bytes).unwrap().hash };
    assert_ne!(hash(&first), hash(&second));
}
