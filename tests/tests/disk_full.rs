//! No room: a clear answer, nothing lost, and work goes on when there is room again.

use doorstep_core::model::{CaseId, Class, Edit, Role};
use doorstep_core::sync::wire::{ErrorCode, ItemVerdict, Push};
use doorstep_server::{Server, StoreFault};
use doorstep_tests::digest::server_tables;
use doorstep_tests::hostile::device::RawDevice;
use doorstep_tests::hostile::record::{Record, entry_in, open_case, push_of, visit};
use doorstep_tests::office::Office;
use std::sync::Arc;

/// Gives the server's database this many more pages than it has; none: as many as it likes.
fn leave_room(server: &Server, pages: Option<i64>) {
    server
        .store()
        .write::<_, StoreFault>(|tx| {
            let used: i64 = tx.pragma_query_value(None, "page_count", |row| row.get(0))?;
            let most = pages.map_or(i64::from(u32::MAX) - 1, |pages| used + pages);
            tx.pragma_update_and_check(None, "max_page_count", most, |_| Ok(()))?;
            Ok(())
        })
        .unwrap();
}

fn pushed(device: &RawDevice, server: &Server, push: &Push) -> Result<bool, (u16, ErrorCode)> {
    let answer = device.push(server, vec![push.clone()])?;
    Ok(answer.results[0].changes.iter().all(|item| item.verdict == ItemVerdict::Accepted))
}

/// An office with a case of a worker's, and room for this many pages more.
fn almost_full(seed: u64, pages: i64) -> (Office, RawDevice, CaseId) {
    let mut office = Office::new(seed);
    let member = office.member("王芳", &[Role::Worker]);
    let team = office.team(&[(member, false)]);
    let worker = office.raw_device(member);
    let (case, _, opening) = open_case(&worker, team);
    assert_eq!(pushed(&worker, &office.server, &opening), Ok(true));
    leave_room(&office.server, Some(pages));
    (office, worker, case)
}

#[test]
fn a_full_server_says_so_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let (office, worker, case) = almost_full(1, 12);
    let server = Arc::clone(&office.server);

    let mut taken = Vec::new();
    let refused = loop {
        let mut edits = visit();
        edits.push(Edit::set("narrative", "按约家访，本人在家，谈到复学的打算。".repeat(40)));
        let (record, change) = Record::begin(&worker, entry_in(&worker, case, Class::File), &edits);
        let push = push_of(&record.place, vec![change]);
        let before = server_tables(&server, &[]);
        match pushed(&worker, &server, &push) {
            Ok(is_accepted) => {
                assert!(is_accepted);
                taken.push(push);
            }
            Err(error) => {
                assert_eq!(error, (507, ErrorCode::NoRoom));
                assert_eq!(server_tables(&server, &[]), before, "nothing of a refused push was stored");
                break push;
            }
        }
        assert!(taken.len() < 100, "the limit holds");
    };
    assert!(!taken.is_empty(), "there was room for some");

    // Reading goes on, and so do repeats of what is there.
    assert!(worker.push(&server, Vec::new()).is_ok());
    for push in &taken {
        assert_eq!(pushed(&worker, &server, push), Ok(true));
    }
    assert_eq!(pushed(&worker, &server, &refused), Err((507, ErrorCode::NoRoom)));

    leave_room(&server, None);
    let head = worker.push(&server, Vec::new()).unwrap().head;
    assert_eq!(pushed(&worker, &server, &refused), Ok(true));
    assert_eq!(worker.push(&server, Vec::new()).unwrap().head, head + 1);
}

#[test]
fn a_push_among_others_that_does_not_fit_leaves_none_of_its_request_half_done() {
    let (office, worker, case) = almost_full(2, 8);
    let server = Arc::clone(&office.server);
    let pushes: Vec<Push> = (0..40)
        .map(|_| {
            let (record, change) = Record::begin(&worker, entry_in(&worker, case, Class::File), &visit());
            push_of(&record.place, vec![change])
        })
        .collect();
    let before = server_tables(&server, &[]);
    assert_eq!(worker.push(&server, pushes.clone()).unwrap_err(), (507, ErrorCode::NoRoom));
    assert_eq!(server_tables(&server, &[]), before);
    leave_room(&server, None);
    let results = worker.push(&server, pushes).unwrap().results;
    assert!(results.iter().all(|result| result.changes[0].verdict == ItemVerdict::Accepted));
}
