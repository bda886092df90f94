//! Opening a case, offline if need be: one action and three documents in one transaction.

use super::pen::Pen;
use super::standing::Office;
use super::{Client, Failure};
use crate::access::{Target, Verb};
use crate::documents::Document;
use crate::model::{
    Action, ActionId, ActionKind, CaseGrant, CaseId, CaseKind, CaseRole, Class, DocId, DocKind, Edit, Grant,
    Opening, Scope, TeamId,
};
use crate::store::Tx;
use crate::sync::session::{GrantRow, GrantState};

/// What a new case begins with.
#[derive(Clone)]
pub struct NewCase {
    /// The team that it belongs to.
    pub team: TeamId,
    /// Why there is a case.
    pub kind: CaseKind,
    /// Whether the person is a minor at acceptance.
    pub minor: bool,
    /// Fields of the contact part; `pseudonym` is required.
    pub contact: Vec<Edit>,
    /// Fields of the file.
    pub file: Vec<Edit>,
    /// Fields of the restricted part.
    pub restricted: Vec<Edit>,
}

impl Client {
    /// Opens a case; this phone's member leads it.
    pub fn open_case(&self, new: &NewCase) -> Result<CaseId, Failure> {
        let is_named = new.contact.iter().any(|edit| {
            edit.field.path() == "pseudonym"
                && edit.value.as_text().is_some_and(|name| !name.trim().is_empty())
        });
        if !is_named {
            return Err(Failure::invalid("pseudonym", "missing"));
        }
        self.write(|tx| self.open_in(tx, new))
    }

    fn open_in(&self, tx: &Tx<'_>, new: &NewCase) -> Result<CaseId, Failure> {
        let office = Office::read(tx)?;
        let case = CaseId::new(&self.env);
        let scope = Scope::Case(case);
        // Asked of the team: the case's own scope begins with this.
        let target = Target { scope: Scope::Team(new.team), ..Target::part(scope, Class::Contact) };
        office.insist(&Verb::OpenCase, &target)?;
        let pen = Pen::take(tx, &self.env)?;
        let opening = Opening { case, team: new.team, kind: new.kind.clone(), minor: new.minor };
        for (class, edits) in Class::ALL.into_iter().zip([&new.contact, &new.file, &new.restricted]) {
            let doc = DocId::of_case_part(case, class);
            let (document, change) = Document::create(DocKind::case_part(class), &pen.stamp, edits)?;
            let heads = document.heads();
            pen.keep(tx, (scope, class), doc, &document, change)?;
            // Right behind the change that it travels with, and before anything else of the case.
            if class == Class::Contact {
                let action = Action {
                    id: ActionId::new(&self.env),
                    scope,
                    subject: doc,
                    class,
                    kind: ActionKind::OpenCase,
                    heads,
                    fields: Vec::new(),
                    reason: String::new(),
                    after: Vec::new(),
                    member: pen.identity().member,
                    device: pen.identity().device,
                    time: pen.stamp.time,
                    target: None,
                    opening: Some(opening.clone()),
                };
                pen.record(tx, &action)?;
            }
            // Generation 0: the server has not granted it yet, and cannot end it either.
            let grant = Grant { scope, class, generation: 0 };
            tx.put_grant(&GrantRow { grant, state: GrantState::Active, is_filled: true, after: None })?;
        }
        let Opening { case, team, kind, minor } = opening;
        let role = CaseRole::LeadWorker;
        let team_members = vec![(pen.identity().member, role.clone())];
        tx.add_case_opened_here(CaseGrant { case, team, kind, minor, role: Some(role), team_members })?;
        Ok(case)
    }
}
