//! `POST /v1/sync`: push and pull in one round trip.

use super::page::Page;
use super::proof::{self, Caller};
use super::{Refusal, body, frozen};
use crate::error::StoreFault;
use crate::ledger::Pusher;
use crate::server::Server;
use crate::store::attachments;
use crate::store::devices::{self, Device, DeviceState};
use crate::store::log;
use crate::store::office::{self, Office};
use crate::store::{audit, members};
use doorstep_core::changes::{Incarnation, RequestProof, actor_of, verify_request};
use doorstep_core::model::{Actor, Private};
use doorstep_core::sync::wire::{
    ACTIONS_LIMIT, BODY_LIMIT, CHANGES_LIMIT, ErrorCode, FILLS_LIMIT, FROZEN_LIMIT, PUSHES_LIMIT, Push,
    PushResult, SyncRequest, SyncResponse,
};
use rusqlite::Connection;
use std::collections::HashSet;

/// Most former incarnations that a device may name.
const FORMER_LIMIT: usize = 64;
/// How coarsely a device's last request is noted: finer would cost each idle sync a commit.
const SEEN_EVERY_MS: i64 = 3_600_000;

/// Answers a sync.
pub fn sync(server: &Server, header: Option<&str>, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let proof = proof::read(header)?;
    proof::check_time(server, &proof)?;
    let admitted = server.store().read(|tx| admit(tx, &proof, raw));
    let Admitted { caller, mut request, is_same_past, actors } = match admitted {
        Err(Refusal::Code(ErrorCode::UnknownDevice)) => return introduce(server, &proof, raw),
        other => other?,
    };
    if caller.device.state == DeviceState::Unconfirmed {
        return keep_for_later(server, &caller, actors, request);
    }
    note_seen(server, &caller.device)?;
    if server.defences().epoch_check && !is_same_past {
        return Ok(body::compress(&reconcile(server, &caller, request)?));
    }
    let pushes = std::mem::take(&mut request.pushes);
    let results = push(server, &caller, actors, &request, pushes)?;
    let ended = frozen::note(server, &caller, &request.frozen)?;
    let response = SyncResponse { ended, ..pull(server, &caller, &request, results)? };
    Ok(body::compress(&response))
}

/// A request that is what it says.
struct Admitted {
    caller: Caller,
    request: SyncRequest,
    /// Whether the phone knows the same past as this database.
    is_same_past: bool,
    /// Actors that are known to be the device's.
    actors: HashSet<Actor>,
}

/// Proves a request, then reads it: everything against one state of the database.
fn admit(tx: &Connection, proof: &RequestProof, raw: &[u8]) -> Result<Admitted, Refusal> {
    let caller = proof::check(tx, proof, ("POST", "/v1/sync"), raw)?;
    let request = read(raw)?;
    let is_same_past = is_same_past(tx, &request, &office::get(tx)?)?;
    let actors = devices::actors_of(tx, caller.device.id)?;
    Ok(Admitted { caller, request, is_same_past, actors })
}

/// Reads a body within all limits.
fn read(raw: &[u8]) -> Result<SyncRequest, ErrorCode> {
    let request: SyncRequest = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
    let fits = |push: &Push| push.changes.len() <= CHANGES_LIMIT && push.actions.len() <= ACTIONS_LIMIT;
    let is_small = request.pushes.len() <= PUSHES_LIMIT
        && request.filling.len() <= FILLS_LIMIT
        && request.former.len() <= FORMER_LIMIT
        && request.frozen.len() <= FROZEN_LIMIT
        && request.pushes.iter().all(fits);
    if is_small { Ok(request) } else { Err(ErrorCode::TooLarge) }
}

/// Whether what the phone was told of this database is so.
fn is_same_past(tx: &Connection, request: &SyncRequest, office: &Office) -> Result<bool, StoreFault> {
    let Some(epoch) = request.epoch else { return Ok(true) };
    let is_within = request.seen <= office.head && request.cursor <= office.head;
    Ok(epoch == office.epoch && is_within && log::chain_at(tx, request.seen)? == Some(request.chain))
}

/// The phone keeps what it has, fills again and offers all its own work again.
fn reconcile(server: &Server, caller: &Caller, mut request: SyncRequest) -> Result<SyncResponse, StoreFault> {
    request.epoch = None;
    request.filling.clear();
    let response = pull(server, caller, &request, Vec::new())?;
    Ok(SyncResponse { reconcile: true, ..response })
}

/// Takes the phone's work in.
fn push(
    server: &Server,
    caller: &Caller,
    mut actors: HashSet<Actor>,
    request: &SyncRequest,
    offered: Vec<Push>,
) -> Result<Vec<PushResult>, Refusal> {
    if offered.is_empty() {
        return Ok(Vec::new());
    }
    bind_actors(server, &caller.device, request, &mut actors)?;
    let pusher = Pusher {
        org: server.org(),
        member: caller.member,
        device: caller.device.id,
        key: caller.device.key,
        actors,
    };
    Ok(server.take(&pusher, offered)?)
}

/// The actors of a device follow from its key; new ones are kept for whoever asks later.
fn bind_actors(
    server: &Server,
    device: &Device,
    request: &SyncRequest,
    known: &mut HashSet<Actor>,
) -> Result<(), Refusal> {
    let mut named: Vec<(Actor, Incarnation)> = Vec::new();
    let former = request.former.iter().map(|bytes| bytes.0.as_slice());
    for bytes in former.chain([request.incarnation.as_slice()]) {
        let incarnation: Incarnation = bytes.try_into().map_err(|_| ErrorCode::Malformed)?;
        let actor = actor_of(&device.key, &incarnation);
        if known.insert(actor) {
            named.push((actor, incarnation));
        }
    }
    if named.is_empty() {
        return Ok(());
    }
    let now = server.env().now();
    let bind = |tx: &Connection| {
        named
            .iter()
            .try_for_each(|(actor, incarnation)| devices::bind_actor(tx, *actor, device.id, incarnation, now))
    };
    Ok(server.store().write::<_, StoreFault>(|tx| bind(tx))?)
}

/// Reads the page: everything from one state of the database.
fn pull(
    server: &Server,
    caller: &Caller,
    request: &SyncRequest,
    results: Vec<PushResult>,
) -> Result<SyncResponse, StoreFault> {
    server.store().read(|tx| {
        let office = office::get(tx)?;
        let view = server.views().get(tx, caller.member, office.directory_revision)?;
        let mut page = Page::new(tx, server.vault(), &view, accepted_in(&results));
        let (cursor, has_more) = match request.epoch {
            // A first sync begins at the head: everything up to there is filled.
            None => (office.head, false),
            Some(_) => page.feed(request.cursor, office.head)?,
        };
        let filling = page.fill(&request.filling)?;
        let is_known = view.directory.version == request.directory;
        Ok(SyncResponse {
            epoch: office.epoch,
            reconcile: false,
            results,
            page: page.into_items(),
            cursor,
            more: has_more || !filling.is_empty(),
            filling,
            directory: (!is_known).then(|| view.directory.clone()),
            head: office.head,
            chain: log::short(&office.chain),
            backed_up: office.backed_up,
            photos_backed_up: attachments::backed_up(tx)?,
            time: server.env().now(),
            ended: Vec::new(),
        })
    })
}

/// Positions of changes that the phone has just pushed: it has them, and need not be sent them.
/// Actions are sent, for they come with the time of their acceptance.
fn accepted_in(results: &[PushResult]) -> HashSet<u64> {
    results.iter().flat_map(|result| &result.changes).filter_map(|item| item.position).collect()
}

fn note_seen(server: &Server, device: &Device) -> Result<(), StoreFault> {
    let now = server.env().now();
    let is_recent = device.last_seen.is_some_and(|seen| (0..SEEN_EVERY_MS).contains(&now.ms_since(seen)));
    if is_recent { Ok(()) } else { server.store().write(|tx| devices::set_last_seen(tx, device.id, now)) }
}

/// A device that this database does not know: it was enrolled after the backup that the office was
/// restored from, if its certificate says so. It waits for a supervisor's word; its work is kept.
fn introduce(server: &Server, proof: &RequestProof, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let request = read(raw).map_err(|_| ErrorCode::UnknownDevice)?;
    let certificate = request.certificate.as_ref().ok_or(ErrorCode::UnknownDevice)?;
    let certified = proof::read_certificate(server, certificate)?;
    if certified.device != proof.device || !verify_request(proof, &certified.key, "POST", "/v1/sync", raw) {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let now = server.env().now();
    let device = Device {
        id: certified.device,
        member: Some(certified.member),
        key: certified.key,
        label: Private::new(String::new()),
        state: DeviceState::Unconfirmed,
        enrolled: now,
        last_seen: None,
    };
    server.store().write::<_, StoreFault>(|tx| add_unconfirmed(tx, &device, certified.member))?;
    keep_for_later(server, &Caller { device, member: certified.member }, HashSet::new(), request)
}

fn add_unconfirmed(
    tx: &Connection,
    device: &Device,
    member: doorstep_core::model::MemberId,
) -> Result<(), StoreFault> {
    let now = device.enrolled;
    if members::find(tx, member)?.is_none() {
        // Added after the backup as well: without roles, until somebody says who it is.
        members::add(tx, member, "?", None, "zh", &[], now)?;
    }
    if devices::find(tx, device.id)?.is_none() {
        devices::add(tx, device.id, Some(member), &device.key, "", DeviceState::Unconfirmed, now)?;
        let line = audit::Line {
            time: now,
            member: Some(member),
            device: Some(device.id),
            verb: "introduce",
            subject: Some(device.id.as_bytes()),
            detail: None,
        };
        audit::add(tx, &line)?;
    }
    Ok(())
}

/// Keeps the work of an unconfirmed device. The phone keeps it too: it is answered `unconfirmed`.
fn keep_for_later(
    server: &Server,
    caller: &Caller,
    actors: HashSet<Actor>,
    mut request: SyncRequest,
) -> Result<Vec<u8>, Refusal> {
    let offered = std::mem::take(&mut request.pushes);
    push(server, caller, actors, &request, offered)?;
    Err(ErrorCode::Unconfirmed.into())
}
