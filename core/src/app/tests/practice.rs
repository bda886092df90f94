//! Practice: everything can be tried, and nothing leaves the phone.

use super::*;
use crate::app::{AttentionItem, Failure, PracticeLanguage};
use crate::model::{CaseRole, ReviewState};
use crate::sync::{Cancel, EnrolmentCode, Reply, Transport, Unreachable};
use std::sync::atomic::AtomicUsize;

/// Counts whoever tries to talk to a server.
#[derive(Default)]
struct Wire(AtomicUsize);

impl Transport for Wire {
    fn exchange(&self, _: &str, _: &crate::changes::RequestProof, _: &[u8]) -> Result<Reply, Unreachable> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Err(Unreachable)
    }
}

struct Fresh {
    client: Client,
    env: Env,
    folder: tempfile::TempDir,
}

fn fresh() -> Fresh {
    let watch = Arc::new(Watch(AtomicI64::new(NOW_MS)));
    let env = Env::new(watch, Arc::new(Dice(Env::system())));
    let folder = tempfile::tempdir().unwrap();
    Fresh { client: open(&folder, &env, Marker::Absent), env, folder }
}

fn practised(language: PracticeLanguage) -> Fresh {
    let phone = fresh();
    phone.client.enrol_practice(language).unwrap();
    phone
}

fn refused<T>() -> Result<T, Failure> {
    Err(Failure::invalid("phone", "practice"))
}

#[test]
fn practice_begins_like_a_working_day_in_either_language() {
    for language in [PracticeLanguage::Zh, PracticeLanguage::En] {
        let phone = practised(language).client;
        let cases = phone.case_list().unwrap();
        assert_eq!(cases.len(), 5);
        assert!(cases.iter().all(|row| row.grant.role == Some(CaseRole::LeadWorker)));
        assert!(cases.iter().any(|row| row.days_since_met == Some(13)));
        let today = phone.today().unwrap();
        assert!(today.planned.len() >= 3 && today.recent.len() >= 3);
        assert_eq!(today.sync.waiting, 0);
        let attention = phone.attention().unwrap();
        let is = |kind: fn(&AttentionItem) -> bool| attention.iter().filter(|item| kind(item)).count();
        assert_eq!(is(|item| matches!(item, AttentionItem::Returned { .. })), 1);
        assert_eq!(is(|item| matches!(item, AttentionItem::Conflict { .. })), 1);
        assert_eq!(phone.conflicts().unwrap()[0].sides.len(), 2);
        let queue = phone.queue().unwrap();
        assert_eq!(queue.len(), 3);
        assert!(queue.iter().any(|waiting| waiting.row.entry.crisis));
    }
}

#[test]
fn a_visit_can_be_recorded_reviewed_and_corrected_without_a_server() {
    let phone = practised(PracticeLanguage::Zh).client;
    let case = phone.case_list().unwrap()[0].grant.case;
    let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    phone
        .type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", "第一次练习。")])
        .unwrap();
    let doc = phone.save_done(draft).unwrap();
    let heads = phone.entry(doc).unwrap().heads;
    phone.return_entry(doc, &heads, Vec::new(), "谁在场？").unwrap();
    let draft = phone.edit_draft_of(doc).unwrap();
    phone.type_into(draft, vec![Edit::set("met", "本人")]).unwrap();
    phone.save_done(draft).unwrap();
    let heads = phone.entry(doc).unwrap().heads;
    phone.approve(doc, &heads).unwrap();
    assert_eq!(phone.entry(doc).unwrap().review.state, ReviewState::Approved);
    // What was returned in the sample can be corrected as well.
    let Some(AttentionItem::Returned { doc, .. }) =
        phone.attention().unwrap().into_iter().find(|item| matches!(item, AttentionItem::Returned { .. }))
    else {
        panic!("the sample has a returned entry")
    };
    phone.submit(doc).unwrap();
    assert_eq!(phone.entry(doc).unwrap().review.state, ReviewState::Resubmitted);
}

#[test]
fn practice_never_talks_to_a_server_and_stays_practice_for_good() {
    let phone = practised(PracticeLanguage::En);
    let wire = Wire::default();
    let code = EnrolmentCode {
        server: ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None },
        secret: [7; 16],
    };
    let Fresh { client, env, folder } = phone;
    let marker = client.marker();
    drop(client);
    let phone = open(&folder, &env, marker);
    assert_eq!(phone.is_practice(), Ok(true));
    assert_eq!(phone.sync_now(&wire).map(drop), refused());
    assert_eq!(phone.enrol(&code, "phone", &wire), refused());
    assert_eq!(phone.enrol_practice(PracticeLanguage::Zh), refused());
    assert_eq!(phone.server(), Ok(None));
    assert_eq!(phone.server_to_reach().map(drop), refused());
    assert_eq!(phone.send_photos(&wire, &Cancel::default()).map(drop), refused());
    assert_eq!(phone.wait_for_news(&wire, &Cancel::default()), refused());
    assert_eq!(wire.0.load(Ordering::SeqCst), 0);
    assert_eq!(phone.is_practice(), Ok(true));
}

#[test]
fn an_enrolled_phone_is_not_turned_into_one_for_practice() {
    let phone = Phone::worker();
    let refused = phone.client.enrol_practice(PracticeLanguage::Zh);
    assert_eq!(refused, Err(Failure::invalid("phone", "already_enrolled")));
    assert_eq!(phone.client.is_practice(), Ok(false));
    assert!(phone.client.case_list().unwrap().is_empty());
    assert_eq!(fresh().client.server_to_reach().map(drop), Err(Failure::SignInNeeded("not_enrolled")));
}
