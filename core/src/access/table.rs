//! The table.
//!
//! | part | reads | writes |
//! |---|---|---|
//! | lead worker | contact, file, restricted | all three parts; entries of file and restricted |
//! | co-worker | contact, file | contact and file part; entries of file, colleagues' too |
//! | mentor | contact | own entries of class contact, of the kinds that are open to mentors |
//! | supervisor of the team | everything in it | own entries (supervision, conference, crisis, note); reviews, assigns |
//! | member of the team | the team's own scope: workers contact and file, mentors contact | own entries there |
//! | admin | no content | members, teams, devices |

use super::Reason::{Class as WrongClass, NotAssigned, NotAuthor, Role as WrongRole, Shape, UnknownAction};
use super::Verdict::{Allowed, Denied};
use super::{Reason, Standing, Target, Verb, Verdict};
use crate::model::{ActionKind, CaseRole, Class, DocKind, EntryKind, Role, Scope};

/// Whether a member may do something.
pub fn may(standing: &Standing, verb: &Verb, target: &Target) -> Verdict {
    let answer = match verb {
        Verb::Read => reads(standing, target),
        Verb::CreateDoc => creates(standing, target),
        Verb::EditDoc => edits(standing, target),
        Verb::Act(action) => acts(standing, action, target),
        Verb::OpenCase => opens_case(standing),
        Verb::Assign | Verb::DecideSetAside => supervises(standing),
        Verb::ManageMembers => when(standing.has(&Role::Admin), WrongRole),
    };
    answer.map_or_else(Denied, |()| Allowed)
}

/// The classes of a scope that a member may read, least confidential first.
pub fn classes_of(standing: &Standing, scope: Scope) -> &'static [Class] {
    const CONTACT: &[Class] = &[Class::Contact];
    const CONTACT_AND_FILE: &[Class] = &[Class::Contact, Class::File];
    const ALL: &[Class] = &Class::ALL;
    if standing.supervises {
        return ALL;
    }
    match (scope, &standing.case_role) {
        (Scope::Case(_), Some(CaseRole::LeadWorker)) => ALL,
        (Scope::Case(_), Some(CaseRole::CoWorker)) => CONTACT_AND_FILE,
        (Scope::Case(_), Some(CaseRole::Mentor)) => CONTACT,
        (Scope::Team(_), _) if standing.in_team && standing.has(&Role::Worker) => CONTACT_AND_FILE,
        (Scope::Team(_), _) if standing.in_team && standing.has(&Role::Mentor) => CONTACT,
        _ => &[],
    }
}

type Answer = Result<(), Reason>;

fn reads(standing: &Standing, target: &Target) -> Answer {
    let classes = classes_of(standing, target.scope);
    when(!classes.is_empty(), NotAssigned)?;
    when(classes.contains(&target.class), WrongClass)
}

fn creates(standing: &Standing, target: &Target) -> Answer {
    has_good_shape(target)?;
    reads(standing, target)?;
    if target.doc_kind.is_case_part() {
        return when(standing.case_role == Some(CaseRole::LeadWorker), WrongRole);
    }
    begins_entry(standing, target)
}

fn edits(standing: &Standing, target: &Target) -> Answer {
    has_good_shape(target)?;
    reads(standing, target)?;
    let is_worker = matches!(standing.case_role, Some(CaseRole::LeadWorker | CaseRole::CoWorker));
    if target.doc_kind.is_case_part() {
        return when(is_worker, WrongRole);
    }
    if target.author == Some(standing.member) {
        // Asked as for a new one: an entry cannot be turned into a kind that its author may not begin.
        return begins_entry(standing, target);
    }
    // Workers share the case's file; supervision and mentors' entries stay their author's.
    let is_shared = target.class != Class::Contact
        && target.scope.case().is_some()
        && target.entry_kind != Some(EntryKind::SupervisionSession);
    when(is_worker && is_shared, NotAuthor)
}

/// An entry's class follows its author: a mentor's is contact, everyone else's file or restricted.
fn begins_entry(standing: &Standing, target: &Target) -> Answer {
    let is_worker = match target.scope {
        Scope::Case(_) => matches!(standing.case_role, Some(CaseRole::LeadWorker | CaseRole::CoWorker)),
        Scope::Team(_) => standing.in_team && standing.has(&Role::Worker),
    };
    let is_mentor = match target.scope {
        Scope::Case(_) => standing.case_role == Some(CaseRole::Mentor),
        Scope::Team(_) => standing.in_team && standing.has(&Role::Mentor),
    };
    let suits_mentor = target.entry_kind.as_ref().is_some_and(EntryKind::is_open_to_mentors);
    let suits_supervisor = matches!(
        target.entry_kind,
        Some(
            EntryKind::SupervisionSession
                | EntryKind::CaseConference
                | EntryKind::CrisisEvent
                | EntryKind::Note
        )
    );
    let is_contact = target.class == Class::Contact;
    let good = (is_worker && !is_contact)
        || (standing.supervises && suits_supervisor && !is_contact)
        || (is_mentor && suits_mentor && is_contact);
    when(good, WrongRole)
}

fn acts(standing: &Standing, action: &ActionKind, target: &Target) -> Answer {
    if *action == ActionKind::OpenCase {
        return opens_case(standing);
    }
    reads(standing, target)?;
    let is_author = target.author == Some(standing.member);
    match action {
        ActionKind::Comment => Ok(()),
        ActionKind::Resolve => when(is_author || standing.supervises, NotAuthor),
        ActionKind::Submit | ActionKind::Resubmit | ActionKind::Withdraw => {
            when(target.doc_kind == DocKind::Entry, Shape)?;
            when(is_author, NotAuthor)
        }
        // In an office of one the supervisor may decide on own work; the review is marked so.
        ActionKind::Return | ActionKind::Approve => {
            when(target.doc_kind == DocKind::Entry, Shape)?;
            supervises(standing)
        }
        ActionKind::OpenCase | ActionKind::Unknown(_) => Err(UnknownAction),
    }
}

fn opens_case(standing: &Standing) -> Answer {
    when(standing.in_team || standing.supervises, NotAssigned)?;
    when(standing.has(&Role::Worker), WrongRole)
}

fn supervises(standing: &Standing) -> Answer {
    when(standing.supervises, WrongRole)
}

/// A case's part has the class of its kind and lies in a case.
fn has_good_shape(target: &Target) -> Answer {
    let good = match target.doc_kind {
        DocKind::Entry => true,
        part => target.scope.case().is_some() && DocKind::case_part(target.class) == part,
    };
    when(good, Shape)
}

fn when(good: bool, reason: Reason) -> Answer {
    if good { Ok(()) } else { Err(reason) }
}

#[cfg(test)]
#[expect(clippy::needless_pass_by_value, reason = "tests name a verb where they ask")]
mod tests {
    use super::*;
    use crate::model::{CaseId, MemberId, TeamId};

    const ME: MemberId = MemberId([1; 16]);
    const COLLEAGUE: MemberId = MemberId([2; 16]);
    const CASE: Scope = Scope::Case(CaseId([3; 16]));
    const TEAM: Scope = Scope::Team(TeamId([4; 16]));

    fn in_case(role: CaseRole) -> Standing {
        let org_role = if role == CaseRole::Mentor { Role::Mentor } else { Role::Worker };
        Standing { case_role: Some(role), in_team: true, ..Standing::outsider(ME, vec![org_role]) }
    }

    fn supervisor() -> Standing {
        Standing { supervises: true, in_team: true, ..Standing::outsider(ME, vec![Role::Supervisor]) }
    }

    fn entry(class: Class, kind: EntryKind, author: MemberId) -> Target {
        Target::entry(CASE, class, kind, Some(author))
    }

    fn allowed(standing: &Standing, verb: Verb, target: &Target) -> bool {
        may(standing, &verb, target).is_allowed()
    }

    #[test]
    fn each_part_reads_exactly_its_classes() {
        let readable = |standing: &Standing| -> Vec<bool> {
            Class::ALL
                .iter()
                .map(|class| allowed(standing, Verb::Read, &Target::part(CASE, *class)))
                .collect()
        };
        assert_eq!(readable(&in_case(CaseRole::LeadWorker)), [true, true, true]);
        assert_eq!(readable(&in_case(CaseRole::CoWorker)), [true, true, false]);
        assert_eq!(readable(&in_case(CaseRole::Mentor)), [true, false, false]);
        assert_eq!(readable(&supervisor()), [true, true, true]);
    }

    #[test]
    fn membership_of_the_team_opens_no_case() {
        let worker = Standing { in_team: true, ..Standing::outsider(ME, vec![Role::Worker]) };
        let visit = entry(Class::File, EntryKind::HomeVisit, ME);
        assert_eq!(may(&worker, &Verb::Read, &visit), Denied(NotAssigned));
        assert_eq!(may(&worker, &Verb::EditDoc, &visit), Denied(NotAssigned));
        assert_eq!(classes_of(&worker, TEAM), [Class::Contact, Class::File]);
    }

    #[test]
    fn admin_sees_no_content_but_manages_members() {
        let admin = Standing::outsider(ME, vec![Role::Admin]);
        for class in Class::ALL {
            assert!(!allowed(&admin, Verb::Read, &Target::part(CASE, class)));
        }
        assert!(allowed(&admin, Verb::ManageMembers, &Target::part(CASE, Class::Contact)));
        assert!(!allowed(
            &in_case(CaseRole::LeadWorker),
            Verb::ManageMembers,
            &Target::part(CASE, Class::File)
        ));
    }

    #[test]
    fn mentor_writes_own_entries_of_own_kinds_only() {
        let mentor = in_case(CaseRole::Mentor);
        let check_in = entry(Class::Contact, EntryKind::MentorCheckIn, ME);
        assert!(allowed(&mentor, Verb::CreateDoc, &check_in));
        assert!(allowed(&mentor, Verb::EditDoc, &check_in));
        let visit = entry(Class::Contact, EntryKind::HomeVisit, ME);
        assert_eq!(may(&mentor, &Verb::CreateDoc, &visit), Denied(WrongRole));
        assert_eq!(may(&mentor, &Verb::EditDoc, &visit), Denied(WrongRole));
        let colleagues = entry(Class::Contact, EntryKind::MentorCheckIn, COLLEAGUE);
        assert_eq!(may(&mentor, &Verb::EditDoc, &colleagues), Denied(NotAuthor));
        assert_eq!(may(&mentor, &Verb::EditDoc, &Target::part(CASE, Class::Contact)), Denied(WrongRole));
        let filed = entry(Class::File, EntryKind::MentorCheckIn, ME);
        assert_eq!(may(&mentor, &Verb::CreateDoc, &filed), Denied(WrongClass));
    }

    #[test]
    fn workers_share_the_file_and_leave_mentors_entries_alone() {
        let worker = in_case(CaseRole::CoWorker);
        assert!(allowed(&worker, Verb::EditDoc, &entry(Class::File, EntryKind::HomeVisit, COLLEAGUE)));
        let mentors = entry(Class::Contact, EntryKind::MentorCheckIn, COLLEAGUE);
        assert_eq!(may(&worker, &Verb::EditDoc, &mentors), Denied(NotAuthor));
        let restricted = entry(Class::Restricted, EntryKind::Note, ME);
        assert_eq!(may(&worker, &Verb::CreateDoc, &restricted), Denied(WrongClass));
        assert!(allowed(&in_case(CaseRole::LeadWorker), Verb::CreateDoc, &restricted));
    }

    #[test]
    fn supervisor_reviews_and_never_edits_a_workers_entry() {
        let visit = entry(Class::File, EntryKind::HomeVisit, COLLEAGUE);
        let supervisor = supervisor();
        for action in [ActionKind::Approve, ActionKind::Return, ActionKind::Comment, ActionKind::Resolve] {
            assert!(allowed(&supervisor, Verb::Act(action), &visit));
        }
        assert_eq!(may(&supervisor, &Verb::EditDoc, &visit), Denied(NotAuthor));
        assert_eq!(may(&supervisor, &Verb::Act(ActionKind::Withdraw), &visit), Denied(NotAuthor));
        assert!(allowed(&supervisor, Verb::Assign, &visit));
        assert!(allowed(
            &supervisor,
            Verb::CreateDoc,
            &Target::entry(TEAM, Class::File, EntryKind::SupervisionSession, None)
        ));
    }

    #[test]
    fn nobody_but_a_supervisor_decides_and_nobody_but_the_author_hands_in() {
        let worker = in_case(CaseRole::LeadWorker);
        let own = entry(Class::File, EntryKind::HomeVisit, ME);
        assert!(allowed(&worker, Verb::Act(ActionKind::Submit), &own));
        assert_eq!(may(&worker, &Verb::Act(ActionKind::Approve), &own), Denied(WrongRole));
        let colleagues = entry(Class::File, EntryKind::HomeVisit, COLLEAGUE);
        assert_eq!(may(&worker, &Verb::Act(ActionKind::Submit), &colleagues), Denied(NotAuthor));
        assert!(allowed(&worker, Verb::Act(ActionKind::Comment), &colleagues));
    }

    #[test]
    fn parts_keep_their_class_and_their_case() {
        let lead = in_case(CaseRole::LeadWorker);
        assert!(allowed(&lead, Verb::CreateDoc, &Target::part(CASE, Class::Restricted)));
        let wrong = Target { class: Class::Contact, ..Target::part(CASE, Class::File) };
        assert_eq!(may(&lead, &Verb::CreateDoc, &wrong), Denied(Shape));
        assert_eq!(may(&lead, &Verb::CreateDoc, &Target::part(TEAM, Class::File)), Denied(Shape));
    }

    #[test]
    fn cases_are_opened_by_workers_of_the_team() {
        let target = Target::part(CASE, Class::Contact);
        let worker = Standing { in_team: true, ..Standing::outsider(ME, vec![Role::Worker]) };
        assert!(allowed(&worker, Verb::OpenCase, &target));
        assert!(allowed(&worker, Verb::Act(ActionKind::OpenCase), &target));
        let mentor = Standing { in_team: true, ..Standing::outsider(ME, vec![Role::Mentor]) };
        assert_eq!(may(&mentor, &Verb::OpenCase, &target), Denied(WrongRole));
        let stranger = Standing::outsider(ME, vec![Role::Worker]);
        assert_eq!(may(&stranger, &Verb::OpenCase, &target), Denied(NotAssigned));
    }

    #[test]
    fn action_of_a_newer_release_is_refused() {
        let target = entry(Class::File, EntryKind::HomeVisit, ME);
        let waive = Verb::Act(ActionKind::from_code("waive"));
        assert_eq!(may(&supervisor(), &waive, &target), Denied(UnknownAction));
    }
}
