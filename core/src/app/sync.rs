//! Carrying out what [`crate::sync::session`] plans: one round trip after the other, each answer
//! taken in whole or not at all.

use super::client::lock;
use super::standing::forget_confirmed;
use super::taking::Taking;
use super::{Client, Failure};
use crate::changes::{DeviceKey, Incarnation};
use crate::model::{DocId, Timestamp};
use crate::store::{AttentionKind, OwnItem, OwnWork, StoreFault, Tx};
use crate::sync::session::{GrantState, PhoneState, plan_request, plan_response};
use crate::sync::wire::{
    ACTIONS_LIMIT, CHANGES_LIMIT, Certificate, ErrorCode, Filling, PUSHES_LIMIT, Push, SyncRequest,
    SyncResponse,
};
use crate::sync::{Call, CallFault, Transport};
use std::collections::{HashMap, HashSet};

/// Own work in one request, in bytes: well below the server's limit for a body.
const PUSH_BYTES: usize = 512 * 1024;
/// Own work in one request, in items.
const PUSH_ITEMS: usize = 512;
/// A sync that has not come to an end after so many round trips goes on another time.
const ROUND_TRIPS_LIMIT: u32 = 20_000;
const LAST_SYNC: &str = "last_sync";
const CLOCK_OFFSET: &str = "clock_offset";

/// What is only on this phone, and how far the server's records are here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncState {
    /// Documents with work that the server does not have.
    pub waiting: u64,
    /// When the oldest of it was saved.
    pub oldest_waiting: Option<Timestamp>,
    /// Scopes and classes that are still on their way to this phone.
    pub filling: usize,
    /// When a sync came to its end last.
    pub last_sync: Option<Timestamp>,
}

impl SyncState {
    /// Whether everything is durable on the server and everything granted is here.
    pub fn is_synced(&self) -> bool {
        self.waiting == 0 && self.filling == 0 && self.last_sync.is_some()
    }
}

/// What a sync did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SyncReport {
    /// Requests answered.
    pub round_trips: u32,
    /// Bytes of bodies sent.
    pub bytes_up: u64,
    /// Bytes of bodies received.
    pub bytes_down: u64,
    /// Own changes and actions that the server took.
    pub pushed: usize,
    /// Documents that came or changed.
    pub received: usize,
    /// Of these, documents in which own and others' work came together.
    pub merged: usize,
    /// Actions that came.
    pub actions: usize,
    /// Own items that the server set aside or refused.
    pub set_aside: usize,
    /// Documents taken off this phone because their grant ended.
    pub purged: usize,
}

/// What was asked, to be held against the answer.
struct Asked {
    state: PhoneState,
    filling: Vec<Filling>,
    work: Vec<OwnWork>,
}

impl Client {
    /// Synchronises until there is nothing more to send or fetch. Whatever was taken in before a
    /// failure stays.
    pub fn sync_now(&self, transport: &dyn Transport) -> Result<SyncReport, Failure> {
        let _one_at_a_time = lock(&self.syncing);
        let (identity, key, offset) = self.read(|tx| {
            let identity = tx.identity()?.ok_or(Failure::SignInNeeded("not_enrolled"))?;
            let key: DeviceKey = tx.device_key()?.ok_or(StoreFault::Damaged)?;
            Ok((identity, key, tx.read_meta::<i64>(CLOCK_OFFSET)?.unwrap_or(0)))
        })?;
        let mut call = Call::new(&self.env, &key, identity.device, offset);
        let mut report = SyncReport::default();
        let mut certificate = None;
        while call.round_trips < ROUND_TRIPS_LIMIT {
            let (asked, request) = self.read(|tx| ask(tx, certificate.clone()))?;
            let answer = call.post::<_, SyncResponse>(transport, "/v1/sync", &request);
            let response = match answer {
                Err(CallFault::Refused(ErrorCode::UnknownDevice)) if certificate.is_none() => {
                    certificate = Some(identity.certificate.clone());
                    continue;
                }
                answer => answer?,
            };
            if call.offset_ms != offset {
                let learnt = call.offset_ms;
                self.write(|tx| Ok(tx.write_meta(CLOCK_OFFSET, &learnt)?))?;
            }
            let goes_on = self.take(&asked, &response, &mut report)?;
            self.remember_marker()?;
            (report.round_trips, report.bytes_up, report.bytes_down) =
                (call.round_trips, call.bytes_up, call.bytes_down);
            if !goes_on {
                break;
            }
        }
        Ok(report)
    }

    /// What is only on this phone.
    pub fn sync_state(&self) -> Result<SyncState, Failure> {
        self.read(|tx| {
            let waiting = tx.waiting()?;
            let grants = tx.grants()?;
            Ok(SyncState {
                waiting: waiting.documents,
                oldest_waiting: waiting.oldest,
                filling: grants
                    .iter()
                    .filter(|row| !row.is_filled && row.state == GrantState::Active)
                    .count(),
                last_sync: tx.read_meta(LAST_SYNC)?,
            })
        })
    }

    /// Takes an answer in; whether there is more to do at once.
    fn take(&self, asked: &Asked, response: &SyncResponse, report: &mut SyncReport) -> Result<bool, Failure> {
        let plan = plan_response(&asked.state, &asked.filling, response, self.defences);
        if !self.defences.cursor_with_page {
            self.write(|tx| Ok(tx.set_sync_point(&plan.point)?))?;
        }
        self.write(|tx| {
            let mut taking = Taking { client: self, tx, plan: &plan, report, refill: HashSet::new() };
            if plan.offer_again {
                tx.offer_all_again()?;
                tx.add_attention(&AttentionKind::ServerRestored, None, None, None, self.env.now())?;
            }
            if plan.take_page {
                taking.results(&asked.work, response)?;
            }
            taking.grants()?;
            if plan.take_page {
                taking.page(&response.page)?;
            }
            if let Some(directory) = &response.directory {
                tx.set_directory(directory)?;
                forget_confirmed(tx, directory)?;
            }
            taking.refill_and_purge()?;
            tx.set_sync_point(&plan.point)?;
            tx.forget_backed_up(response.backed_up)?;
            let goes_on = plan.more
                || !tx.waiting_work(1, 0)?.is_empty()
                || tx.grants()?.iter().any(|row| !row.is_filled && row.state == GrantState::Active);
            if !goes_on {
                tx.write_meta(LAST_SYNC, &self.env.now())?;
            }
            Ok(goes_on)
        })
    }
}

/// The next request, with the own work that it carries.
fn ask(tx: &Tx<'_>, certificate: Option<Certificate>) -> Result<(Asked, SyncRequest), Failure> {
    let state =
        PhoneState { point: tx.sync_point()?, directory: tx.directory_version()?, grants: tx.grants()? };
    // Before the first answer the phone does not know the lineage, and has written nothing yet.
    let work = if state.point.is_some() { tx.waiting_work(PUSH_ITEMS, PUSH_BYTES)? } else { Vec::new() };
    let (pushes, work) = pushes_of(work);
    let incarnation: Incarnation = tx.incarnation()?.ok_or(StoreFault::Damaged)?;
    let request = plan_request(&state, pushes, incarnation, &tx.former_incarnations()?, certificate);
    Ok((Asked { state, filling: request.filling.clone(), work }, request))
}

/// Groups own work by document, in the order in which each document's work began. The work comes
/// back in the order of the results: push by push, changes before actions.
fn pushes_of(work: Vec<OwnWork>) -> (Vec<Push>, Vec<OwnWork>) {
    let mut order: Vec<DocId> = Vec::new();
    let mut groups: HashMap<DocId, (Vec<OwnWork>, Vec<OwnWork>)> = HashMap::new();
    for item in work {
        if !groups.contains_key(&item.doc) {
            if order.len() == PUSHES_LIMIT {
                break;
            }
            order.push(item.doc);
        }
        let (changes, actions) = groups.entry(item.doc).or_default();
        let (list, limit) = match item.item {
            OwnItem::Change(_) => (changes, CHANGES_LIMIT),
            OwnItem::Action(_) => (actions, ACTIONS_LIMIT),
        };
        if list.len() < limit {
            list.push(item);
        }
    }
    let (mut pushes, mut sorted) = (Vec::with_capacity(order.len()), Vec::new());
    for doc in order {
        let (change_work, action_work) = groups.remove(&doc).unwrap_or_default();
        let mut push = Push { doc, changes: Vec::new(), actions: Vec::new() };
        for work in change_work.into_iter().chain(action_work) {
            match &work.item {
                OwnItem::Change(change) => push.changes.push(change.clone()),
                OwnItem::Action(action) => push.actions.push(action.clone()),
            }
            sorted.push(work);
        }
        pushes.push(push);
    }
    (pushes, sorted)
}
