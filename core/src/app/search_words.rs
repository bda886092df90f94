//! The words under which people look for kinds of entries and places: the field's own, in both
//! languages, whatever language the screen is in. Not for showing: screens have their own strings.

use crate::model::{EntryKind, PlaceKind};

/// A kind of entry in words; none for a code of a newer release.
pub(super) fn kind_words(kind: &EntryKind) -> &'static [&'static str] {
    match kind {
        EntryKind::HomeVisit => &["家访", "home visit"],
        EntryKind::SchoolVisit => &["校访", "school visit"],
        EntryKind::CommunityVisit => &["社区走访", "community visit"],
        EntryKind::Interview => &["面谈", "interview"],
        EntryKind::PhoneContact => &["电话联系", "phone contact"],
        EntryKind::OnlineContact => &["网络联系", "online contact"],
        EntryKind::MentorCheckIn => &["帮教联系", "mentor check-in"],
        EntryKind::MentorSession => &["帮教活动", "mentor session"],
        EntryKind::GroupSession => &["小组活动", "group session"],
        EntryKind::CaseConference => &["个案研讨会", "case conference"],
        EntryKind::CrisisEvent => &["危机事件", "crisis event"],
        EntryKind::Aid => &["救助", "aid"],
        EntryKind::DocumentServed => &["文书送达", "document served"],
        EntryKind::SupervisionSession => &["督导", "supervision session"],
        EntryKind::Note => &["备忘", "note"],
        EntryKind::Unknown(_) => &[],
    }
}

/// A kind of place in words; none for a code of a newer release.
pub(super) fn place_words(place: &PlaceKind) -> &'static [&'static str] {
    match place {
        PlaceKind::Home => &["家中", "home"],
        PlaceKind::School => &["学校", "school"],
        PlaceKind::Workplace => &["工作单位", "workplace"],
        PlaceKind::JusticeOffice => &["司法所", "justice office"],
        PlaceKind::Committee => &["居委会", "neighbourhood committee"],
        PlaceKind::Office => &["社工站", "office"],
        PlaceKind::Outdoors => &["户外", "outdoors"],
        PlaceKind::Other => &["其他", "other"],
        PlaceKind::Unknown(_) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_and_place_has_a_word_in_both_languages() {
        assert!(EntryKind::ALL.iter().all(|kind| kind_words(kind).len() == 2));
        assert!(PlaceKind::ALL.iter().all(|place| place_words(place).len() == 2));
    }
}
