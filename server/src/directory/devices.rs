//! Phones: inviting, confirming, revoking.

use super::{DirectoryFault, note};
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::members;
use doorstep_core::model::{DeviceId, MemberId};
use doorstep_core::sync::{EnrolmentCode, ServerAddress};
use sha2::{Digest, Sha256};

/// Life of a one-time code.
const CODE_LIFE_MS: i64 = 10 * 60 * 1_000;

/// Makes a one-time code for a member's phone. Only the hash of its secret is kept.
pub fn invite(
    server: &Server,
    by: Option<MemberId>,
    member: MemberId,
    address: ServerAddress,
) -> Result<EnrolmentCode, DirectoryFault> {
    let (secret, now): ([u8; 16], _) = (server.env().bytes(), server.env().now());
    server.store().write(|tx| {
        let found = members::find(tx, member)?.ok_or(DirectoryFault::NotFound("member"))?;
        if found.ended.is_some() {
            return Err(DirectoryFault::NotFound("member"));
        }
        let hash = Sha256::digest(secret).into();
        devices::add_invite(tx, hash, member, by, now, now.plus_ms(CODE_LIFE_MS))?;
        Ok(note(tx, now, by, "invite", member.as_bytes())?)
    })?;
    Ok(EnrolmentCode { server: address, secret })
}

/// Stops a phone: it can neither send nor fetch from now on.
pub fn revoke_device(server: &Server, by: Option<MemberId>, device: DeviceId) -> Result<(), DirectoryFault> {
    set_state(server, by, device, DeviceState::Revoked, "revoke_device")
}

/// Lets a phone in that shows the organisation's certificate but is not in this database.
pub fn confirm_device(server: &Server, by: Option<MemberId>, device: DeviceId) -> Result<(), DirectoryFault> {
    set_state(server, by, device, DeviceState::Active, "confirm_device")?;
    // Its work was kept while it waited.
    Ok(server.retry_set_aside(None)?)
}

fn set_state(
    server: &Server,
    by: Option<MemberId>,
    device: DeviceId,
    state: DeviceState,
    verb: &'static str,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    server.store().write(|tx| {
        let found = devices::find(tx, device)?.ok_or(DirectoryFault::NotFound("device"))?;
        // A revoked phone stays revoked: whoever uses it again enrols it again.
        let is_back = state == DeviceState::Active && found.state == DeviceState::Revoked;
        if found.state == DeviceState::Revoked && state == DeviceState::Revoked {
            // It counts from the first time on.
            return Ok(());
        }
        if is_back || !devices::set_state(tx, device, state, now)? {
            return Err(DirectoryFault::NotFound("device"));
        }
        Ok(note(tx, now, by, verb, device.as_bytes())?)
    })
}
