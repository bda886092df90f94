//! After an upgrade: rows that an earlier release computed.

use super::*;
use crate::app::{Failure, SearchHit};
use crate::model::SUMMARY_VERSION;
use crate::store::Tx;
use crate::sync::{Reply, Transport, Unreachable};

/// Makes an entry's row that of another release: no excerpt yet.
fn outdate(phone: &Phone, doc: DocId, version: u32) {
    let old = |tx: &Tx<'_>| {
        let stored = tx.document(doc)?.unwrap();
        let mut summary = tx.summary(doc)?.unwrap();
        summary.version = version;
        summary.entry.as_mut().unwrap().excerpt.clear();
        Ok(tx.put_document(stored.scope, stored.class, stored.kind, &stored.snapshot, &summary)?)
    };
    phone.client.write(old).unwrap();
}

fn version(phone: &Phone, doc: DocId) -> u32 {
    phone.client.read(|tx| Ok(tx.summary(doc)?.unwrap().version)).unwrap()
}

fn finds(phone: &Phone, word: &str) -> usize {
    let hits = phone.client.search(word).unwrap();
    hits.iter().filter(|hit| matches!(hit, SearchHit::Entry(_))).count()
}

/// Of a release still to come.
const LATER: u32 = SUMMARY_VERSION + 1;

#[test]
fn rows_of_another_release_are_computed_again_newest_first_while_lists_go_on() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let visits: Vec<DocId> =
        (0..5).map(|_| phone.visit(case, &[Edit::set("narrative", "奶奶开门。")])).collect();
    for (doc, other) in visits.iter().zip([0, LATER, 0, LATER, 0]) {
        outdate(&phone, *doc, other);
    }
    assert_eq!(phone.client.case(case).unwrap().timeline.len(), 5);
    assert_eq!(finds(&phone, "奶奶"), 0);

    assert_eq!(phone.client.refresh_summaries(2), Ok(true));
    let versions: Vec<u32> = visits.iter().map(|doc| version(&phone, *doc)).collect();
    assert_eq!(versions, [0, LATER, 0, SUMMARY_VERSION, SUMMARY_VERSION], "the newest first");
    // Killed in between, it goes on where it was.
    let phone = phone.killed();
    assert_eq!(phone.client.refresh_summaries(2), Ok(true));
    assert_eq!(phone.client.refresh_summaries(2), Ok(false));
    assert_eq!(finds(&phone, "奶奶"), 5);
    for doc in visits {
        let stored = phone.client.read(|tx| Ok(tx.summary(doc)?.unwrap())).unwrap();
        assert_eq!(stored, summarise(doc, &phone.copy(doc)));
    }
    assert_eq!(phone.client.refresh_summaries(2), Ok(false));
}

struct NoNetwork;

impl Transport for NoNetwork {
    fn exchange(&self, _: &str, _: &crate::changes::RequestProof, _: &[u8]) -> Result<Reply, Unreachable> {
        Err(Unreachable)
    }
}

#[test]
fn a_sync_computes_some_rows_again_even_without_a_network() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "奶奶开门。")]);
    outdate(&phone, doc, 0);
    assert_eq!(phone.client.sync_now(&NoNetwork), Err(Failure::Offline));
    assert_eq!(version(&phone, doc), SUMMARY_VERSION);
}

#[test]
fn a_document_that_cannot_be_loaded_does_not_stop_the_others() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let (older, newer) = (phone.visit(case, &[]), phone.visit(case, &[]));
    outdate(&phone, older, 0);
    let damage = |tx: &Tx<'_>| {
        let (stored, mut summary) = (tx.document(newer)?.unwrap(), tx.summary(newer)?.unwrap());
        summary.version = 0;
        Ok(tx.put_document(stored.scope, stored.class, stored.kind, b"no document", &summary)?)
    };
    phone.client.write(damage).unwrap();
    while phone.client.refresh_summaries(1).unwrap() {}
    assert_eq!((version(&phone, older), version(&phone, newer)), (SUMMARY_VERSION, 0));
}
