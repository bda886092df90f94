package app.doorstep.ui.words

import app.doorstep.core.CaseKind
import app.doorstep.core.CaseRole
import app.doorstep.core.ContactMode
import app.doorstep.core.EntryKind
import app.doorstep.core.NextStep
import app.doorstep.core.Outcome
import app.doorstep.core.PlaceKind
import app.doorstep.core.ReviewState

/** The field's words for codes; a code of a later release is shown as it is. */
fun Language.kind(kind: EntryKind): String =
    when (kind) {
        EntryKind.HomeVisit -> pick("家访", "Home visit")
        EntryKind.SchoolVisit -> pick("校访", "School visit")
        EntryKind.CommunityVisit -> pick("社区走访", "Community visit")
        EntryKind.Interview -> pick("面谈", "Interview")
        EntryKind.PhoneContact -> pick("电话联系", "Phone contact")
        EntryKind.OnlineContact -> pick("网络联系", "Online contact")
        EntryKind.MentorCheckIn -> pick("帮教联系", "Mentor check-in")
        EntryKind.MentorSession -> pick("帮教活动", "Mentor session")
        EntryKind.GroupSession -> pick("小组活动", "Group session")
        EntryKind.CaseConference -> pick("个案研讨会", "Case conference")
        EntryKind.CrisisEvent -> pick("危机事件", "Crisis event")
        EntryKind.Aid -> pick("救助", "Aid")
        EntryKind.DocumentServed -> pick("文书送达", "Document served")
        EntryKind.SupervisionSession -> pick("督导", "Supervision session")
        EntryKind.Note -> pick("备忘", "Note")
        is EntryKind.Unknown -> kind.code
    }

fun Language.outcome(outcome: Outcome): String =
    when (outcome) {
        Outcome.Met -> pick("见到本人", "Met")
        Outcome.MetFamilyOnly -> pick("仅见家属", "Met family only")
        Outcome.NotHome -> pick("未遇", "Not home")
        Outcome.Refused -> pick("拒绝", "Refused")
        Outcome.MovedAway -> pick("搬离", "Moved away")
        Outcome.WrongAddress -> pick("地址不符", "Wrong address")
        Outcome.Postponed -> pick("改期", "Postponed")
        Outcome.Cancelled -> pick("取消", "Cancelled")
        is Outcome.Unknown -> outcome.code
    }

fun Language.place(place: PlaceKind): String =
    when (place) {
        PlaceKind.Home -> pick("家中", "Home")
        PlaceKind.School -> pick("学校", "School")
        PlaceKind.Workplace -> pick("单位", "Workplace")
        PlaceKind.JusticeOffice -> pick("司法所", "Justice office")
        PlaceKind.Committee -> pick("居（村）委会", "Neighbourhood committee")
        PlaceKind.Office -> pick("办公室", "Our office")
        PlaceKind.Outdoors -> pick("户外", "Outdoors")
        PlaceKind.Other -> pick("其他", "Other")
        is PlaceKind.Unknown -> place.code
    }

fun Language.mode(mode: ContactMode): String =
    when (mode) {
        ContactMode.InPerson -> pick("面见", "In person")
        ContactMode.Phone -> pick("电话", "By phone")
        ContactMode.Video -> pick("视频", "By video")
        ContactMode.Message -> pick("文字消息", "By message")
        is ContactMode.Unknown -> mode.code
    }

fun Language.state(state: ReviewState): String =
    when (state) {
        ReviewState.Draft -> pick("未提交", "Not handed in")
        ReviewState.Submitted -> pick("已提交", "Submitted")
        ReviewState.Returned -> pick("退回补充", "Returned")
        ReviewState.Resubmitted -> pick("已补充", "Resubmitted")
        ReviewState.Approved -> pick("已通过", "Approved")
        ReviewState.Amended -> pick("通过后修改", "Amended")
        ReviewState.Withdrawn -> pick("已撤回", "Withdrawn")
        is ReviewState.Unknown -> state.code
    }

fun Language.caseKind(kind: CaseKind): String =
    when (kind) {
        CaseKind.CommunityCorrection -> pick("社区矫正对象", "Community correction")
        CaseKind.Released -> pick("安置帮教对象", "Released person")
        CaseKind.ConditionalNonProsecution -> pick("附条件不起诉", "Conditional non-prosecution")
        CaseKind.AtThreshold -> pick("临界少年", "At-threshold youth")
        CaseKind.Marginal -> pick("边缘青少年", "Marginal youth")
        CaseKind.Other -> pick("其他", "Other")
        is CaseKind.Unknown -> kind.code
    }

fun Language.caseRole(role: CaseRole): String =
    when (role) {
        CaseRole.LeadWorker -> pick("主责社工", "Lead worker")
        CaseRole.CoWorker -> pick("协同社工", "Co-worker")
        CaseRole.Mentor -> pick("帮教志愿者", "Mentor")
        is CaseRole.Unknown -> role.code
    }

/** What could come next after nobody was met; a person decides. */
fun Language.nextStep(step: NextStep): String =
    when (step) {
        NextStep.AnotherTime -> pick("换个时间再访", "Come again at another time")
        NextStep.AnotherMode -> pick("换种方式联系", "Try another way to reach them")
        NextStep.WaitForCall -> pick("等候回电", "Wait for a call")
        NextStep.AgreeWithFamily -> pick("与家属约定时间", "Agree on a time with the family")
        NextStep.KeepNewDate -> pick("按约定时间再访", "Come at the time agreed")
        NextStep.FindAddress -> pick("核实地址", "Find out the address")
        NextStep.Consultation -> pick("与督导商议", "Consult the supervisor")
        is NextStep.Unknown -> step.code
    }
