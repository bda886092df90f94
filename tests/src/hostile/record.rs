//! Records as an honest phone would push them: the ground that a hostile push stands on.

use super::device::{Place, RawDevice};
use doorstep_core::changes::SignedChange;
use doorstep_core::documents::Document;
use doorstep_core::model::{
    ActionKind, CaseId, CaseKind, Class, DocId, DocKind, Edit, Opening, Scope, TeamId,
};
use doorstep_core::sync::wire::Push;

/// A document as its writer has it.
#[derive(Clone)]
pub struct Record {
    /// Where it belongs.
    pub place: Place,
    /// Its content.
    pub document: Document,
}

impl Record {
    /// Begins a document; its first change comes signed.
    ///
    /// # Panics
    /// If the edits are not allowed in a document.
    pub fn begin(device: &RawDevice, place: Place, edits: &[Edit]) -> (Self, SignedChange) {
        let (document, change) =
            Document::create(place.kind, &device.stamp(), edits).expect("tests' edits are allowed");
        let signed = device.change(&place, change.seq, &change.bytes);
        (Self { place, document }, signed)
    }

    /// Edits the document; the change comes signed.
    ///
    /// # Panics
    /// If the edits are not allowed, or change nothing.
    pub fn edit(&mut self, device: &RawDevice, edits: &[Edit]) -> SignedChange {
        let base = self.document.heads();
        let change = self
            .document
            .edit(&device.stamp(), &base, edits)
            .expect("tests' edits are allowed")
            .expect("tests' edits change something");
        device.change(&self.place, change.seq, &change.bytes)
    }
}

/// An entry's place in a case.
pub fn entry_in(device: &RawDevice, case: CaseId, class: Class) -> Place {
    Place { scope: Scope::Case(case), doc: DocId::new(&device.env), class, kind: DocKind::Entry }
}

/// What a home visit holds at least.
pub fn visit() -> Vec<Edit> {
    vec![
        Edit::set("kind", "home_visit"),
        Edit::set("date", "2026-03-02"),
        Edit::set("outcome", "met"),
        Edit::set("narrative", "按约家访，本人在家。"),
    ]
}

/// A push of changes without actions.
pub fn push_of(place: &Place, changes: Vec<SignedChange>) -> Push {
    Push { doc: place.doc, changes, actions: Vec::new() }
}

/// Opens a case: its contact part and the action that makes its scope.
pub fn open_case(device: &RawDevice, team: TeamId) -> (CaseId, Record, Push) {
    let case = CaseId::new(&device.env);
    let class = Class::Contact;
    let doc = DocId::of_case_part(case, class);
    let place = Place { scope: Scope::Case(case), doc, class, kind: DocKind::CaseContact };
    let (record, change) = Record::begin(device, place, &[Edit::set("pseudonym", "小树")]);
    let mut action = device.action(&place, ActionKind::OpenCase, record.document.heads());
    action.opening = Some(Opening { case, team, kind: CaseKind::ConditionalNonProsecution, minor: true });
    let push = Push { doc, changes: vec![change], actions: vec![device.sign(&action)] };
    (case, record, push)
}
