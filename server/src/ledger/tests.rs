//! Behaviour of the ledger, through the door that phones use.

use crate::defences::Defences;
use crate::fixture::{Office, Phone, Visit, assert_all_accepted, open_server, said};
use crate::ledger::{ActFault, NewAction};
use crate::records::SetAside;
use crate::server::Server;
use crate::store::{aside, documents, office};
use doorstep_core::changes::{DeviceKey, SignedAction, SignedChange, chunk_hash};
use doorstep_core::documents::limits;
use doorstep_core::model::{ActionKind, CaseRole, Class, DocId, DocKind, Edit, Heads, ReviewState, Scope};
use doorstep_core::sync::wire::{ItemVerdict, Push, PushResult};

fn head(server: &Server) -> u64 {
    server.store().read::<_, crate::StoreFault>(|tx| Ok(office::get(tx)?.head)).unwrap()
}

/// What the supervisor sees set aside, newest first.
pub(super) fn aside_of(office: &Office) -> Vec<SetAside> {
    let all = |records: &crate::records::Records<'_>| records.set_aside();
    office.server.records_of(office.supervisor, all).unwrap()
}

pub(super) fn aside_count(server: &Server, doc: DocId) -> u64 {
    server.store().read::<_, crate::StoreFault>(|tx| Ok(aside::mark(tx, doc)?.0)).unwrap()
}

pub(super) fn push_one(office: &Office, phone: &mut Phone, push: Push) -> PushResult {
    phone.sync(&office.server, vec![push]).results.remove(0)
}

/// Pushes what must not be taken, and shows that nothing but what was set aside has changed.
fn refused(office: &Office, phone: &mut Phone, push: Push, verdict: &str, code: &str) {
    let before = head(&office.server);
    let doc = push.doc;
    let aside_before = aside_count(&office.server, doc);
    let items = (push.changes.len() + push.actions.len()) as u64;
    let result = push_one(office, phone, push);
    let said: Vec<_> = result.changes.iter().chain(&result.actions).map(said).collect();
    assert!(said.contains(&(verdict, code)), "{said:?}");
    assert!(said.iter().all(|said| said.0 == verdict), "{said:?}");
    assert_eq!(head(&office.server), before, "the log has grown");
    let kept = if verdict == "refused" { 0 } else { items };
    assert_eq!(aside_count(&office.server, doc) - aside_before, kept);
}

#[test]
fn visit_is_acknowledged_with_positions_and_survives_a_restart() {
    let mut office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let mut push = visit.push();
    push.actions.push(visit.act(&office.server, &phone, ActionKind::Submit));
    let before = head(&office.server);
    let result = push_one(&office, &mut phone, push.clone());
    assert_eq!(result.changes[0].position, Some(before + 1));
    assert_eq!(result.actions[0].position, Some(before + 2));
    office.restart();
    let record = office
        .server
        .records_of::<_, crate::StoreFault>(office.worker, |records| records.find(visit.doc))
        .unwrap()
        .unwrap();
    assert_eq!(record.document.heads(), visit.document.heads());
    assert_eq!(record.review.state, ReviewState::Submitted);
    // Again: the same answer, and nothing grows.
    assert_eq!(push_one(&office, &mut phone, push), result);
    assert_eq!(head(&office.server), before + 2);
}

#[test]
fn whole_case_with_visits_travels_in_one_request() {
    let office = Office::open();
    let mut phone = office.phone(office.worker);
    let (case, opening) = phone.open_case(&office.server, office.team);
    let mut visit = phone.visit(&office.server, case);
    let first = visit.push();
    let second = visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    let response = phone.sync(&office.server, vec![opening, first, visit.only(second)]);
    assert_all_accepted(&response);
    let directory = response.directory.unwrap();
    assert_eq!(directory.cases.len(), 1);
    assert_eq!(directory.cases[0].role, Some(CaseRole::LeadWorker));
    assert_eq!(directory.grants.iter().filter(|grant| grant.scope == Scope::Case(case)).count(), 3);
}

#[test]
fn what_nothing_proves_is_refused_and_not_stored() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let stranger = DeviceKey::generate(office.server.env());
    let good = visit.changes[0].clone();
    let change = |edit: &dyn Fn(&mut SignedChange)| {
        let mut change = good.clone();
        edit(&mut change);
        visit.only(change)
    };
    let resigned = |edit: &dyn Fn(&mut SignedChange)| {
        let mut change = good.clone();
        edit(&mut change);
        let change = SignedChange::sign(&phone.key, change.envelope, change.bytes);
        visit.only(change)
    };
    let foreign_signature = SignedChange::sign(&stranger, good.envelope.clone(), good.bytes.clone());
    let pushes = [
        (change(&|c| c.bytes.truncate(20)), "malformed"),
        (change(&|c| c.bytes.push(0)), "malformed"),
        (change(&|c| c.bytes.resize(limits::CHANGE_BYTES + 1, 0)), "too_large"),
        (change(&|c| c.bytes[8] = 2), "chunk_type"),
        (change(&|c| c.envelope.hash.0[0] ^= 1), "bad_hash"),
        (visit.only(foreign_signature), "bad_signature"),
        (change(&|c| c.envelope.class = Class::Contact), "bad_signature"),
        (resigned(&|c| c.envelope.member = office.colleague), "foreign_member"),
        (resigned(&|c| c.envelope.actor.0[0] ^= 1), "foreign_actor"),
        (resigned(&|c| c.envelope.doc = DocId([7; 16])), "malformed"),
    ];
    for (push, code) in pushes {
        refused(&office, &mut phone, push, "refused", code);
    }
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
}

#[test]
fn what_is_proven_but_does_not_fit_is_kept_with_its_code() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let (other, opening) = phone.open_case(&office.server, office.team);
    assert_all_accepted(&phone.sync(&office.server, vec![opening]));

    let mut elsewhere = phone.visit(&office.server, case);
    assert_all_accepted(&phone.sync(&office.server, vec![elsewhere.push()]));
    elsewhere.scope = Scope::Case(other);
    let moved = elsewhere.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    refused(&office, &mut phone, elsewhere.only(moved), "quarantined", "scope_mismatch");

    let mut gap = phone.visit(&office.server, case);
    let _left_out = gap.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    let third = gap.edit(&office.server, &phone, &[Edit::set("outcome", "met")]);
    refused(&office, &mut phone, gap.only(third), "held", "sequence_gap");

    let mut misnamed = phone.visit(&office.server, case).changes.remove(0);
    misnamed.envelope.seq = 2;
    let doc = misnamed.envelope.doc;
    let misnamed = SignedChange::sign(&phone.key, misnamed.envelope, misnamed.bytes);
    let push = Push { doc, changes: vec![misnamed], actions: Vec::new() };
    refused(&office, &mut phone, push, "quarantined", "envelope_mismatch");

    let scope = Scope::Case(case);
    let contact_entry = phone.entry(&office.server, scope, Class::Contact, "home_visit");
    refused(&office, &mut phone, contact_entry.push(), "quarantined", "not_allowed");

    let unknown_case = phone.visit(&office.server, doorstep_core::model::CaseId::new(office.server.env()));
    refused(&office, &mut phone, unknown_case.push(), "held", "unknown_dependencies");
}

#[test]
fn member_without_the_case_is_quarantined_and_taken_in_after_a_grant() {
    let office = Office::open();
    let (_, case) = office.phone_with_case();
    let mut colleague = office.phone(office.colleague);
    let visit = colleague.visit(&office.server, case);
    refused(&office, &mut colleague, visit.push(), "quarantined", "not_allowed");
    assert_eq!(
        said(&push_one(&office, &mut colleague, visit.push()).changes[0]),
        ("quarantined", "not_allowed")
    );
    office.assign(case, office.colleague, &CaseRole::CoWorker);
    assert_eq!(aside_count(&office.server, visit.doc), 0);
    assert_eq!(said(&push_one(&office, &mut colleague, visit.push()).changes[0]), ("accepted", ""));
}

#[test]
fn work_on_a_case_that_was_taken_away_is_late_and_a_supervisor_takes_it_in() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let mut visit = phone.visit(&office.server, case);
    office.end_assignment(case, office.worker);
    refused(&office, &mut phone, visit.push(), "late", "not_assigned");
    let more = visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    refused(&office, &mut phone, visit.only(more), "late", "not_assigned");
    let late = aside_of(&office);
    assert_eq!(late.len(), 2);
    assert!(late.iter().all(|one| one.verdict == ItemVerdict::Late));
    assert!(office.server.accept_set_aside(office.worker, late[1].push).is_err());
    office.server.accept_set_aside(office.supervisor, late[1].push).unwrap();
    office.server.accept_set_aside(office.supervisor, late[0].push).unwrap();
    assert_eq!(aside_count(&office.server, visit.doc), 0);
    let record = office
        .server
        .records_of::<_, crate::StoreFault>(office.supervisor, |records| records.find(visit.doc))
        .unwrap()
        .unwrap();
    assert_eq!(record.document.heads(), visit.document.heads());
}

#[test]
fn other_content_under_the_same_number_is_refused_and_alarmed() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let mut clone = visit.clone();
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
    let mut original = visit.clone();
    let mine = original.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    let others = clone.edit(&office.server, &phone, &[Edit::set("outcome", "postponed")]);
    assert_all_accepted(&phone.sync(&office.server, vec![original.only(mine)]));
    refused(&office, &mut phone, clone.only(others), "refused", "duplicate_sequence");
    let alarms: i64 = office
        .server
        .store()
        .read::<_, crate::StoreFault>(|tx| {
            Ok(tx.query_row("SELECT count(*) FROM audit WHERE verb = 'duplicate_sequence'", [], |row| {
                row.get(0)
            })?)
        })
        .unwrap();
    assert_eq!(alarms, 1);
}

#[test]
fn successors_of_a_quarantined_change_are_kept_with_it() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let mut visit = phone.visit(&office.server, case);
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
    visit.class = Class::Restricted;
    let wrong = visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    visit.class = Class::File;
    let after = visit.edit(&office.server, &phone, &[Edit::set("outcome", "met")]);
    refused(&office, &mut phone, visit.only(wrong), "quarantined", "scope_mismatch");
    refused(&office, &mut phone, visit.only(after), "quarantined", "follows_quarantined");
    // Other documents go on.
    let other = phone.visit(&office.server, case);
    assert_all_accepted(&phone.sync(&office.server, vec![other.push()]));
}

#[test]
fn held_change_is_taken_in_when_its_dependency_arrives() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let mut visit = phone.visit(&office.server, case);
    let first = visit.push();
    let second = visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    let mut handed_in = visit.only(second);
    handed_in.actions.push(visit.act(&office.server, &phone, ActionKind::Submit));
    refused(&office, &mut phone, handed_in.clone(), "held", "sequence_gap");
    assert_all_accepted(&phone.sync(&office.server, vec![first]));
    assert_eq!(aside_count(&office.server, visit.doc), 0);
    let result = push_one(&office, &mut phone, handed_in);
    assert_eq!((said(&result.changes[0]), said(&result.actions[0])), (("accepted", ""), ("accepted", "")));
}

#[test]
fn colleagues_change_waits_for_a_case_that_is_not_open_yet() {
    let office = Office::open();
    let mut phone = office.phone(office.worker);
    let (case, opening) = phone.open_case(&office.server, office.team);
    let visit = phone.visit(&office.server, case);
    refused(&office, &mut phone, visit.push(), "held", "unknown_dependencies");
    assert_all_accepted(&phone.sync(&office.server, vec![opening]));
    assert_eq!(aside_count(&office.server, visit.doc), 0);
}

#[test]
fn actions_need_their_member_and_their_role() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
    let only = |action: SignedAction| Push { doc: visit.doc, changes: Vec::new(), actions: vec![action] };
    let approve = visit.act(&office.server, &phone, ActionKind::Approve);
    refused(&office, &mut phone, only(approve), "quarantined", "not_allowed");
    let place = (visit.doc, visit.scope, visit.class);
    let mut action = phone.action(&office.server, ActionKind::Approve, place, visit.document.heads());
    action.member = office.supervisor;
    let in_anothers_name = SignedAction::sign(&phone.key, phone.org, &action);
    refused(&office, &mut phone, only(in_anothers_name), "refused", "foreign_member");
    let strange = Heads::new(vec![chunk_hash(b"nothing the document knows").unwrap()]);
    let action = phone.action(&office.server, ActionKind::Submit, place, strange);
    let early = SignedAction::sign(&phone.key, phone.org, &action);
    refused(&office, &mut phone, only(early), "held", "unknown_dependencies");
}

#[test]
fn nobody_decides_about_what_was_not_handed_in() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
    let decide = || {
        let new = NewAction {
            subject: visit.doc,
            kind: ActionKind::Approve,
            heads: visit.document.heads(),
            fields: Vec::new(),
            reason: String::new(),
            target: None,
        };
        office.server.act(office.supervisor, new)
    };
    assert!(matches!(decide(), Err(ActFault::NotAllowed)));
    assert_eq!(aside_count(&office.server, visit.doc), 0);
    let submit = visit.act(&office.server, &phone, ActionKind::Submit);
    let push = Push { doc: visit.doc, changes: Vec::new(), actions: vec![submit] };
    assert_all_accepted(&phone.sync(&office.server, vec![push]));
    decide().unwrap();
}

#[test]
fn supervisor_decides_at_the_console_and_nobody_else_does() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let mut push = visit.push();
    push.actions.push(visit.act(&office.server, &phone, ActionKind::Submit));
    assert_all_accepted(&phone.sync(&office.server, vec![push]));
    let waiting = |office: &Office| {
        let count = office.server.records_of::<_, crate::StoreFault>(office.supervisor, |records| {
            let queue = records.queue()?;
            Ok(queue.len())
        });
        count.unwrap()
    };
    assert_eq!(waiting(&office), 1);
    let decision = NewAction {
        subject: visit.doc,
        kind: ActionKind::Return,
        heads: visit.document.heads(),
        fields: Vec::new(),
        reason: "谁开的门？".into(),
        target: None,
    };
    assert!(office.server.act(office.worker, decision.clone()).is_err());
    office.server.act(office.supervisor, decision).unwrap();
    assert_eq!(waiting(&office), 0);
    let page = phone.sync(&office.server, Vec::new()).page;
    assert_eq!(page.len(), 1);
}

#[test]
fn mentor_writes_check_ins_and_no_visits() {
    let office = Office::open();
    let (_, case) = office.phone_with_case();
    office.assign(case, office.mentor, &CaseRole::Mentor);
    let mut mentor = office.phone(office.mentor);
    let scope = Scope::Case(case);
    let check_in = mentor.entry(&office.server, scope, Class::Contact, "mentor_check_in");
    assert_all_accepted(&mentor.sync(&office.server, vec![check_in.push()]));
    let visit = mentor.entry(&office.server, scope, Class::Contact, "home_visit");
    refused(&office, &mut mentor, visit.push(), "quarantined", "not_allowed");
    let filed = mentor.entry(&office.server, scope, Class::File, "mentor_check_in");
    refused(&office, &mut mentor, filed.push(), "quarantined", "not_allowed");
}

#[test]
fn one_items_fault_keeps_the_whole_push_out() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let mut visit = phone.visit(&office.server, case);
    visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
    let mut push = visit.push();
    push.changes[1].bytes[30] ^= 1;
    let result = push_one(&office, &mut phone, push);
    assert_eq!(said(&result.changes[0]), ("refused", "push_failed"));
    assert_eq!(said(&result.changes[1]).0, "refused");
    let row =
        office.server.store().read::<_, crate::StoreFault>(|tx| documents::find_row(tx, visit.doc)).unwrap();
    assert!(row.is_none());
}

#[test]
fn case_part_has_one_place_only() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let stamp = phone.stamp(&office.server);
    let (document, change) = doorstep_core::documents::Document::create(
        DocKind::CaseFile,
        &stamp,
        &[Edit::set("legal_name", "林")],
    )
    .unwrap();
    let scope = Scope::Case(case);
    let signed = |doc| phone.sign(doc, scope, Class::File, DocKind::CaseFile, &change);
    let astray = DocId::new(office.server.env());
    let visit = Visit { doc: astray, scope, class: Class::File, document, changes: vec![signed(astray)] };
    let home = DocId::of_case_part(case, Class::File);
    let at_home = Push { doc: home, changes: vec![signed(home)], actions: Vec::new() };
    refused(&office, &mut phone, visit.push(), "quarantined", "scope_mismatch");
    assert_all_accepted(&phone.sync(&office.server, vec![at_home]));
}

#[test]
fn sixteen_phones_share_commits() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let mut phones: Vec<Phone> = (0..16).map(|_| office.phone(office.worker)).collect();
    for phone in &mut phones {
        phone.sync(&office.server, Vec::new());
    }
    phone.sync(&office.server, Vec::new());
    let before = office.server.store().commits();
    let server = &office.server;
    std::thread::scope(|scope| {
        for phone in &mut phones {
            scope.spawn(move || {
                for _ in 0..8 {
                    let visit = phone.visit(server, case);
                    assert_all_accepted(&phone.sync(server, vec![visit.push()]));
                }
            });
        }
    });
    let commits = office.server.store().commits() - before;
    assert!(commits * 4 <= 16 * 8, "{commits} commits for {} pushes", 16 * 8);
    let mut reader = office.phone(office.supervisor);
    reader.sync(&office.server, Vec::new());
}

#[test]
fn full_disk_refuses_everything_and_loses_nothing() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let pages: i64 = office.server.store().with_writer(|writer| {
        let pages: i64 = writer.pragma_query_value(None, "page_count", |row| row.get(0)).unwrap();
        writer.pragma_update(None, "max_page_count", pages).unwrap();
        pages
    });
    let before = head(&office.server);
    let mut refused = 0;
    for _ in 0..200 {
        let request = phone.request(vec![phone.visit(&office.server, case).push()]);
        if let Err(error) = phone.exchange(&office.server, &request) {
            assert_eq!(error.code.code(), "no_room");
            refused += 1;
        }
    }
    assert!(refused > 0);
    assert!(head(&office.server) >= before);
    office
        .server
        .store()
        .with_writer(|writer| writer.pragma_update(None, "max_page_count", pages * 100).unwrap());
    assert_all_accepted(&phone.sync(&office.server, vec![visit.push()]));
}

#[test]
fn without_its_defence_an_acknowledged_visit_can_be_lost() {
    let office = Office::with(Defences { ack_after_commit: false, ..Defences::default() });
    let mut phone = office.phone(office.worker);
    let (_, opening) = phone.open_case(&office.server, office.team);
    assert_all_accepted(&phone.sync(&office.server, vec![opening]));
    let Office { folder, server, .. } = office;
    drop(server);
    assert_eq!(head(&open_server(folder.path(), Defences::default())), 0);
}
