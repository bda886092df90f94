//! Planning: fills, grants that end and come back, restores.

use super::request::wanted;
use super::*;
use crate::model::{CaseId, Class, Directory, DocId, Grant, MemberId, OrgId, Scope, Template, Timestamp};
use crate::sync::wire::{Filling, ItemResult, ItemVerdict, PushResult, SyncResponse};

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
    let next = PhoneState { point: Some(plan.point), directory: 7, grants: plan.grants, frozen: Vec::new() };
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
    let back = plan_response(&leaving, &[], &answer(1, Some(directory(&[grant(1, 8)]))), Defences::default());
    assert_eq!(back.grants, vec![row(grant(1, 8), GrantState::Active, false)]);
}

#[test]
fn the_same_generation_is_not_filled_again() {
    let before = state(1, vec![row(grant(1, 3), GrantState::Active, true)]);
    let plan = plan_response(&before, &[], &answer(1, Some(directory(&[grant(1, 3)]))), Defences::default());
    assert!(plan.grants[0].is_filled && !plan.more);
}

#[test]
fn what_the_office_ends_by_name_leaves_only_where_it_was_frozen() {
    let rows = vec![row(grant(1, 3), GrantState::Active, true), row(grant(2, 4), GrantState::Frozen, true)];
    let before = state(2, rows);
    let mut response = answer(2, None);
    response.ended = [1, 2].map(|case| Frozen { scope: grant(case, 0).scope, class: Class::File }).to_vec();
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
    assert!(known.grants.iter().all(|row| !row.is_filled), "fills again though the directory is the same");
    response.directory = Some(directory(&[grant(1, 3)]));
    let careless = Defences { purge_only_when_told: false, ..Defences::default() };
    assert_eq!(plan_response(&before, &[], &response, careless).ended.len(), 1);
}
