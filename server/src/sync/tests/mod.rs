//! Behaviour of the endpoints: enrolment, proofs, feed, fill, reconcile.

mod callers;

use crate::defences::Defences;
use crate::fixture::{Office, Phone, assert_all_accepted, enrol, header, pack};
use crate::server::Server;
use crate::store::devices::{self, DeviceState};
use crate::store::{members, office};
use crate::sync::proof::CERTIFICATE_PURPOSE;
use doorstep_core::changes::{DeviceKey, RequestProof};
use doorstep_core::documents::Document;
use doorstep_core::model::{ActionKind, CaseId, CaseRole, DeviceId, DocId, Edit, Epoch, Grant, Heads, OrgId};
use doorstep_core::sync::wire::{
    Certificate, CertificateBody, Filling, Item, PAGE_BYTES, SyncRequest, SyncResponse,
};
use std::collections::{BTreeMap, BTreeSet};

fn write<T>(server: &Server, run: impl FnOnce(&rusqlite::Connection) -> Result<T, crate::StoreFault>) -> T {
    server.store().write(|tx| run(tx)).unwrap()
}

/// Everything that a phone holds after it has synced until there is no more.
#[derive(Default)]
struct Held {
    documents: BTreeMap<DocId, Document>,
    actions: BTreeSet<Vec<u8>>,
    largest_page: usize,
    round_trips: usize,
}

impl Held {
    fn keep(&mut self, response: &SyncResponse) {
        self.round_trips += 1;
        let page: usize = response.page.iter().map(|item| minicbor::to_vec(item).unwrap().len()).sum();
        self.largest_page = self.largest_page.max(page);
        for item in &response.page {
            match item {
                Item::Snapshot(item) => {
                    self.documents.insert(item.doc, Document::load(&item.bytes).unwrap());
                }
                Item::Changes(item) => {
                    if let Some(document) = self.documents.get(&item.doc) {
                        let changes: Vec<&[u8]> =
                            item.changes.iter().map(|bytes| bytes.0.as_slice()).collect();
                        let guards = doorstep_core::documents::MergeGuards::default();
                        let merged = doorstep_core::documents::merge(
                            document.kind(),
                            Some(&document.save()),
                            &changes,
                            guards,
                        );
                        self.documents.insert(item.doc, merged.unwrap().document);
                    }
                }
                Item::Action(item) => {
                    self.actions.insert(item.action.body.clone());
                }
            }
        }
    }

    fn heads(&self) -> BTreeMap<DocId, Heads> {
        self.documents.iter().map(|(doc, document)| (*doc, document.heads())).collect()
    }
}

fn fill_of(grant: &Grant) -> Filling {
    Filling { scope: grant.scope, class: grant.class, generation: grant.generation, after: None }
}

/// Syncs until there is no more; runs `between` after each answer.
fn sync_all(server: &Server, phone: &mut Phone, held: &mut Held, mut between: impl FnMut(usize)) {
    loop {
        let response = phone.sync(server, Vec::new());
        held.keep(&response);
        if let Some(directory) = &response.directory {
            phone.filling = directory.grants.iter().map(fill_of).collect();
        }
        between(held.round_trips);
        if !response.more && phone.filling.is_empty() {
            return;
        }
    }
}

/// Writes visits that are handed in, large enough to need several pages.
fn write_visits(server: &Server, phone: &mut Phone, case: CaseId, count: usize) {
    for _ in 0..count {
        let mut visit = phone.visit(server, case);
        let text = "她说最近睡得好些了，愿意再谈。".repeat(300);
        visit.edit(server, phone, &[Edit::set("narrative", text)]);
        let mut push = visit.push();
        push.actions.push(visit.act(server, phone, ActionKind::Submit));
        let (cursor, filling) = (phone.cursor, phone.filling.clone());
        assert_all_accepted(&phone.sync(server, vec![push]));
        (phone.cursor, phone.filling) = (cursor, filling);
    }
}

#[test]
fn new_phone_gets_everything_in_pages_while_others_write() {
    let office = Office::open();
    let (mut writer, case) = office.phone_with_case();
    write_visits(&office.server, &mut writer, case, 60);
    let mut reader = office.phone(office.supervisor);
    let mut held = Held::default();
    sync_all(&office.server, &mut reader, &mut held, |round_trip| {
        if round_trip <= 3 {
            write_visits(&office.server, &mut writer, case, 2);
        }
    });
    assert!(held.round_trips > 4, "{} round trips", held.round_trips);
    assert!(held.largest_page < PAGE_BYTES + 16 * 1024, "{} bytes", held.largest_page);
    assert_eq!(held.documents.len(), 1 + 66);
    assert_eq!(held.actions.len(), 1 + 66);

    let mut other = Held::default();
    sync_all(&office.server, &mut office.phone(office.supervisor), &mut other, |_| {});
    assert_eq!(other.heads(), held.heads());
    assert_eq!(other.actions, held.actions);
}

#[test]
fn feed_brings_new_documents_whole_and_known_ones_by_their_changes() {
    let office = Office::open();
    let (mut writer, case) = office.phone_with_case();
    let mut reader = office.phone(office.supervisor);
    let mut held = Held::default();
    sync_all(&office.server, &mut reader, &mut held, |_| {});

    let mut visit = writer.visit(&office.server, case);
    assert_all_accepted(&writer.sync(&office.server, vec![visit.push()]));
    let response = reader.sync(&office.server, Vec::new());
    assert!(
        matches!(response.page.as_slice(), [Item::Snapshot(item)] if item.summary.heads == visit.document.heads())
    );
    held.keep(&response);

    let first = visit.edit(&office.server, &writer, &[Edit::set("outcome", "refused")]);
    let second = visit.edit(&office.server, &writer, &[Edit::set("outcome", "met")]);
    assert_all_accepted(&writer.sync(&office.server, vec![visit.only(first), visit.only(second)]));
    let response = reader.sync(&office.server, Vec::new());
    assert!(matches!(response.page.as_slice(), [Item::Changes(item)] if item.changes.len() == 2));
    held.keep(&response);
    assert_eq!(held.heads()[&visit.doc], visit.document.heads());
    assert!(reader.sync(&office.server, Vec::new()).page.is_empty());
}

#[test]
fn nothing_changed_costs_one_small_round_trip() {
    let office = Office::open();
    let (mut writer, case) = office.phone_with_case();
    write_visits(&office.server, &mut writer, case, 20);
    let mut reader = office.phone(office.supervisor);
    sync_all(&office.server, &mut reader, &mut Held::default(), |_| {});
    let request = reader.request(Vec::new());
    let response = reader.exchange(&office.server, &request).unwrap();
    assert!(response.page.is_empty() && !response.more && response.directory.is_none());
    let bytes = pack(&request).len() + pack(&response).len();
    assert!(bytes <= 400, "{bytes} bytes");
}

#[test]
fn phone_gets_only_what_it_is_granted() {
    let office = Office::open();
    let (mut writer, case) = office.phone_with_case();
    write_visits(&office.server, &mut writer, case, 3);
    let (mut mentor, mut held) = (office.phone(office.mentor), Held::default());
    sync_all(&office.server, &mut mentor, &mut held, |_| {});
    assert!(held.documents.is_empty());
    office.assign(case, office.mentor, &CaseRole::Mentor);
    sync_all(&office.server, &mut mentor, &mut held, |_| {});
    assert_eq!(held.documents.len(), 1, "the contact part only");

    // Asking for a fill by name does not help.
    let mut stranger = office.phone(office.colleague);
    stranger.sync(&office.server, Vec::new());
    for class in doorstep_core::model::Class::ALL {
        let scope = doorstep_core::model::Scope::Case(case);
        stranger.filling = vec![Filling { scope, class, generation: 1, after: None }];
        let response = stranger.sync(&office.server, Vec::new());
        assert!(response.page.is_empty() && response.filling.is_empty());
    }
}

#[test]
fn grant_that_was_broken_comes_back_with_another_generation() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let generations = |response: SyncResponse| -> Vec<u64> {
        response.directory.unwrap().grants.iter().map(|grant| grant.generation).collect()
    };
    let before = generations(
        phone.exchange(&office.server, &SyncRequest { directory: 0, ..phone.request(vec![]) }).unwrap(),
    );
    office.assign(case, office.colleague, &CaseRole::CoWorker);
    let same = generations(
        phone.exchange(&office.server, &SyncRequest { directory: 0, ..phone.request(vec![]) }).unwrap(),
    );
    assert_eq!(before, same);
    office.end_assignment(case, office.worker);
    office.assign(case, office.worker, &CaseRole::LeadWorker);
    let again = generations(phone.sync(&office.server, Vec::new()));
    assert!(again.iter().filter(|generation| before.contains(generation)).count() < before.len());
}

#[test]
fn another_past_is_reconciled() {
    let office = Office::open();
    let (phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let good = phone.request(Vec::new());
    let mut chain = good.chain;
    chain[0] ^= 1;
    let pasts = [
        SyncRequest { epoch: Some(Epoch([1; 16])), ..good.clone() },
        SyncRequest { chain, ..good.clone() },
        SyncRequest { seen: good.seen + 1, ..good.clone() },
        SyncRequest { cursor: good.seen + 1, ..good.clone() },
    ];
    for past in pasts {
        let response =
            phone.exchange(&office.server, &SyncRequest { pushes: vec![visit.push()], ..past }).unwrap();
        assert!(response.reconcile && response.results.is_empty() && response.page.is_empty());
        assert_eq!(response.cursor, response.head);
    }
    assert!(!phone.exchange(&office.server, &good).unwrap().reconcile);
    // Restored: the lineage is new.
    write(&office.server, |tx| office::set_epoch(tx, Epoch([2; 16])));
    assert!(phone.exchange(&office.server, &good).unwrap().reconcile);
}

#[test]
fn without_its_defence_another_past_goes_unnoticed() {
    let office = Office::with(Defences { epoch_check: false, ..Defences::default() });
    let (phone, _) = office.phone_with_case();
    let past = SyncRequest { epoch: Some(Epoch([1; 16])), ..phone.request(Vec::new()) };
    assert!(!phone.exchange(&office.server, &past).unwrap().reconcile);
}

#[test]
fn bodies_beyond_a_limit_are_turned_down_whole() {
    let office = Office::open();
    let (phone, case) = office.phone_with_case();
    let empty = phone.visit(&office.server, case).only(phone.visit(&office.server, case).changes.remove(0));
    let empty = doorstep_core::sync::wire::Push { changes: Vec::new(), ..empty };
    let with = |pushes: usize| phone.request(vec![empty.clone(); pushes]);
    assert!(phone.exchange(&office.server, &with(256)).is_ok());
    assert_eq!(phone.exchange(&office.server, &with(257)).unwrap_err().code.code(), "too_large");
    let fill = Filling {
        scope: empty_scope(),
        class: doorstep_core::model::Class::File,
        generation: 1,
        after: None,
    };
    let filling = |fills: usize| SyncRequest { filling: vec![fill; fills], ..phone.request(Vec::new()) };
    assert!(phone.exchange(&office.server, &filling(64)).is_ok());
    assert_eq!(phone.exchange(&office.server, &filling(65)).unwrap_err().code.code(), "too_large");
}

fn empty_scope() -> doorstep_core::model::Scope {
    doorstep_core::model::Scope::Case(CaseId([0; 16]))
}

#[test]
fn directory_names_the_members_own_and_nothing_else() {
    let office = Office::open();
    let (_, case) = office.phone_with_case();
    let env = office.server.env().clone();
    let outsider = doorstep_core::model::MemberId::new(&env);
    write(&office.server, |tx| {
        members::add(tx, outsider, "Elsewhere", None, "zh", &[doorstep_core::model::Role::Worker], env.now())
    });
    let mut phone = office.phone(outsider);
    let directory = phone.sync(&office.server, Vec::new()).directory.unwrap();
    assert_eq!(directory.colleagues.len(), 1);
    assert!(directory.cases.is_empty() && directory.grants.is_empty() && directory.teams.is_empty());
    let supervisor = office.phone(office.supervisor).sync(&office.server, Vec::new()).directory.unwrap();
    assert_eq!(supervisor.cases.iter().map(|found| found.case).collect::<Vec<_>>(), [case]);
    assert_eq!(supervisor.cases[0].role, None);
    assert!(supervisor.version != 0);
}

#[test]
fn phone_is_not_sent_the_changes_that_it_has_just_pushed() {
    let office = Office::open();
    let (mut phone, case) = office.phone_with_case();
    let visit = phone.visit(&office.server, case);
    let mut push = visit.push();
    push.actions.push(visit.act(&office.server, &phone, ActionKind::Submit));
    let (cursor, seen, chain) = (phone.cursor, phone.seen, phone.chain);
    let response = phone.sync(&office.server, vec![push]);
    assert!(matches!(response.page.as_slice(), [Item::Action(_)]), "the time of acceptance only");
    assert_eq!(response.cursor, response.head);
    // Restored from an older copy, it gets its own work back.
    (phone.cursor, phone.seen, phone.chain) = (cursor, seen, chain);
    let response = phone.sync(&office.server, Vec::new());
    assert!(matches!(response.page.first(), Some(Item::Snapshot(item)) if item.doc == visit.doc));
}
