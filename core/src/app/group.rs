//! A group session: logged once without names, credited to each person in their own case. A reader
//! of one case never learns who else took part.

use super::act::act;
use super::proposals::proposed_end;
use super::review::{class_for, hand_in_kind};
use super::save::create_entry;
use super::standing::Office;
use super::{Client, Failure};
use crate::access::{Target, Verb};
use crate::env::Env;
use crate::model::{ActionKind, CaseId, Class, DocId, Edit, EntryKind, Field, Scope, TeamId, Value};
use crate::store::{DraftId, DraftRow, Tx};

/// Most participants of one session.
const PARTICIPANTS_LIMIT: usize = 40;
/// What each person's share repeats of the session.
const SHARED_FIELDS: [&str; 6] = ["date", "start", "end", "place", "place_note", "mode"];

impl Client {
    /// Chooses whose cases a session that is being typed is credited to: a draft of kind
    /// `group_session` in a team's scope. Saving writes the session, which names nobody, and one
    /// linked entry in each case. `Invalid` with `cases`/`repeated_or_too_many`, or
    /// `draft`/`not_a_new_session`.
    pub fn choose_participants(&self, id: DraftId, cases: &[CaseId]) -> Result<(), Failure> {
        check(cases)?;
        self.write(|tx| {
            let mut draft = tx.draft(id)?.ok_or(Failure::NotFound)?;
            if team_of_session(&draft).is_none() {
                return Err(Failure::invalid("draft", "not_a_new_session"));
            }
            let office = Office::read(tx)?;
            for &case in cases {
                let scope = Scope::Case(case);
                let share = Target::entry(scope, class_for(&office, scope), EntryKind::GroupSession, None);
                office.insist(&Verb::CreateDoc, &share)?;
            }
            (draft.participants, draft.updated) = (cases.to_vec(), self.env.now());
            Ok(tx.put_draft(&draft)?)
        })
    }

    /// Records a session of a team with its participants' cases, and hands all of it in.
    /// `edits` describe the session; they must not name anybody.
    pub fn record_group_session(
        &self,
        team: TeamId,
        edits: &[Edit],
        cases: &[CaseId],
    ) -> Result<(DocId, Vec<DocId>), Failure> {
        self.write(|tx| {
            let class = class_for(&Office::read(tx)?, Scope::Team(team));
            let (session, shares) = write_session(tx, &self.env, (team, class), edits, cases)?;
            hand_in_session(tx, &self.env, session, &shares)?;
            Ok((session, shares))
        })
    }

    /// Saves a session that was typed as a draft.
    pub(super) fn save_session(
        &self,
        tx: &Tx<'_>,
        team: TeamId,
        draft: &DraftRow,
        hand_in: bool,
    ) -> Result<DocId, Failure> {
        let mut edits = draft.edits.clone();
        edits.extend(proposed_end(draft, self.here()));
        let place = (team, draft.class);
        let (session, shares) = write_session(tx, &self.env, place, &edits, &draft.participants)?;
        if hand_in {
            hand_in_session(tx, &self.env, session, &shares)?;
        }
        Ok(session)
    }
}

/// The team, if this is a new session of one.
pub(super) fn team_of_session(draft: &DraftRow) -> Option<TeamId> {
    let kind = Edit::set("kind", EntryKind::GroupSession.code());
    match (draft.scope, draft.doc) {
        (Scope::Team(team), None) if draft.edits.contains(&kind) => Some(team),
        _ => None,
    }
}

/// Hands the shares of a saved session in with it, as far as they were not yet.
pub(super) fn hand_in_shares(tx: &Tx<'_>, env: &Env, session: DocId) -> Result<(), Failure> {
    let mut shares = Vec::new();
    tx.each_entry(|row| {
        if row.summary.entry.is_some_and(|entry| entry.group == Some(session)) {
            shares.push(row.summary.doc);
        }
        true
    })?;
    for doc in shares {
        if super::save::is_own(tx, doc)? && hand_in_kind(tx, doc)? == Some(ActionKind::Submit) {
            act(tx, env, doc, ActionKind::Submit, |_| ())?;
        }
    }
    Ok(())
}

fn check(cases: &[CaseId]) -> Result<(), Failure> {
    let mut distinct = cases.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() != cases.len() || cases.len() > PARTICIPANTS_LIMIT {
        return Err(Failure::invalid("cases", "repeated_or_too_many"));
    }
    Ok(())
}

/// One document of the team, and one linked entry a case.
fn write_session(
    tx: &Tx<'_>,
    env: &Env,
    (team, class): (TeamId, Class),
    edits: &[Edit],
    cases: &[CaseId],
) -> Result<(DocId, Vec<DocId>), Failure> {
    if cases.is_empty() {
        return Err(Failure::invalid("cases", "missing"));
    }
    check(cases)?;
    let office = Office::read(tx)?;
    let kind = Edit::set("kind", EntryKind::GroupSession.code());
    let session: Vec<Edit> =
        edits.iter().filter(|edit| edit.field != kind.field).chain([&kind]).cloned().collect();
    let session = create_entry(tx, env, &office, (Scope::Team(team), class), &session)?;
    let mut share: Vec<Edit> =
        edits.iter().filter(|edit| SHARED_FIELDS.contains(&edit.field.path())).cloned().collect();
    share.push(kind);
    share.push(Edit::set("outcome", "met"));
    share.push(Edit { field: Field::known("group"), value: Value::Text(session.to_string()) });
    let mut shares = Vec::with_capacity(cases.len());
    for &case in cases {
        let scope = Scope::Case(case);
        shares.push(create_entry(tx, env, &office, (scope, class_for(&office, scope)), &share)?);
    }
    Ok((session, shares))
}

fn hand_in_session(tx: &Tx<'_>, env: &Env, session: DocId, shares: &[DocId]) -> Result<(), Failure> {
    for &doc in shares.iter().chain([&session]) {
        if let Some(kind) = hand_in_kind(tx, doc)? {
            act(tx, env, doc, kind, |_| ())?;
        }
    }
    Ok(())
}
