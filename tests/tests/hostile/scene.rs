//! The office that hostile pushes meet: one case with a visit in it, and four people.

use doorstep_core::model::{CaseId, CaseRole, Class, Edit, Role, TeamId};
use doorstep_core::sync::wire::{ItemVerdict, Push, PushResult, RefusalCode};
use doorstep_tests::digest::{ASIDE, Tables, server_tables};
use doorstep_tests::hostile::device::{RawDevice, action_result, change_result};
use doorstep_tests::hostile::record::{Record, entry_in, open_case, push_of, visit};
use doorstep_tests::office::Office;

/// A visit that the office has, and those who may or may not touch it.
pub struct Scene {
    pub office: Office,
    /// Lead worker of the case, author of the visit.
    pub worker: RawDevice,
    /// In the same team, not in the case.
    pub outsider: RawDevice,
    /// Mentor of the case.
    pub mentor: RawDevice,
    /// Supervisor of the team.
    pub supervisor: RawDevice,
    pub team: TeamId,
    pub case: CaseId,
    /// The visit after its first change.
    pub visit: Record,
}

impl Scene {
    pub fn new(seed: u64) -> Self {
        Self::in_office(Office::new(seed))
    }

    pub fn in_office(mut office: Office) -> Self {
        let worker = office.member("王芳", &[Role::Worker]);
        let outsider = office.member("李强", &[Role::Worker]);
        let mentor = office.member("赵老师", &[Role::Mentor]);
        let supervisor = office.member("陈督导", &[Role::Supervisor]);
        let team = office.team(&[(worker, false), (outsider, false), (mentor, false), (supervisor, true)]);
        let [worker, outsider, mentor, supervisor] =
            [worker, outsider, mentor, supervisor].map(|member| office.raw_device(member));
        let (case, _, opening) = open_case(&worker, team);
        assert_accepted(&worker.push_one(&office.server, opening));
        office.assign(case, mentor.member, &CaseRole::Mentor);
        let (visit, first) = Record::begin(&worker, entry_in(&worker, case, Class::File), &visit());
        assert_accepted(&worker.push_one(&office.server, push_of(&visit.place, vec![first])));
        Self { office, worker, outsider, mentor, supervisor, team, case, visit }
    }

    /// Everything that refused work must not touch.
    pub fn tables(&self) -> Tables {
        server_tables(&self.office.server, &ASIDE)
    }

    /// Pushes once; the push's only change must get this verdict and code, and nothing else may change.
    pub fn assert_change(&self, by: &RawDevice, push: Push, verdict: &ItemVerdict, code: &RefusalCode) {
        let before = self.tables();
        let result = by.push_one(&self.office.server, push);
        assert_eq!(change_result(&result, 0), (verdict.clone(), Some(code.clone())));
        assert_eq!(self.tables(), before, "the database changed");
        self.assert_alive();
    }

    /// Pushes once; the push's first action must get this verdict and code, and nothing else may change.
    pub fn assert_action(&self, by: &RawDevice, push: Push, verdict: &ItemVerdict, code: &RefusalCode) {
        let before = self.tables();
        let result = by.push_one(&self.office.server, push);
        assert_eq!(action_result(&result, 0), (verdict.clone(), Some(code.clone())));
        assert_eq!(self.tables(), before, "the database changed");
        self.assert_alive();
    }

    /// The server still takes in honest work.
    pub fn assert_alive(&self) {
        let answer = self.supervisor.push(&self.office.server, Vec::new());
        assert!(answer.is_ok(), "the server no longer answers: {answer:?}");
    }

    /// The visit's next honest change, not pushed yet; the scene's own copy stays as it is.
    pub fn next_change(&self, edits: &[Edit]) -> Push {
        let mut visit = self.visit.clone();
        let change = visit.edit(&self.worker, edits);
        push_of(&visit.place, vec![change])
    }
}

pub fn assert_accepted(result: &PushResult) {
    for item in result.changes.iter().chain(&result.actions) {
        assert_eq!((&item.verdict, &item.code), (&ItemVerdict::Accepted, &None));
    }
}
