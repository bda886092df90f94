//! The main job, end to end and in one process: phones record offline, sync, a supervisor reviews.

use doorstep_core::app::{AttentionItem, Client, Failure, Marker, NewCase, OpenOptions};
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{
    ActionKind, CaseId, CaseKind, CaseRole, Class, Edit, EntryKind, Field, MemberId, ReviewState, Role,
    Scope, TeamId,
};
use doorstep_core::store::{DatabaseKey, StoreFault};
use doorstep_core::sync::session::Defences;
use doorstep_core::sync::{EnrolmentCode, Reply, ServerAddress, Transport, Unreachable};
use doorstep_server::Server;
use doorstep_server::store::devices;
use doorstep_tests::dice::Dice;
use doorstep_tests::office::Office;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The server's own door, without a network in between.
struct Direct(Arc<Server>);

impl Transport for Direct {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let header = data_encoding::BASE64URL_NOPAD.encode(&minicbor::to_vec(proof).unwrap());
        let reply = self.0.exchange("POST", path, Some(&header), body);
        Ok(Reply { status: reply.status, body: reply.body })
    }
}

struct World {
    office: Office,
    lin: MemberId,
    zhou: MemberId,
    shen: MemberId,
    team: TeamId,
}

impl World {
    fn new() -> Self {
        let mut office = Office::new(7);
        let lin = office.member("林", &[Role::Worker]);
        let zhou = office.member("周", &[Role::Worker]);
        let shen = office.member("沈", &[Role::Supervisor]);
        let team = office.team(&[(lin, false), (zhou, false), (shen, true)]);
        Self { office, lin, zhou, shen, team }
    }

    fn door(&self) -> Direct {
        Direct(Arc::clone(&self.office.server))
    }

    /// A phone that was just enrolled and has synced once.
    fn phone(&self, member: MemberId, name: &str) -> Client {
        let env = self.office.time.env(0, Dice::new(name.bytes().map(u64::from).sum()));
        let secret: [u8; 16] = env.bytes();
        let now = env.now();
        let hash: [u8; 32] = Sha256::digest(secret).into();
        self.office
            .server
            .store()
            .write(|tx| devices::add_invite(tx, hash, member, None, now, now.plus_ms(600_000)))
            .unwrap();
        let client = Client::open(OpenOptions {
            path: self.office.folder().join(format!("{name}.db")),
            key: Some(DatabaseKey::generate(&env)),
            marker: Marker::Absent,
            env,
            zone: jiff::tz::TimeZone::UTC,
            defences: Defences::default(),
        })
        .unwrap();
        let server = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
        client.enrol(&EnrolmentCode { server, secret }, name, &self.door()).unwrap();
        client.sync_now(&self.door()).unwrap();
        client
    }

    fn open_case(&self, lead: &Client, pseudonym: &str) -> CaseId {
        lead.open_case(&NewCase {
            team: self.team,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", pseudonym), Edit::set("address", "槐树里 7 幢")],
            file: vec![Edit::set("legal_name", "某某")],
            restricted: vec![Edit::set("risk", "medium")],
        })
        .unwrap()
    }
}

fn visit(phone: &Client, case: CaseId, text: &str) -> doorstep_core::model::DocId {
    let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", text)]).unwrap();
    phone.save_done(draft).unwrap()
}

#[test]
fn what_is_recorded_offline_reaches_colleagues_and_supervisor() {
    let world = World::new();
    let lin = world.phone(world.lin, "lin");
    let case = world.open_case(&lin, "小川");
    let doc = visit(&lin, case, "按约到访，本人在家。");
    assert_eq!(lin.sync_state().unwrap().waiting, 4);
    let report = lin.sync_now(&world.door()).unwrap();
    assert_eq!(report.set_aside, 0);
    assert!(lin.sync_state().unwrap().is_synced());

    world.office.assign(case, world.zhou, &CaseRole::CoWorker);
    let zhou = world.phone(world.zhou, "zhou");
    let shen = world.phone(world.shen, "shen");
    assert_eq!(zhou.entry(doc).unwrap().fields.text("narrative"), "按约到访，本人在家。");
    assert_eq!(zhou.case(case).unwrap().parts.len(), 2, "a co-worker does not hold the restricted part");
    assert_eq!(shen.queue().unwrap().len(), 1);
    assert_eq!(shen.case_list().unwrap()[0].days_since_met, Some(0));
    assert_eq!(zhou.search("小川").unwrap().len(), 1);
    assert_eq!(zhou.search("按约").unwrap().len(), 1);
}

#[test]
fn two_phones_edit_one_visit_offline_and_a_person_settles_what_differs() {
    let world = World::new();
    let lin = world.phone(world.lin, "lin");
    let case = world.open_case(&lin, "小川");
    let doc = visit(&lin, case, "开门。离开。");
    lin.sync_now(&world.door()).unwrap();
    world.office.assign(case, world.zhou, &CaseRole::CoWorker);
    let zhou = world.phone(world.zhou, "zhou");

    for (phone, text, mood) in
        [(&lin, "开门。她说累。离开。", "low"), (&zhou, "开门。离开。楼下又谈。", "tense")]
    {
        let draft = phone.edit_draft_of(doc).unwrap();
        let mood = Edit { field: Field::answer("mood").unwrap(), value: mood.into() };
        phone.type_into(draft, vec![Edit::set("narrative", text), mood]).unwrap();
        phone.save_later(draft).unwrap();
    }
    lin.sync_now(&world.door()).unwrap();
    let report = zhou.sync_now(&world.door()).unwrap();
    assert_eq!(report.merged, 1);
    lin.sync_now(&world.door()).unwrap();
    for phone in [&lin, &zhou] {
        assert_eq!(phone.entry(doc).unwrap().fields.text("narrative"), "开门。她说累。离开。楼下又谈。");
        let cards = phone.conflicts().unwrap();
        assert_eq!(cards.len(), 1);
        let mut names: Vec<&str> = cards[0].sides.iter().map(|side| side.name.as_str()).collect();
        names.sort_unstable();
        assert_eq!(names, ["周", "林"]);
    }
    lin.settle(doc, Field::answer("mood").unwrap(), "low".into()).unwrap();
    lin.sync_now(&world.door()).unwrap();
    zhou.sync_now(&world.door()).unwrap();
    assert!(zhou.conflicts().unwrap().is_empty());
    assert_eq!(zhou.entry(doc).unwrap().heads, lin.entry(doc).unwrap().heads);
}

#[test]
fn a_returned_entry_is_corrected_resubmitted_approved_and_amended() {
    let world = World::new();
    let lin = world.phone(world.lin, "lin");
    let shen = world.phone(world.shen, "shen");
    let case = world.open_case(&lin, "小川");
    let doc = visit(&lin, case, "本人在家。");
    lin.sync_now(&world.door()).unwrap();
    shen.sync_now(&world.door()).unwrap();
    let shown = shen.entry(doc).unwrap().heads;
    shen.return_entry(doc, &shown, vec![Field::known("narrative")], "谁在场？").unwrap();
    shen.sync_now(&world.door()).unwrap();
    lin.sync_now(&world.door()).unwrap();
    let returned = lin.attention().unwrap();
    assert!(
        matches!(&returned[..], [AttentionItem::Returned { reason, .. }] if reason == "谁在场？"),
        "{returned:?}"
    );

    let draft = lin.edit_draft_of(doc).unwrap();
    lin.type_into(draft, vec![Edit::set("narrative", "本人和祖母在家。")]).unwrap();
    lin.save_done(draft).unwrap();
    lin.sync_now(&world.door()).unwrap();
    shen.sync_now(&world.door()).unwrap();
    let entry = shen.entry(doc).unwrap();
    assert_eq!(entry.review.state, ReviewState::Resubmitted);
    assert!(shen.approve(doc, &shown).is_err(), "an older version than the one that is there");
    shen.approve(doc, &entry.heads).unwrap();
    shen.sync_now(&world.door()).unwrap();
    lin.sync_now(&world.door()).unwrap();
    assert_eq!(lin.entry(doc).unwrap().review.state, ReviewState::Approved);

    let draft = lin.edit_draft_of(doc).unwrap();
    lin.type_into(draft, vec![Edit::set("next_step", "周五再访")]).unwrap();
    lin.save_later(draft).unwrap();
    lin.sync_now(&world.door()).unwrap();
    shen.sync_now(&world.door()).unwrap();
    assert_eq!(shen.entry(doc).unwrap().review.state, ReviewState::Amended);
    let changed = shen.unseen(doc).unwrap().changes;
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].field.path(), "next_step");
    let kinds: Vec<ActionKind> =
        shen.entry(doc).unwrap().actions.into_iter().map(|action| action.kind).collect();
    assert_eq!(kinds.len(), 4);
}

#[test]
fn a_case_given_away_leaves_the_phone_after_its_last_work_was_handed_over() {
    let world = World::new();
    let lin = world.phone(world.lin, "lin");
    let case = world.open_case(&lin, "小川");
    lin.sync_now(&world.door()).unwrap();
    world.office.end_assignment(case, world.lin);
    let doc = visit(&lin, case, "交接前最后一次家访。");
    lin.sync_now(&world.door()).unwrap();
    assert!(lin.entry(doc).is_err());
    assert!(lin.case(case).is_err());
    assert_eq!(lin.sync_state().unwrap().waiting, 0);
    assert!(!lin.attention().unwrap().is_empty());
    assert_eq!(lin.sync_now(&world.door()).unwrap().round_trips, 1);
}

#[test]
fn a_full_phone_says_so_keeps_what_it_has_and_goes_on_when_there_is_room() {
    let world = World::new();
    let lin = world.phone(world.lin, "lin");
    let case = world.open_case(&lin, "小川");
    lin.limit_pages(Some(1)).unwrap();
    let text = "按约到访，本人在家。".repeat(200);
    let mut saved = Vec::new();
    let (typed, failure) = loop {
        let Ok(draft) = lin.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit) else {
            break (
                None,
                lin.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap_err(),
            );
        };
        if let Err(failure) = lin.type_into(draft, vec![Edit::set("narrative", text.as_str())]) {
            break (None, failure);
        }
        match lin.save_done(draft) {
            Ok(doc) => saved.push(doc),
            Err(failure) => break (Some(draft), failure),
        }
        assert!(saved.len() < 1_000, "the phone never filled up");
    };
    assert_eq!(failure, Failure::Storage(StoreFault::NoRoom));
    for &doc in &saved {
        assert_eq!(lin.entry(doc).unwrap().fields.text("narrative"), text);
    }
    lin.limit_pages(None).unwrap();
    if let Some(draft) = typed {
        assert_eq!(lin.draft(draft).unwrap().value("narrative").as_text(), Some(text.as_str()));
        saved.push(lin.save_done(draft).unwrap());
    }
    saved.push(visit(&lin, case, "又有空间了。"));
    assert_eq!(lin.sync_now(&world.door()).unwrap().set_aside, 0);
    assert!(lin.sync_state().unwrap().is_synced());
    assert_eq!(lin.case(case).unwrap().timeline.len(), saved.len());
}
