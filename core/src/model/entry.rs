//! Codes of an entry: what happened, where, how, and how it came out.

use super::codes;

codes! {
    /// What an entry records.
    EntryKind {
        /// 家访
        HomeVisit = "home_visit",
        /// 校访
        SchoolVisit = "school_visit",
        /// 社区走访
        CommunityVisit = "community_visit",
        /// 面谈
        Interview = "interview",
        /// 电话联系
        PhoneContact = "phone_contact",
        /// 网络联系
        OnlineContact = "online_contact",
        /// 帮教联系
        MentorCheckIn = "mentor_check_in",
        /// 帮教活动
        MentorSession = "mentor_session",
        /// 小组活动
        GroupSession = "group_session",
        /// 个案研讨会
        CaseConference = "case_conference",
        /// 危机事件
        CrisisEvent = "crisis_event",
        /// 救助
        Aid = "aid",
        /// 文书送达
        DocumentServed = "document_served",
        /// 督导
        SupervisionSession = "supervision_session",
        /// 备忘
        Note = "note",
    }
}

impl EntryKind {
    /// Whether the entry records an attempt to be in contact with the person (and so has an outcome).
    pub fn is_contact(&self) -> bool {
        matches!(
            self,
            EntryKind::HomeVisit
                | EntryKind::SchoolVisit
                | EntryKind::CommunityVisit
                | EntryKind::Interview
                | EntryKind::PhoneContact
                | EntryKind::OnlineContact
                | EntryKind::MentorCheckIn
                | EntryKind::MentorSession
                | EntryKind::GroupSession
        )
    }

    /// Whether a mentor may write one.
    pub fn is_open_to_mentors(&self) -> bool {
        matches!(
            self,
            EntryKind::MentorCheckIn
                | EntryKind::MentorSession
                | EntryKind::GroupSession
                | EntryKind::PhoneContact
                | EntryKind::OnlineContact
                | EntryKind::CrisisEvent
                | EntryKind::Note
        )
    }
}

codes! {
    /// How a contact came out. An attempt is not a failure and not a completion.
    Outcome {
        /// 见到本人
        Met = "met",
        /// 仅见家属
        MetFamilyOnly = "met_family_only",
        /// 未遇
        NotHome = "not_home",
        /// 拒绝
        Refused = "refused",
        /// 搬离
        MovedAway = "moved_away",
        /// 地址不符
        WrongAddress = "wrong_address",
        /// 改期
        Postponed = "postponed",
        /// 取消
        Cancelled = "cancelled",
    }
}

codes! {
    /// Where a contact took place.
    PlaceKind {
        /// 家中
        Home = "home",
        /// 学校
        School = "school",
        /// 工作单位
        Workplace = "workplace",
        /// 司法所
        JusticeOffice = "justice_office",
        /// 居委会
        Committee = "committee",
        /// 社工站
        Office = "office",
        /// 户外
        Outdoors = "outdoors",
        /// 其他
        Other = "other",
    }
}

codes! {
    /// How a contact was made.
    ContactMode {
        /// 当面
        InPerson = "in_person",
        /// 电话
        Phone = "phone",
        /// 视频
        Video = "video",
        /// 文字消息
        Message = "message",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_newer_release_survives_a_round_trip() {
        let newer = Outcome::from_code("met_by_video");
        assert!(!newer.is_known());
        let bytes = minicbor::to_vec(&newer).unwrap();
        assert_eq!(minicbor::decode::<Outcome>(&bytes).unwrap(), newer);
        assert_eq!(newer.code(), "met_by_video");
    }

    #[test]
    fn every_known_code_reads_back() {
        for kind in EntryKind::ALL {
            assert_eq!(&EntryKind::from_code(kind.code()), kind);
        }
        for outcome in Outcome::ALL {
            assert_eq!(&Outcome::from_code(outcome.code()), outcome);
        }
    }
}
