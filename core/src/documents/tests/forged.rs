//! Changes built by hand, byte by byte, and by automerge behind our back.

use super::stamp;
use crate::documents::{Document, MergeGuards};
use crate::model::{DocKind, Edit, Field};
use automerge::transaction::{CommitOptions, Transaction};
use automerge::{ActorId, ObjId, ROOT, ReadDoc};
use sha2::{Digest, Sha256};

/// Every check on.
pub(super) const ALL: MergeGuards = MergeGuards { load_back: true };

/// A chunk around a body, with the right length and checksum.
pub(super) fn chunk(chunk_type: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![chunk_type];
    put_unsigned(&mut hashed, body.len() as u64);
    hashed.extend_from_slice(body);
    let checksum = &Sha256::digest(&hashed)[..4];
    [&[0x85, 0x6f, 0x4a, 0x83], checksum, &hashed].concat()
}

/// The body of a chunk with the header taken off.
pub(super) fn body(chunk: &[u8]) -> &[u8] {
    let length_bytes = chunk[9..].iter().position(|byte| byte & 0x80 == 0).unwrap() + 1;
    &chunk[9 + length_bytes..]
}

pub(super) fn put_unsigned(out: &mut Vec<u8>, mut value: u64) {
    loop {
        let byte = value.to_le_bytes()[0] & 0x7f;
        value >>= 7;
        out.push(if value == 0 { byte } else { byte | 0x80 });
        if value == 0 {
            return;
        }
    }
}

pub(super) fn put_signed(out: &mut Vec<u8>, mut value: i64) {
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
pub(super) fn change_with(columns: &[(u64, Vec<u8>)]) -> Vec<u8> {
    let mut body = vec![0, 16];
    body.extend([7; 16]);
    body.extend([1, 1, 0, 0, 0]);
    put_columns(&mut body, columns);
    chunk(1, &body)
}

/// Number and length of each column, then their bytes.
fn put_columns(body: &mut Vec<u8>, columns: &[(u64, Vec<u8>)]) {
    put_unsigned(body, columns.len() as u64);
    for (number, bytes) in columns {
        put_unsigned(body, *number);
        put_unsigned(body, bytes.len() as u64);
    }
    for (_, bytes) in columns {
        body.extend(bytes);
    }
}

pub(super) fn run(times: i64, value: &[u8]) -> Vec<u8> {
    let mut column = Vec::new();
    put_signed(&mut column, times);
    column.extend_from_slice(value);
    column
}

/// "Set the key `a` to nothing", so many times: a few dozen bytes whatever the number.
pub(super) fn repeated(times: i64) -> Vec<u8> {
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
pub(super) fn visit_with_changes() -> (Document, Vec<u8>, Vec<u8>) {
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
pub(super) fn foreign_change(document: &Document, write: impl FnOnce(&mut Transaction<'_>)) -> Vec<u8> {
    let mut copy = document.inner.clone();
    copy.set_actor(ActorId::from([9; 16]));
    let mut tx = copy.transaction();
    write(&mut tx);
    let (hash, _) = tx.commit_with(CommitOptions::default().with_message(stamp(9).member.to_string()));
    copy.get_change_by_hash(&hash.unwrap()).unwrap().raw_bytes().to_vec()
}

/// A key of the answers set to many different values by one change, none replacing another.
pub(super) fn many_values(document: &Document, count: u16) -> Vec<u8> {
    let (_, answers) = document.inner.get(ROOT, "answers").unwrap().unwrap();
    let ObjId::Id(counter, ..) = answers else { panic!("the root is no map of answers") };
    let times = i64::from(count);
    let mut object = vec![];
    put_unsigned(&mut object, counter);
    let mut meta = vec![];
    put_signed(&mut meta, times);
    // Type 4: whole numbers, here of two bytes each.
    put_unsigned(&mut meta, 2 << 4 | 4);
    let mut numbers = vec![];
    for number in 0..count {
        put_signed(&mut numbers, 64 + i64::from(number % 8_000));
    }
    let mut flags = vec![];
    put_unsigned(&mut flags, u64::from(count));
    let mut body = vec![1];
    body.extend(document.heads().as_slice()[0].0);
    body.push(16);
    body.extend([9; 16]);
    body.push(1);
    put_unsigned(&mut body, document.operations() + 1);
    // No time, no message, one other actor: the one who made the map.
    body.extend([0, 0, 1, 16]);
    body.extend(stamp(1).actor.0);
    put_columns(
        &mut body,
        &[
            (0x01, run(times, &[1])),
            (0x02, run(times, &object)),
            (0x15, run(times, &[4, b'm', b'o', b'o', b'd'])),
            (0x34, flags),
            (0x42, run(times, &[1])),
            (0x56, meta),
            (0x57, numbers),
            (0x70, run(times, &[0])),
        ],
    );
    chunk(1, &body)
}
