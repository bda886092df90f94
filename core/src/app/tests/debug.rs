//! What reaches a log by `{:?}` holds no personal data.

use super::*;

#[test]
fn nothing_that_screens_read_prints_names_or_words() {
    let phone = Phone::worker();
    let case = phone.case("小川");
    let doc = phone.visit(case, &[Edit::set("narrative", "奶奶开门。"), Edit::set("place_note", "槐树里")]);
    phone.take_in(doc, phone.copy(doc), &[Edit::set("next_step", "周五再访")]);
    phone.act(doc, ActionKind::Return, "谁在场？");
    phone.client.comment(doc, Vec::new(), "孙子在家").unwrap();
    let other = phone.copy(doc);
    phone.client.set_fields(doc, &[Edit::set("met", "孙子")]).unwrap();
    phone.take_in(doc, other, &[Edit::set("met", "祖母")]);
    let draft = phone.client.edit_draft_of(doc).unwrap();
    phone.client.type_into(draft, vec![Edit::set("narrative", "奶奶和孙子")]).unwrap();
    let entry = phone.client.entry(doc).unwrap();
    let printed = [
        format!("{entry:?}"),
        format!("{:?}", entry.review.returned),
        format!("{:?}", entry.review.comments),
        format!("{:?}", entry.actions),
        format!("{:?}", entry.fields),
        format!("{:?}", phone.client.history(doc).unwrap()),
        format!("{:?}", phone.client.case(case).unwrap()),
        format!("{:?}", phone.client.case_list().unwrap()),
        format!("{:?}", phone.client.today().unwrap()),
        format!("{:?}", phone.client.draft(draft).unwrap()),
        format!("{:?}", phone.client.attention().unwrap()),
        format!("{:?}", phone.client.conflicts().unwrap()),
        format!("{:?}", phone.client.queue().unwrap()),
        format!("{:?}", phone.client.search("奶奶").unwrap()),
        format!("{:?}", phone.client.search("小川").unwrap()),
        format!("{:?}", phone.client.unseen(doc).unwrap()),
        format!("{:?}", phone.client.directory().unwrap()),
        format!("{:?}", Edit::set("narrative", "奶奶")),
    ];
    for text in printed {
        let is_words = |letter: &char| ('\u{4e00}'..='\u{9fff}').contains(letter);
        let words: String = text.chars().filter(is_words).collect();
        assert_eq!(words, "", "{text}");
    }
}
