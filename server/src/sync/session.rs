//! `POST /v1/sync`: push and pull in one round trip.

use super::page::Page;
use super::proof::{self, Caller};
use super::{Refusal, body};
use crate::error::StoreFault;
use crate::ledger::Pusher;
use crate::server::Server;
use crate::store::devices::{self, Device, DeviceState};
use crate::store::log;
use crate::store::office::{self, Office};
use crate::store::{audit, members};
use doorstep_core::changes::{Incarnation, RequestProof, actor_of, verify_request};
use doorstep_core::model::{Actor, Private};
use doorstep_core::sync::wire::{
    ACTIONS_LIMIT, BODY_LIMIT, CHANGES_LIMIT, ErrorCode, FILLS_LIMIT, PUSHES_LIMIT, Push, PushResult,
    SyncRequest, SyncResponse,
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
    if raw.len() > BODY_LIMIT {
        return Err(ErrorCode::TooLarge.into());
    }
    let caller = match server.store().read(|tx| proof::check(tx, &proof, "/v1/sync", raw)) {
        Err(Refusal::Code(ErrorCode::UnknownDevice)) => return introduce(server, &proof, raw),
        other => other?,
    };
    let mut request = read(raw)?;
    let device = &caller.device;
    if device.state == DeviceState::Unconfirmed {
        return keep_for_later(server, &caller, request);
    }
    note_seen(server, device)?;
    let office = server.store().read::<_, StoreFault>(|tx| office::get(tx))?;
    if must_reconcile(server, &request, &office)? {
        return Ok(body::compress(&reconcile(server, &caller, request)?));
    }
    let pushes = std::mem::take(&mut request.pushes);
    let results = push(server, &caller, &request.incarnation, &request.former, pushes)?;
    let response = pull(server, &caller, &request, results)?;
    Ok(body::compress(&response))
}

/// Reads a body within all limits.
fn read(raw: &[u8]) -> Result<SyncRequest, ErrorCode> {
    let request: SyncRequest = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
    let fits = |push: &Push| push.changes.len() <= CHANGES_LIMIT && push.actions.len() <= ACTIONS_LIMIT;
    let is_small = request.pushes.len() <= PUSHES_LIMIT
        && request.filling.len() <= FILLS_LIMIT
        && request.former.len() <= FORMER_LIMIT
        && request.pushes.iter().all(fits);
    if is_small { Ok(request) } else { Err(ErrorCode::TooLarge) }
}

/// Whether the phone knows another past than this database has.
fn must_reconcile(server: &Server, request: &SyncRequest, office: &Office) -> Result<bool, StoreFault> {
    let Some(epoch) = request.epoch else { return Ok(false) };
    if !server.defences().epoch_check {
        return Ok(false);
    }
    if epoch != office.epoch || request.seen > office.head || request.cursor > office.head {
        return Ok(true);
    }
    let chain = server.store().read(|tx| log::chain_at(tx, request.seen))?;
    Ok(chain != Some(request.chain))
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
    incarnation: &Incarnation,
    former: &[doorstep_core::sync::wire::Bytes],
    offered: Vec<Push>,
) -> Result<Vec<PushResult>, Refusal> {
    if offered.is_empty() {
        return Ok(Vec::new());
    }
    let mut incarnations = vec![*incarnation];
    for bytes in former {
        incarnations.push(bytes.0.as_slice().try_into().map_err(|_| ErrorCode::Malformed)?);
    }
    let pusher = Pusher {
        org: server.org(),
        member: caller.member,
        device: caller.device.id,
        key: caller.device.key,
        actors: bind_actors(server, &caller.device, &incarnations)?,
    };
    Ok(server.take(&pusher, offered)?)
}

/// The actors of a device: they follow from its key, and are kept for whoever asks later.
fn bind_actors(
    server: &Server,
    device: &Device,
    incarnations: &[Incarnation],
) -> Result<HashSet<Actor>, StoreFault> {
    let named: Vec<(Actor, &Incarnation)> =
        incarnations.iter().map(|incarnation| (actor_of(&device.key, incarnation), incarnation)).collect();
    let mut known = server.store().read(|tx| devices::actors_of(tx, device.id))?;
    if named.iter().any(|(actor, _)| !known.contains(actor)) {
        let now = server.env().now();
        server.store().write::<_, StoreFault>(|tx| {
            named.iter().try_for_each(|(actor, incarnation)| {
                devices::bind_actor(tx, *actor, device.id, incarnation, now)
            })
        })?;
        known.extend(named.iter().map(|(actor, _)| *actor));
    }
    Ok(known)
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
        let mut page = Page::new(tx, server.vault(), &view);
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
            time: server.env().now(),
        })
    })
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
    keep_for_later(server, &Caller { device, member: certified.member }, request)
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
fn keep_for_later(server: &Server, caller: &Caller, request: SyncRequest) -> Result<Vec<u8>, Refusal> {
    if !request.pushes.is_empty() {
        push(server, caller, &request.incarnation, &request.former, request.pushes)?;
    }
    Err(ErrorCode::Unconfirmed.into())
}
