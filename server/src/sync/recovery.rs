//! `POST /v1/recovery/keep` and `POST /v1/recovery`: sealed keys of phones, and phones that lost theirs.

use super::proof;
use super::{Refusal, body};
use crate::server::Server;
use crate::store::audit::{self, Line};
use crate::store::devices::{self, DeviceState};
use crate::store::members;
use crate::store::recoveries::{self, Recovery};
use doorstep_core::model::{DeviceId, MemberId, Timestamp};
use doorstep_core::sync::recovery::{AskRecovery, KEEP_PATH, KeepKey, Kept, RecoveryAnswer, WrappedKey};
use doorstep_core::sync::wire::ErrorCode;
use rusqlite::Connection;
use subtle::ConstantTimeEq;
use zeroize::Zeroize;

/// Largest body: a sealed key and a public one.
const BODY_LIMIT: usize = 2 * 1024;
/// Requests with another fresh key that a phone may make in a day.
const REQUESTS_A_DAY: u64 = 5;
/// How long a confirmation holds: the phone may have lost its network meanwhile.
const CONFIRMED_MS: i64 = DAY_MS;
const DAY_MS: i64 = 86_400_000;

/// Keeps a phone's sealed key, if it is what it should be.
pub fn keep(server: &Server, header: Option<&str>, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let proof = proof::read(header)?;
    proof::check_time(server, &proof)?;
    let request = |tx: &Connection| -> Result<(DeviceId, KeepKey), Refusal> {
        let caller = proof::check(tx, &proof, ("POST", KEEP_PATH), raw)?;
        Ok((caller.device.id, body::decode(&body::expand(raw, BODY_LIMIT)?)?))
    };
    let (device, keep) = server.store().read(|tx| request(tx))?;
    open(server, device, &keep.sealed)?.zeroize();
    server.store().write(|tx| recoveries::keep(tx, device, &keep.sealed, server.env().now()))?;
    Ok(body::compress(&Kept {}))
}

/// The database's key of a phone, out of its sealed form.
fn open(server: &Server, device: DeviceId, sealed: &[u8]) -> Result<[u8; 32], ErrorCode> {
    let plain = server.vault().recovery().open(sealed).map_err(|_| ErrorCode::BadContent)?;
    let wrapped: WrappedKey = body::decode(&plain).map_err(|_| ErrorCode::BadContent)?;
    if wrapped.device == device { Ok(wrapped.key) } else { Err(ErrorCode::BadContent) }
}

/// Answers a phone that asks for its key: notes the request, and gives the key once somebody has confirmed it.
pub fn ask(server: &Server, raw: &[u8]) -> Result<Vec<u8>, Refusal> {
    let ask: AskRecovery = body::decode(&body::expand(raw, BODY_LIMIT)?)?;
    let mut key = open(server, ask.device, &ask.sealed)?;
    let answered = server.store().write::<_, Refusal>(|tx| answer(server, tx, &ask, &key));
    key.zeroize();
    Ok(body::compress(&answered?))
}

fn answer(
    server: &Server,
    tx: &Connection,
    ask: &AskRecovery,
    key: &[u8; 32],
) -> Result<RecoveryAnswer, Refusal> {
    let now = server.env().now();
    let member = admitted(tx, ask)?;
    let known = recoveries::find(tx, ask.device)?;
    let same = known.as_ref().filter(|known| known.fresh == ask.fresh && known.sealed == ask.sealed);
    let Some(recovery) = same else {
        recoveries::put(tx, &begun(known.as_ref(), ask, now)?, None)?;
        note(tx, now, Some(member), ask.device, "ask_recovery")?;
        return Ok(RecoveryAnswer { sealed: None });
    };
    let is_confirmed =
        recovery.confirmed.is_some_and(|since| (0..CONFIRMED_MS).contains(&now.ms_since(since)));
    if !is_confirmed {
        return Ok(RecoveryAnswer { sealed: None });
    }
    if recovery.given.is_none() {
        recoveries::set_given(tx, ask.device, now)?;
        note(tx, now, Some(member), ask.device, "give_recovery")?;
    }
    Ok(RecoveryAnswer { sealed: Some(ask.fresh.seal(server.env(), key)) })
}

/// Whether the phone is one of ours, active, and shows the key that it left here.
fn admitted(tx: &Connection, ask: &AskRecovery) -> Result<MemberId, Refusal> {
    if let Some(kept) = recoveries::kept(tx, ask.device)?
        && !bool::from(kept.ct_eq(&ask.sealed))
    {
        return Err(ErrorCode::BadContent.into());
    }
    let device = devices::find(tx, ask.device)?.ok_or(ErrorCode::UnknownDevice)?;
    let member = device.member.ok_or(ErrorCode::UnknownDevice)?;
    match device.state {
        DeviceState::Active if members::is_present(tx, member)? => Ok(member),
        DeviceState::Unconfirmed => Err(ErrorCode::Unconfirmed.into()),
        DeviceState::Active | DeviceState::Revoked => Err(ErrorCode::Revoked.into()),
    }
}

/// A new request in place of the one before, counted.
fn begun(known: Option<&Recovery>, ask: &AskRecovery, now: Timestamp) -> Result<Recovery, ErrorCode> {
    let counted = known.filter(|known| (0..DAY_MS).contains(&now.ms_since(known.counted_since)));
    let requests = counted.map_or(0, |known| known.requests) + 1;
    if requests > REQUESTS_A_DAY {
        return Err(ErrorCode::TooMany);
    }
    Ok(Recovery {
        device: ask.device,
        fresh: ask.fresh,
        sealed: ask.sealed.clone(),
        asked: now,
        counted_since: counted.map_or(now, |known| known.counted_since),
        requests,
        wrong: 0,
        confirmed: None,
        given: None,
    })
}

fn note(
    tx: &Connection,
    time: Timestamp,
    member: Option<MemberId>,
    device: DeviceId,
    verb: &'static str,
) -> Result<(), Refusal> {
    let subject = Some(device.as_bytes().as_slice());
    Ok(audit::add(tx, &Line { time, member, device: Some(device), verb, subject, detail: None })?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Office, Phone, answer, pack};
    use doorstep_core::changes::OpeningKey;
    use doorstep_core::sync::recovery::RECOVERY_PATH;

    fn sealed(office: &Office, device: DeviceId) -> Vec<u8> {
        let wrapped = minicbor::to_vec(WrappedKey { device, key: [7; 32] }).unwrap();
        office.server.vault().recovery().sealing().seal(office.server.env(), &wrapped)
    }

    fn asked(office: &Office, device: DeviceId, sealed: Vec<u8>) -> Result<RecoveryAnswer, String> {
        let ask = AskRecovery { device, sealed, fresh: OpeningKey::from_bytes([5; 32]).sealing() };
        let reply = office.server.exchange("POST", RECOVERY_PATH, None, &pack(&ask));
        answer(&reply).map_err(|error| error.code.code().to_owned())
    }

    fn left(office: &Office, phone: &Phone, sealed: Vec<u8>) -> Result<Kept, String> {
        let kept = phone.call(&office.server, KEEP_PATH, &KeepKey { sealed });
        kept.map_err(|error| error.code.code().to_owned())
    }

    #[test]
    fn only_a_key_that_is_sealed_for_the_very_phone_is_kept_or_looked_at() {
        let office = Office::open();
        let (phone, other) = (office.phone(office.worker), office.phone(office.colleague));
        let refused = "bad_content".to_owned();
        for wrong in [sealed(&office, other.device), vec![7; 90], Vec::new()] {
            assert_eq!(left(&office, &phone, wrong.clone()), Err(refused.clone()));
            assert_eq!(asked(&office, phone.device, wrong), Err(refused.clone()));
        }
        let stranger = DeviceId::new(office.server.env());
        assert_eq!(asked(&office, stranger, sealed(&office, stranger)), Err("unknown_device".to_owned()));
        let own = sealed(&office, phone.device);
        assert_eq!(asked(&office, phone.device, own.clone()), Ok(RecoveryAnswer { sealed: None }));
        assert_eq!(left(&office, &phone, own), Ok(Kept {}));
        // From now on it is that one and no other, even one that is sealed as it should be.
        assert_eq!(asked(&office, phone.device, sealed(&office, phone.device)), Err(refused));
    }
}
