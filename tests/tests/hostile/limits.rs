//! Every limit at itself and one beyond; and what claims to be far larger than it is.

use crate::scene::{Scene, assert_accepted};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, LoadOptions, ROOT, ReadDoc, TextEncoding};
use doorstep_core::changes::{SignedAction, SignedChange};
use doorstep_core::documents::{inspect, limits};
use doorstep_core::model::{Action, ActionId, ActionKind, Class, Edit, Field};
use doorstep_core::sync::wire::{
    ACTIONS_LIMIT, CHANGES_LIMIT, DOCUMENT_LIMIT, ErrorCode, FILLS_LIMIT, Filling, ItemVerdict, PUSHES_LIMIT,
    Push, RefusalCode,
};
use doorstep_tests::hostile::chunk::{Chunk, Column, put_signed, put_unsigned};
use doorstep_tests::hostile::device::{action_result, change_result};
use doorstep_tests::hostile::record::{Record, entry_in, push_of, visit};

const REFUSED: ItemVerdict = ItemVerdict::Refused;

/// The visit opened in plain automerge; what `write` does becomes the worker's second change.
fn second_change(
    scene: &Scene,
    record: &Record,
    write: impl FnOnce(&mut AutoCommit, &automerge::ObjId),
) -> SignedChange {
    let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
    let mut document = AutoCommit::load_with_options(&record.document.save(), options).unwrap();
    document.set_actor(ActorId::from(scene.worker.actor().0.as_slice()));
    let (_, fields) = document.get(ROOT, "fields").unwrap().unwrap();
    write(&mut document, &fields);
    let message = scene.worker.member.to_string();
    document.commit_with(CommitOptions::default().with_message(message).with_time(1_772_409_600));
    let change = document.get_last_local_change().unwrap();
    scene.worker.change(&record.place, change.seq(), change.raw_bytes())
}

/// A change of exactly this many bytes.
fn change_of_bytes(scene: &Scene, length: usize) -> SignedChange {
    let padded = |padding: usize| {
        second_change(scene, &scene.visit, |document, fields| {
            document.put(fields, "photo", automerge::ScalarValue::Bytes(vec![7; padding])).unwrap();
        })
    };
    let overhead = padded(length - 200).bytes.len() - (length - 200);
    let change = padded(length - overhead);
    assert_eq!(change.bytes.len(), length);
    change
}

/// A change of exactly this many operations.
fn change_of_operations(scene: &Scene, record: &Record, count: u64) -> SignedChange {
    second_change(scene, record, |document, fields| {
        write_operations(document, fields, count);
    })
}

/// Writes by turns, for automerge leaves out what is there already.
fn write_operations(document: &mut AutoCommit, fields: &automerge::ObjId, count: u64) {
    for number in 0..count {
        document.put(fields, "next_step", if number % 2 == 0 { "a" } else { "b" }).unwrap();
    }
}

#[test]
fn a_change_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let scene = Scene::new(120);
    let larger = change_of_bytes(&scene, limits::CHANGE_BYTES + 1);
    let push = push_of(&scene.visit.place, vec![larger]);
    scene.assert_change(&scene.worker, push, &REFUSED, &RefusalCode::TooLarge);
    let largest = change_of_bytes(&scene, limits::CHANGE_BYTES);
    let push = push_of(&scene.visit.place, vec![largest]);
    assert_accepted(&scene.worker.push_one(&scene.office.server, push));
}

#[test]
fn a_document_larger_than_a_page_may_carry_is_not_made() {
    let scene = Scene::new(129);
    let options = LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint);
    let mut document = AutoCommit::load_with_options(&scene.visit.document.save(), options).unwrap();
    document.set_actor(ActorId::from(scene.worker.actor().0.as_slice()));
    let (_, fields) = document.get(ROOT, "fields").unwrap().unwrap();
    let message = scene.worker.member.to_string();
    let mut taken = 0;
    for number in 1_u8.. {
        // As many as a request carries.
        let changes: Vec<SignedChange> = (0..4)
            .map(|part| {
                let content = vec![number * 4 + part; limits::CHANGE_BYTES - 1_000];
                document.put(&fields, "photo", automerge::ScalarValue::Bytes(content)).unwrap();
                document.commit_with(CommitOptions::default().with_message(message.clone()));
                let change = document.get_last_local_change().unwrap();
                scene.worker.change(&scene.visit.place, change.seq(), change.raw_bytes())
            })
            .collect();
        let bytes: usize = changes.iter().map(|change| change.bytes.len()).sum();
        let push = push_of(&scene.visit.place, changes);
        if taken + bytes > DOCUMENT_LIMIT {
            scene.assert_change(&scene.worker, push, &ItemVerdict::Quarantined, &RefusalCode::TooLarge);
            return;
        }
        assert_accepted(&scene.worker.push_one(&scene.office.server, push));
        taken += bytes;
    }
}

#[test]
fn a_change_of_the_most_operations_is_taken_and_one_more_is_not() {
    let scene = Scene::new(121);
    let more = change_of_operations(&scene, &scene.visit, limits::CHANGE_OPERATIONS + 1);
    let push = push_of(&scene.visit.place, vec![more]);
    scene.assert_change(&scene.worker, push, &REFUSED, &RefusalCode::TooManyOperations);
    let most = change_of_operations(&scene, &scene.visit, limits::CHANGE_OPERATIONS);
    let push = push_of(&scene.visit.place, vec![most]);
    assert_accepted(&scene.worker.push_one(&scene.office.server, push));
}

#[test]
fn a_request_of_more_operations_than_allowed_is_taken_as_far_as_it_goes() {
    let scene = Scene::new(122);
    let mut pushes = Vec::new();
    for _ in 0..3 {
        let (record, first) =
            Record::begin(&scene.worker, entry_in(&scene.worker, scene.case, Class::File), &visit());
        let second = change_of_operations(&scene, &record, 80_000);
        pushes.push(push_of(&record.place, vec![first, second]));
    }
    let results = scene.worker.push(&scene.office.server, pushes.clone()).unwrap().results;
    assert_accepted(&results[0]);
    assert_accepted(&results[1]);
    assert_eq!(change_result(&results[2], 1), (REFUSED, Some(RefusalCode::TooManyOperations)));
    assert_accepted(&scene.worker.push_one(&scene.office.server, pushes.remove(2)));
}

#[test]
fn a_small_change_that_claims_fifty_million_operations_is_refused_at_once() {
    let scene = Scene::new(123);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let run = |count: i64, value: u64| {
        let mut data = Vec::new();
        put_signed(&mut data, count);
        put_unsigned(&mut data, value);
        data
    };
    let text_run = |count: i64| {
        let mut data = run(count, 1);
        data.push(b'k');
        data
    };
    let many = 50_000_000;
    let claims: [Vec<Column>; 5] = [
        // Every operation a `set` of null: nothing but the action column is long.
        vec![Column { spec: 0x42, data: run(many, 1) }],
        vec![Column { spec: 0x15, data: text_run(many) }, Column { spec: 0x42, data: run(many, 1) }],
        vec![Column { spec: 0x34, data: run(many, 0)[..4].to_vec() }, Column { spec: 0x42, data: run(1, 1) }],
        vec![Column { spec: 0x42, data: run(1, 1) }, Column { spec: 0x70, data: run(1, 50_000_000) }],
        // Nulls repeat by another way of counting.
        vec![Column { spec: 0x02, data: run(0, 50_000_000) }, Column { spec: 0x42, data: run(1, 1) }],
    ];
    for (number, columns) in claims.into_iter().enumerate() {
        let mut chunk = Chunk::parse(&change.bytes);
        chunk.deps.clear();
        chunk.message.clear();
        chunk.columns = columns;
        let bytes = chunk.encode();
        assert!(bytes.len() <= 70, "{} bytes", bytes.len());
        let signed = scene.worker.change(&scene.visit.place, change.envelope.seq, &bytes);
        let before = scene.tables();
        let result = scene.worker.push_one(&scene.office.server, push_of(&scene.visit.place, vec![signed]));
        let expected = (REFUSED, Some(RefusalCode::TooManyOperations));
        assert_eq!(change_result(&result, 0), expected, "claim {number}");
        assert_eq!(scene.tables(), before);
    }
    scene.assert_alive();
}

#[test]
fn counts_of_a_request_are_bounded() {
    let scene = Scene::new(124);
    let server = &scene.office.server;
    let too_large = (413, ErrorCode::TooLarge);
    let empty = Push { doc: scene.visit.place.doc, changes: Vec::new(), actions: Vec::new() };
    assert!(scene.worker.push(server, vec![empty.clone(); PUSHES_LIMIT]).is_ok());
    assert_eq!(scene.worker.push(server, vec![empty; PUSHES_LIMIT + 1]).unwrap_err(), too_large);

    let accepted = scene.next_change(&[Edit::set("outcome", "not_home")]);
    assert_accepted(&scene.worker.push_one(server, accepted.clone()));
    let repeated = |count| push_of(&scene.visit.place, vec![accepted.changes[0].clone(); count]);
    assert!(scene.worker.push(server, vec![repeated(CHANGES_LIMIT)]).is_ok());
    assert_eq!(scene.worker.push(server, vec![repeated(CHANGES_LIMIT + 1)]).unwrap_err(), too_large);

    let comment = scene.worker.action(&scene.visit.place, ActionKind::Comment, scene.visit.document.heads());
    let actions = |count| Push {
        doc: scene.visit.place.doc,
        changes: Vec::new(),
        actions: (0..count)
            .map(|_| {
                let id = ActionId::new(&scene.worker.env);
                scene.worker.sign(&Action { id, ..comment.clone() })
            })
            .collect(),
    };
    assert!(scene.worker.push(server, vec![actions(ACTIONS_LIMIT)]).is_ok());
    assert_eq!(scene.worker.push(server, vec![actions(ACTIONS_LIMIT + 1)]).unwrap_err(), too_large);

    let filling = Filling { scope: scene.visit.place.scope, class: Class::File, generation: 0, after: None };
    let mut request = scene.worker.request(Vec::new());
    request.filling = vec![filling; FILLS_LIMIT];
    assert!(scene.worker.sync(server, &request).is_ok());
    request.filling.push(filling);
    assert_eq!(scene.worker.sync(server, &request).unwrap_err(), too_large);
}

/// A comment with one part made as long as asked.
fn comment(scene: &Scene, lengthen: impl FnOnce(&mut Action)) -> Push {
    let mut action =
        scene.worker.action(&scene.visit.place, ActionKind::Comment, scene.visit.document.heads());
    lengthen(&mut action);
    signed(scene, scene.worker.sign(&action))
}

fn signed(scene: &Scene, action: SignedAction) -> Push {
    Push { doc: scene.visit.place.doc, changes: Vec::new(), actions: vec![action] }
}

#[test]
fn parts_of_an_action_are_bounded() {
    let scene = Scene::new(125);
    type Lengthen = fn(&mut Action, usize, &Scene);
    let parts: [(&str, usize, Lengthen); 3] = [
        ("reason", Action::REASON_LIMIT, |action, length, _| action.reason = "r".repeat(length)),
        ("fields", Action::FIELDS_LIMIT, |action, length, _| {
            action.fields = (0..length).map(|n| Field::new(format!("answers.q{n}")).unwrap()).collect();
        }),
        ("after", Action::AFTER_LIMIT, |action, length, scene| {
            action.after = (0..length).map(|_| ActionId::new(&scene.worker.env)).collect();
        }),
    ];
    for (what, limit, lengthen) in parts {
        let push = comment(&scene, |action| lengthen(action, limit + 1, &scene));
        scene.assert_action(&scene.worker, push, &REFUSED, &RefusalCode::TooLarge);
        let push = comment(&scene, |action| lengthen(action, limit, &scene));
        let result = scene.worker.push_one(&scene.office.server, push);
        assert_ne!(action_result(&result, 0).1, Some(RefusalCode::TooLarge), "{what} at its limit");
        assert_ne!(action_result(&result, 0).0, REFUSED, "{what} at its limit");
    }
}

#[test]
fn an_action_of_the_largest_size_is_taken_and_one_byte_more_is_not() {
    let scene = Scene::new(126);
    let action = scene.worker.action(&scene.visit.place, ActionKind::Comment, scene.visit.document.heads());
    let plain = scene.worker.sign(&action).body;
    let padded = |length: usize| {
        // One more entry in the map, which this release skips: key 99, a byte string.
        let mut body = plain.clone();
        body[0] += 1;
        let rest = u16::try_from(length - body.len() - 5).unwrap();
        body.extend_from_slice(&[0x18, 99, 0x59]);
        body.extend_from_slice(&rest.to_be_bytes());
        body.resize(length, 0);
        let message = [scene.worker.org.as_bytes().as_slice(), &body].concat();
        SignedAction { signature: scene.worker.key.sign("doorstep-action-v1", &message), body }
    };
    let larger = signed(&scene, padded(SignedAction::BYTES_LIMIT + 1));
    scene.assert_action(&scene.worker, larger, &REFUSED, &RefusalCode::TooLarge);
    let largest = signed(&scene, padded(SignedAction::BYTES_LIMIT));
    assert_accepted(&scene.worker.push_one(&scene.office.server, largest));
}

#[test]
fn operations_are_not_numbered_beyond_what_a_document_may_hold() {
    let scene = Scene::new(127);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let count = inspect(&change.bytes).unwrap().operations;
    let numbered_up_to = |last: u64| {
        let mut chunk = Chunk::parse(&change.bytes);
        chunk.start_op = last - count + 1;
        let change = scene.worker.change(&scene.visit.place, change.envelope.seq, &chunk.encode());
        push_of(&scene.visit.place, vec![change])
    };
    let beyond = numbered_up_to(limits::DOCUMENT_OPERATIONS + 1);
    scene.assert_change(&scene.worker, beyond, &REFUSED, &RefusalCode::TooManyOperations);
    // Numbers that leave a gap would use up what colleagues have left to write with.
    let gap = numbered_up_to(limits::DOCUMENT_OPERATIONS);
    scene.assert_change(&scene.worker, gap, &ItemVerdict::Quarantined, &RefusalCode::Unmergeable);
}
