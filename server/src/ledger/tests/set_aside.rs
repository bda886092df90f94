//! What is set aside, why, and when it is taken in after all.

use super::*;

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
