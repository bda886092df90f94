//! What our own reader finds in a change, and what it refuses.

use super::forged::{ALL, body, change_with, chunk, put_unsigned, repeated, run, visit_with_changes};
use super::stamp;
use crate::documents::{ChunkFault, MergeFault, inspect, limits, merge};
use crate::model::{DocKind, Hash};

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
fn hash_names_the_content() {
    let (_, first, second) = visit_with_changes();
    let hash = |bytes: &[u8]| -> Hash { inspect(bytes).unwrap().hash };
    assert_ne!(hash(&first), hash(&second));
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
fn objects_and_keys_of_a_change_are_bounded() {
    // Makes maps, none replacing another.
    let made = |times: i64, key: &[u8]| {
        let mut flags = vec![];
        put_unsigned(&mut flags, times.unsigned_abs());
        let columns =
            [(0x15, run(times, key)), (0x34, flags), (0x42, run(times, &[0])), (0x56, run(times, &[0]))];
        inspect(&change_with(&columns)).map(|facts| facts.operations)
    };
    let objects = i64::try_from(limits::CHANGE_OBJECTS).unwrap();
    assert_eq!(made(objects, &[1, b'a']), Ok(limits::CHANGE_OBJECTS));
    assert_eq!(made(objects + 1, &[1, b'a']), Err(ChunkFault::TooManyOperations));
    let key = |length: u64| {
        let mut key = vec![];
        put_unsigned(&mut key, length);
        key.resize(key.len() + usize::try_from(length).unwrap(), b'k');
        key
    };
    assert_eq!(made(1, &key(limits::KEY_BYTES)), Ok(1));
    assert_eq!(made(1, &key(limits::KEY_BYTES + 1)), Err(ChunkFault::Malformed));
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
