//! Honest signatures over what automerge cannot take, or what would not be a document of ours.

use crate::scene::{Scene, assert_accepted};
use automerge::transaction::{CommitOptions, Transactable};
use automerge::{ActorId, AutoCommit, LoadOptions, ObjType, ROOT, ReadDoc, TextEncoding};
use doorstep_core::model::Edit;
use doorstep_core::sync::wire::{ItemVerdict, Push, RefusalCode};
use doorstep_tests::dice::Dice;
use doorstep_tests::hostile::device::change_result;
use doorstep_tests::hostile::mutate::mutate;
use doorstep_tests::hostile::record::push_of;
use std::panic::{AssertUnwindSafe, catch_unwind};

const QUARANTINED: ItemVerdict = ItemVerdict::Quarantined;

fn options() -> LoadOptions<'static> {
    LoadOptions::new().text_encoding(TextEncoding::UnicodeCodePoint)
}

/// The visit opened in plain automerge, under the worker's actor.
fn opened(scene: &Scene) -> AutoCommit {
    let mut document = AutoCommit::load_with_options(&scene.visit.document.save(), options()).unwrap();
    document.set_actor(ActorId::from(scene.worker.actor().0.as_slice()));
    document
}

/// The last change of a document, signed by the worker as the visit's second.
fn signed(scene: &Scene, document: &mut AutoCommit) -> Push {
    let message = scene.worker.member.to_string();
    document.commit_with(CommitOptions::default().with_message(message).with_time(1_772_409_600));
    let bytes = document.get_last_local_change().unwrap().raw_bytes().to_vec();
    push_of(&scene.visit.place, vec![scene.worker.change(&scene.visit.place, 2, &bytes)])
}

#[test]
fn a_change_that_replaces_the_documents_frame_is_unreadable() {
    type Vandalism = fn(&mut AutoCommit);
    let acts: [(&str, Vandalism); 7] = [
        ("kind", |d| d.put(ROOT, "kind", 0_i64).unwrap()),
        ("same kind, written again", |d| {
            d.put(ROOT, "kind", 0_i64).unwrap();
            d.put(ROOT, "kind", 3_i64).unwrap();
        }),
        ("author", |d| d.put(ROOT, "author", "01900000-0000-7000-8000-000000000000").unwrap()),
        ("fields taken away", |d| d.delete(ROOT, "fields").unwrap()),
        ("fields hidden behind others", |d| drop(d.put_object(ROOT, "fields", ObjType::Map).unwrap())),
        ("narrative as a value", |d| d.put(ROOT, "narrative", "x").unwrap()),
        ("answers as text", |d| drop(d.put_object(ROOT, "answers", ObjType::Text).unwrap())),
    ];
    for (seed, (what, act)) in (800..).zip(acts) {
        let scene = Scene::new(seed);
        let mut document = opened(&scene);
        act(&mut document);
        let push = signed(&scene, &mut document);
        let before = scene.tables();
        let result = scene.worker.push_one(&scene.office.server, push);
        assert_eq!(change_result(&result, 0), (QUARANTINED, Some(RefusalCode::Unreadable)), "{what}");
        assert_eq!(scene.tables(), before, "{what}");
        scene.assert_alive();
    }
}

#[test]
fn keys_of_a_later_release_are_kept() {
    let scene = Scene::new(81);
    let mut document = opened(&scene);
    let (_, fields) = document.get(ROOT, "fields").unwrap().unwrap();
    document.put(&fields, "weather", "rain").unwrap();
    document.put(&fields, "photo", automerge::ScalarValue::Bytes(vec![1, 2, 3])).unwrap();
    let push = signed(&scene, &mut document);
    assert_accepted(&scene.worker.push_one(&scene.office.server, push));
}

/// How a mutated change fares in automerge alone.
#[derive(Debug, PartialEq, Eq)]
enum Fate {
    Panics,
    Unloadable,
    Other,
}

fn fate(base: &[u8], bytes: &[u8]) -> Fate {
    let merged = catch_unwind(AssertUnwindSafe(|| {
        let change = automerge::Change::from_bytes(bytes.to_vec()).ok()?;
        if change.len() > 10_000 {
            return None;
        }
        let mut document = AutoCommit::load_with_options(base, options()).unwrap();
        document.apply_changes([change.clone()]).ok()?;
        document.get_heads().contains(&change.hash()).then(|| document.save_nocompress())
    }));
    match merged {
        Err(_) => Fate::Panics,
        Ok(None) => Fate::Other,
        Ok(Some(saved)) => match catch_unwind(|| AutoCommit::load_with_options(&saved, options()).is_ok()) {
            Ok(true) => Fate::Other,
            _ => Fate::Unloadable,
        },
    }
}

/// The first mutation with a fate that is still what its envelope says.
fn find(scene: &Scene, wanted: &Fate) -> Vec<u8> {
    let push =
        scene.next_change(&[Edit::set("outcome", "not_home"), Edit::set("narrative", "按约家访，不在家。")]);
    let original = &push.changes[0].bytes;
    let base = scene.visit.document.save();
    let header = |bytes: &[u8]| {
        doorstep_core::documents::inspect(bytes).ok().map(|facts| (facts.actor, facts.seq, facts.message))
    };
    let honest = header(original);
    let mut dice = Dice::new(1);
    loop {
        let mutated = mutate(original, &mut dice);
        if header(&mutated) == honest && fate(&base, &mutated) == *wanted {
            return mutated;
        }
    }
}

#[test]
fn a_document_that_would_not_load_back_is_not_stored() {
    let scene = Scene::new(82);
    let bytes = find(&scene, &Fate::Unloadable);
    let change = scene.worker.change(&scene.visit.place, 2, &bytes);
    let push = push_of(&scene.visit.place, vec![change]);
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::Unmergeable);
}

#[test]
fn a_change_that_makes_automerge_panic_is_set_aside() {
    let scene = Scene::new(83);
    let bytes = find(&scene, &Fate::Panics);
    let change = scene.worker.change(&scene.visit.place, 2, &bytes);
    let push = push_of(&scene.visit.place, vec![change]);
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::Unmergeable);
}

#[test]
fn what_follows_a_quarantined_change_of_the_same_actor_is_kept_with_it() {
    let mut scene = Scene::new(84);
    let bytes = find(&scene, &Fate::Unloadable);
    let bad = scene.worker.change(&scene.visit.place, 2, &bytes);
    scene.worker.push_one(&scene.office.server, push_of(&scene.visit.place, vec![bad]));
    // The honest phone goes on: its own second and third.
    let mut visit = scene.visit.clone();
    visit.edit(&scene.worker, &[Edit::set("outcome", "not_home")]);
    let third = visit.edit(&scene.worker, &[Edit::set("place", "home")]);
    let push = push_of(&visit.place, vec![third]);
    scene.assert_change(&scene.worker, push, &QUARANTINED, &RefusalCode::FollowsQuarantined);
    // Under a new incarnation the same person writes on.
    scene.worker.incarnation = [7; 16];
    let mut visit = scene.visit.clone();
    let change = visit.edit(&scene.worker, &[Edit::set("outcome", "refused")]);
    assert_accepted(&scene.worker.push_one(&scene.office.server, push_of(&visit.place, vec![change])));
}
