//! What is fetched first.

use super::*;
use crate::store::Arriving;
use crate::sync::session::GrantRow;
use crate::sync::wire::SyncRequest;

/// Scopes in the order in which requests named them first.
fn asked_for(requests: &[SyncRequest]) -> Vec<(Scope, Class)> {
    let mut asked = Vec::new();
    for fill in requests.iter().flat_map(|request| &request.filling) {
        if !asked.contains(&(fill.scope, fill.class)) {
            asked.push((fill.scope, fill.class));
        }
    }
    asked
}

fn scopes(asked: &[(Scope, Class)]) -> Vec<Scope> {
    let mut scopes: Vec<Scope> = asked.iter().map(|(scope, _)| *scope).collect();
    scopes.dedup();
    scopes
}

/// The contact part as it lies on the phone, for the name alone.
fn name(phone: &Phone, number: u8, pseudonym: &str) {
    let Scope::Case(id) = case(number) else { return };
    phone
        .store
        .write::<_, StoreFault>(|tx| {
            let stamp = Pen::of(tx)?.unwrap().stamp(&phone.env);
            let edits = [Edit::set("pseudonym", pseudonym)];
            let (document, _) = Document::create(DocKind::CaseContact, &stamp, &edits).unwrap();
            let doc = DocId::of_case_part(id, Class::Contact);
            let place = (case(number), Class::Contact, DocKind::CaseContact);
            tx.put_document(place.0, place.1, place.2, &document.save(), &summarise(doc, &document))
        })
        .unwrap();
}

#[test]
fn what_the_phone_lists_first_is_filled_first_and_names_before_files() {
    let phone = Phone::new();
    let server = FakeServer::new();
    for number in 1..=6 {
        for class in [Class::Contact, Class::File] {
            server.grant(case(number), class);
        }
        colleague_records(&server, &phone.env, case(number), "一");
    }
    phone.sync(&server);
    // Nothing is known yet: the newest case first, and of each its contact part.
    let requests = std::mem::take(&mut server.state().requests);
    let asked = asked_for(&requests);
    assert_eq!(scopes(&asked), [6, 5, 4, 3, 2, 1].map(case));
    assert_eq!(asked[..2], [(case(6), Class::Contact), (case(6), Class::File)]);

    let (today, _) = phone.env.now().local(&jiff::tz::TimeZone::UTC);
    let own = *phone.heads(case(2)).keys().next().unwrap();
    phone.edit(case(2), own, &[Edit::set("date", today.to_string())]);
    let own = *phone.heads(case(5)).keys().next().unwrap();
    phone.edit(case(5), own, &[Edit::set("next_date", today.plus_days(3).to_string())]);
    phone.draft(case(4), &[Edit::set("kind", "note")]);
    name(&phone, 6, "小川");
    name(&phone, 1, "阿木");
    // A restored server: everything is fetched again.
    server.state().epoch = 2;
    phone.sync(&server);
    let requests = std::mem::take(&mut server.state().requests);
    let asked = asked_for(&requests);
    // The draft, what is planned, what is recent, then by name, then the one that has none.
    assert_eq!(scopes(&asked), [4, 5, 2, 6, 1, 3].map(case));
}

#[test]
fn a_draft_begun_while_a_fill_was_cut_moves_its_case_to_the_front() {
    let phone = Phone::new();
    let server = office(&phone);
    // Directory, then the first page of case 2; then the network goes.
    server.state().cut = Some((3, Cut::Request));
    assert!(phone.try_sync(&server).is_err());
    assert!(phone.heads(case(1)).is_empty());
    phone.draft(case(1), &[Edit::set("kind", "note")]);
    server.state().requests.clear();
    phone.sync(&server);
    let requests = std::mem::take(&mut server.state().requests);
    assert_eq!(scopes(&asked_for(&requests)), [1, 2].map(case));
}

#[test]
fn while_records_come_the_phone_counts_whole_persons_and_the_entries_that_can_be_read() {
    let phone = Phone::new();
    let server = FakeServer::new();
    for number in 1..=3 {
        for class in [Class::Contact, Class::File] {
            server.grant(case(number), class);
        }
        colleague_records(&server, &phone.env, case(number), "一");
    }
    phone.sync(&server);
    let arriving = || phone.store.read::<_, StoreFault>(|tx| tx.arriving()).unwrap();
    assert_eq!(arriving(), None);

    name(&phone, 2, "小川");
    phone
        .store
        .write::<_, StoreFault>(|tx| {
            let row = tx.grant(case(2), Class::File)?.unwrap();
            tx.put_grant(&GrantRow { is_filled: false, ..row })
        })
        .unwrap();
    assert_eq!(arriving(), Some(Arriving { persons_here: 2, persons: 3, entries_here: 3 }));
}
