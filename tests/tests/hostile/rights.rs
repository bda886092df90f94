//! What is honestly signed by someone who may not do it.

use crate::scene::{Scene, assert_accepted};
use doorstep_core::model::{ActionKind, CaseId, CaseRole, Class, DocId, DocKind, Edit, Role, Scope};
use doorstep_core::sync::wire::{ItemVerdict, Push, RefusalCode};
use doorstep_server::store::aside;
use doorstep_tests::hostile::chunk::Chunk;
use doorstep_tests::hostile::device::{Place, RawDevice, action_result, change_result};
use doorstep_tests::hostile::record::{Record, entry_in, open_case, push_of, visit};

const QUARANTINED: ItemVerdict = ItemVerdict::Quarantined;

/// Someone's first change of a document.
fn first_change(by: &RawDevice, place: Place, edits: &[Edit]) -> Push {
    let (_, change) = Record::begin(by, place, edits);
    push_of(&place, vec![change])
}

#[test]
fn a_mentor_may_not_begin_what_is_the_workers() {
    let scene = Scene::new(60);
    let mentor = &scene.mentor;
    let part = |class| Place {
        scope: Scope::Case(scene.case),
        doc: DocId::of_case_part(scene.case, class),
        class,
        kind: DocKind::case_part(class),
    };
    let entry = |class| entry_in(mentor, scene.case, class);
    let pushes = [
        first_change(mentor, part(Class::File), &[]),
        first_change(mentor, part(Class::Restricted), &[]),
        first_change(mentor, entry(Class::File), &visit()),
        first_change(mentor, entry(Class::Restricted), &visit()),
        // A home visit is a worker's kind of entry, in any class.
        first_change(mentor, entry(Class::Contact), &visit()),
    ];
    for push in pushes {
        scene.assert_change(mentor, push, &QUARANTINED, &RefusalCode::NotAllowed);
    }
    let check_in = first_change(mentor, entry(Class::Contact), &[Edit::set("kind", "mentor_check_in")]);
    assert_accepted(&mentor.push_one(&scene.office.server, check_in));
}

#[test]
fn a_mentor_may_not_write_into_a_workers_entry() {
    let scene = Scene::new(61);
    let mut visit = scene.visit.clone();
    let change = visit.edit(&scene.mentor, &[Edit::set("outcome", "refused")]);
    let push = push_of(&visit.place, vec![change]);
    scene.assert_change(&scene.mentor, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn someone_outside_the_case_may_not_write_in_it() {
    let scene = Scene::new(62);
    let place = entry_in(&scene.outsider, scene.case, Class::File);
    let push = first_change(&scene.outsider, place, &visit());
    scene.assert_change(&scene.outsider, push, &QUARANTINED, &RefusalCode::NotAllowed);
    let mut stolen = scene.visit.clone();
    let change = stolen.edit(&scene.outsider, &[Edit::set("outcome", "refused")]);
    let push = push_of(&stolen.place, vec![change]);
    scene.assert_change(&scene.outsider, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn someone_outside_the_case_is_told_so_before_anything_is_merged() {
    let scene = Scene::new(76);
    let place = entry_in(&scene.outsider, scene.case, Class::File);
    let push = first_change(&scene.outsider, place, &visit());
    let mut chunk = Chunk::parse(&push.changes[0].bytes);
    chunk.deps.push([0xee; 32]);
    let change = scene.outsider.change(&place, 1, &chunk.encode());
    // A merge would find that something is missing, and hold it.
    scene.assert_change(
        &scene.outsider,
        push_of(&place, vec![change]),
        &QUARANTINED,
        &RefusalCode::NotAllowed,
    );
}

#[test]
fn a_supervisor_reads_and_decides_but_does_not_write_in_entries() {
    let scene = Scene::new(63);
    let mut visit = scene.visit.clone();
    let change = visit.edit(&scene.supervisor, &[Edit::set("outcome", "refused")]);
    let push = push_of(&visit.place, vec![change]);
    scene.assert_change(&scene.supervisor, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn an_entry_is_not_turned_into_a_kind_that_its_author_may_write() {
    let scene = Scene::new(114);
    // The author of the visit supervises now, and works on the case no longer: a note would be hers
    // to write, the visit is not.
    let (server, member) = (&scene.office.server, scene.worker.member);
    doorstep_server::directory::join_team(server, None, scene.team, member, true).unwrap();
    scene.office.end_assignment(scene.case, member);
    let push = scene.next_change(&[Edit::set("kind", "note")]);
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn work_on_a_case_that_the_office_has_not_heard_of_waits_for_its_opening() {
    let scene = Scene::new(64);
    let place = entry_in(&scene.worker, CaseId::new(&scene.worker.env), Class::File);
    let push = first_change(&scene.worker, place, &visit());
    scene.assert_change(&scene.worker, push, &ItemVerdict::Held, &RefusalCode::UnknownDependencies);
}

#[test]
fn work_on_a_case_that_was_taken_away_is_kept_as_late() {
    let scene = Scene::new(65);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    scene.office.end_assignment(scene.case, scene.worker.member);
    scene.assert_change(&scene.worker, push, &ItemVerdict::Late, &RefusalCode::NotAssigned);
}

#[test]
fn a_review_by_a_role_that_may_not_is_set_aside() {
    let scene = Scene::new(66);
    let place = scene.visit.place;
    let heads = scene.visit.document.heads();
    let push = |by: &RawDevice, kind: ActionKind| {
        let actions = vec![by.sign(&by.action(&place, kind, heads.clone()))];
        Push { doc: place.doc, changes: Vec::new(), actions }
    };
    let may_not: [(&RawDevice, ActionKind, RefusalCode); 8] = [
        (&scene.worker, ActionKind::Approve, RefusalCode::NotAllowed),
        (&scene.worker, ActionKind::Return, RefusalCode::NotAllowed),
        (&scene.mentor, ActionKind::Approve, RefusalCode::NotAllowed),
        (&scene.mentor, ActionKind::Comment, RefusalCode::NotAllowed),
        (&scene.mentor, ActionKind::Withdraw, RefusalCode::NotAllowed),
        (&scene.supervisor, ActionKind::Submit, RefusalCode::NotAllowed),
        (&scene.supervisor, ActionKind::Withdraw, RefusalCode::NotAllowed),
        (&scene.outsider, ActionKind::Approve, RefusalCode::NotAllowed),
    ];
    for (by, kind, code) in may_not {
        scene.assert_action(by, push(by, kind), &QUARANTINED, &code);
    }
    assert_accepted(&scene.worker.push_one(&scene.office.server, push(&scene.worker, ActionKind::Submit)));
    let approval = push(&scene.supervisor, ActionKind::Approve);
    assert_accepted(&scene.supervisor.push_one(&scene.office.server, approval));
}

#[test]
fn an_action_that_comes_before_its_document_waits_for_it() {
    let scene = Scene::new(77);
    let place = Place {
        scope: Scope::Case(scene.case),
        doc: DocId::of_case_part(scene.case, Class::File),
        class: Class::File,
        kind: DocKind::CaseFile,
    };
    let (record, change) = Record::begin(&scene.worker, place, &[Edit::set("school", "三中")]);
    let comment = scene.supervisor.action(&place, ActionKind::Comment, record.document.heads());
    let comment =
        Push { doc: place.doc, changes: Vec::new(), actions: vec![scene.supervisor.sign(&comment)] };
    let held = (ItemVerdict::Held, RefusalCode::UnknownDependencies);
    scene.assert_action(&scene.supervisor, comment.clone(), &held.0, &held.1);
    assert_accepted(&scene.worker.push_one(&scene.office.server, push_of(&place, vec![change])));
    assert_accepted(&scene.supervisor.push_one(&scene.office.server, comment));
}

#[test]
fn what_waited_is_not_taken_in_from_a_device_that_was_revoked_meanwhile() {
    let scene = Scene::new(78);
    scene.office.assign(scene.case, scene.outsider.member, &CaseRole::CoWorker);
    let colleague = &scene.outsider;
    let mut visit = scene.visit.clone();
    let second = visit.edit(&scene.worker, &[Edit::set("outcome", "not_home")]);
    let place = visit.place;
    let waiting = push_of(&place, vec![visit.edit(colleague, &[Edit::set("place", "home")])]);
    scene.assert_change(colleague, waiting, &ItemVerdict::Held, &RefusalCode::UnknownDependencies);
    scene.office.revoke(colleague.device);
    let accepted = scene.worker.push_one(&scene.office.server, push_of(&place, vec![second]));
    assert_accepted(&accepted);
    let head = scene.worker.push(&scene.office.server, Vec::new()).unwrap().head;
    assert_eq!(accepted.changes[0].position, Some(head), "nothing else was taken in behind it");
    let set_aside = scene.office.server.store().read(|tx| aside::of_doc(tx, place.doc)).unwrap();
    assert_eq!(set_aside.len(), 1);
    assert_eq!((&set_aside[0].verdict, &set_aside[0].code), (&QUARANTINED, &RefusalCode::NotAllowed));
}

#[test]
fn a_supervisor_of_another_team_may_not_decide() {
    let mut scene = Scene::new(67);
    let member = scene.office.member("周督导", &[Role::Supervisor]);
    scene.office.team(&[(member, true)]);
    let stranger = scene.office.raw_device(member);
    let action = stranger.action(&scene.visit.place, ActionKind::Approve, scene.visit.document.heads());
    let push =
        Push { doc: scene.visit.place.doc, changes: Vec::new(), actions: vec![stranger.sign(&action)] };
    scene.assert_action(&stranger, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn an_action_about_something_else_than_its_push_is_refused() {
    let scene = Scene::new(68);
    let elsewhere = Place { doc: DocId::new(&scene.worker.env), ..scene.visit.place };
    let action = scene.worker.action(&elsewhere, ActionKind::Submit, scene.visit.document.heads());
    let push =
        Push { doc: scene.visit.place.doc, changes: Vec::new(), actions: vec![scene.worker.sign(&action)] };
    scene.assert_action(&scene.worker, push, &ItemVerdict::Refused, &RefusalCode::Malformed);
}

#[test]
fn an_action_in_another_scope_or_class_than_its_subject_is_set_aside() {
    let scene = Scene::new(69);
    for lie in [
        Place { scope: Scope::Team(scene.team), ..scene.visit.place },
        Place { class: Class::Contact, ..scene.visit.place },
    ] {
        let action = scene.worker.action(&lie, ActionKind::Submit, scene.visit.document.heads());
        let actions = vec![scene.worker.sign(&action)];
        let push = Push { doc: lie.doc, changes: Vec::new(), actions };
        scene.assert_action(&scene.worker, push, &QUARANTINED, &RefusalCode::ScopeMismatch);
    }
}

#[test]
fn an_approval_of_heads_that_nobody_has_is_held() {
    let scene = Scene::new(70);
    let mut unseen = scene.visit.clone();
    unseen.edit(&scene.worker, &[Edit::set("outcome", "refused")]);
    let action = scene.supervisor.action(&scene.visit.place, ActionKind::Approve, unseen.document.heads());
    let actions = vec![scene.supervisor.sign(&action)];
    let push = Push { doc: scene.visit.place.doc, changes: Vec::new(), actions };
    scene.assert_action(&scene.supervisor, push, &ItemVerdict::Held, &RefusalCode::UnknownDependencies);
}

#[test]
fn a_push_with_one_forbidden_action_commits_nothing() {
    let scene = Scene::new(71);
    let mut visit = scene.visit.clone();
    let change = visit.edit(&scene.worker, &[Edit::set("outcome", "not_home")]);
    let approval = scene.worker.action(&visit.place, ActionKind::Approve, visit.document.heads());
    let push =
        Push { doc: visit.place.doc, changes: vec![change], actions: vec![scene.worker.sign(&approval)] };
    let before = scene.tables();
    let result = scene.worker.push_one(&scene.office.server, push);
    assert_eq!(change_result(&result, 0), (QUARANTINED, Some(RefusalCode::PushFailed)));
    assert_eq!(action_result(&result, 0), (QUARANTINED, Some(RefusalCode::NotAllowed)));
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_case_part_has_the_identifier_that_follows_from_its_case() {
    let scene = Scene::new(74);
    let place = Place {
        scope: Scope::Case(scene.case),
        doc: DocId::new(&scene.worker.env),
        class: Class::File,
        kind: DocKind::CaseFile,
    };
    let push = first_change(&scene.worker, place, &[]);
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::ScopeMismatch);
    // Nor is an entry hidden under a part's identifier.
    let place = Place {
        doc: DocId::of_case_part(scene.case, Class::File),
        ..entry_in(&scene.worker, scene.case, Class::File)
    };
    let push = first_change(&scene.worker, place, &visit());
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::ScopeMismatch);
}

#[test]
fn a_co_worker_does_not_reach_the_restricted_class() {
    let mut scene = Scene::new(75);
    let member = scene.office.member("孙丽", &[Role::Worker]);
    let team = scene.team;
    scene
        .office
        .server
        .store()
        .write(|tx| doorstep_server::store::teams::join(tx, team, member, false))
        .unwrap();
    scene.office.assign(scene.case, member, &CaseRole::CoWorker);
    let co_worker = scene.office.raw_device(member);
    let push = first_change(&co_worker, entry_in(&co_worker, scene.case, Class::Restricted), &visit());
    scene.assert_change(&co_worker, push, &QUARANTINED, &RefusalCode::NotAllowed);
    // In a file entry of the same case two workers write together.
    let mut shared = scene.visit.clone();
    let change = shared.edit(&co_worker, &[Edit::set("place", "home")]);
    assert_accepted(&co_worker.push_one(&scene.office.server, push_of(&shared.place, vec![change])));
    let (_, _, opening) = open_case(&co_worker, team);
    assert_accepted(&co_worker.push_one(&scene.office.server, opening));
}
