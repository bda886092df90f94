//! Words about an entry, from the first stroke until they are recorded.

use super::*;
use crate::app::Failure;
use crate::model::Field;
use crate::store::{Remark, RemarkKind};

const KINDS: [RemarkKind; 3] = [RemarkKind::Return, RemarkKind::Comment, RemarkKind::Withdraw];

fn words(text: &str) -> Remark {
    Remark { fields: vec![Field::new("outcome").unwrap()], text: text.into() }
}

#[test]
fn what_is_written_about_an_entry_survives_a_kill_one_of_each_kind() {
    let phone = Phone::worker();
    let doc = phone.visit(phone.case("小川"), &[]);
    for (kind, text) in KINDS.into_iter().zip(["谁在场", "写得", "记错"]) {
        phone.client.keep_remark(doc, kind, &words("谁")).unwrap();
        phone.client.keep_remark(doc, kind, &words(text)).unwrap();
    }
    let phone = phone.killed();
    for (kind, text) in KINDS.into_iter().zip(["谁在场", "写得", "记错"]) {
        assert_eq!(phone.client.remark(doc, kind).unwrap(), words(text));
    }
    phone.client.keep_remark(doc, RemarkKind::Comment, &Remark::default()).unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Comment).unwrap(), Remark::default());
    assert_eq!(phone.client.remark(doc, RemarkKind::Return).unwrap(), words("谁在场"));
}

#[test]
fn a_recorded_remark_is_begun_no_more() {
    let phone = Phone::new(&[Role::Worker, Role::Supervisor]);
    let doc = phone.visit(phone.case("小川"), &[]);
    for kind in KINDS {
        phone.client.keep_remark(doc, kind, &words("谁在场")).unwrap();
    }
    phone.client.comment(doc, Vec::new(), "写得清楚").unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Comment).unwrap(), Remark::default());
    let shown = phone.client.entry(doc).unwrap().heads;
    phone.client.return_entry(doc, &shown, Vec::new(), "谁在场？").unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Return).unwrap(), Remark::default());
    assert_eq!(phone.client.remark(doc, RemarkKind::Withdraw).unwrap(), words("谁在场"));

    let too_long = "长".repeat(Action::REASON_LIMIT);
    assert_eq!(phone.client.withdraw(doc, &too_long), Err(Failure::invalid("reason", "too_long")));
    assert_eq!(
        phone.client.remark(doc, RemarkKind::Withdraw).unwrap(),
        words("谁在场"),
        "nothing was recorded"
    );
    phone.client.withdraw(doc, "记错了人").unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Withdraw).unwrap(), Remark::default());
}

#[test]
fn what_is_too_long_for_a_remark_is_kept_and_what_is_absurd_is_refused() {
    let phone = Phone::worker();
    let doc = phone.visit(phone.case("小川"), &[]);
    let pasted = words(&"长".repeat(50_000));
    phone.client.keep_remark(doc, RemarkKind::Comment, &pasted).unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Comment).unwrap(), pasted);
    let refused = phone.client.keep_remark(doc, RemarkKind::Comment, &words(&"a".repeat(1_000_001)));
    assert_eq!(refused, Err(Failure::invalid("reason", "too_much")));
    assert_eq!(phone.client.remark(doc, RemarkKind::Comment).unwrap(), pasted);
    let unknown = phone.client.keep_remark(DocId([9; 16]), RemarkKind::Comment, &words("谁"));
    assert_eq!(unknown, Err(Failure::NotFound));
}

#[test]
fn what_was_written_about_an_entry_leaves_with_its_case() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[]);
    phone.client.keep_remark(doc, RemarkKind::Comment, &words("谁在场")).unwrap();
    phone.client.write(|tx| Ok(tx.purge(Scope::Case(case), Class::File)?)).unwrap();
    assert_eq!(phone.client.remark(doc, RemarkKind::Comment).unwrap(), Remark::default());
}
