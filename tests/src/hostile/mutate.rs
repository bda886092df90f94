//! Structural mutations of a change: a lie in one part of it, everything around it consistent.
//!
//! Flipping bits of a finished chunk only ever tests the checksum. These mutations change columns,
//! run lengths, counters and header fields, and then compute length, checksum and hash again, so
//! that they reach the parser, the merge and the load behind it.

use super::chunk::{CHANGE, Chunk, Column, put_signed, put_unsigned, seal};
use super::rows::Rows;
use crate::dice::Dice;

/// Columns that automerge knows, and a few that it does not.
const SPECS: [u64; 16] =
    [0x01, 0x02, 0x11, 0x13, 0x15, 0x34, 0x42, 0x56, 0x57, 0x70, 0x71, 0x73, 0x94, 0xa5, 0x08, 0x4a];

/// Numbers where counters, lengths and shifts go wrong.
const EDGES: [u64; 14] = [
    0,
    1,
    2,
    0x7f,
    0x80,
    0xffff,
    0x7fff_ffff,
    0x8000_0000,
    0xffff_ffff,
    0x1_0000_0000,
    1 << 53,
    i64::MAX as u64,
    i64::MAX as u64 + 1,
    u64::MAX,
];

/// A change with one to three lies in it. The result always has a correct length and checksum.
pub fn mutate(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut chunk = Chunk::parse(bytes);
    if dice.chance(50) {
        // Well encoded throughout: only the meaning is wrong.
        for _ in 0..=dice.below(3) {
            row(&mut chunk, dice);
        }
        return chunk.encode();
    }
    for _ in 0..=dice.below(3) {
        match dice.below(10) {
            0 | 1 => header(&mut chunk, dice),
            2 => arrangement(&mut chunk, dice),
            _ => column_data(&mut chunk, dice),
        }
    }
    if dice.chance(10) {
        let mut body = chunk.body();
        garble(&mut body, dice);
        return seal(CHANGE, &body);
    }
    chunk.encode()
}

fn row(chunk: &mut Chunk, dice: &mut Dice) {
    let at = dice.below(chunk.columns.len());
    let Some(column) = chunk.columns.get_mut(at) else { return };
    // What an earlier round disturbed can still be read: it was written by the same hand.
    if let Some(mut rows) = Rows::read(column.spec, &column.data) {
        rows.disturb(dice);
        column.data = rows.write();
    } else if let Some(byte) = column.data.first_mut() {
        *byte ^= 1;
    }
}

fn header(chunk: &mut Chunk, dice: &mut Dice) {
    match dice.below(12) {
        0 => chunk.seq = *dice.pick(&EDGES),
        1 => chunk.seq = chunk.seq.wrapping_add(1),
        2 => chunk.start_op = *dice.pick(&EDGES),
        3 => chunk.start_op = chunk.start_op.wrapping_add(dice.below(9) as u64).wrapping_sub(4),
        4 => chunk.time = *dice.pick(&[i64::MIN, i64::MAX, -1, 0]),
        5 => chunk.message = dice.bytes(40),
        6 => {
            let length = *dice.pick(&[0, 1, 15, 16, 17, 300]);
            chunk.actor = dice.bytes(length);
        }
        7 => chunk.others.push(dice.bytes(16)),
        8 => chunk.others.push(chunk.actor.clone()),
        9 => chunk.deps.push(dice.bytes(32).try_into().expect("32 bytes were drawn")),
        10 => {
            if let Some(dep) = chunk.deps.first().copied() {
                chunk.deps.push(dep);
            } else {
                chunk.deps.clear();
            }
        }
        _ => {
            let length = dice.below(20);
            chunk.extra = dice.bytes(length);
        }
    }
}

fn arrangement(chunk: &mut Chunk, dice: &mut Dice) {
    let count = chunk.columns.len();
    if count == 0 {
        return;
    }
    let (one, other) = (dice.below(count), dice.below(count));
    match dice.below(7) {
        0 => drop(chunk.columns.remove(one)),
        1 => chunk.columns.insert(other, chunk.columns[one].clone()),
        2 => chunk.columns.swap(one, other),
        3 => chunk.columns[one].spec = *dice.pick(&SPECS),
        4 => chunk.columns[one].data = chunk.columns[other].data.clone(),
        5 => {
            let length = dice.below(12);
            let data = dice.bytes(length);
            chunk.columns.push(Column { spec: *dice.pick(&SPECS), data });
            if dice.chance(70) {
                chunk.columns.sort_by_key(|column| column.spec);
            }
        }
        // The deflate bit of one column.
        _ => chunk.columns[one].spec ^= 0x08,
    }
}

fn column_data(chunk: &mut Chunk, dice: &mut Dice) {
    let count = chunk.columns.len();
    if count == 0 {
        return;
    }
    let column = dice.below(count);
    let data = &mut chunk.columns[column].data;
    match dice.below(5) {
        0 => {
            // A run of our own: how often, and what.
            let mut run = Vec::new();
            let length = if dice.chance(70) {
                dice.below(200) as i64 - 60
            } else {
                i64::from_ne_bytes(dice.pick(&EDGES).to_ne_bytes())
            };
            put_signed(&mut run, length);
            put_unsigned(&mut run, if dice.chance(50) { *dice.pick(&EDGES) } else { dice.below(12) as u64 });
            let at = dice.below(data.len() + 1);
            data.splice(at..at, run);
        }
        1 => {
            // A number replaced by one at an edge.
            let mut number = Vec::new();
            if dice.chance(50) {
                put_unsigned(&mut number, *dice.pick(&EDGES));
            } else {
                put_signed(&mut number, i64::from_ne_bytes(dice.pick(&EDGES).to_ne_bytes()));
            }
            let at = dice.below(data.len().max(1)).min(data.len());
            let end = (at + 1).min(data.len());
            data.splice(at..end, number);
        }
        _ => garble(data, dice),
    }
}

/// Bytes flipped, replaced, dropped, doubled or moved by one.
fn garble(data: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(3) {
        if data.is_empty() {
            data.push(dice.below(256) as u8);
            continue;
        }
        let at = dice.below(data.len());
        match dice.below(6) {
            0 => data[at] ^= 1 << dice.below(8),
            1 => data[at] = dice.below(256) as u8,
            2 => drop(data.remove(at)),
            3 => data.insert(at, dice.below(256) as u8),
            4 => data.truncate(at),
            _ => data[at] = data[at].wrapping_add(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorstep_core::changes::chunk_hash;
    use sha2::{Digest, Sha256};

    #[test]
    fn a_mutated_change_still_has_a_correct_checksum() {
        let mut doc = automerge::AutoCommit::new();
        automerge::transaction::Transactable::put(&mut doc, automerge::ROOT, "outcome", "met").unwrap();
        doc.commit();
        let original = doc.get_changes(&[])[0].raw_bytes().to_vec();
        let mut dice = Dice::new(1);
        let mut different = 0;
        for _ in 0..500 {
            let mutated = mutate(&original, &mut dice);
            assert_eq!(mutated[4..8], Sha256::digest(&mutated[8..])[..4]);
            assert_eq!(chunk_hash(&mutated).unwrap().as_bytes()[..4], mutated[4..8]);
            different += usize::from(mutated != original);
        }
        assert!(different > 400, "{different} of 500 differ");
    }
}
