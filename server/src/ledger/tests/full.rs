//! Too much of one device set aside.

use super::{aside_count, aside_of, push_one};
use crate::defences::Defences;
use crate::fixture::{Office, assert_all_accepted, said};
use crate::store::documents;

#[test]
fn device_that_fills_the_list_of_what_is_set_aside_is_told_so_and_nothing_is_acknowledged() {
    let office = Office::with(Defences { most_set_aside: 2, ..Defences::default() });
    let (mut phone, kept) = office.phone_with_case();
    let (taken, push) = phone.open_case(&office.server, office.team);
    assert_all_accepted(&phone.sync(&office.server, vec![push]));
    office.end_assignment(taken, office.worker);
    let late = [(); 3].map(|()| phone.visit(&office.server, taken));
    phone.sync(&office.server, vec![late[0].push(), late[1].push()]);
    let good = phone.visit(&office.server, kept);
    let request = phone.request(vec![late[2].push(), good.push()]);
    let error = phone.exchange(&office.server, &request).unwrap_err();
    assert_eq!(error.code.code(), "set_aside_full");
    assert_eq!(aside_count(&office.server, late[2].doc), 0, "not kept, and not said to be");
    let stored = |doc| office.server.store().read(|tx| documents::find_row(tx, doc)).unwrap().is_some();
    assert!(stored(good.doc), "what fits is stored all the same: asked again, it is there already");
    assert_eq!(said(&push_one(&office, &mut phone, good.push()).changes[0]), ("accepted", ""));
    let mut colleague = office.phone(office.colleague);
    let others = colleague.visit(&office.server, kept);
    assert_eq!(said(&push_one(&office, &mut colleague, others.push()).changes[0]).0, "quarantined");

    // Somebody in the office decides, and there is room again.
    let first = aside_of(&office).iter().find(|one| one.doc == late[0].doc).unwrap().push;
    office.server.dismiss_set_aside(office.supervisor, first, true).unwrap();
    assert_eq!(said(&push_one(&office, &mut phone, late[2].push()).changes[0]).0, "late");
}
