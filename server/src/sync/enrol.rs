//! `POST /v1/enrol`: a new phone presents its one-time code and the key that was made on it.

use super::{Refusal, body, proof};
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::audit::{self, Line};
use crate::store::devices::{self, Device, DeviceState};
use crate::store::{members, office};
use doorstep_core::changes::{actor_of, verify_request};
use doorstep_core::model::{DeviceId, Private};
use doorstep_core::sync::wire::{EnrolRequest, Enrolled, ErrorCode};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// Largest body: a label and a key.
const BODY_LIMIT: usize = 4 * 1024;
/// Longest name of a device, in characters; the rest is cut.
const LABEL_LIMIT: usize = 60;

/// Answers an enrolment.
pub fn enrol(server: &Server, header: Option<&str>, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let proof = proof::read(header)?;
    let request: EnrolRequest = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
    if !verify_request(&proof, &request.key, "POST", "/v1/enrol", raw) {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let enrolled = server.store().write(|tx| accept(server, tx, &request))?;
    Ok(body::compress(&enrolled))
}

fn accept(server: &Server, tx: &Connection, request: &EnrolRequest) -> Result<Enrolled, Refusal> {
    let now = server.env().now();
    let secret_hash = Sha256::digest(&request.secret).into();
    let invite = devices::find_invite(tx, secret_hash)?.ok_or(ErrorCode::CodeExpired)?;
    let may_enrol = members::find(tx, invite.member)?.is_some_and(|member| member.ended.is_none());
    let device = match (devices::find_by_key(tx, &request.key)?, invite.device) {
        // The answer to an earlier try was lost on the way.
        (Some(device), Some(used)) if device.id == used && device.state == DeviceState::Active => device,
        (None, None) if may_enrol && now <= invite.expires => {
            let device = Device {
                id: DeviceId::new(server.env()),
                member: Some(invite.member),
                key: request.key,
                label: Private::new(request.label.chars().take(LABEL_LIMIT).collect()),
                state: DeviceState::Active,
                enrolled: now,
                last_seen: None,
            };
            add(tx, &device, request, secret_hash)?;
            device
        }
        _ => return Err(ErrorCode::CodeExpired.into()),
    };
    Ok(Enrolled {
        org: server.org(),
        device: device.id,
        member: invite.member,
        epoch: office::get(tx)?.epoch,
        certificate: proof::certify(server, &device, invite.member),
        time: now,
        recovery: Some(server.vault().recovery().sealing()),
    })
}

fn add(
    tx: &Connection,
    device: &Device,
    request: &EnrolRequest,
    secret_hash: [u8; 32],
) -> Result<(), StoreFault> {
    let now = device.enrolled;
    devices::add(tx, device.id, device.member, &device.key, device.label.reveal(), device.state, now)?;
    let actor = actor_of(&device.key, &request.incarnation);
    devices::bind_actor(tx, actor, device.id, &request.incarnation, now)?;
    devices::use_invite(tx, secret_hash, device.id, now)?;
    audit::add(
        tx,
        &Line {
            time: now,
            member: device.member,
            device: Some(device.id),
            verb: "enrol",
            subject: Some(device.id.as_bytes()),
            detail: None,
        },
    )
}
