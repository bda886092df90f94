//! Grants that end, come back, or are not known to a restored server.

use super::*;

fn unfinished() -> [Edit; 2] {
    [Edit::set("kind", "note"), Edit::set("narrative", "还没写完")]
}

#[test]
fn the_end_of_a_grant_hands_over_drafts_and_unsent_work_before_anything_goes() {
    for cut in [None, Some(Cut::Request), Some(Cut::Answer)] {
        let phone = Phone::new();
        let server = office(&phone);
        phone.sync(&server);
        phone.record(case(1), "最后一次");
        phone.draft(case(1), &unfinished());
        server.end_grant(case(1));
        // The first answer tells of the end and takes the entry; the draft travels with the second.
        let second = server.state().exchanges + 2;
        server.state().cut = cut.map(|cut| (second, cut));
        if phone.try_sync(&server).is_err() {
            assert_eq!(phone.heads(case(1)).len(), 7, "nothing goes before the answer is here");
            phone.sync(&server);
        }
        let texts: Vec<String> =
            server.state().late.iter().map(|push| text_of(&push.changes[0].bytes)).collect();
        assert!(texts.iter().any(|text| text == "最后一次") && texts.iter().any(|text| text == "还没写完"));
        assert!(phone.heads(case(1)).is_empty());
        assert_eq!(phone.heads(case(2)).len(), 5);
        let drafts = phone.store.read::<_, StoreFault>(|tx| tx.drafts()).unwrap();
        assert!(drafts.is_empty());
        assert!(phone.cards().contains(&AttentionKind::CaseEnded));
        assert_eq!(phone.sync(&server).round_trips, 1);
    }
}

fn text_of(change: &[u8]) -> String {
    let merged =
        crate::documents::merge(DocKind::Entry, None, &[change], crate::documents::MergeGuards::default())
            .unwrap();
    merged.document.fields().text("narrative").to_owned()
}

#[test]
fn without_handing_over_first_unsent_work_would_be_lost() {
    let mut phone = Phone::new();
    phone.defences.hand_over_before_purge = false;
    let server = office(&phone);
    phone.sync(&server);
    server.end_grant(case(1));
    phone.draft(case(1), &unfinished());
    phone.sync(&server);
    assert!(server.state().late.is_empty(), "the draft is gone: this is what the defence is for");
}

#[test]
fn a_case_given_away_and_given_back_keeps_what_is_live() {
    let phone = Phone::new();
    let server = office(&phone);
    phone.sync(&server);
    // Both happen while the phone is away.
    let own = phone.record(case(1), "在两次分派之间");
    server.end_grant(case(1));
    server.grant(case(1), CLASS);
    phone.sync(&server);
    assert_eq!(phone.heads(case(1)), server_heads(&server, case(1)));
    assert!(phone.text(own).is_some());
    assert!(server.state().late.is_empty());

    // And now it hears of the end first.
    let late = phone.record(case(1), "迟到");
    server.end_grant(case(1));
    phone.sync(&server);
    assert!(phone.heads(case(1)).is_empty());
    server.grant(case(1), CLASS);
    phone.sync(&server);
    assert_eq!(phone.heads(case(1)), server_heads(&server, case(1)));
    assert_eq!(phone.text(late), None, "with the supervisor");
    // What is written now does not take the numbers of what was handed over.
    phone.edit(case(1), own, &[Edit::set("met", "person")]);
    let report = phone.sync(&server);
    assert_eq!((report.set_aside, phone.waiting()), (0, 0));
}

#[test]
fn a_restored_server_gets_everything_back_and_purges_nothing() {
    let phone = Phone::new();
    let server = office(&phone);
    let own = phone.record(case(1), "备份之后");
    phone.sync(&server);
    let before = phone.heads(case(2));
    // Restored to before this phone ever wrote, and to before it got its second case.
    let restored = office(&phone);
    restored.state().epoch = 2;
    restored.end_grant(case(2));
    let report = phone.sync(&restored);
    assert!(report.complete && report.pushed > 0);
    assert!(restored.state().documents.contains_key(&own), "offered again");
    assert_eq!(phone.heads(case(2)), before, "frozen, not purged");
    assert!(phone.cards().contains(&AttentionKind::ServerRestored));
    assert_eq!(phone.sync(&restored).round_trips, 1);
}

#[test]
fn frozen_work_leaves_when_its_end_is_confirmed_and_is_handed_over_first() {
    for cut in [None, Some(Cut::Request), Some(Cut::Answer)] {
        let phone = Phone::new();
        phone.sync(&office(&phone));
        let restored = office(&phone);
        restored.state().epoch = 2;
        restored.end_grant(case(2));
        phone.sync(&restored);
        let scopes: Vec<_> =
            restored.state().requests.last().unwrap().frozen.iter().map(|one| one.scope).collect();
        assert_eq!(scopes, [case(2)], "the phone asks what shall become of it");
        phone.record(case(2), "等待答复时写的");
        assert_eq!(phone.sync(&restored).purged, 0, "and keeps it until somebody answers");

        restored.state().ended.push(case(2));
        phone.record(case(2), "答复之后才交");
        let next = restored.state().exchanges + 1;
        restored.state().cut = cut.map(|cut| (next, cut));
        if phone.try_sync(&restored).is_err() {
            assert!(!phone.heads(case(2)).is_empty(), "nothing goes before the answer is here");
            phone.sync(&restored);
        }
        let texts: Vec<String> =
            restored.state().late.iter().map(|push| text_of(&push.changes[0].bytes)).collect();
        assert!(texts.iter().any(|text| text == "答复之后才交"));
        assert!(phone.heads(case(2)).is_empty() && !phone.heads(case(1)).is_empty());
        assert!(phone.cards().contains(&AttentionKind::CaseEnded));
        phone.sync(&restored);
        assert!(restored.state().requests.last().unwrap().frozen.is_empty(), "settled: not asked again");
    }
}

#[test]
fn frozen_work_that_is_given_back_is_filled_on_top_of_what_is_there() {
    let phone = Phone::new();
    phone.sync(&office(&phone));
    let restored = office(&phone);
    restored.state().epoch = 2;
    restored.end_grant(case(2));
    phone.sync(&restored);
    let kept = phone.heads(case(2));
    // Ended by one supervisor, given back by another before the phone hears of it: it stays.
    restored.state().ended.push(case(2));
    restored.grant(case(2), CLASS);
    assert_eq!(phone.sync(&restored).purged, 0);
    let heads = phone.heads(case(2));
    assert!(kept.keys().all(|doc| heads.contains_key(doc)));
    assert!(server_heads(&restored, case(2)).keys().all(|doc| heads.contains_key(doc)));
}
