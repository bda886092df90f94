//! Opening cases offline, and sessions of several persons.

use super::*;
use crate::app::Failure;
use crate::model::CaseRole;

#[test]
fn a_case_opened_offline_is_there_at_once_and_after_a_kill() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let phone = phone.killed();
    let view = phone.client.case(case).unwrap();
    assert_eq!(view.row.part.pseudonym, "小川");
    assert_eq!(view.row.grant.role, Some(CaseRole::LeadWorker));
    assert_eq!(view.parts.iter().map(|(class, _)| *class).collect::<Vec<_>>(), Class::ALL);
    assert_eq!(phone.client.case_list().unwrap().len(), 1);
}

#[test]
fn a_case_needs_a_pseudonym_and_a_worker() {
    let phone = Phone::new(&[Role::Mentor]);
    let mut new = NewCase {
        team: TEAM,
        kind: CaseKind::Released,
        minor: false,
        contact: vec![Edit::set("pseudonym", " ")],
        file: Vec::new(),
        restricted: Vec::new(),
    };
    assert_eq!(phone.client.open_case(&new), Err(Failure::invalid("pseudonym", "missing")));
    new.contact = vec![Edit::set("pseudonym", "小川")];
    assert!(matches!(phone.client.open_case(&new), Err(Failure::NotAllowed(_))));
    assert_eq!(phone.client.sync_state().unwrap().waiting, 0);
}

#[test]
fn a_group_session_is_logged_once_credited_to_each_and_names_nobody() {
    let phone = Phone::worker();
    let cases = [phone.case("小川"), phone.case("阿木"), phone.case("小满")];
    let edits = [Edit::set("date", "2026-11-20"), Edit::set("narrative", "三人一起打球。")];
    let (session, shares) = phone.client.record_group_session(TEAM, &edits, &cases).unwrap();
    assert_eq!(shares.len(), 3);
    for (case, share) in cases.iter().zip(&shares) {
        let view = phone.client.case(*case).unwrap();
        assert_eq!(view.row.days_since_met, Some(0));
        assert_eq!(view.timeline.iter().map(|row| row.doc).collect::<Vec<_>>(), [*share]);
        let fields = phone.client.entry(*share).unwrap().fields;
        assert_eq!((fields.text("group"), fields.text("narrative")), (session.to_string().as_str(), ""));
    }
    let session = phone.client.entry(session).unwrap();
    assert_eq!(session.scope, Scope::Team(TEAM));
    let values: Vec<String> =
        session.fields.iter().filter_map(|(_, value)| value.as_text().map(str::to_owned)).collect();
    let persons = cases.iter().map(ToString::to_string).chain(shares.iter().map(ToString::to_string));
    for person in persons {
        assert!(!values.iter().any(|value| value.contains(&person)));
    }
}

#[test]
fn a_group_session_with_a_case_of_somebody_else_is_not_recorded_at_all() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let before = phone.client.sync_state().unwrap();
    let record = |cases: &[CaseId]| phone.client.record_group_session(TEAM, &[], cases).map(drop);
    assert!(matches!(record(&[case, CaseId([9; 16])]), Err(Failure::NotAllowed(_))));
    assert!(matches!(record(&[case, case]), Err(Failure::Invalid { .. })));
    assert!(matches!(record(&[]), Err(Failure::Invalid { .. })));
    assert_eq!(phone.client.sync_state().unwrap(), before);
    assert!(phone.client.case(case).unwrap().timeline.is_empty());
}
