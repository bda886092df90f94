//! Roles of members, in the organisation and in a case's team.

use super::codes;

codes! {
    /// What a member may do in the organisation; one member can hold several.
    Role {
        /// 社工: everything in the cases assigned to them.
        Worker = "worker",
        /// 帮教志愿者: the contact part of assigned cases, own check-ins and sessions.
        Mentor = "mentor",
        /// 督导: the cases of their teams; reviews, assigns.
        Supervisor = "supervisor",
        /// 管理员: people, devices, templates; no case content.
        Admin = "admin",
    }
}

codes! {
    /// What a member is in one case's team.
    CaseRole {
        /// 主责社工: reads and writes all three classes.
        LeadWorker = "lead_worker",
        /// 协同社工: contact and file.
        CoWorker = "co_worker",
        /// 帮教志愿者: contact.
        Mentor = "mentor",
    }
}
