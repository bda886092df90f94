//! The live notice over real HTTP: phones hear of what they may fetch, and of nothing else.

use doorstep_core::app::Failure;
use doorstep_core::sync::Cancel;
use doorstep_server::directory;
use doorstep_tests::site::{Phone, Site};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::{JoinHandle, sleep};
use std::time::Duration;

/// Longest that a notice may take in a test.
const SOON: Duration = Duration::from_secs(10);
/// How long nothing may be heard where nothing should be.
const SILENCE: Duration = Duration::from_millis(1500);

/// A phone that listens on a thread of its own.
struct Listening {
    phone: std::sync::Arc<Phone>,
    cancel: Cancel,
    heard: Receiver<Result<bool, Failure>>,
    thread: JoinHandle<()>,
}

impl Listening {
    fn start(site: &Site, phone: Phone) -> Self {
        let (phone, cancel) = (std::sync::Arc::new(phone), Cancel::default());
        let (tell, heard) = channel();
        let before = site.server.live().listeners();
        let (listener, token) = (phone.clone(), cancel.clone());
        let thread = std::thread::spawn(move || {
            let _ = tell.send(listener.client.wait_for_news(&listener.way, &token));
        });
        for _ in 0..200 {
            if site.server.live().listeners() > before {
                break;
            }
            sleep(Duration::from_millis(10));
        }
        Self { phone, cancel, heard, thread }
    }

    fn is_silent(&self) -> bool {
        matches!(self.heard.recv_timeout(SILENCE), Err(RecvTimeoutError::Timeout))
    }

    fn hears(&self) -> Result<bool, Failure> {
        self.heard.recv_timeout(SOON).expect("an answer comes soon")
    }
}

#[test]
fn a_colleagues_visit_is_heard_fetched_and_then_there_is_silence() {
    let site = Site::start();
    let (worker, supervisor) = (site.phone("lin", site.worker), site.phone("shen", site.supervisor));
    let case = worker.case(site.team);
    worker.client.sync_now(&worker.way).unwrap();
    supervisor.client.sync_now(&supervisor.way).unwrap();
    let listening = Listening::start(&site, supervisor);
    assert!(listening.is_silent(), "nothing has happened");
    worker.visit(case, "奶奶开门。");
    assert_eq!(listening.hears(), Ok(true));
    let report = listening.phone.client.sync_now(&listening.phone.way).unwrap();
    assert!(report.received > 0);
    let Listening { phone, thread, .. } = listening;
    thread.join().unwrap();
    let again = Listening::start(&site, std::sync::Arc::into_inner(phone).unwrap());
    assert!(again.is_silent(), "all of it is here");
    again.cancel.cancel();
    assert_eq!(again.hears(), Ok(false));
}

#[test]
fn what_is_not_granted_is_not_heard() {
    let site = Site::start();
    let (worker, mentor) = (site.phone("lin", site.worker), site.phone("zhou", site.mentor));
    let case = worker.case(site.team);
    worker.client.sync_now(&worker.way).unwrap();
    let listening = Listening::start(&site, mentor);
    worker.visit(case, "无人应答。");
    assert!(listening.is_silent(), "the mentor has no part in the case");
    directory::assign(&site.server, None, case, site.mentor, &doorstep_core::model::CaseRole::Mentor)
        .unwrap();
    assert_eq!(listening.hears(), Ok(true), "now it is theirs");
}

#[test]
fn a_revoked_phone_is_let_go_of_and_not_let_in_again() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let listening = Listening::start(&site, worker);
    let device = site.server.store().read(|tx| doorstep_server::store::devices::list(tx)).unwrap()[0].id;
    directory::revoke_device(&site.server, None, device).unwrap();
    assert_eq!(listening.hears(), Ok(false));
    let again = listening.phone.client.wait_for_news(&listening.phone.way, &Cancel::default());
    assert_eq!(again, Err(Failure::SignInNeeded("revoked")));
    assert_eq!(site.server.live().listeners(), 0);
}

#[test]
fn a_server_that_stops_lets_its_listeners_go_at_once() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let listening = Listening::start(&site, worker);
    let Site { listening: server, .. } = site;
    let (done, stopped) = channel();
    std::thread::spawn(move || {
        server.stop();
        done.send(()).unwrap();
    });
    assert_eq!(listening.hears(), Ok(false));
    stopped.recv_timeout(Duration::from_secs(5)).expect("stopping does not wait for who listens");
    let again = listening.phone.client.wait_for_news(&listening.phone.way, &Cancel::default());
    assert_eq!(again, Err(Failure::Offline));
}

#[test]
fn a_cancelled_wait_ends_at_once_even_before_it_began() {
    let site = Site::start();
    let worker = site.phone("lin", site.worker);
    let cancel = Cancel::default();
    cancel.cancel();
    assert_eq!(worker.client.wait_for_news(&worker.way, &cancel), Ok(false));
}
