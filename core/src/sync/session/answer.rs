//! What an answer means.

use super::request::wanted;
use super::{Defences, GrantRow, GrantState, PhoneState, SyncPoint};
use crate::model::{Class, Directory, DocId, Grant, Scope};
use crate::sync::wire::{Filling, ItemVerdict, SyncResponse};
use std::collections::{BTreeMap, HashMap};

/// What to do about an answer, to be carried out in one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Where the phone stands afterwards.
    pub point: SyncPoint,
    /// Results and page count (they do not when the server asks to reconcile).
    pub take_page: bool,
    /// Everything of one's own is to be offered again.
    pub offer_again: bool,
    /// The grants of the state as they are afterwards, and new ones.
    pub grants: Vec<GrantRow>,
    /// Of these, the ones that have just ended.
    pub ended: Vec<Grant>,
    /// Of these, the ones that a restored server did not confirm.
    pub frozen: Vec<Grant>,
    /// There is more to fetch at once.
    pub more: bool,
}

/// What to do about an answer to a request that asked for `asked`.
pub fn plan_response(
    state: &PhoneState,
    asked: &[Filling],
    response: &SyncResponse,
    defences: Defences,
) -> Plan {
    let restored = response.reconcile;
    let new_lineage = restored || state.point.is_some_and(|point| point.epoch != response.epoch);
    let mut grants: BTreeMap<_, _> =
        state.grants.iter().map(|row| ((row.grant.scope, row.grant.class), row.clone())).collect();
    if restored {
        // The server may have lost what the phone has, or have what the phone lacks: fill again.
        for row in grants.values_mut().filter(|row| row.grant.generation > 0) {
            (row.is_filled, row.after) = (false, None);
        }
    } else {
        go_on_filling(&mut grants, asked, &response.filling);
    }
    let (mut ended, mut frozen) = (Vec::new(), Vec::new());
    // Only what is frozen can be ended by name: what is granted ends by its absence from the directory.
    for named in &response.ended {
        if let Some(row) = grants.get_mut(&(named.scope, named.class))
            && row.state == GrantState::Frozen
            && !restored
        {
            row.state = GrantState::Leaving;
            ended.push(row.grant);
        }
    }
    if let Some(directory) = &response.directory {
        let granted = granted(directory);
        for row in grants.values_mut() {
            let key = (row.grant.scope, row.grant.class);
            // Opened here: until the server has it, its absence ends nothing.
            let is_unknown_there = row.grant.generation == 0
                && !is_opened(row.grant.scope, response)
                && !granted.keys().any(|(scope, _)| *scope == row.grant.scope);
            if granted.contains_key(&key) || row.state != GrantState::Active || is_unknown_there {
                continue;
            }
            if new_lineage && defences.purge_only_when_told {
                row.state = GrantState::Frozen;
                frozen.push(row.grant);
            } else {
                row.state = GrantState::Leaving;
                ended.push(row.grant);
            }
        }
        for (key, grant) in granted {
            // What is filled stays filled while the generation lasts; all else begins anew, on top of
            // what is there: nothing is deleted because a grant came back.
            let keeps = |row: &GrantRow| !restored && row.grant == grant && row.state == GrantState::Active;
            if !grants.get(&key).is_some_and(keeps) {
                let row = GrantRow { grant, state: GrantState::Active, is_filled: false, after: None };
                grants.insert(key, row);
            }
        }
    }
    ended.retain(|grant| {
        grants.get(&(grant.scope, grant.class)).is_some_and(|row| row.state == GrantState::Leaving)
    });
    let grants: Vec<GrantRow> = grants.into_values().collect();
    let more = response.more || restored || !wanted(&grants).is_empty();
    let cursor = if restored { response.head } else { response.cursor };
    let point = SyncPoint { epoch: response.epoch, cursor, seen: response.head, chain: response.chain };
    Plan {
        point,
        take_page: !restored,
        offer_again: restored && defences.offer_again,
        grants,
        ended,
        frozen,
        more,
    }
}

/// Whether an answer says that the server has a case's opening: it took in something of the part
/// that opens it. Not every such answer brings a directory: the one that did may have been lost.
pub fn is_opened(scope: Scope, response: &SyncResponse) -> bool {
    let Some(case) = scope.case() else { return false };
    let part = DocId::of_case_part(case, Class::Contact);
    let of_part = response.results.iter().filter(|result| result.doc == part);
    of_part.flat_map(|result| &result.changes).any(|item| item.verdict == ItemVerdict::Accepted)
}

/// Fills that were asked for: those in the answer go on, the others are complete.
fn go_on_filling(grants: &mut BTreeMap<(Scope, Class), GrantRow>, asked: &[Filling], going_on: &[Filling]) {
    let going_on: HashMap<_, _> = going_on.iter().map(|fill| ((fill.scope, fill.class), fill)).collect();
    for fill in asked {
        let key = (fill.scope, fill.class);
        let Some(row) = grants.get_mut(&key).filter(|row| row.grant.generation == fill.generation) else {
            continue;
        };
        let next = going_on.get(&key);
        row.is_filled = next.is_none();
        row.after = next.and_then(|fill| fill.after);
    }
}

fn granted(directory: &Directory) -> BTreeMap<(Scope, Class), Grant> {
    directory.grants.iter().map(|grant| ((grant.scope, grant.class), *grant)).collect()
}
