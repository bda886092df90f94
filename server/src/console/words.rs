//! Wording of codes and of field names.

use super::texts::Lang;
use crate::store::devices::DeviceState;
use doorstep_core::model::{
    ActionKind, CaseKind, CaseRole, CaseStage, ContactMode, EntryKind, Outcome, PlaceKind, ReviewState, Role,
};
use doorstep_core::sync::wire::RefusalCode;

macro_rules! words {
    ($($(#[$meta:meta])* $name:ident($type:ident) { $($variant:ident: $zh:literal, $en:literal;)+ })+) => {
        $($(#[$meta])*
        pub fn $name(lang: Lang, code: &$type) -> String {
            match code {
                $($type::$variant => lang.pick($zh, $en).to_owned(),)+
                other => unknown(lang, other.code()),
            }
        })+
    };
}

/// A code of a newer release is shown as it is, marked.
fn unknown(lang: Lang, code: &str) -> String {
    lang.pick(format!("{code}（新版本内容）"), format!("{code} (newer release)"))
}

words! {
    /// What an entry records.
    entry_kind(EntryKind) {
        HomeVisit: "家访", "Home visit";
        SchoolVisit: "校访", "School visit";
        CommunityVisit: "社区走访", "Community visit";
        Interview: "面谈", "Interview";
        PhoneContact: "电话联系", "Phone contact";
        OnlineContact: "网络联系", "Online contact";
        MentorCheckIn: "帮教联系", "Mentor check-in";
        MentorSession: "帮教活动", "Mentor session";
        GroupSession: "小组活动", "Group session";
        CaseConference: "个案研讨会", "Case conference";
        CrisisEvent: "危机事件", "Crisis event";
        Aid: "救助", "Aid";
        DocumentServed: "文书送达", "Document served";
        SupervisionSession: "督导", "Supervision session";
        Note: "备忘", "Note";
    }
    /// How a contact came out.
    outcome(Outcome) {
        Met: "见到本人", "Met";
        MetFamilyOnly: "仅见家属", "Met family only";
        NotHome: "未遇", "Not home";
        Refused: "拒绝", "Refused";
        MovedAway: "搬离", "Moved away";
        WrongAddress: "地址不符", "Wrong address";
        Postponed: "改期", "Postponed";
        Cancelled: "取消", "Cancelled";
    }
    /// Where a contact took place.
    place(PlaceKind) {
        Home: "家中", "Home";
        School: "学校", "School";
        Workplace: "工作单位", "Workplace";
        JusticeOffice: "司法所", "Justice office";
        Committee: "居委会", "Neighbourhood committee";
        Office: "社工站", "Office";
        Outdoors: "户外", "Outdoors";
        Other: "其他", "Other";
    }
    /// How a contact was made.
    mode(ContactMode) {
        InPerson: "当面", "In person";
        Phone: "电话", "Phone";
        Video: "视频", "Video";
        Message: "文字消息", "Message";
    }
    /// Where an entry stands with its supervisor.
    review_state(ReviewState) {
        Draft: "草稿", "Draft";
        Submitted: "已提交", "Submitted";
        Returned: "退回补充", "Returned";
        Resubmitted: "已补充", "Resubmitted";
        Approved: "已通过", "Approved";
        Amended: "通过后修改", "Amended";
        Withdrawn: "已撤回", "Withdrawn";
    }
    /// What was done about an entry.
    action(ActionKind) {
        OpenCase: "开案", "Opened the case";
        Submit: "提交审阅", "Handed in";
        Return: "退回补充", "Returned";
        Resubmit: "补充后再次提交", "Handed in again";
        Approve: "通过", "Approved";
        Comment: "批注", "Commented";
        Resolve: "标为已处理", "Marked as resolved";
        Withdraw: "撤回", "Withdrawn";
    }
    /// Why there is a case.
    case_kind(CaseKind) {
        CommunityCorrection: "社区矫正对象", "Community correction";
        Released: "安置帮教对象", "Released person";
        ConditionalNonProsecution: "附条件不起诉", "Conditional non-prosecution";
        AtThreshold: "临界少年", "At-threshold youth";
        Marginal: "边缘青少年", "Marginal youth";
        Other: "其他", "Other";
    }
    /// Where a case stands.
    case_stage(CaseStage) {
        Referred: "委托", "Referred";
        Intake: "接案", "Intake";
        Assessment: "预估", "Assessment";
        Applied: "申请开案", "Applied";
        Open: "介入", "Open";
        Closing: "评估", "Closing";
        Closed: "结案", "Closed";
        FollowUp: "跟进", "Follow-up";
        Paused: "暂停", "Paused";
        Declined: "不愿接受", "Declined";
    }
    /// What a member is in the organisation.
    role(Role) {
        Worker: "社工", "Worker";
        Mentor: "帮教志愿者", "Mentor";
        Supervisor: "督导", "Supervisor";
        Admin: "管理员", "Administrator";
    }
    /// Why a push was set aside, for a supervisor.
    refusal(RefusalCode) {
        Malformed: "内容损坏", "it is damaged";
        TooLarge: "内容过大", "it is too large";
        ChunkType: "格式不符", "it has a form that is not accepted";
        TooManyOperations: "一次修改过多", "it changes too much at once";
        BadHash: "校验不符", "its checksum is wrong";
        BadSignature: "签名不符", "its signature is wrong";
        ForeignActor: "不是这部手机的修改", "it is not this phone's own work";
        ForeignMember: "署名不是本人", "it is in another member's name";
        EnvelopeMismatch: "署名与内容不符", "its content names someone else";
        SequenceGap: "中间缺少修改", "changes are missing in between";
        DuplicateSequence: "同一编号有两种内容（手机可能被复制）", "two contents under one number (a copied phone?)";
        UnknownDependencies: "它所依据的修改还没有到", "it builds on changes that have not arrived";
        ScopeMismatch: "归属与原记录不符", "it belongs elsewhere than its record";
        NotAllowed: "超出记录人的权限", "its author may not do this";
        NotAssigned: "交来时已不在这个个案", "its author was no longer on the case";
        Unmergeable: "无法安全并入", "it cannot be merged safely";
        Unreadable: "并入后无法读取", "the record could not be read with it";
        FollowsQuarantined: "接在被隔离的修改之后", "it follows a quarantined change";
        PushFailed: "同一批中有内容不符", "something sent with it did not fit";
    }
    /// What a member is in a case.
    case_role(CaseRole) {
        LeadWorker: "主责社工", "Lead worker";
        CoWorker: "协同社工", "Co-worker";
        Mentor: "帮教志愿者", "Mentor";
    }
}

/// How much is at stake.
pub fn risk(lang: Lang, code: &str) -> String {
    match code {
        "low" => lang.pick("低", "Low").to_owned(),
        "medium" => lang.pick("中", "Medium").to_owned(),
        "high" => lang.pick("高", "High").to_owned(),
        other => unknown(lang, other),
    }
}

/// Roles of a member, in one line.
pub fn roles(lang: Lang, roles: &[Role]) -> String {
    let roles: Vec<String> = roles.iter().map(|one| role(lang, one)).collect();
    roles.join(lang.pick("、", ", "))
}

/// Whether a phone may sync.
pub fn device_state(lang: Lang, state: DeviceState) -> &'static str {
    match state {
        DeviceState::Active => lang.pick("使用中", "In use"),
        DeviceState::Unconfirmed => lang.pick("待确认", "To be confirmed"),
        DeviceState::Revoked => lang.pick("已停用", "Revoked"),
    }
}

/// The name of a field that is not an answer; none for what this release does not know.
pub fn field(lang: Lang, name: &str) -> Option<&'static str> {
    let (zh, en) = match name {
        "kind" => ("种类", "Kind"),
        "date" => ("日期", "Date"),
        "start" => ("开始", "Start"),
        "end" => ("结束", "End"),
        "place" => ("地点", "Place"),
        "place_note" => ("地点说明", "Place in words"),
        "location" => ("大概位置", "Rough location"),
        "mode" => ("方式", "How"),
        "met" => ("见到了谁", "Who was met"),
        "outcome" => ("结果", "Outcome"),
        "card_left" => ("已留名片", "Card left"),
        "leaflet" => ("已留宣传页", "Leaflet left"),
        "message_with" => ("托谁转告", "Message left with"),
        "accompanied_by" => ("陪同人员", "Accompanied by"),
        "next_step" => ("下一步", "Next step"),
        "next_date" => ("下次日期", "Next date"),
        "crisis" => ("危机", "Crisis"),
        "amount" => ("金额", "Amount"),
        "source" => ("来源", "Source"),
        "receipt" => ("收据", "Receipt"),
        "served" => ("送达的文书", "Document served"),
        "group" => ("小组活动", "Group session"),
        "copied_from" => ("复制自", "Copied from"),
        "narrative" => ("经过", "What was seen and said"),
        "pseudonym" => ("化名", "Pseudonym"),
        "phone" => ("电话", "Phone"),
        "address" => ("住址", "Address"),
        "reach_note" => ("怎样联系", "How to reach"),
        "guardian" => ("监护人", "Guardian"),
        "guardian_phone" => ("监护人电话", "Guardian's phone"),
        "frequency" => ("约定频次", "Agreed frequency"),
        "safety" => ("上门安全", "Safety at the door"),
        "stage" => ("阶段", "Stage"),
        "family_focus" => ("以家庭为重点", "The family is the focus"),
        "legal_name" => ("姓名", "Legal name"),
        "sex" => ("性别", "Sex"),
        "birth_date" => ("出生日期", "Date of birth"),
        "household" => ("户籍与家庭", "Household"),
        "occupation" => ("上学或就业", "School or work"),
        "school" => ("学校", "School"),
        "measure" => ("法律措施", "Legal measure"),
        "measure_start" => ("措施开始", "Measure from"),
        "measure_end" => ("措施结束", "Measure until"),
        "referring_unit" => ("委托单位", "Referring unit"),
        "officer" => ("承办人", "Officer"),
        "accepted_on" => ("接案日期", "Accepted on"),
        "id_number" => ("证件号码", "Identity number"),
        "risk" => ("风险等级", "Risk level"),
        "health" => ("健康状况", "Health"),
        "legal_papers" => ("法律文书", "Legal papers"),
        _ => return None,
    };
    Some(lang.pick(zh, en))
}
