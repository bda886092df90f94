//! What can be said of a push without the database: limits, chunk, hash, signature, actor.
//!
//! Cheapest first, and nothing is expanded before its rows are counted: a change of 69 bytes can
//! claim 50 million operations. What a single change may hold, `inspect` knows.

use doorstep_core::changes::{DevicePublicKey, SignedAction, SignedChange};
use doorstep_core::documents::{ChunkFault, inspect};
use doorstep_core::model::{Action, Actor, DeviceId, MemberId, OrgId};
use doorstep_core::sync::wire::{ItemResult, ItemVerdict, Push, PushResult, RefusalCode};
use std::collections::{HashMap, HashSet};

/// Who pushes, proven by the request.
#[derive(Debug, Clone)]
pub struct Pusher {
    /// The organisation.
    pub org: OrgId,
    /// The member.
    pub member: MemberId,
    /// The device.
    pub device: DeviceId,
    /// Its key.
    pub key: DevicePublicKey,
    /// Actors that are the device's.
    pub actors: HashSet<Actor>,
}

/// A push whose items are read, and are the device's.
#[derive(Debug)]
pub struct Checked {
    /// As it came.
    pub push: Push,
    /// Content of the actions, in order.
    pub actions: Vec<Action>,
    /// The first item that is the device's, but is not what its envelope says. Changes count first.
    pub flaw: Option<(usize, RefusalCode)>,
}

impl Checked {
    /// The answer if every item is taken.
    pub fn accepted(&self) -> PushResult {
        let accepted = ItemResult { verdict: ItemVerdict::Accepted, position: None, code: None };
        PushResult {
            doc: self.push.doc,
            changes: vec![accepted.clone(); self.push.changes.len()],
            actions: vec![accepted; self.push.actions.len()],
        }
    }
}

/// An item that nothing proves: the push is not stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unproven {
    /// Which item. Changes count first, then actions.
    pub item: usize,
    /// Why.
    pub code: RefusalCode,
}

/// Checks a push. `budget` is what is left of the request's operations.
pub fn check(push: Push, pusher: &Pusher, budget: &mut u64) -> Result<Checked, (Push, Unproven)> {
    if let Some(unproven) = repeated(&push) {
        return Err((push, unproven));
    }
    let mut flaw = None;
    for (item, change) in push.changes.iter().enumerate() {
        match check_change(change, &push, pusher, budget) {
            Ok(is_as_said) => {
                if !is_as_said && flaw.is_none() {
                    flaw = Some((item, RefusalCode::EnvelopeMismatch));
                }
            }
            Err(code) => return Err((push, Unproven { item, code })),
        }
    }
    let mut actions = Vec::with_capacity(push.actions.len());
    for (index, action) in push.actions.iter().enumerate() {
        match check_action(action, &push, pusher) {
            Ok(action) => actions.push(action),
            Err(code) => {
                let item = push.changes.len() + index;
                return Err((push, Unproven { item, code }));
            }
        }
    }
    Ok(Checked { push, actions, flaw })
}

/// The first item that has the identity of an earlier one in the same push.
fn repeated(push: &Push) -> Option<Unproven> {
    let mut numbers = HashMap::new();
    for (item, change) in push.changes.iter().enumerate() {
        let envelope = &change.envelope;
        if let Some(earlier) = numbers.insert((envelope.actor, envelope.seq), envelope.hash) {
            let is_same = earlier == envelope.hash;
            let code = if is_same { RefusalCode::Malformed } else { RefusalCode::DuplicateSequence };
            return Some(Unproven { item, code });
        }
    }
    let mut ids = HashSet::new();
    let is_repeated = |signed: &SignedAction| signed.action().is_ok_and(|action| !ids.insert(action.id));
    let item = push.changes.len() + push.actions.iter().position(is_repeated)?;
    Some(Unproven { item, code: RefusalCode::Malformed })
}

/// Whether a change is what its envelope says; an error if nothing proves that it is the device's.
fn check_change(
    change: &SignedChange,
    push: &Push,
    pusher: &Pusher,
    budget: &mut u64,
) -> Result<bool, RefusalCode> {
    let envelope = &change.envelope;
    let facts = inspect(&change.bytes).map_err(code_of)?;
    if facts.operations > *budget {
        return Err(RefusalCode::TooManyOperations);
    }
    *budget -= facts.operations;
    if facts.hash != envelope.hash {
        return Err(RefusalCode::BadHash);
    }
    if envelope.device != pusher.device || envelope.org != pusher.org || change.verify(&pusher.key).is_err() {
        return Err(RefusalCode::BadSignature);
    }
    if envelope.member != pusher.member {
        return Err(RefusalCode::ForeignMember);
    }
    if !pusher.actors.contains(&envelope.actor) {
        return Err(RefusalCode::ForeignActor);
    }
    if envelope.doc != push.doc {
        return Err(RefusalCode::Malformed);
    }
    let is_as_said =
        facts.actor == envelope.actor && facts.seq == envelope.seq && facts.member() == Some(envelope.member);
    Ok(is_as_said)
}

fn check_action(signed: &SignedAction, push: &Push, pusher: &Pusher) -> Result<Action, RefusalCode> {
    if signed.body.len() > SignedAction::BYTES_LIMIT {
        return Err(RefusalCode::TooLarge);
    }
    signed.verify(&pusher.key, pusher.org).map_err(|_| RefusalCode::BadSignature)?;
    let action = signed.action().map_err(|_| RefusalCode::Malformed)?;
    if action.device != pusher.device {
        return Err(RefusalCode::BadSignature);
    }
    if action.member != pusher.member {
        return Err(RefusalCode::ForeignMember);
    }
    if action.subject != push.doc {
        return Err(RefusalCode::Malformed);
    }
    if action.reason.len() > Action::REASON_LIMIT
        || action.fields.len() > Action::FIELDS_LIMIT
        || action.after.len() > Action::AFTER_LIMIT
    {
        return Err(RefusalCode::TooLarge);
    }
    Ok(action)
}

fn code_of(fault: ChunkFault) -> RefusalCode {
    match fault {
        ChunkFault::TooLarge => RefusalCode::TooLarge,
        ChunkFault::ChunkType => RefusalCode::ChunkType,
        ChunkFault::TooManyOperations => RefusalCode::TooManyOperations,
        ChunkFault::Checksum => RefusalCode::BadHash,
        ChunkFault::Malformed | ChunkFault::Foreign => RefusalCode::Malformed,
    }
}
