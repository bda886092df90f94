//! An entry as a row of a list: the queue, a case's timeline, what a search found.

use super::moment;
use super::names::Names;
use super::texts::Lang;
use super::words;
use crate::error::StoreFault;
use crate::records::{EntryRow, Records};
use doorstep_core::model::{CaseId, MemberId, Scope, TeamId, Timestamp};
use std::collections::HashMap;

/// Waiting longer than this is pointed out.
const LONG_MS: i64 = 7 * 24 * 60 * 60 * 1_000;

/// One row.
#[expect(clippy::struct_excessive_bools, reason = "the template asks each by its name")]
pub struct Row {
    pub entry: String,
    pub kind: String,
    /// The person's pseudonym, or the team's name.
    pub whom: String,
    pub author: String,
    pub contact: String,
    pub outcome: String,
    pub state: String,
    pub state_code: String,
    /// How long it has waited; empty if nothing is to do.
    pub wait: String,
    pub is_long: bool,
    /// The reader wrote it.
    pub is_own: bool,
    pub self_reviewed: bool,
    pub crisis: bool,
    pub conflicts: bool,
    pub excerpt: String,
}

/// What rows need beside themselves.
pub struct Rows {
    lang: Lang,
    me: MemberId,
    now: Timestamp,
    pub names: Names,
    pub pseudonyms: HashMap<CaseId, String>,
    pub teams: HashMap<TeamId, String>,
    team_of: HashMap<CaseId, TeamId>,
}

impl Rows {
    /// Reads names and pseudonyms as far as the member knows them.
    pub fn load(lang: Lang, now: Timestamp, records: &Records<'_>) -> Result<Self, StoreFault> {
        let pseudonym = |row: crate::records::CaseRow| {
            let pseudonym = row.contact.map(|part| part.pseudonym).unwrap_or_default();
            (row.case.case, named(lang, pseudonym))
        };
        let directory = &records.view().directory;
        Ok(Self {
            lang,
            me: records.view().member,
            now,
            names: Names::load(records.tx())?,
            pseudonyms: records.cases()?.into_iter().map(pseudonym).collect(),
            teams: directory.teams.iter().map(|team| (team.id, team.name.clone())).collect(),
            team_of: directory.cases.iter().map(|case| (case.case, case.team)).collect(),
        })
    }

    /// The team that an entry belongs to.
    pub fn team(&self, row: &EntryRow) -> Option<TeamId> {
        match row.scope {
            Scope::Team(team) => Some(team),
            Scope::Case(case) => self.team_of.get(&case).copied(),
        }
    }

    /// The row of an entry.
    pub fn row(&self, row: &EntryRow) -> Row {
        let lang = self.lang;
        let whom = match row.scope {
            Scope::Case(case) => self.pseudonyms.get(&case).cloned(),
            Scope::Team(team) => self.teams.get(&team).cloned(),
        };
        let waited =
            row.waiting_since.filter(|_| row.state.is_waiting()).map(|since| self.now.ms_since(since));
        Row {
            entry: row.doc.to_string(),
            kind: words::entry_kind(lang, &row.entry.kind),
            whom: named(lang, whom.unwrap_or_default()),
            author: self.names.name(lang, row.author),
            contact: moment::contact(lang, &row.entry),
            outcome: row.entry.outcome.as_ref().map(|one| words::outcome(lang, one)).unwrap_or_default(),
            state: words::review_state(lang, &row.state),
            state_code: row.state.code().to_owned(),
            wait: waited.map(|ms| moment::wait(lang, ms)).unwrap_or_default(),
            is_long: waited.is_some_and(|ms| ms > LONG_MS),
            is_own: row.author == self.me,
            self_reviewed: row.self_reviewed,
            crisis: row.entry.crisis,
            conflicts: row.conflicts > 0,
            excerpt: row.entry.excerpt.clone(),
        }
    }
}

/// A pseudonym, or a word that there is none.
pub fn named(lang: Lang, pseudonym: String) -> String {
    if pseudonym.is_empty() { lang.texts().no_pseudonym.to_owned() } else { pseudonym }
}
