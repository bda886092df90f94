//! Kinds and stages of cases.

use super::codes;

codes! {
    /// Why there is a case.
    CaseKind {
        /// 社区矫正对象: subject of community correction.
        CommunityCorrection = "community_correction",
        /// 安置帮教对象: released person.
        Released = "released",
        /// 附条件不起诉: juvenile with conditional non-prosecution.
        ConditionalNonProsecution = "conditional_non_prosecution",
        /// 临界少年: at-threshold youth.
        AtThreshold = "at_threshold",
        /// 边缘青少年: marginal youth.
        Marginal = "marginal",
        /// 其他.
        Other = "other",
    }
}

codes! {
    /// Where a case stands. Gates between stages are not enforced yet.
    CaseStage {
        /// 委托
        Referred = "referred",
        /// 接案
        Intake = "intake",
        /// 预估
        Assessment = "assessment",
        /// 申请开案
        Applied = "applied",
        /// 介入
        Open = "open",
        /// 评估
        Closing = "closing",
        /// 结案
        Closed = "closed",
        /// 跟进
        FollowUp = "follow_up",
        /// 暂停
        Paused = "paused",
        /// 不愿接受
        Declined = "declined",
    }
}
