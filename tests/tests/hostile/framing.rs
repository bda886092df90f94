//! What is no whole message or no whole change.

use crate::scene::Scene;
use doorstep_core::changes::chunk_hash;
use doorstep_core::documents::{ChunkFault, inspect};
use doorstep_core::model::Edit;
use doorstep_core::sync::wire::{BODY_LIMIT, ErrorCode, ItemVerdict, RefusalCode};
use doorstep_tests::hostile::chunk::{CHANGE, Chunk, DEFLATED, put_unsigned, seal};
use doorstep_tests::hostile::device::{change_result, compress};
use doorstep_tests::hostile::record::push_of;

const MALFORMED: (u16, ErrorCode) = (400, ErrorCode::Malformed);

#[test]
fn a_body_cut_at_any_length_is_malformed() {
    let scene = Scene::new(1);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    let body = minicbor::to_vec(scene.worker.request(vec![push])).unwrap();
    let before = scene.tables();
    for length in 0..body.len() {
        let answer = scene.worker.send(&scene.office.server, &compress(&body[..length]));
        assert_eq!(answer.unwrap_err(), MALFORMED, "cut at {length}");
    }
    let whole = compress(&body);
    for length in 0..whole.len() {
        let answer = scene.worker.send(&scene.office.server, &whole[..length]);
        assert_eq!(answer.unwrap_err(), MALFORMED, "frame cut at {length}");
    }
    assert_eq!(scene.tables(), before);
    assert!(scene.worker.send(&scene.office.server, &whole).is_ok());
}

#[test]
fn bytes_behind_a_message_are_malformed() {
    let scene = Scene::new(2);
    let mut body = minicbor::to_vec(scene.worker.request(Vec::new())).unwrap();
    body.push(0);
    assert_eq!(scene.worker.send(&scene.office.server, &compress(&body)).unwrap_err(), MALFORMED);
}

#[test]
fn a_body_of_other_things_is_malformed() {
    let scene = Scene::new(3);
    for cbor in [&[0xa0][..], &[0x80], &[0xf6], &[0xff], &[0xbf, 0xff], &[0x9b, 0xff, 0xff, 0xff, 0xff]] {
        let answer = scene.worker.send(&scene.office.server, &compress(cbor));
        assert_eq!(answer.unwrap_err(), MALFORMED, "{cbor:02x?}");
    }
    assert_eq!(scene.worker.send(&scene.office.server, b"not a frame").unwrap_err(), MALFORMED);
}

#[test]
fn nesting_without_end_does_not_exhaust_the_stack() {
    let scene = Scene::new(4);
    for opening in [0x81_u8, 0x9f, 0xa1, 0xbf, 0xc1] {
        // Behind an unknown key, so that it is skipped rather than read.
        let mut body = vec![0xa1, 0x18, 0x63];
        body.resize(1_000_000, opening);
        let answer = scene.worker.send(&scene.office.server, &compress(&body));
        assert_eq!(answer.unwrap_err(), MALFORMED, "{opening:02x}");
    }
    scene.assert_alive();
}

#[test]
fn a_frame_that_expands_without_end_is_too_large() {
    let scene = Scene::new(5);
    let bomb = compress(&vec![0; 200_000_000]);
    assert!(bomb.len() < 50_000);
    let answer = scene.worker.send(&scene.office.server, &bomb);
    assert_eq!(answer.unwrap_err(), (413, ErrorCode::TooLarge));
}

#[test]
fn a_body_at_its_limit_is_read_and_one_byte_more_is_too_large() {
    let scene = Scene::new(6);
    let cbor = minicbor::to_vec(scene.worker.request(Vec::new())).unwrap();
    let padded = |length: usize| {
        // One more entry in the map, which every release skips: key 99, a byte string.
        let mut body = cbor.clone();
        body[0] += 1;
        let rest = length - body.len() - 7;
        body.extend_from_slice(&[0x18, 99, 0x5a]);
        body.extend_from_slice(&u32::try_from(rest).unwrap().to_be_bytes());
        body.resize(length, 0);
        compress(&body)
    };
    assert!(scene.worker.send(&scene.office.server, &padded(BODY_LIMIT)).is_ok());
    let answer = scene.worker.send(&scene.office.server, &padded(BODY_LIMIT + 1));
    assert_eq!(answer.unwrap_err(), (413, ErrorCode::TooLarge));
}

#[test]
fn a_change_cut_at_any_length_is_malformed() {
    let scene = Scene::new(7);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let before = scene.tables();
    let cuts: Vec<_> = (0..change.bytes.len())
        .map(|length| scene.worker.change(&scene.visit.place, change.envelope.seq, &change.bytes[..length]))
        .collect();
    for (length, cut) in cuts.into_iter().enumerate() {
        let result = scene.worker.push_one(&scene.office.server, push_of(&scene.visit.place, vec![cut]));
        assert_eq!(result.changes[0].verdict, ItemVerdict::Refused, "cut at {length}");
        assert_eq!(result.changes[0].code, Some(RefusalCode::Malformed), "cut at {length}");
    }
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_change_of_another_length_than_it_says_is_malformed() {
    let scene = Scene::new(13);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let body = Chunk::parse(&change.bytes).body();
    for claimed in [0, body.len() - 1, body.len() + 1, usize::MAX] {
        let mut hashed = vec![CHANGE];
        put_unsigned(&mut hashed, claimed as u64);
        hashed.extend_from_slice(&body);
        let mut bytes = [&change.bytes[..4], &[0; 4], &hashed].concat();
        let checksum = chunk_hash(&bytes).unwrap();
        bytes[4..8].copy_from_slice(&checksum.0[..4]);
        let signed = scene.worker.change(&scene.visit.place, change.envelope.seq, &bytes);
        let push = push_of(&scene.visit.place, vec![signed]);
        scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::Malformed);
    }
}

#[test]
fn a_change_with_bytes_behind_it_is_malformed() {
    let scene = Scene::new(8);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    for tail in [&[0][..], &change.bytes] {
        let bytes = [change.bytes.as_slice(), tail].concat();
        let longer = scene.worker.change(&scene.visit.place, change.envelope.seq, &bytes);
        let push = push_of(&scene.visit.place, vec![longer]);
        scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::Malformed);
    }
}

/// The code that a broken change must get. Rows are counted before any hash is computed, so what
/// cannot be read, or claims too much, is seen first.
fn code_of(broken: &[u8]) -> RefusalCode {
    let mut bytes = broken.to_vec();
    let checksum = chunk_hash(&bytes).unwrap();
    bytes[4..8].copy_from_slice(&checksum.0[..4]);
    match inspect(&bytes) {
        Ok(_) => RefusalCode::BadHash,
        Err(ChunkFault::ChunkType) => RefusalCode::ChunkType,
        Err(ChunkFault::TooManyOperations) => RefusalCode::TooManyOperations,
        Err(_) => RefusalCode::Malformed,
    }
}

#[test]
fn a_change_with_any_bit_flipped_is_refused() {
    let scene = Scene::new(9);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let before = scene.tables();
    for (is_checksum_good, first) in [(false, 0), (true, 9)] {
        let mut bad_hash = 0;
        for bit in first * 8..change.bytes.len() * 8 {
            let mut flipped = change.clone();
            flipped.bytes[bit / 8] ^= 1 << (bit % 8);
            if is_checksum_good {
                let checksum = chunk_hash(&flipped.bytes).unwrap();
                flipped.bytes[4..8].copy_from_slice(&checksum.0[..4]);
            }
            let code = match bit / 8 {
                0..4 => RefusalCode::Malformed,
                4..8 => RefusalCode::BadHash,
                8 => RefusalCode::ChunkType,
                _ => code_of(&flipped.bytes),
            };
            bad_hash += usize::from(code == RefusalCode::BadHash);
            let push = push_of(&scene.visit.place, vec![flipped]);
            let result = scene.worker.push_one(&scene.office.server, push);
            assert_eq!(change_result(&result, 0), (ItemVerdict::Refused, Some(code)), "bit {bit}");
        }
        assert!(bad_hash > 400, "{bad_hash}");
    }
    assert_eq!(scene.tables(), before);
    scene.assert_alive();
}

#[test]
fn a_deflated_change_is_of_the_wrong_type_whatever_it_inflates_to() {
    let scene = Scene::new(10);
    // automerge deflates a chunk this long by itself.
    let push = scene.next_change(&[Edit::set("narrative", "一".repeat(20_000))]);
    let plain = &push.changes[0];
    let mut change = automerge::Change::from_bytes(plain.bytes.clone()).unwrap();
    let deflated = change.bytes().into_owned();
    assert_eq!(deflated[8], DEFLATED);
    assert!(deflated.len() * 10 < plain.bytes.len(), "{} of {}", deflated.len(), plain.bytes.len());
    for bytes in [deflated, seal(DEFLATED, b""), seal(DEFLATED, &[0; 300])] {
        let signed = scene.worker.change(&scene.visit.place, plain.envelope.seq, &bytes);
        let push = push_of(&scene.visit.place, vec![signed]);
        scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::ChunkType);
    }
}

#[test]
fn a_whole_document_or_a_bundle_is_no_change() {
    let scene = Scene::new(11);
    let document = scene.visit.document.save();
    for bytes in [document, seal(0, b""), seal(3, &[0; 40]), seal(255, b"")] {
        let signed = scene.worker.change(&scene.visit.place, 2, &bytes);
        let push = push_of(&scene.visit.place, vec![signed]);
        scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::ChunkType);
    }
}

#[test]
fn a_column_marked_as_deflated_is_refused() {
    let scene = Scene::new(12);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let columns = Chunk::parse(&change.bytes).columns.len();
    for column in 0..columns {
        let mut chunk = Chunk::parse(&change.bytes);
        chunk.columns[column].spec |= 0x08;
        let bytes = chunk.encode();
        assert_eq!(bytes[8], CHANGE);
        let signed = scene.worker.change(&scene.visit.place, change.envelope.seq, &bytes);
        let push = push_of(&scene.visit.place, vec![signed]);
        scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::Malformed);
    }
}
