//! Cases that are opened as nobody may open them.

use crate::scene::Scene;
use doorstep_core::model::{
    ActionId, ActionKind, CaseId, CaseKind, Class, DocId, DocKind, Edit, Opening, Role, Scope,
};
use doorstep_core::sync::wire::{ItemVerdict, Push, RefusalCode};
use doorstep_tests::hostile::device::{Place, RawDevice, action_result, change_result};
use doorstep_tests::hostile::record::{Record, open_case};

const QUARANTINED: ItemVerdict = ItemVerdict::Quarantined;

/// The place of a case's part.
fn part_of(case: CaseId, class: Class) -> Place {
    let (doc, kind) = (DocId::of_case_part(case, class), DocKind::case_part(class));
    Place { scope: Scope::Case(case), doc, class, kind }
}

/// An opening as it should be, with one lie in it.
fn opening(by: &RawDevice, scene: &Scene, lie: impl FnOnce(&mut Opening, &mut Place)) -> Push {
    let case = CaseId::new(&by.env);
    let mut place = part_of(case, Class::Contact);
    let mut opening = Opening { case, team: scene.team, kind: CaseKind::Other, minor: false };
    lie(&mut opening, &mut place);
    let (record, change) = Record::begin(by, place, &[Edit::set("pseudonym", "小河")]);
    let mut action = by.action(&place, ActionKind::OpenCase, record.document.heads());
    action.opening = Some(opening);
    Push { doc: place.doc, changes: vec![change], actions: vec![by.sign(&action)] }
}

#[test]
fn only_a_worker_of_the_team_opens_a_case() {
    let mut scene = Scene::new(72);
    let push = opening(&scene.mentor, &scene, |_, _| ());
    scene.assert_change(&scene.mentor, push, &QUARANTINED, &RefusalCode::NotAllowed);
    let stranger = scene.office.member("吴敏", &[Role::Worker]);
    scene.office.team(&[(stranger, false)]);
    let stranger = scene.office.raw_device(stranger);
    let push = opening(&stranger, &scene, |_, _| ());
    scene.assert_change(&stranger, push, &QUARANTINED, &RefusalCode::NotAllowed);
}

#[test]
fn an_existing_case_is_not_opened_again() {
    let scene = Scene::new(73);
    let place = part_of(scene.case, Class::Contact);
    // The outsider is a worker of the team and may open cases, but not this one: neither with a first
    // change of her own…
    let begun = opening(&scene.outsider, &scene, |opening, at| {
        opening.case = scene.case;
        *at = place;
    });
    scene.assert_action(&scene.outsider, begun.clone(), &QUARANTINED, &RefusalCode::ScopeMismatch);
    // … nor by an action alone, about the part that is there.
    let alone = Push { changes: Vec::new(), ..begun };
    let mut action = alone.actions[0].action().unwrap();
    action.id = ActionId::new(&scene.outsider.env);
    let actions = vec![scene.outsider.sign(&action)];
    scene.assert_action(
        &scene.outsider,
        Push { actions, ..alone },
        &QUARANTINED,
        &RefusalCode::ScopeMismatch,
    );
}

#[test]
fn a_case_opens_with_its_contact_part_and_no_other() {
    let scene = Scene::new(79);
    for class in [Class::File, Class::Restricted] {
        let push = opening(&scene.worker, &scene, |opening, place| *place = part_of(opening.case, class));
        scene.assert_action(&scene.worker, push, &QUARANTINED, &RefusalCode::ScopeMismatch);
    }
}

#[test]
fn a_case_is_not_opened_twice_in_one_push() {
    let scene = Scene::new(110);
    let (_, _, mut push) = open_case(&scene.worker, scene.team);
    let mut again = push.actions[0].action().unwrap();
    again.id = ActionId::new(&scene.worker.env);
    push.actions.push(scene.worker.sign(&again));
    let before = scene.tables();
    let result = scene.worker.push_one(&scene.office.server, push);
    assert_eq!(action_result(&result, 1), (QUARANTINED, Some(RefusalCode::ScopeMismatch)));
    assert_eq!(change_result(&result, 0), (QUARANTINED, Some(RefusalCode::PushFailed)));
    assert_eq!(scene.tables(), before);
}

#[test]
fn an_opening_is_about_the_case_that_it_lies_in() {
    let scene = Scene::new(111);
    let elsewhere = CaseId::new(&scene.worker.env);
    let push = opening(&scene.worker, &scene, |opening, _| opening.case = elsewhere);
    scene.assert_action(&scene.worker, push, &QUARANTINED, &RefusalCode::ScopeMismatch);
}

#[test]
fn an_opening_that_does_not_say_what_it_opens_is_set_aside() {
    let scene = Scene::new(112);
    let (_, _, mut push) = open_case(&scene.worker, scene.team);
    let mut action = push.actions[0].action().unwrap();
    action.opening = None;
    push.actions = vec![scene.worker.sign(&action)];
    scene.assert_action(&scene.worker, push, &QUARANTINED, &RefusalCode::EnvelopeMismatch);
}
