//! What an interrupted or misled exchange leaves behind, and how the next one goes on.

use super::*;

#[test]
fn a_first_sync_brings_everything_and_a_second_is_one_empty_request() {
    let phone = Phone::new();
    let server = office(&phone);
    let report = phone.sync(&server);
    assert!(report.complete && report.received == 10, "{report:?}");
    for number in [1, 2] {
        assert_eq!(phone.heads(case(number)), server_heads(&server, case(number)));
    }
    let again = phone.sync(&server);
    assert_eq!((again.round_trips, again.received, again.pushed), (1, 0, 0));
}

#[test]
fn a_cut_anywhere_resumes() {
    for (cut, is_parallel) in
        [(Cut::Request, false), (Cut::Answer, false), (Cut::Request, true), (Cut::Answer, true)]
    {
        // Small pages where they are fetched ahead, so that several come while some are stored.
        let (page, exchanges) = if is_parallel { (1, 18) } else { (3, 9) };
        for at in 1..exchanges {
            let phone = Phone::new();
            let server = office(&phone);
            (server.state().is_parallel, server.state().page) = (is_parallel, page);
            let own = phone.record(case(1), "门卫说昨天搬走了。");
            server.state().cut = Some((at, cut));
            let first = phone.try_sync(&server);
            server.state().cut = None;
            if let Err(fault) = &first {
                assert_eq!(*fault, SyncFault::Call(CallFault::Unreachable));
                // Others write on while the phone is away.
                colleague_records(&server, &phone.env, case(2), "其间");
            }
            assert!(phone.sync(&server).complete, "{cut:?} at {at}");
            for number in [1, 2] {
                let (here, there) = (phone.heads(case(number)), server_heads(&server, case(number)));
                assert_eq!(here, there, "{cut:?} at {at}");
            }
            assert!(phone.heads(case(1)).contains_key(&own));
            assert_eq!(phone.waiting(), 0);
            assert_eq!(phone.sync(&server).round_trips, 1);
        }
    }
}

#[test]
fn a_page_that_finds_no_room_is_asked_for_again() {
    for defences in [Defences::default(), Defences { cursor_with_page: false, ..Defences::default() }] {
        let mut phone = Phone::new();
        phone.defences = defences;
        let server = office(&phone);
        phone.sync(&server);
        colleague_records(&server, &phone.env, case(1), &"长".repeat(20_000));
        phone.store.limit_pages(Some(1)).unwrap();
        assert_eq!(phone.try_sync(&server), Err(SyncFault::Store(StoreFault::NoRoom)));
        phone.store.limit_pages(None).unwrap();
        phone.sync(&server);
        let is_whole = phone.heads(case(1)) == server_heads(&server, case(1));
        assert_eq!(is_whole, defences.cursor_with_page, "{defences:?}");
    }
}

#[test]
fn a_wrong_clock_and_a_forgotten_device_are_put_right_on_the_way() {
    let phone = Phone::new();
    let server = office(&phone);
    server.state().clock_ms = 4_000_000_000_000;
    server.state().turn_down = vec![ErrorCode::UnknownDevice, ErrorCode::Clock];
    assert!(phone.sync(&server).complete);
    let state = server.state();
    assert!(state.requests[0].certificate.is_none() && state.requests[2].certificate.is_some());
    drop(state);
    let offset = phone.store.read::<_, StoreFault>(crate::courier::round::clock_offset).unwrap();
    assert!(offset > 1_000_000_000_000);
}

#[test]
fn a_change_of_a_document_that_was_missed_is_filled_again() {
    let phone = Phone::new();
    let server = office(&phone);
    phone.sync(&server);
    let (doc, mut document) = colleague_records(&server, &phone.env, case(1), "先");
    phone.sync(&server);
    phone.store.write::<_, StoreFault>(|tx| tx.remove_document(doc)).unwrap();
    let stamp = Stamp { actor: Actor([9; 16]), member: MemberId([9; 16]), time: phone.env.now() };
    let base = document.heads();
    let change = document.edit(&stamp, &base, &[Edit::set("narrative", "后")]).unwrap().unwrap();
    server.take_change(case(1), CLASS, doc, &change.bytes);
    phone.sync(&server);
    assert_eq!(phone.text(doc).unwrap(), "后");
}
