//! The courier: carries this phone's own work to the server and brings back what others did.
//!
//! `sync` plans what to ask and what an answer means; the courier runs the round trips and carries
//! each plan out in one transaction of the `store`, so that a cut at any instant leaves the phone
//! before or after a page, never between. What the server would not take is never dropped:
//! it is parked, readable, and where that can help done again on the server's version ([`branch`]).
//!
//! ```text
//! sync_once: ask (one read) → Transport → take in (one write, while further pages are fetched) → … until nothing is left
//! ```

mod ahead;
mod branch;
mod fault;
mod fill_order;
mod incoming;
mod leaving;
mod outbox;
mod pen;
mod photos;
pub(crate) mod refused;
mod results;
mod round;
mod set_aside;

#[cfg(test)]
mod fake;
#[cfg(test)]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a bare method is not general enough over `Tx`'s lifetime"
)]
mod tests;

pub use fault::SyncFault;
pub use fill_order::{TODAY_DAYS, TODAY_ROWS, listed_scopes};
pub(crate) use pen::{Pen, new_incarnation};
pub use photos::{PhotoReport, fetch_photo, send_photos};
pub use round::{clock_offset, keep_clock_offset, last_sync};

use crate::env::Env;
use crate::store::{Store, StoreFault};
use crate::sync::session::Defences;
use crate::sync::wire::{ErrorCode, SyncResponse};
use crate::sync::{Call, CallFault, Transport};
use ahead::{Ahead, Fetched};
use round::Asked;
use std::sync::atomic::{AtomicBool, Ordering};

/// Most round trips in one sync: a first sync of an office needs some hundred.
const ROUND_TRIPS_LIMIT: u32 = 20_000;

/// What one sync did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncReport {
    /// Requests that were answered.
    pub round_trips: u32,
    /// Bytes of request bodies.
    pub bytes_up: u64,
    /// Bytes of answers' bodies.
    pub bytes_down: u64,
    /// Own changes and actions that the server took.
    pub pushed: usize,
    /// Documents that came or changed.
    pub received: usize,
    /// Of these, documents in which own and others' work came together.
    pub merged: usize,
    /// Documents in which a field now waits for a person to settle it.
    pub conflicts: usize,
    /// Actions that came.
    pub actions: usize,
    /// Own changes and actions that the server set aside or refused.
    pub set_aside: usize,
    /// Documents taken off this phone because their grant ended.
    pub purged: usize,
    /// Nothing is left to fetch, to fill or to send.
    pub complete: bool,
}

/// Exchanges everything there is to exchange, as long as `goes_on` says so after each answer. What
/// was stored before a fault stays stored; the next sync goes on from there.
pub fn sync_once(
    store: &Store,
    env: &Env,
    transport: &dyn Transport,
    defences: Defences,
    goes_on: &dyn Fn() -> bool,
) -> Result<SyncReport, SyncFault> {
    let (identity, key, mut offset_ms) = store.read::<_, SyncFault>(|tx| {
        let identity = tx.identity()?.ok_or(SyncFault::NotEnrolled)?;
        let key = tx.device_key()?.ok_or(SyncFault::NotEnrolled)?;
        Ok((identity, key, round::clock_offset(tx)?))
    })?;
    if store.read::<_, StoreFault>(|tx| Ok(!tx.wanted_grants(1)?.is_empty()))? {
        // What the screens list first may have changed since the fill began.
        store.write(|tx| fill_order::arrange(tx, env))?;
    }
    let mut call = Call::new(env, &key, identity.device, offset_ms);
    let mut certificate = None;
    let mut ahead: Option<Fetched> = None;
    let mut report = SyncReport::default();
    for _ in 0..ROUND_TRIPS_LIMIT {
        let fetched = if let Some(fetched) = ahead.take() {
            fetched
        } else {
            let asked = store.read(|tx| round::ask(tx, certificate.clone()))?;
            let answer = fetch(&mut call, transport, &asked);
            Fetched::of(asked, answer)
        };
        if call.offset_ms != offset_ms {
            offset_ms = call.offset_ms;
            store.write(|tx| round::keep_clock_offset(tx, offset_ms))?;
        }
        let Fetched { pages, fault } = fetched;
        if pages.is_empty() {
            match fault {
                // Restored from a backup of before the enrolment: the certificate proves who this is.
                Some(CallFault::Refused(ErrorCode::UnknownDevice)) if certificate.is_none() => {
                    certificate = Some(identity.certificate.clone());
                    continue;
                }
                fault => return Err(fault.unwrap_or(CallFault::Unreachable).into()),
            }
        }
        let may_fetch = fault.is_none() && transport.may_fetch_ahead() && defences.cursor_with_page;
        let next = if may_fetch { store.read(|tx| Ahead::plan(tx, &pages))? } else { None };
        let take_in = |report: &mut SyncReport| round::take_in(store, env, defences, pages, report);
        let goes_further = match next {
            None => {
                ahead = fault.map(Fetched::from);
                take_in(&mut report)?
            }
            Some(next) => {
                let is_stored = AtomicBool::new(false);
                std::thread::scope(|scope| {
                    let fetching = scope.spawn(|| next.fetch(&mut call, transport, &is_stored));
                    let taken = take_in(&mut report);
                    is_stored.store(true, Ordering::Relaxed);
                    // A panic in there would be a fault of ours: the pages at hand are stored all the same.
                    ahead = fetching.join().ok();
                    taken
                })?
            }
        };
        (report.round_trips, report.bytes_up, report.bytes_down) =
            (call.round_trips, call.bytes_up, call.bytes_down);
        report.complete = !goes_further;
        if report.complete || !goes_on() {
            break;
        }
    }
    Ok(report)
}

fn fetch(call: &mut Call<'_>, transport: &dyn Transport, asked: &Asked) -> Result<SyncResponse, CallFault> {
    call.post(transport, "/v1/sync", &asked.request)
}
