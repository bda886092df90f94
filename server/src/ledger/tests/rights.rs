//! Who may do what, as the ledger holds it.

use super::*;

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
