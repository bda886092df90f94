//! Pages that are fetched while others are being stored.

use super::*;
use crate::courier::ahead::{Ahead, Answered, Fetched, PAGES_AT_ONCE};
use crate::courier::{fetch, round};
use crate::sync::Call;
use std::sync::atomic::AtomicBool;

/// A phone in the middle of a first sync: the directory is stored, a page of the fill is at hand.
struct Midway {
    phone: Phone,
    server: FakeServer,
    key: std::sync::Arc<DeviceKey>,
    pages: Vec<Answered>,
}

fn midway(scopes: u8) -> Midway {
    let phone = Phone::new();
    let server = FakeServer::new();
    for number in 1..=scopes {
        server.grant(case(number), CLASS);
        colleague_records(&server, &phone.env, case(number), "一");
    }
    server.state().page = 1;
    let key = phone.store.read::<_, StoreFault>(|tx| tx.device_key()).unwrap().unwrap();
    let next = || {
        let asked = phone.store.read(|tx| round::ask(tx, None)).unwrap();
        let response = fetch(&mut call(&phone, &key), &server, &asked).unwrap();
        Answered { asked, response }
    };
    let directory = next();
    take_in(&phone, vec![directory]);
    let pages = vec![next()];
    Midway { phone, server, key, pages }
}

fn call<'a>(phone: &'a Phone, key: &'a DeviceKey) -> Call<'a> {
    Call::new(&phone.env, key, DeviceId([1; 16]), 0)
}

fn take_in(phone: &Phone, pages: Vec<Answered>) -> bool {
    let report = &mut SyncReport::default();
    round::take_in(&phone.store, &phone.env, phone.defences, pages, report).unwrap()
}

impl Midway {
    fn fetch_ahead(&self, pages: &[Answered], is_time_up: bool) -> Fetched {
        let ahead = self.phone.store.read(|tx| Ahead::plan(tx, pages)).unwrap().unwrap();
        ahead.fetch(&mut call(&self.phone, &self.key), &self.server, &AtomicBool::new(is_time_up))
    }
}

#[test]
fn pages_that_came_meanwhile_are_stored_together_and_bring_everything() {
    let mut midway = midway(30);
    // Twice what is at hand is stored while what follows is fetched.
    for pages in [1, PAGES_AT_ONCE] {
        let fetched = midway.fetch_ahead(&midway.pages, false);
        assert_eq!((fetched.pages.len(), fetched.fault), (PAGES_AT_ONCE, None));
        let stored = std::mem::replace(&mut midway.pages, fetched.pages);
        assert_eq!(stored.len(), pages);
        assert!(take_in(&midway.phone, stored));
    }
    let Midway { phone, server, pages, .. } = midway;
    assert!(take_in(&phone, pages));
    let known: usize = (1..=30).map(|number| phone.heads(case(number)).len()).sum();
    assert_eq!(known, 1 + 2 * PAGES_AT_ONCE);
    phone.sync(&server);
    for number in 1..=30 {
        assert_eq!(phone.heads(case(number)), server_heads(&server, case(number)));
    }
    // No scope was asked for again after its last page.
    let requests = std::mem::take(&mut server.state().requests);
    for number in 1..=30 {
        let times = |at: usize| requests[at].filling.iter().filter(|fill| fill.scope == case(number)).count();
        let asked: Vec<usize> = (0..requests.len()).flat_map(|at| vec![at; times(at)]).collect();
        assert!(asked.windows(2).all(|pair| pair[0] + 1 == pair[1]), "{number}: {asked:?}");
    }
}

#[test]
fn whoever_has_stored_waits_for_one_page_at_most() {
    let midway = midway(9);
    assert_eq!(midway.fetch_ahead(&midway.pages, true).pages.len(), 1);
}

#[test]
fn pages_before_a_cut_are_kept_and_the_cut_is_told() {
    let midway = midway(9);
    let exchanges = midway.server.state().exchanges;
    midway.server.state().cut = Some((exchanges + 3, Cut::Answer));
    let fetched = midway.fetch_ahead(&midway.pages, false);
    assert_eq!((fetched.pages.len(), fetched.fault), (2, Some(CallFault::Unreachable)));
}

#[test]
fn nothing_is_asked_ahead_while_own_work_waits() {
    let midway = midway(9);
    midway.phone.record(case(1), "刚写的");
    let ahead = midway.phone.store.read(|tx| Ahead::plan(tx, &midway.pages)).unwrap();
    assert!(ahead.is_none());
}
