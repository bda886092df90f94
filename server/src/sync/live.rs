//! `GET /v1/live`: who listens, and what they are told.
//!
//! A listener is told how far the feed of its member's scopes advanced and which version its
//! directory has, never what is in them. What the log gained is read once for all listeners.

use super::proof;
use super::view::View;
use super::{Refusal, Reply};
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::{log, members, office};
use doorstep_core::model::{Class, DeviceId, MemberId, Scope};
use doorstep_core::sync::LIVE_PATH;
use doorstep_core::sync::wire::ErrorCode;
use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// Most phones that listen at once: each holds a connection and a few kilobytes.
const LISTENERS_LIMIT: usize = 4096;
/// Positions kept in memory for listeners that look a moment later than others.
const RECENT_LIMIT: usize = 1024;

/// Everyone who listens.
#[derive(Default)]
pub struct Live {
    open: Mutex<Open>,
    recent: Mutex<Recent>,
}

#[derive(Default)]
struct Open {
    is_closing: bool,
    /// One connection a device. Dropping its end ends it.
    listeners: HashMap<DeviceId, (u64, oneshot::Sender<()>)>,
    next: u64,
}

/// The end of the log and the directory's revision, as of a number of commits.
#[derive(Default)]
struct Recent {
    commits: Option<u64>,
    head: u64,
    revision: u64,
    /// Everything behind this position is in `places`.
    from: u64,
    places: VecDeque<(u64, Scope, Class)>,
}

impl Live {
    /// Ends all listening, and admits nobody any more: the server stops.
    pub fn close(&self) {
        let mut open = lock(&self.open);
        open.is_closing = true;
        open.listeners.clear();
    }

    /// How many listen.
    pub fn listeners(&self) -> usize {
        lock(&self.open).listeners.len()
    }

    /// A place for a device. A phone that lost its network leaves a connection behind that nobody
    /// has noticed yet, so the newest one of a device is the one that counts.
    fn admit(&self, device: DeviceId, limit: usize) -> Result<(u64, oneshot::Receiver<()>), ErrorCode> {
        let mut open = lock(&self.open);
        if open.is_closing {
            return Err(ErrorCode::Unavailable);
        }
        if open.listeners.len() >= limit && !open.listeners.contains_key(&device) {
            return Err(ErrorCode::TooMany);
        }
        let (end, ended) = oneshot::channel();
        open.next += 1;
        let number = open.next;
        open.listeners.insert(device, (number, end));
        Ok((number, ended))
    }

    fn leave(&self, device: DeviceId, number: u64) {
        let mut open = lock(&self.open);
        if open.listeners.get(&device).is_some_and(|listener| listener.0 == number) {
            open.listeners.remove(&device);
        }
    }
}

impl Recent {
    /// Reads what the log gained, if anything was committed since the last look.
    fn refresh(&mut self, server: &Server) -> Result<(), StoreFault> {
        let commits = server.store().commits();
        if self.commits == Some(commits) {
            return Ok(());
        }
        server.store().read::<_, StoreFault>(|tx| {
            let office = office::get(tx)?;
            if office.head - self.head > RECENT_LIMIT as u64 {
                self.places.clear();
                self.from = office.head;
            } else if office.head > self.head {
                self.places.extend(log::places_after(tx, self.head)?);
            }
            (self.head, self.revision) = (office.head, office.directory_revision);
            Ok(())
        })?;
        while self.places.len() > RECENT_LIMIT {
            self.from = self.places.pop_front().map_or(self.from, |place| place.0);
        }
        self.commits = Some(commits);
        Ok(())
    }
}

/// What a listener is told next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct News {
    /// Highest position in the member's scopes, if it advanced.
    pub advanced: Option<u64>,
    /// Version of the directory, if it changed.
    pub directory: Option<u64>,
}

/// One phone that listens.
pub struct Listener {
    server: Arc<Server>,
    device: DeviceId,
    member: MemberId,
    number: u64,
    /// Up to where the listener was told, or had nothing to be told.
    head: u64,
    view: Arc<View>,
}

impl Listener {
    /// Proves a request to listen; the news are what the phone is told at once, and the receiver
    /// fires when its connection has to end.
    pub fn admit(
        server: &Arc<Server>,
        header: Option<&str>,
    ) -> Result<(Self, News, oneshot::Receiver<()>), Reply> {
        Self::try_admit(server, header).map_err(|refusal| server.answer(Err(refusal)))
    }

    fn try_admit(
        server: &Arc<Server>,
        header: Option<&str>,
    ) -> Result<(Self, News, oneshot::Receiver<()>), Refusal> {
        let proof = proof::read(header)?;
        proof::check_time(server, &proof)?;
        let (caller, view, head, newest) = server.store().read::<_, Refusal>(|tx| {
            let caller = proof::check(tx, &proof, ("GET", LIVE_PATH), b"")?;
            if caller.device.state == DeviceState::Unconfirmed {
                return Err(ErrorCode::Unconfirmed.into());
            }
            let office = office::get(tx)?;
            let view = server.views().get(tx, caller.member, office.directory_revision)?;
            let newest = newest_in(tx, &view)?;
            Ok((caller, view, office.head, newest))
        })?;
        let (device, member) = (caller.device.id, caller.member);
        let (number, ended) = server.live().admit(device, LISTENERS_LIMIT)?;
        let news = News { advanced: newest, directory: Some(view.directory.version) };
        Ok((Self { server: Arc::clone(server), device, member, number, head, view }, news, ended))
    }

    /// What there is to tell since the last look; none if the device may no longer listen. Blocks.
    pub fn look(&mut self) -> Result<Option<News>, StoreFault> {
        let server = Arc::clone(&self.server);
        let mut news = News::default();
        let mut recent = lock(&server.live().recent);
        recent.refresh(&server)?;
        if recent.revision != self.view.revision {
            let Some(view) = self.view_again()? else { return Ok(None) };
            if view.directory.version != self.view.directory.version {
                news.directory = Some(view.directory.version);
            }
            self.view = view;
        }
        if recent.head > self.head {
            news.advanced = if recent.from > self.head {
                let newest = server.store().read::<_, StoreFault>(|tx| newest_in(tx, &self.view))?;
                newest.filter(|&newest| newest > self.head)
            } else {
                let mut newer = recent.places.iter().rev().take_while(|place| place.0 > self.head);
                newer
                    .find(|(_, scope, class)| self.view.generation(*scope, *class).is_some())
                    .map(|row| row.0)
            };
            self.head = recent.head;
        }
        Ok(Some(news))
    }

    /// The member's view as it is now; none if the phone was revoked or its member has left.
    fn view_again(&self) -> Result<Option<Arc<View>>, StoreFault> {
        self.server.store().read(|tx| {
            let device = devices::find(tx, self.device)?;
            if device.is_none_or(|device| device.state != DeviceState::Active)
                || !members::is_present(tx, self.member)?
            {
                return Ok(None);
            }
            let revision = office::directory_revision(tx)?;
            self.server.views().get(tx, self.member, revision).map(Some)
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.server.live().leave(self.device, self.number);
    }
}

fn newest_in(tx: &rusqlite::Connection, view: &View) -> Result<Option<u64>, StoreFault> {
    let mut newest = None;
    for grant in view.grants() {
        newest = newest.max(log::newest_in(tx, grant.scope, grant.class)?);
    }
    Ok(newest)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // What the locks guard is worked out again from the database when in doubt.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Office, Phone, assert_all_accepted, header};
    use doorstep_core::changes::RequestProof;
    use doorstep_core::model::{CaseRole, Edit};

    fn listen(office: &Office, phone: &Phone) -> (Listener, News, oneshot::Receiver<()>) {
        let now = office.server.env().now();
        let proof = RequestProof::sign(&phone.key, phone.device, "GET", LIVE_PATH, b"", now);
        Listener::admit(&office.server, Some(&header(&proof))).unwrap()
    }

    fn status(office: &Office, proof: Option<&RequestProof>) -> u16 {
        let header = proof.map(header);
        Listener::admit(&office.server, header.as_deref()).map_or_else(|reply| reply.status, |_| 200)
    }

    #[test]
    fn a_listener_hears_of_own_scopes_only() {
        let office = Office::open();
        let (mut worker, case) = office.phone_with_case();
        let mentor = office.phone(office.mentor);
        let (mut hears, first, _open) = listen(&office, &worker);
        let (mut deaf, nothing, _open_too) = listen(&office, &mentor);
        assert_eq!((first.advanced, nothing.advanced), (Some(2), None));
        assert_eq!(hears.look().unwrap(), Some(News::default()));
        let visit = worker.visit(&office.server, case);
        assert_all_accepted(&worker.sync(&office.server, vec![visit.push()]));
        assert_eq!(hears.look().unwrap(), Some(News { advanced: Some(3), directory: None }));
        assert_eq!(deaf.look().unwrap(), Some(News::default()));
        // The case becomes the mentor's: the directory says so, and from now on its contact part is heard.
        office.assign(case, office.mentor, &CaseRole::Mentor);
        assert!(deaf.look().unwrap().unwrap().directory.is_some());
    }

    #[test]
    fn a_long_stretch_is_heard_as_its_end() {
        let office = Office::open();
        let (mut worker, case) = office.phone_with_case();
        let (mut hears, _, _open) = listen(&office, &worker);
        hears.look().unwrap();
        // As if more had come than is kept in memory.
        let mut visit = worker.visit(&office.server, case);
        for outcome in ["refused", "met", "refused"] {
            visit.edit(&office.server, &worker, &[Edit::set("outcome", outcome)]);
        }
        assert_all_accepted(&worker.sync(&office.server, vec![visit.push()]));
        {
            let mut recent = lock(&office.server.live().recent);
            recent.refresh(&office.server).unwrap();
            recent.from = recent.head;
            recent.places.clear();
        }
        assert_eq!(hears.look().unwrap().unwrap().advanced, Some(worker.seen));
    }

    #[test]
    fn a_revoked_phone_is_not_told_any_more() {
        let office = Office::open();
        let (worker, _) = office.phone_with_case();
        let (mut hears, _, _open) = listen(&office, &worker);
        crate::directory::revoke_device(&office.server, None, worker.device).unwrap();
        assert_eq!(hears.look().unwrap(), None);
        let now = office.server.env().now();
        let proof = RequestProof::sign(&worker.key, worker.device, "GET", LIVE_PATH, b"", now);
        assert_eq!(status(&office, Some(&proof)), 403);
    }

    #[test]
    fn only_a_known_device_may_listen_and_only_now() {
        let office = Office::open();
        let (worker, _) = office.phone_with_case();
        let now = office.server.env().now();
        let proof =
            |method, path, time| RequestProof::sign(&worker.key, worker.device, method, path, b"", time);
        assert_eq!(status(&office, None), 401);
        assert_eq!(status(&office, Some(&proof("POST", LIVE_PATH, now))), 401);
        assert_eq!(status(&office, Some(&proof("GET", "/v1/sync", now))), 401);
        assert_eq!(status(&office, Some(&proof("GET", LIVE_PATH, now.plus_ms(-61_000)))), 401);
        let stranger =
            RequestProof { device: DeviceId::new(office.server.env()), ..proof("GET", LIVE_PATH, now) };
        assert_eq!(status(&office, Some(&stranger)), 401);
        assert_eq!(status(&office, Some(&proof("GET", LIVE_PATH, now))), 200);
    }

    #[test]
    fn the_newest_connection_of_a_device_counts_and_all_together_have_a_limit() {
        let live = Live::default();
        let (first, mut ended) = live.admit(DeviceId([1; 16]), 2).unwrap();
        assert!(ended.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Empty));
        let (second, _second) = live.admit(DeviceId([1; 16]), 2).unwrap();
        assert!(ended.try_recv().is_err_and(|error| error == oneshot::error::TryRecvError::Closed));
        // The old connection's end does not take the new one's place away.
        live.leave(DeviceId([1; 16]), first);
        assert_eq!(live.listeners(), 1);
        let (_, _other) = live.admit(DeviceId([2; 16]), 2).unwrap();
        assert_eq!(live.admit(DeviceId([3; 16]), 2).err(), Some(ErrorCode::TooMany));
        live.leave(DeviceId([1; 16]), second);
        assert!(live.admit(DeviceId([3; 16]), 2).is_ok());
        live.close();
        assert_eq!(live.admit(DeviceId([4; 16]), 9).err(), Some(ErrorCode::Unavailable));
    }
}
