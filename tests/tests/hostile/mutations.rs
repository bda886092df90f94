//! Thousands of changes with a lie somewhere in their structure, correct checksum, correct hash and
//! a correct signature. `DOORSTEP_MUTATIONS` asks for more than CI runs; `DOORSTEP_SEED` for others.

use crate::scene::{Scene, assert_accepted};
use doorstep_core::documents::{Document, inspect};
use doorstep_core::model::{Class, DocId, DocKind, Edit, Scope};
use doorstep_core::sync::wire::{Filling, Item, RefusalCode};
use doorstep_tests::dice::Dice;
use doorstep_tests::hostile::device::Place;
use doorstep_tests::hostile::mutate::mutate;
use doorstep_tests::hostile::record::{Record, push_of, visit};
use std::collections::BTreeMap;

/// Documents in one request; each takes two pushes.
const BATCH: usize = 100;

fn asked(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).map_or(otherwise, |text| text.parse().expect("a number"))
}

#[test]
fn no_mutated_change_ends_the_server_or_leaves_a_document_that_cannot_be_loaded() {
    let count = asked("DOORSTEP_MUTATIONS", 5_000);
    let mut dice = Dice::new(asked("DOORSTEP_SEED", 1));
    let scene = Scene::new(100);
    let mut tally: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut done = 0;
    while done < count {
        let mut pushes = Vec::new();
        for _ in 0..BATCH {
            let place = Place {
                scope: Scope::Case(scene.case),
                doc: DocId::new(&scene.worker.env),
                class: Class::File,
                kind: DocKind::Entry,
            };
            let (mut record, first) = Record::begin(&scene.worker, place, &visit());
            let second = record.edit(
                &scene.worker,
                &[Edit::set("outcome", "not_home"), Edit::set("narrative", "按约家访，敲门无人，留下名片。")],
            );
            let (target, honest) = if dice.chance(70) { (&second, Some(&first)) } else { (&first, None) };
            let mutated = mutate(&target.bytes, &mut dice);
            // An envelope that agrees with the content where the content can be read at all.
            let seq = inspect(&mutated).map_or(target.envelope.seq, |facts| facts.seq);
            if let Some(honest) = honest {
                pushes.push(push_of(&place, vec![honest.clone()]));
            }
            pushes.push(push_of(&place, vec![scene.worker.change(&place, seq, &mutated)]));
            done += 1;
        }
        let answer = scene.worker.push(&scene.office.server, pushes).expect("the request is in order");
        for result in &answer.results {
            let item = &result.changes[0];
            let code = item.code.as_ref().map_or("", RefusalCode::code);
            assert!(!matches!(item.code, Some(RefusalCode::BadHash | RefusalCode::BadSignature)));
            *tally.entry((item.verdict.code().to_owned(), code.to_owned())).or_default() += 1;
        }
    }
    for ((verdict, code), count) in &tally {
        println!("{count:>7} {verdict} {code}");
    }
    let set_aside = |code: &RefusalCode| tally.get(&("quarantined".into(), code.code().into())).copied();
    assert!(set_aside(&RefusalCode::Unmergeable) > Some(count / 50), "mutations reach the merge");
    scene.assert_alive();
    assert_every_document_loads(&scene);
    let honest = scene.next_change(&[Edit::set("outcome", "refused")]);
    assert_accepted(&scene.worker.push_one(&scene.office.server, honest));
}

/// Fills the case as a new phone would, and loads everything.
fn assert_every_document_loads(scene: &Scene) {
    let mut request = scene.supervisor.request(Vec::new());
    let first = scene.supervisor.sync(&scene.office.server, &request).unwrap();
    let directory = first.directory.expect("a first sync brings the directory");
    let grants = directory.grants.iter();
    request.filling = grants
        .map(|grant| Filling {
            scope: grant.scope,
            class: grant.class,
            generation: grant.generation,
            after: None,
        })
        .collect();
    (request.epoch, request.cursor) = (Some(first.epoch), first.cursor);
    (request.seen, request.chain, request.directory) = (first.head, first.chain, directory.version);
    let mut loaded = 0;
    while !request.filling.is_empty() {
        let page = scene.supervisor.sync(&scene.office.server, &request).unwrap();
        for item in page.page {
            if let Item::Snapshot(snapshot) = item {
                let document = Document::load(&snapshot.bytes).expect("a stored document loads");
                assert_eq!(document.heads(), snapshot.summary.heads);
                assert_eq!(document.kind(), snapshot.kind);
                loaded += 1;
            }
        }
        request.filling = page.filling;
    }
    assert!(loaded > 100, "{loaded} documents");
}
