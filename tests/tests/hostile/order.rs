//! Repeats, gaps and forks of a device's own numbering.

use crate::scene::{Scene, assert_accepted};
use doorstep_core::model::{ActionKind, CaseId, Class, DocId, DocKind, Edit, Scope, TeamId};
use doorstep_core::sync::wire::{ItemVerdict, Push, RefusalCode};
use doorstep_tests::hostile::chunk::Chunk;
use doorstep_tests::hostile::device::{Place, action_result, change_result};
use doorstep_tests::hostile::record::{Record, entry_in, open_case, push_of, visit};

#[test]
fn a_repeated_push_is_acknowledged_at_the_same_position_and_stores_nothing() {
    let scene = Scene::new(40);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    let first = scene.worker.push_one(&scene.office.server, push.clone());
    assert_accepted(&first);
    let before = scene.tables();
    let again = scene.worker.push_one(&scene.office.server, push.clone());
    assert_eq!(again, first);
    // Twice in one request.
    let twice = scene.worker.push(&scene.office.server, vec![push.clone(), push]).unwrap();
    assert_eq!(twice.results, vec![first.clone(), first]);
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_sequence_gap_is_not_taken_into_the_document() {
    let scene = Scene::new(41);
    let mut visit = scene.visit.clone();
    let _left_out = visit.edit(&scene.worker, &[Edit::set("outcome", "not_home")]);
    let third = visit.edit(&scene.worker, &[Edit::set("place", "home")]);
    let push = push_of(&visit.place, vec![third]);
    scene.assert_change(&scene.worker, push, &ItemVerdict::Held, &RefusalCode::SequenceGap);
}

#[test]
fn a_held_change_is_taken_in_when_what_it_waits_for_arrives() {
    let scene = Scene::new(42);
    let mut visit = scene.visit.clone();
    let second = visit.edit(&scene.worker, &[Edit::set("outcome", "not_home")]);
    let third = visit.edit(&scene.worker, &[Edit::set("place", "home")]);
    let server = &scene.office.server;
    let held = scene.worker.push_one(server, push_of(&visit.place, vec![third.clone()]));
    assert_eq!(held.changes[0].verdict, ItemVerdict::Held);
    assert_accepted(&scene.worker.push_one(server, push_of(&visit.place, vec![second])));
    let again = scene.worker.push_one(server, push_of(&visit.place, vec![third]));
    assert_accepted(&again);
    let head = scene.worker.push(server, Vec::new()).unwrap().head;
    assert_eq!(again.changes[0].position, Some(head), "it was taken in right behind its predecessor");
}

#[test]
fn a_sequence_number_with_other_content_is_refused() {
    let scene = Scene::new(43);
    let one = scene.next_change(&[Edit::set("outcome", "not_home")]);
    let other = scene.next_change(&[Edit::set("outcome", "refused")]);
    assert_eq!(one.changes[0].envelope.seq, other.changes[0].envelope.seq);
    assert_accepted(&scene.worker.push_one(&scene.office.server, one));
    scene.assert_change(&scene.worker, other, &ItemVerdict::Refused, &RefusalCode::DuplicateSequence);
}

#[test]
fn a_sequence_number_with_other_content_than_what_waits_is_refused() {
    let scene = Scene::new(46);
    let waiting = |outcome: &str| {
        let mut visit = scene.visit.clone();
        visit.edit(&scene.worker, &[Edit::set("place", "home")]);
        let change = visit.edit(&scene.worker, &[Edit::set("outcome", outcome)]);
        push_of(&visit.place, vec![change])
    };
    scene.assert_change(&scene.worker, waiting("met_family"), &ItemVerdict::Held, &RefusalCode::SequenceGap);
    let (refused, code) = (ItemVerdict::Refused, RefusalCode::DuplicateSequence);
    scene.assert_change(&scene.worker, waiting("not_home"), &refused, &code);
}

#[test]
fn two_contents_for_one_number_in_one_push_are_not_both_taken() {
    let scene = Scene::new(44);
    let one = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let other = scene.next_change(&[Edit::set("outcome", "refused")]).changes.remove(0);
    let before = scene.tables();
    let result = scene.worker.push_one(&scene.office.server, push_of(&scene.visit.place, vec![one, other]));
    assert_eq!(change_result(&result, 1), (ItemVerdict::Refused, Some(RefusalCode::DuplicateSequence)));
    assert_eq!(change_result(&result, 0), (ItemVerdict::Refused, Some(RefusalCode::PushFailed)));
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_change_on_unknown_dependencies_is_held() {
    let scene = Scene::new(45);
    let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
    let mut chunk = Chunk::parse(&change.bytes);
    chunk.deps.push([0xee; 32]);
    chunk.deps.sort_unstable();
    let waiting = scene.worker.change(&scene.visit.place, change.envelope.seq, &chunk.encode());
    let push = push_of(&scene.visit.place, vec![waiting]);
    scene.assert_change(&scene.worker, push, &ItemVerdict::Held, &RefusalCode::UnknownDependencies);
}

#[test]
fn an_item_twice_in_one_push_is_malformed() {
    let scene = Scene::new(50);
    let mut push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    push.changes.push(push.changes[0].clone());
    let before = scene.tables();
    let result = scene.worker.push_one(&scene.office.server, push);
    assert_eq!(change_result(&result, 1), (ItemVerdict::Refused, Some(RefusalCode::Malformed)));
    let comment = scene.worker.action(&scene.visit.place, ActionKind::Comment, scene.visit.document.heads());
    let push = Push {
        doc: scene.visit.place.doc,
        changes: Vec::new(),
        actions: vec![scene.worker.sign(&comment); 2],
    };
    let result = scene.worker.push_one(&scene.office.server, push);
    assert_eq!(action_result(&result, 1), (ItemVerdict::Refused, Some(RefusalCode::Malformed)));
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_scope_class_or_kind_that_is_not_the_documents_own_is_set_aside() {
    type Lie = fn(&Scene, CaseId) -> Place;
    let lies: [(&str, Lie); 6] = [
        ("another case of the author", |s, other| Place { scope: Scope::Case(other), ..s.visit.place }),
        ("the team", |s, _| Place { scope: Scope::Team(s.team), ..s.visit.place }),
        ("no scope at all", |s, _| Place { scope: Scope::Team(TeamId(s.case.0)), ..s.visit.place }),
        ("a lower class", |s, _| Place { class: Class::Contact, ..s.visit.place }),
        ("a higher class", |s, _| Place { class: Class::Restricted, ..s.visit.place }),
        ("another kind", |s, _| Place { kind: DocKind::CaseFile, ..s.visit.place }),
    ];
    // A scene for each: what is set aside ends its actor in the document.
    for (seed, (what, lie)) in (460..).zip(lies) {
        let scene = Scene::new(seed);
        let (other, _, opening) = open_case(&scene.worker, scene.team);
        assert_accepted(&scene.worker.push_one(&scene.office.server, opening));
        let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
        let lie = lie(&scene, other);
        let signed = scene.worker.change(&lie, change.envelope.seq, &change.bytes);
        let before = scene.tables();
        let result = scene.worker.push_one(&scene.office.server, push_of(&lie, vec![signed]));
        let expected = (ItemVerdict::Quarantined, Some(RefusalCode::ScopeMismatch));
        assert_eq!(change_result(&result, 0), expected, "{what}");
        assert_eq!(scene.tables(), before, "{what}");
        scene.assert_alive();
    }
}

#[test]
fn a_change_in_a_push_about_another_document_is_malformed() {
    let scene = Scene::new(48);
    let mut push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    push.doc = DocId::new(&scene.worker.env);
    scene.assert_change(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::Malformed);
}

#[test]
fn a_bad_push_does_not_hold_up_the_others_of_its_request() {
    let scene = Scene::new(49);
    let mut bad = scene.next_change(&[Edit::set("outcome", "not_home")]);
    bad.changes[0].signature.0[5] ^= 1;
    let (good, first) =
        Record::begin(&scene.worker, entry_in(&scene.worker, scene.case, scene.visit.place.class), &visit());
    let pushes = vec![bad, push_of(&good.place, vec![first])];
    let answer = scene.worker.push(&scene.office.server, pushes).unwrap();
    assert_eq!(change_result(&answer.results[0], 0), (ItemVerdict::Refused, Some(RefusalCode::BadSignature)));
    assert_accepted(&answer.results[1]);
}
