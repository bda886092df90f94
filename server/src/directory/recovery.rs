//! Letting a phone have its database's key again, by the code that it shows.

use super::{DirectoryFault, note};
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::members;
use crate::store::recoveries::{self, Recovery};
use doorstep_core::model::{DeviceId, MemberId};
use doorstep_core::sync::recovery::AskRecovery;
use subtle::ConstantTimeEq;

/// Codes that may be typed wrongly for one request; the phone then has to ask anew.
const WRONG_LIMIT: u64 = 5;

/// Confirms a phone's request. Who confirms has heard the code from the person whose phone it is.
pub fn confirm_recovery(
    server: &Server,
    by: Option<MemberId>,
    device: DeviceId,
    code: &str,
) -> Result<(), DirectoryFault> {
    let now = server.env().now();
    let is_right = server.store().write::<_, DirectoryFault>(|tx| {
        let found = devices::find(tx, device)?.ok_or(DirectoryFault::NotFound("device"))?;
        let is_present = found.member.map_or(Ok(false), |member| members::is_present(tx, member))?;
        let waiting = recoveries::find(tx, device)?.filter(|waiting| waiting.wrong < WRONG_LIMIT);
        let (true, true, Some(waiting)) = (found.state == DeviceState::Active, is_present, waiting) else {
            return Err(DirectoryFault::NotFound("request for recovery"));
        };
        if !fits(&waiting, code) {
            recoveries::note_wrong(tx, device)?;
            note(tx, now, by, "recover_wrong_code", device.as_bytes())?;
            return Ok(false);
        }
        recoveries::put(tx, &Recovery { confirmed: Some(now), ..waiting }, by)?;
        note(tx, now, by, "recover", device.as_bytes())?;
        Ok(true)
    })?;
    if is_right {
        Ok(())
    } else {
        Err(DirectoryFault::Invalid("code", "it is not the one that the phone shows"))
    }
}

/// Whether a typed code is the request's. Spaces and hyphens do not count.
fn fits(waiting: &Recovery, code: &str) -> bool {
    let Recovery { device, fresh, sealed, .. } = waiting.clone();
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).collect::<Vec<u8>>();
    let expected = digits(&AskRecovery { device, sealed, fresh }.code());
    digits(code).ct_eq(&expected).into()
}
