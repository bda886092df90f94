//! What is not the device's own.

use crate::scene::{Scene, assert_accepted};
use doorstep_core::changes::{RequestProof, Signature, SignedAction, SignedChange};
use doorstep_core::model::{ActionKind, Class, DeviceId, Edit, MemberId, OrgId};
use doorstep_core::sync::wire::{ErrorCode, ItemVerdict, Push, RefusalCode};
use doorstep_server::store::devices::{self, DeviceState};
use doorstep_tests::hostile::chunk::Chunk;
use doorstep_tests::hostile::device::{compress, header, read};
use doorstep_tests::hostile::record::{Record, entry_in, push_of, visit};

const REFUSED: ItemVerdict = ItemVerdict::Refused;

#[test]
fn a_change_with_a_wrong_signature_is_refused() {
    let scene = Scene::new(20);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    for byte in [0, 31, 32, 63] {
        let mut forged = push.clone();
        forged.changes[0].signature.0[byte] ^= 1;
        scene.assert_change(&scene.worker, forged, &REFUSED, &RefusalCode::BadSignature);
    }
    let mut forged = push;
    forged.changes[0].signature = Signature([0; 64]);
    scene.assert_change(&scene.worker, forged, &REFUSED, &RefusalCode::BadSignature);
}

#[test]
fn a_change_signed_by_another_device_is_refused() {
    let scene = Scene::new(21);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    // The worker's own change, carried by someone else.
    scene.assert_change(&scene.supervisor, push.clone(), &REFUSED, &RefusalCode::BadSignature);
    // The worker's envelope, signed with another key, carried by the worker.
    let change = &push.changes[0];
    let foreign = SignedChange::sign(&scene.outsider.key, change.envelope.clone(), change.bytes.clone());
    let push = push_of(&scene.visit.place, vec![foreign]);
    scene.assert_change(&scene.worker, push, &REFUSED, &RefusalCode::BadSignature);
}

#[test]
fn an_envelope_that_names_another_device_or_office_is_refused() {
    let scene = Scene::new(22);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    let change = &push.changes[0];
    for (device, org) in [
        (scene.outsider.device, scene.worker.org),
        (DeviceId::new(&scene.worker.env), scene.worker.org),
        (scene.worker.device, OrgId::new(&scene.worker.env)),
    ] {
        let mut envelope = change.envelope.clone();
        (envelope.device, envelope.org) = (device, org);
        let forged = SignedChange::sign(&scene.worker.key, envelope, change.bytes.clone());
        let push = push_of(&scene.visit.place, vec![forged]);
        scene.assert_change(&scene.worker, push, &REFUSED, &RefusalCode::BadSignature);
    }
}

#[test]
fn a_change_under_another_devices_actor_is_refused() {
    let mut scene = Scene::new(23);
    // Written as the outsider would write it, then signed by the worker under the outsider's actor.
    let place = entry_in(&scene.worker, scene.case, scene.visit.place.class);
    let (_, change) = Record::begin(&scene.outsider, place, &visit());
    let mut envelope = change.envelope.clone();
    (envelope.device, envelope.member) = (scene.worker.device, scene.worker.member);
    let forged = SignedChange::sign(&scene.worker.key, envelope, change.bytes);
    scene.assert_change(&scene.worker, push_of(&place, vec![forged]), &REFUSED, &RefusalCode::ForeignActor);
    // An incarnation that the server was never told.
    let told = scene.worker.incarnation;
    scene.worker.incarnation = [9; 16];
    let (_, change) = Record::begin(&scene.worker, place, &visit());
    scene.worker.incarnation = told;
    scene.assert_change(&scene.worker, push_of(&place, vec![change]), &REFUSED, &RefusalCode::ForeignActor);
}

#[test]
fn a_change_in_another_members_name_is_refused() {
    let scene = Scene::new(24);
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    for member in [scene.supervisor.member, MemberId::new(&scene.worker.env)] {
        let mut envelope = push.changes[0].envelope.clone();
        envelope.member = member;
        let forged = SignedChange::sign(&scene.worker.key, envelope, push.changes[0].bytes.clone());
        let push = push_of(&scene.visit.place, vec![forged]);
        scene.assert_change(&scene.worker, push, &REFUSED, &RefusalCode::ForeignMember);
    }
}

#[test]
fn a_change_that_is_not_what_its_envelope_says_is_set_aside() {
    type Lie = (&'static str, fn(&mut Chunk));
    let lies: [Lie; 4] = [
        ("actor", |chunk| chunk.actor = vec![3; 16]),
        ("sequence", |chunk| chunk.seq += 1),
        ("member", |chunk| chunk.message = b"01900000-0000-7000-8000-000000000000".to_vec()),
        ("no member", |chunk| chunk.message.clear()),
    ];
    for (number, (what, lie)) in lies.into_iter().enumerate() {
        let scene = Scene::new(25 + number as u64 * 1000);
        let change = scene.next_change(&[Edit::set("outcome", "not_home")]).changes.remove(0);
        let mut chunk = Chunk::parse(&change.bytes);
        lie(&mut chunk);
        let forged = scene.worker.change(&scene.visit.place, change.envelope.seq, &chunk.encode());
        let push = push_of(&scene.visit.place, vec![forged]);
        let before = scene.tables();
        let result = scene.worker.push_one(&scene.office.server, push);
        assert_eq!(result.changes[0].verdict, ItemVerdict::Quarantined, "{what}");
        assert_eq!(result.changes[0].code, Some(RefusalCode::EnvelopeMismatch), "{what}");
        assert_eq!(scene.tables(), before, "{what}");
    }
}

#[test]
fn an_action_with_a_wrong_or_foreign_signature_is_refused() {
    let scene = Scene::new(26);
    let heads = scene.visit.document.heads();
    let submit = scene.worker.action(&scene.visit.place, ActionKind::Submit, heads.clone());
    let submit =
        Push { doc: scene.visit.place.doc, changes: Vec::new(), actions: vec![scene.worker.sign(&submit)] };
    assert_accepted(&scene.worker.push_one(&scene.office.server, submit));
    let approval = scene.supervisor.action(&scene.visit.place, ActionKind::Approve, heads);
    let push = |action: SignedAction| Push {
        doc: scene.visit.place.doc,
        changes: Vec::new(),
        actions: vec![action],
    };
    let mut flipped = scene.supervisor.sign(&approval);
    flipped.signature.0[0] ^= 1;
    scene.assert_action(&scene.supervisor, push(flipped), &REFUSED, &RefusalCode::BadSignature);
    let mut edited = scene.supervisor.sign(&approval);
    let last = edited.body.len() - 1;
    edited.body[last] ^= 1;
    scene.assert_action(&scene.supervisor, push(edited), &REFUSED, &RefusalCode::BadSignature);
    // The author signs an approval that names the supervisor and the supervisor's phone.
    let foreign = scene.worker.sign(&approval);
    scene.assert_action(&scene.supervisor, push(foreign.clone()), &REFUSED, &RefusalCode::BadSignature);
    scene.assert_action(&scene.worker, push(foreign), &REFUSED, &RefusalCode::BadSignature);
    // A real approval, carried by the author's phone.
    let real = scene.supervisor.sign(&approval);
    scene.assert_action(&scene.worker, push(real.clone()), &REFUSED, &RefusalCode::BadSignature);
    assert_accepted(&scene.supervisor.push_one(&scene.office.server, push(real)));
}

#[test]
fn an_action_in_another_members_name_is_refused() {
    let scene = Scene::new(27);
    let mut approval =
        scene.worker.action(&scene.visit.place, ActionKind::Approve, scene.visit.document.heads());
    approval.member = scene.supervisor.member;
    let actions = vec![scene.worker.sign(&approval)];
    let push = Push { doc: scene.visit.place.doc, changes: Vec::new(), actions };
    scene.assert_action(&scene.worker, push, &REFUSED, &RefusalCode::ForeignMember);
}

#[test]
fn a_request_without_its_devices_proof_is_not_answered() {
    let scene = Scene::new(28);
    let server = &scene.office.server;
    let body = compress(&minicbor::to_vec(scene.worker.request(Vec::new())).unwrap());
    let ask = |proof: Option<&str>, body: &[u8]| {
        read(&server.exchange("POST", "/v1/sync", proof, body)).unwrap_err()
    };
    let now = scene.worker.env.now();
    let proof = |key, device, body: &[u8], time| {
        header(&RequestProof::sign(key, device, "POST", "/v1/sync", body, time))
    };
    let unauthenticated = (401, ErrorCode::Unauthenticated);
    let (worker, outsider) = (&scene.worker, &scene.outsider);
    assert_eq!(ask(None, &body), unauthenticated);
    for garbage in ["", "?", "AAAA", &"A".repeat(100_000)] {
        assert_eq!(ask(Some(garbage), &body), unauthenticated);
    }
    assert_eq!(ask(Some(&proof(&outsider.key, worker.device, &body, now)), &body), unauthenticated);
    assert_eq!(ask(Some(&proof(&worker.key, worker.device, b"another body", now)), &body), unauthenticated);
    let unknown = proof(&worker.key, DeviceId::new(&worker.env), &body, now);
    assert_eq!(ask(Some(&unknown), &body), (401, ErrorCode::UnknownDevice));
    let window = RequestProof::WINDOW_MS;
    for (distance, is_now) in [(window, true), (-window, true), (window + 1, false), (-window - 1, false)] {
        let at = proof(&worker.key, worker.device, &body, now.plus_ms(distance));
        let answer = read(&server.exchange("POST", "/v1/sync", Some(&at), &body));
        assert_eq!(
            answer.map(drop).map_err(|error| error.1),
            if is_now { Ok(()) } else { Err(ErrorCode::Clock) }
        );
    }
}

#[test]
fn a_revoked_device_is_told_so_and_nothing_of_its_push_is_taken() {
    let scene = Scene::new(29);
    let server = &scene.office.server;
    let push = scene.next_change(&[Edit::set("outcome", "not_home")]);
    server
        .store()
        .write(|tx| {
            devices::set_state(tx, scene.worker.device, DeviceState::Revoked, scene.office.time.now())
        })
        .unwrap();
    let before = scene.tables();
    assert_eq!(scene.worker.push(server, vec![push]).unwrap_err(), (403, ErrorCode::Revoked));
    assert_eq!(scene.tables(), before);
}

#[test]
fn a_document_that_names_somebody_else_as_its_author_is_set_aside() {
    let scene = Scene::new(39);
    let place = entry_in(&scene.worker, scene.case, Class::File);
    let (_, first) = Record::begin(&scene.worker, place, &visit());
    let mut chunk = Chunk::parse(&first.bytes);
    let values = &mut chunk.column(0x57).unwrap().data;
    let (own, foreign) = (scene.worker.member.to_string(), scene.outsider.member.to_string());
    let at = values.windows(own.len()).position(|window| window == own.as_bytes()).unwrap();
    values[at..at + own.len()].copy_from_slice(foreign.as_bytes());
    let change = scene.worker.change(&place, 1, &chunk.encode());
    let (verdict, code) = (ItemVerdict::Quarantined, RefusalCode::EnvelopeMismatch);
    scene.assert_change(&scene.worker, push_of(&place, vec![change]), &verdict, &code);
}
