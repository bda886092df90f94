//! What a phone asks and what it does about the answer: pure planning, no database, no network.
//!
//! State goes in, a [`Plan`] comes out; the `app` carries it out in one transaction, so that a cut
//! at any instant leaves the phone where it was before or after the page, never between.

use super::wire::{
    Bytes, Certificate, Chain, FILLS_LIMIT, Filling, Frozen, ItemVerdict, Push, SyncRequest, SyncResponse,
};
use crate::changes::Incarnation;
use crate::model::{Class, Directory, DocId, Epoch, Grant, Scope, codes};
use std::collections::{BTreeMap, HashMap};

/// Scopes named in one request while filling. A page holds some twelve of them; naming more, each
/// with its identifier that does not compress, cost 4 % of a first sync's bytes.
pub const FILLS_AT_ONCE: usize = 24;
const _: () = assert!(FILLS_AT_ONCE <= FILLS_LIMIT, "the server takes no more");

codes! {
    /// Where a grant stands on this phone.
    GrantState {
        /// May be read.
        Active = "active",
        /// Has ended: own work is handed over first, then everything goes.
        Leaving = "leaving",
        /// Not confirmed by a restored server: kept, not purged, until it is granted again or ended by a person.
        Frozen = "frozen",
    }
}

/// One scope × class on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// Which, and of which generation.
    pub grant: Grant,
    /// Where it stands.
    pub state: GrantState,
    /// Whether everything in it is on the phone.
    pub is_filled: bool,
    /// Position below which documents are still wanted.
    pub after: Option<u64>,
}

/// Where the phone stands in the server's lineage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SyncPoint {
    /// The lineage.
    #[n(0)]
    pub epoch: Epoch,
    /// Position up to which the feed was stored.
    #[n(1)]
    pub cursor: u64,
    /// Highest position that the phone was ever told.
    #[n(2)]
    pub seen: u64,
    /// The chain there.
    #[cbor(n(3), with = "minicbor::bytes")]
    pub chain: Chain,
}

/// Switches for the phone's defences, so that tests can show that each one matters.
/// Only a value passed in by a test turns one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, each named for its defence")]
pub struct Defences {
    /// A restored or copied phone writes as a new actor.
    pub new_actor_after_restore: bool,
    /// Page, cursor and fills are stored in one transaction.
    pub cursor_with_page: bool,
    /// Only a directory of the same lineage ends a grant; another lineage freezes it.
    pub purge_only_when_told: bool,
    /// What leaves a phone is handed over and acknowledged first.
    pub hand_over_before_purge: bool,
    /// After a restore of the server everything of one's own is offered again.
    pub offer_again: bool,
}

impl Default for Defences {
    fn default() -> Self {
        Self {
            new_actor_after_restore: true,
            cursor_with_page: true,
            purge_only_when_told: true,
            hand_over_before_purge: true,
            offer_again: true,
        }
    }
}

/// What the phone knows when it asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PhoneState {
    /// None before the first sync.
    pub point: Option<SyncPoint>,
    /// Version of the directory on the phone; 0 for none.
    pub directory: u64,
    /// What may be held, in the order in which the phone wants it filled. Of an answer without
    /// directory that does not ask to reconcile, only the grants that were asked for matter.
    pub grants: Vec<GrantRow>,
    /// What waits for a word of the office, as much as a request may name. Only for asking.
    pub frozen: Vec<Frozen>,
}

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
fn wanted(grants: &[GrantRow]) -> Vec<Filling> {
    grants
        .iter()
        .filter(|row| row.state == GrantState::Active && !row.is_filled)
        .take(FILLS_AT_ONCE)
        .map(Filling::from)
        .collect()
}

impl From<&GrantRow> for Filling {
    fn from(row: &GrantRow) -> Self {
        let Grant { scope, class, generation } = row.grant;
        Filling { scope, class, generation, after: row.after }
    }
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

/// Generation of a grant that was opened here and that the server has taken in since: which one it
/// gave, or that it has ended it already, the next directory says. No server gives this one.
pub const OPENED: u64 = i64::MAX.unsigned_abs();

/// Whether an answer says that the server has a case's opening: it took in something of the part
/// that opens it. Not every such answer brings a directory: the one that did may have been lost.
pub fn is_opened(scope: Scope, response: &SyncResponse) -> bool {
    let Some(case) = scope.case() else { return false };
    let part = DocId::of_case_part(case, Class::Contact);
    let of_part = response.results.iter().filter(|result| result.doc == part);
    of_part.flat_map(|result| &result.changes).any(|item| item.verdict == ItemVerdict::Accepted)
}

/// Fills that were asked for: those in the answer go on, the others are complete.
fn go_on_filling(
    grants: &mut BTreeMap<(crate::model::Scope, crate::model::Class), GrantRow>,
    asked: &[Filling],
    going_on: &[Filling],
) {
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

fn granted(directory: &Directory) -> BTreeMap<(crate::model::Scope, crate::model::Class), Grant> {
    directory.grants.iter().map(|grant| ((grant.scope, grant.class), *grant)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, MemberId, OrgId, Template, Timestamp};
    use crate::sync::wire::{ItemResult, PushResult};

    fn grant(case: u8, generation: u64) -> Grant {
        Grant { scope: Scope::Case(CaseId([case; 16])), class: Class::File, generation }
    }

    fn row(grant: Grant, state: GrantState, is_filled: bool) -> GrantRow {
        GrantRow { grant, state, is_filled, after: None }
    }

    fn directory(grants: &[Grant]) -> Directory {
        Directory {
            version: 7,
            org: OrgId([0; 16]),
            org_name: String::new(),
            me: MemberId([0; 16]),
            roles: Vec::new(),
            colleagues: Vec::new(),
            teams: Vec::new(),
            cases: Vec::new(),
            grants: grants.to_vec(),
            template: Template::default(),
        }
    }

    fn answer(epoch: u8, directory: Option<Directory>) -> SyncResponse {
        SyncResponse {
            epoch: Epoch([epoch; 16]),
            reconcile: false,
            results: Vec::new(),
            page: Vec::new(),
            cursor: 40,
            filling: Vec::new(),
            directory,
            head: 50,
            chain: [5; 8],
            more: false,
            backed_up: 0,
            photos_backed_up: 0,
            time: Timestamp::from_ms(0),
            ended: Vec::new(),
        }
    }

    fn state(epoch: u8, grants: Vec<GrantRow>) -> PhoneState {
        let point = SyncPoint { epoch: Epoch([epoch; 16]), cursor: 10, seen: 12, chain: [1; 8] };
        PhoneState { point: Some(point), directory: 6, grants, frozen: Vec::new() }
    }

    #[test]
    fn a_case_opened_here_ends_by_absence_only_once_the_server_has_it() {
        let ended = |generation, granted: &[Grant], verdict: Option<ItemVerdict>| {
            let before = state(1, vec![row(grant(1, generation), GrantState::Active, true)]);
            let item = |verdict| ItemResult { verdict, position: None, code: None };
            let doc = DocId::of_case_part(CaseId([1; 16]), Class::Contact);
            let told = |verdict| PushResult { doc, changes: vec![item(verdict)], actions: Vec::new() };
            let results = verdict.map(told).into_iter().collect();
            let response = SyncResponse { results, ..answer(1, Some(directory(granted))) };
            plan_response(&before, &[], &response, Defences::default()).ended
        };
        assert_eq!(ended(0, &[], None), Vec::new(), "the server does not know it yet");
        assert_eq!(ended(0, &[], Some(ItemVerdict::Held)), Vec::new());
        assert_eq!(ended(0, &[], Some(ItemVerdict::Accepted)), [grant(1, 0)]);
        assert_eq!(ended(OPENED, &[], None), [grant(1, OPENED)], "taken in by an earlier answer");
        let lesser = Grant { class: Class::Contact, ..grant(1, 4) };
        assert_eq!(ended(0, &[lesser], None), [grant(1, 0)], "a lesser part in a case that the server has");
    }

    #[test]
    fn a_first_sync_fills_everything_that_is_granted() {
        let response = answer(1, Some(directory(&[grant(1, 3), grant(2, 4)])));
        let plan = plan_response(&PhoneState::default(), &[], &response, Defences::default());
        assert!(plan.more && plan.take_page && !plan.offer_again);
        assert_eq!(plan.point.cursor, 40);
        let next =
            PhoneState { point: Some(plan.point), directory: 7, grants: plan.grants, frozen: Vec::new() };
        assert_eq!(plan_request(&next, Vec::new(), [0; 16], &[], None).filling.len(), 2);
    }

    #[test]
    fn a_fill_that_the_answer_leaves_out_is_complete() {
        let state = state(
            1,
            vec![row(grant(1, 3), GrantState::Active, false), row(grant(2, 4), GrantState::Active, false)],
        );
        let asked = wanted(&state.grants);
        let mut response = answer(1, None);
        response.filling = vec![Filling { after: Some(9), ..asked[1] }];
        let plan = plan_response(&state, &asked, &response, Defences::default());
        assert!(plan.grants[0].is_filled);
        assert_eq!((plan.grants[1].is_filled, plan.grants[1].after), (false, Some(9)));
        assert!(plan.more);
    }

    #[test]
    fn a_grant_that_ended_leaves_and_one_that_came_back_is_filled_on_top() {
        let before = state(1, vec![row(grant(1, 3), GrantState::Active, true)]);
        let gone = plan_response(&before, &[], &answer(1, Some(directory(&[]))), Defences::default());
        assert_eq!((gone.grants[0].state.clone(), gone.ended.len()), (GrantState::Leaving, 1));
        let leaving = state(1, gone.grants);
        let back =
            plan_response(&leaving, &[], &answer(1, Some(directory(&[grant(1, 8)]))), Defences::default());
        assert_eq!(back.grants, vec![row(grant(1, 8), GrantState::Active, false)]);
    }

    #[test]
    fn the_same_generation_is_not_filled_again() {
        let before = state(1, vec![row(grant(1, 3), GrantState::Active, true)]);
        let plan =
            plan_response(&before, &[], &answer(1, Some(directory(&[grant(1, 3)]))), Defences::default());
        assert!(plan.grants[0].is_filled && !plan.more);
    }

    #[test]
    fn what_the_office_ends_by_name_leaves_only_where_it_was_frozen() {
        let rows =
            vec![row(grant(1, 3), GrantState::Active, true), row(grant(2, 4), GrantState::Frozen, true)];
        let before = state(2, rows);
        let mut response = answer(2, None);
        response.ended =
            [1, 2].map(|case| Frozen { scope: grant(case, 0).scope, class: Class::File }).to_vec();
        let plan = plan_response(&before, &[], &response, Defences::default());
        assert_eq!(plan.grants[0].state, GrantState::Active, "a granted scope ends by the directory only");
        assert_eq!((plan.grants[1].state.clone(), plan.ended), (GrantState::Leaving, vec![grant(2, 4)]));
        response.directory = Some(directory(&[grant(1, 3), grant(2, 9)]));
        let plan = plan_response(&before, &[], &response, Defences::default());
        assert_eq!(plan.grants[1], row(grant(2, 9), GrantState::Active, false), "given back meanwhile");
        assert!(plan.ended.is_empty());
    }

    #[test]
    fn a_restored_server_freezes_and_gets_everything_offered_again() {
        let before = state(
            1,
            vec![row(grant(1, 3), GrantState::Active, true), row(grant(2, 4), GrantState::Active, true)],
        );
        let mut response = answer(2, Some(directory(&[grant(1, 3)])));
        response.reconcile = true;
        let plan = plan_response(&before, &[], &response, Defences::default());
        assert!(plan.offer_again && !plan.take_page && plan.more);
        assert_eq!(plan.point.cursor, 50);
        assert_eq!(plan.grants[0], row(grant(1, 3), GrantState::Active, false));
        assert_eq!((plan.grants[1].state.clone(), plan.ended.len()), (GrantState::Frozen, 0));
        response.directory = None;
        let known = plan_response(&before, &[], &response, Defences::default());
        assert!(
            known.grants.iter().all(|row| !row.is_filled),
            "fills again though the directory is the same"
        );
        response.directory = Some(directory(&[grant(1, 3)]));
        let careless = Defences { purge_only_when_told: false, ..Defences::default() };
        assert_eq!(plan_response(&before, &[], &response, careless).ended.len(), 1);
    }
}
