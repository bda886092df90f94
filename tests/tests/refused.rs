//! Work that the server does not take from its first change on: it exists nowhere but on its
//! author's phone, and must stay readable there, with all that was typed since, until a person decides.

use doorstep_core::app::{AttentionItem, Client, Failure, NewCase, PhotosOf};
use doorstep_core::model::{
    CaseId, CaseKind, CaseRole, Class, DocId, Edit, EntryKind, MemberId, Role, Scope, TeamId,
};
use doorstep_core::store::AttentionKind;
use doorstep_core::sync::Cancel;
use doorstep_server::StoreFault;
use doorstep_server::directory;
use doorstep_server::records::load_document;
use doorstep_tests::office::{Direct, Office};
use doorstep_tests::picture::camera;

const TOLD: &str = "奶奶开门，孙子在家写作业。";
const LATER: &str = "奶奶开门，孙子在家写作业。妹妹也在。";

/// A worker who was made supervisor while her visit was still on her phone only: she goes on reading
/// the case, and its visits are no longer hers to write.
struct Promoted {
    office: Office,
    phone: Client,
    worker: MemberId,
    head: MemberId,
    team: TeamId,
    case: CaseId,
    visit: DocId,
}

impl Promoted {
    fn new(seed: u64) -> Self {
        let mut office = Office::new(seed);
        let worker = office.member("林", &[Role::Worker, Role::Supervisor]);
        let head = office.member("沈", &[Role::Supervisor]);
        let team = office.team(&[(worker, false), (head, true)]);
        let phone = office.phone(worker);
        let new = NewCase {
            team,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", "小川")],
            file: Vec::new(),
            restricted: Vec::new(),
        };
        let case = phone.open_case(&new).unwrap();
        phone.sync_now(&Direct(&office.server)).unwrap();
        let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
        phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", TOLD)]).unwrap();
        phone.add_photo(draft, &camera(800, 600, 1)).unwrap();
        let visit = phone.save_done(draft).unwrap();
        Self { office, phone, worker, head, team, case, visit }
    }

    fn sync(&self) {
        self.phone.sync_now(&Direct(&self.office.server)).unwrap();
    }

    fn promote(&self) {
        let server = &self.office.server;
        directory::join_team(server, None, self.team, self.worker, true).unwrap();
        directory::end_assignment(server, None, self.case, self.worker).unwrap();
    }

    /// The case is hers again. What is set aside would fit now; the office has not tried it yet.
    fn assign_again(&self) {
        self.office.assign(self.case, self.worker, &CaseRole::LeadWorker);
    }
}

fn narrative_at_the_office(office: &Office, doc: DocId) -> Option<String> {
    let server = &office.server;
    let document = server.store().read(|tx| load_document(tx, server.vault(), doc)).ok()?;
    Some(document.fields().text("narrative").to_owned())
}

fn notices(phone: &Client) -> Vec<(AttentionKind, Option<DocId>)> {
    let notice = |item| match item {
        AttentionItem::Notice(row) => Some((row.kind, row.doc)),
        _ => None,
    };
    phone.attention().unwrap().into_iter().filter_map(notice).collect()
}

#[test]
fn a_refused_visit_is_readable_and_told_of_and_goes_on_as_a_new_one() {
    let it = Promoted::new(1);
    // Something more is typed before she has a network again.
    let draft = it.phone.edit_draft_of(it.visit).unwrap();
    it.phone.type_into(draft, vec![Edit::set("narrative", LATER)]).unwrap();
    it.promote();
    it.sync();
    assert_eq!(narrative_at_the_office(&it.office, it.visit), None);
    assert_eq!(notices(&it.phone), [(AttentionKind::NotTaken, Some(it.visit))]);
    let parked = it.phone.parked().unwrap();
    assert_eq!((parked.len(), parked[0].0, parked[0].1.text("narrative")), (1, it.visit, TOLD));
    let shown = it.phone.draft(draft).unwrap();
    assert_eq!(shown.value("narrative").as_text(), Some(LATER));
    assert_eq!(
        shown.value("outcome").as_text(),
        Some("met"),
        "what she had saved before is in the draft too"
    );
    assert_eq!(it.phone.photos(PhotosOf::Draft(draft)).unwrap().len(), 1);
    // It is not hers to write, and the draft stays.
    assert!(matches!(it.phone.save_done(draft), Err(Failure::NotAllowed(_))));
    assert_eq!(it.phone.drafts().unwrap().len(), 1);

    it.assign_again();
    it.sync();
    let again = it.phone.save_done(draft).unwrap();
    assert_ne!(again, it.visit);
    it.sync();
    assert_eq!(narrative_at_the_office(&it.office, again).as_deref(), Some(LATER));
    let entry = it.phone.entry(again).unwrap();
    assert_eq!((entry.fields.text("outcome"), entry.actions.len()), ("met", 1), "handed in");
    let report = it.phone.send_photos(&Direct(&it.office.server), &Cancel::default()).unwrap();
    assert_eq!((report.sent, report.refused), (2, 0), "with its photo");
    assert_eq!(it.phone.photos(PhotosOf::Entry(again)).unwrap().len(), 1);
}

#[test]
fn a_refused_visit_can_be_taken_up_when_nothing_was_typed_since() {
    let it = Promoted::new(2);
    it.promote();
    it.sync();
    // Hers to read, and no longer to write.
    let draft = it.phone.edit_draft_of(it.visit).unwrap();
    assert_eq!(it.phone.draft(draft).unwrap().value("narrative").as_text(), Some(TOLD));
    assert!(matches!(it.phone.save_done(draft), Err(Failure::NotAllowed(_))));
    it.assign_again();
    it.sync();
    assert_eq!(it.phone.edit_draft_of(it.visit), Ok(draft));
    // Put away while it is being written on: the draft keeps all of it.
    it.phone.dismiss_parked(it.visit).unwrap();
    let again = it.phone.save_later(draft).unwrap();
    it.sync();
    assert_eq!(narrative_at_the_office(&it.office, again).as_deref(), Some(TOLD));
}

#[test]
fn a_refused_visit_that_the_supervisor_takes_in_comes_back_and_its_draft_goes_on() {
    let it = Promoted::new(3);
    let draft = it.phone.edit_draft_of(it.visit).unwrap();
    it.phone.type_into(draft, vec![Edit::set("place", "home")]).unwrap();
    it.promote();
    it.sync();
    let set_aside = it.office.server.records_of::<_, StoreFault>(it.head, |records| records.set_aside());
    it.office.server.accept_set_aside(it.head, set_aside.unwrap()[0].push).unwrap();
    it.assign_again();
    it.sync();
    assert_eq!(it.phone.entry(it.visit).unwrap().fields.text("narrative"), TOLD);
    assert_eq!(it.phone.save_later(draft), Ok(it.visit));
    it.sync();
    assert_eq!(narrative_at_the_office(&it.office, it.visit).as_deref(), Some(TOLD));
    assert_eq!(it.phone.entry(it.visit).unwrap().fields.text("place"), "home");
    assert_eq!(it.phone.parked().unwrap().len(), 1, "until she has read it");
}

#[test]
fn a_case_that_the_office_does_not_open_stays_readable() {
    let mut office = Office::new(4);
    let worker = office.member("林", &[Role::Worker]);
    let team = office.team(&[(worker, false)]);
    let phone = office.phone(worker);
    let new = NewCase {
        team,
        kind: CaseKind::Released,
        minor: false,
        contact: vec![Edit::set("pseudonym", "小川")],
        file: vec![Edit::set("school", "三中")],
        restricted: Vec::new(),
    };
    let case = phone.open_case(&new).unwrap();
    let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", TOLD)]).unwrap();
    let visit = phone.save_done(draft).unwrap();
    directory::leave_team(&office.server, None, team, worker).unwrap();
    for _ in 0..2 {
        phone.sync_now(&Direct(&office.server)).unwrap();
    }
    let contact = DocId::of_case_part(case, Class::Contact);
    assert!(notices(&phone).contains(&(AttentionKind::NotTaken, Some(contact))));
    let parked = phone.parked().unwrap();
    assert_eq!((parked.len(), parked[0].0, parked[0].1.text("pseudonym")), (1, contact, "小川"));
    // What belongs to the case waits with it.
    assert_eq!(phone.entry(visit).unwrap().fields.text("narrative"), TOLD);
    let file = DocId::of_case_part(case, Class::File);
    assert_eq!(phone.entry(file).unwrap().fields.text("school"), "三中");

    directory::join_team(&office.server, None, team, worker, false).unwrap();
    phone.sync_now(&Direct(&office.server)).unwrap();
    assert_eq!(narrative_at_the_office(&office, visit).as_deref(), Some(TOLD));
    assert_eq!(phone.case_list().unwrap().len(), 1);
}
