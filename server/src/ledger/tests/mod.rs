//! Behaviour of the ledger, through the door that phones use.

mod full;
mod rights;
mod set_aside;

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
fn aside_of(office: &Office) -> Vec<SetAside> {
    let all = |records: &crate::records::Records<'_>| records.set_aside();
    office.server.records_of(office.supervisor, all).unwrap()
}

fn aside_count(server: &Server, doc: DocId) -> u64 {
    server.store().read::<_, crate::StoreFault>(|tx| Ok(aside::mark(tx, doc)?.0)).unwrap()
}

fn push_one(office: &Office, phone: &mut Phone, push: Push) -> PushResult {
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
