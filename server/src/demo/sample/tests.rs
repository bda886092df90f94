use super::*;
use doorstep_core::model::{
    AnswerKind, CaseKind, Class, ContactMode, EntryKind, Outcome, PlaceKind, starter_template,
};

#[test]
fn the_sample_reads_and_is_the_size_of_an_office() {
    let sample = Sample::load().unwrap();
    assert_eq!(sample.office.cases.len(), 10);
    assert!((110..=140).contains(&sample.entries.len()), "{} entries", sample.entries.len());
    for entry in &sample.entries {
        let Some(text) = &entry.text else { continue };
        let length = text.text(Language::Zh).chars().count();
        assert!((75..=350).contains(&length), "{length} characters: {text:?}");
    }
}

#[test]
fn every_code_of_the_sample_is_one_that_this_release_knows() {
    let sample = Sample::load().unwrap();
    for case in &sample.office.cases {
        assert!(CaseKind::from_code(&case.kind).is_known(), "{}", case.kind);
    }
    let day = &sample.day;
    let todays = [&day.visit_met, &day.not_home, &day.check_in, &day.session, &day.group];
    for entry in sample.entries.iter().chain(todays) {
        assert!(EntryKind::from_code(&entry.kind).is_known(), "{}", entry.kind);
        assert!(entry.outcome.iter().all(|code| Outcome::from_code(code).is_known()), "{entry:?}");
        assert!(entry.place.iter().all(|code| PlaceKind::from_code(code).is_known()), "{entry:?}");
        assert!(entry.mode.iter().all(|code| ContactMode::from_code(code).is_known()), "{entry:?}");
        assert!(sample.author(entry).is_some(), "{entry:?}");
    }
}

#[test]
fn every_answer_of_the_sample_fits_its_question() {
    let sample = Sample::load().unwrap();
    let template = starter_template();
    for entry in &sample.entries {
        for (id, told) in &entry.answers {
            let question = template.question(id).unwrap_or_else(|| panic!("no question {id}"));
            assert!(question.kinds.contains(&EntryKind::from_code(&entry.kind)), "{id} in {entry:?}");
            let fits = match (&question.answer, told) {
                (AnswerKind::Choice(_), Told::Text(code)) => question.choice(code).is_some(),
                (AnswerKind::Flag, Told::Flag(_))
                | (AnswerKind::Number, Told::Number(_))
                | (AnswerKind::Text, Told::Text(_) | Told::Both(_)) => true,
                _ => false,
            };
            assert!(fits, "{id}: {told:?}");
        }
    }
}

#[test]
fn only_those_who_may_wrote_the_entries() {
    let sample = Sample::load().unwrap();
    for entry in &sample.entries {
        let Some(case) = entry.case.as_deref().and_then(|key| sample.case(key)) else { continue };
        let author = sample.author(entry).unwrap().to_owned();
        let is_mentor = case.mentors.contains(&author);
        assert!(is_mentor || case.lead == author || case.co.contains(&author), "{entry:?}");
        assert!(!is_mentor || EntryKind::from_code(&entry.kind).is_open_to_mentors(), "{entry:?}");
        let restricted = entry.class.as_deref() == Some("restricted");
        assert!(!restricted || case.lead == author, "{:?} needs the lead", Class::Restricted);
    }
}
