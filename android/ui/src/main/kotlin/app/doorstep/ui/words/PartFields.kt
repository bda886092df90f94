package app.doorstep.ui.words

import app.doorstep.core.CaseStage
import app.doorstep.core.Class
import app.doorstep.core.Field
import app.doorstep.core.caseStageOf

/** What a field of a case's parts is called. */
internal fun Language.partLabel(field: Field): String =
    when (field) {
        "pseudonym" -> pick("化名", "Pseudonym")
        "phone" -> pick("电话", "Phone")
        "address" -> pick("住址", "Address")
        "reach_note" -> pick("怎样联系", "How to reach")
        "guardian" -> pick("监护人", "Guardian")
        "guardian_phone" -> pick("监护人电话", "Guardian's phone")
        "frequency" -> pick("约定频次", "Agreed frequency")
        "safety" -> pick("上门安全", "Safety at the door")
        "stage" -> pick("阶段", "Stage")
        "family_focus" -> pick("以家庭为重点", "The family is the focus")
        "legal_name" -> pick("姓名", "Legal name")
        "sex" -> pick("性别", "Sex")
        "birth_date" -> pick("出生日期", "Date of birth")
        "household" -> pick("户籍与家庭", "Household")
        "occupation" -> pick("上学或就业", "School or work")
        "school" -> pick("学校", "School")
        "measure" -> pick("法律措施", "Legal measure")
        "measure_start" -> pick("措施开始", "Measure from")
        "measure_end" -> pick("措施结束", "Measure until")
        "referring_unit" -> pick("委托单位", "Referring unit")
        "officer" -> pick("承办人", "Officer")
        "accepted_on" -> pick("接案日期", "Accepted on")
        "id_number" -> pick("证件号码", "Identity number")
        "risk" -> pick("风险等级", "Risk level")
        "health" -> pick("健康状况", "Health")
        "legal_papers" -> pick("法律文书", "Legal papers")
        "narrative" -> pick("补充说明", "Notes")
        else -> field
    }

/** Codes that rules set in a case's parts, as people read them; none for any other field. */
internal fun Language.partCode(
    field: Field,
    code: String,
): String? =
    when (field) {
        "stage" -> stage(caseStageOf(code))
        "risk" ->
            when (code) {
                "low" -> pick("低", "Low")
                "medium" -> pick("中", "Medium")
                "high" -> pick("高", "High")
                else -> code
            }
        else -> null
    }

/** How a case goes from referral to closing. */
fun Language.stage(stage: CaseStage): String =
    when (stage) {
        CaseStage.Referred -> pick("委托", "Referred")
        CaseStage.Intake -> pick("接案", "Intake")
        CaseStage.Assessment -> pick("预估", "Assessment")
        CaseStage.Applied -> pick("申请开案", "Applied")
        CaseStage.Open -> pick("介入", "Open")
        CaseStage.Closing -> pick("评估", "Closing")
        CaseStage.Closed -> pick("结案", "Closed")
        CaseStage.FollowUp -> pick("跟进", "Follow-up")
        CaseStage.Paused -> pick("暂停", "Paused")
        CaseStage.Declined -> pick("不愿接受", "Declined")
        is CaseStage.Unknown -> stage.code
    }

/** The parts of a case, by who may read them. */
fun Language.part(part: Class): String =
    when (part) {
        Class.CONTACT -> pick("联系信息", "Contact")
        Class.FILE -> pick("工作档案", "File")
        Class.RESTRICTED -> pick("限阅内容", "Restricted")
    }
