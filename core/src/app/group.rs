//! A group session: logged once without names, credited to each person in their own case. A reader
//! of one case never learns who else took part.

use super::act::act;
use super::review::{class_for, hand_in_kind};
use super::save::create_entry;
use super::standing::Office;
use super::{Client, Failure};
use crate::model::{CaseId, DocId, Edit, EntryKind, Field, Scope, TeamId, Value};

/// Most participants of one session.
const PARTICIPANTS_LIMIT: usize = 40;
/// What each person's share repeats of the session.
const SHARED_FIELDS: [&str; 6] = ["date", "start", "end", "place", "place_note", "mode"];

impl Client {
    /// Records a session of a team with its participants' cases, and hands all of it in.
    /// `edits` describe the session; they must not name anybody.
    pub fn record_group_session(
        &self,
        team: TeamId,
        edits: &[Edit],
        cases: &[CaseId],
    ) -> Result<(DocId, Vec<DocId>), Failure> {
        if cases.is_empty() {
            return Err(Failure::invalid("cases", "missing"));
        }
        let mut distinct = cases.to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() != cases.len() || cases.len() > PARTICIPANTS_LIMIT {
            return Err(Failure::invalid("cases", "repeated_or_too_many"));
        }
        self.write(|tx| {
            let office = Office::read(tx)?;
            let scope = Scope::Team(team);
            let kind = Edit::set("kind", EntryKind::GroupSession.code());
            let session_edits: Vec<Edit> =
                edits.iter().filter(|edit| edit.field != kind.field).chain([&kind]).cloned().collect();
            let session =
                create_entry(tx, &self.env, &office, (scope, class_for(&office, scope)), &session_edits)?;
            let mut share: Vec<Edit> =
                edits.iter().filter(|edit| SHARED_FIELDS.contains(&edit.field.path())).cloned().collect();
            share.push(kind);
            share.push(Edit::set("outcome", "met"));
            share.push(Edit { field: Field::known("group"), value: Value::Text(session.to_string()) });
            let mut shares = Vec::with_capacity(cases.len());
            for &case in cases {
                let scope = Scope::Case(case);
                let place = (scope, class_for(&office, scope));
                shares.push(create_entry(tx, &self.env, &office, place, &share)?);
            }
            for doc in shares.iter().copied().chain([session]) {
                if let Some(kind) = hand_in_kind(tx, doc)? {
                    act(tx, &self.env, doc, kind, |_| ())?;
                }
            }
            Ok((session, shares))
        })
    }
}
