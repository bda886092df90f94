//! What is asked.

use super::{GrantRow, GrantState, PhoneState};
use crate::changes::Incarnation;
use crate::sync::wire::{Bytes, Certificate, FILLS_LIMIT, Filling, Push, SyncRequest};

/// Scopes named in one request while filling. A page holds some twelve of them; naming more, each
/// with its identifier that does not compress, cost 4 % of a first sync's bytes.
pub const FILLS_AT_ONCE: usize = 24;
const _: () = assert!(FILLS_AT_ONCE <= FILLS_LIMIT, "the server takes no more");

/// The request for a state, with own work to push.
pub fn plan_request(
    state: &PhoneState,
    pushes: Vec<Push>,
    incarnation: Incarnation,
    former: &[Incarnation],
    certificate: Option<Certificate>,
) -> SyncRequest {
    let point = state.point;
    SyncRequest {
        epoch: point.map(|point| point.epoch),
        cursor: point.map_or(0, |point| point.cursor),
        seen: point.map_or(0, |point| point.seen),
        chain: point.map_or([0; 8], |point| point.chain),
        directory: state.directory,
        filling: wanted(&state.grants),
        pushes,
        incarnation,
        certificate,
        former: former.iter().map(|incarnation| Bytes(incarnation.to_vec())).collect(),
        frozen: state.frozen.clone(),
    }
}

/// What is still wanted, as much of it as a request may name.
pub(super) fn wanted(grants: &[GrantRow]) -> Vec<Filling> {
    grants
        .iter()
        .filter(|row| row.state == GrantState::Active && !row.is_filled)
        .take(FILLS_AT_ONCE)
        .map(Filling::from)
        .collect()
}
