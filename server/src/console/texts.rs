//! Every sentence of the console, in Chinese and in English, in one table.
//!
//! A template says `{{ t.queue }}`; a word that is missing in one language does not compile.
//! Wording of codes (kinds, outcomes, states) is in [`super::words`].

/// A language of the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, simplified.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Reads `zh` or `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "zh" => Some(Self::Zh),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// `zh` or `en`.
    pub fn code(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// The tag of a page's `lang` attribute, by which browsers choose the shapes of characters.
    pub fn tag(self) -> &'static str {
        self.pick("zh-Hans", "en")
    }

    /// One of two wordings.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// The sentences in this language.
    pub fn texts(self) -> &'static Texts {
        self.pick(&ZH, &EN)
    }

    /// What a browser asks for: the first language in its list that the console has.
    pub fn of_header(accept: &str) -> Self {
        let mut wanted: Vec<(f32, Self)> = accept
            .split(',')
            .filter_map(|item| {
                let (tag, quality) = item.split_once(";q=").unwrap_or((item, "1"));
                let lang = Self::from_code(tag.trim().split('-').next()?)?;
                Some((quality.trim().parse().unwrap_or(0.0), lang))
            })
            .collect();
        // Stable: of equally wanted languages the first stays first.
        wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
        wanted.first().map_or(Self::Zh, |found| found.1)
    }
}

macro_rules! texts {
    ($($name:ident: $zh:literal, $en:literal;)+) => {
        /// The sentences of one language.
        #[expect(missing_docs, reason = "each sentence says itself what it is")]
        pub struct Texts { $(pub $name: &'static str,)+ }
        static ZH: Texts = Texts { $($name: $zh,)+ };
        static EN: Texts = Texts { $($name: $en,)+ };
    };
}

texts! {
    // Frame
    product: "走访", "Doorstep";
    skip: "跳到正文", "Skip to content";
    menu: "主菜单", "Main menu";
    queue: "待审阅", "Review queue";
    cases: "个案", "Cases";
    search: "查找", "Search";
    teams: "团队", "Teams";
    set_aside: "搁置的记录", "Set aside";
    members: "成员与手机", "Members and phones";
    account: "我的登录", "My sign-ins";
    sign_out: "退出", "Sign out";
    other_language: "English", "中文";
    other_language_code: "en", "zh";
    back: "返回", "Back";
    printed: "打印于", "Printed";
    confidential: "保密 · 仅供内部使用", "Confidential · for internal use only";
    done_saved: "已保存。", "Saved.";
    pages: "分页", "Pages";
    previous_page: "上一页", "Previous";
    next_page: "下一页", "Next";
    none_yet: "暂无", "None yet";

    // Sign in
    sign_in: "登录", "Sign in";
    sign_in_lead: "查看并审阅外勤记录。", "Read and review what was recorded in the field.";
    login: "登录名", "Sign-in name";
    password: "密码", "Password";
    sign_in_failed: "登录名或密码不对，请再试一次。", "That name and password do not go together. Please try again.";
    sign_in_later: "试的次数太多了。请过十五分钟再试，或请管理员重设密码。", "Too many attempts. Please wait fifteen minutes, or ask an administrator for a new password.";
    signed_out: "已退出。", "You are signed out.";
    forgot: "忘记密码？请管理员重设。", "Forgotten it? An administrator can set a new one.";

    // Faults
    not_found: "没有找到", "Not found";
    not_found_text: "这里没有您可以查看的内容。可能已经移走，或不在您的团队。", "There is nothing here that you can read. It may have moved, or belong to another team.";
    not_allowed: "没有权限", "Not allowed";
    not_allowed_text: "您的角色不包含这一项。如需使用，请联系管理员。", "This is not part of your role. An administrator can change that.";
    stale: "页面已过期", "This page has expired";
    stale_text: "为安全起见，这次没有保存任何内容。请返回上一页，刷新后再提交。", "For safety nothing was saved. Please go back, reload the page and send it again.";
    invalid: "没有保存", "Not saved";
    invalid_text: "有一项填写不完整或太长。请返回检查后再提交。", "Something is missing or too long. Please go back, check it and send it again.";
    no_address: "还不知道手机该连到哪里", "Where do phones find this server?";
    no_address_text: "您用的地址只在服务器本机有效，手机连不上，所以没有生成登记代码。请用手机也能打开的地址登录，或在启动时加上 --url https://名称:端口（也可设 DOORSTEP_URL）。", "You opened this console at an address that only works on the server itself, so no code was made. Sign in at an address that phones can reach too, or start the server with --url https://name:port (or DOORSTEP_URL).";
    broken: "出了点问题", "Something went wrong";
    broken_text: "问题在我们这边，您的记录没有丢失。请稍后再试；如果还是不行，请把下面的编号告诉管理员。", "It is our fault and no record is lost. Please try again shortly; if it stays, tell an administrator this number.";
    busy: "现在有点忙", "Busy right now";
    busy_text: "这次没有保存任何内容。请稍等片刻再试。", "Nothing was saved. Please try again in a moment.";
    no_room: "服务器空间不足", "The server has no room";
    no_room_text: "这次没有保存任何内容。已有的记录都在。请联系管理员。", "Nothing was saved; what is stored is safe. Please tell an administrator.";

    // Queue
    queue_empty: "都看完了。没有等待审阅的记录。", "All done. Nothing is waiting for you.";
    queue_none_match: "没有符合这些条件的记录。", "Nothing waiting matches these filters.";
    waiting: "已等", "Waiting";
    kind: "类型", "Kind";
    outcome: "结果", "Outcome";
    author: "记录人", "Author";
    team: "团队", "Team";
    any: "全部", "All";
    apply_filter: "筛选", "Filter";
    clear_filter: "清除条件", "Clear filters";
    filters: "筛选条件", "Filters";
    self_reviewed: "自审", "Self-reviewed";
    own_entry: "本人记录", "Your own entry";
    crisis: "危机", "Crisis";
    two_versions: "两处不同", "Conflict";
    count_waiting: "条待审阅", "waiting";

    // Self-reviewed
    self_reviewed_list: "待他人复看的自审", "Reviewed by their own author";
    self_reviewed_lead: "提交和通过是同一个人。请另一位督导有空时再看一遍；再次通过后就不在这里。", "Handed in and approved by the same person. Another supervisor looks at them again when there is time; approving again takes them off this list.";
    self_reviewed_empty: "没有需要复看的记录。", "Nothing waits for a second look.";
    second_look: "复看通过", "Approve after a second look";
    second_look_hint: "这条记录由提交人自己通过。您确认后，自审标记消失。", "Its own author approved this entry. Your approval takes the mark off.";

    // Entry
    entry: "记录", "Entry";
    narrative: "经过", "What was seen and said";
    no_narrative: "没有文字记录。", "No text was written.";
    answers: "填写内容", "Answers";
    photo: "照片", "Photo";
    photos: "照片", "Photos";
    photo_open: "打开照片", "Open the photo";
    photo_on_phone: "这张照片还在手机上，联网后会传来。", "This photo is still on the phone and comes when it has a connection.";
    review: "审阅", "Review";
    thread: "审阅过程", "Review thread";
    since_approval: "通过以后改了什么", "Changed since it was approved";
    since_return: "退回以后改了什么", "Changed since it was returned";
    since_shown: "您打开以后改了什么", "Changed since you opened it";
    moved_on: "您查看期间，这条记录又有修改。请先看下面的不同之处，再作决定。您写的话还在。", "This entry changed while you were reading it. Please look at the difference below, then decide. What you wrote is still here.";
    nothing_changed: "内容没有变化。", "Nothing in it has changed.";
    before: "原来", "Before";
    after: "现在", "Now";
    empty_value: "（空）", "(empty)";
    approve: "通过", "Approve";
    approve_hint: "通过的正是本页显示的这一版。", "You approve exactly the version on this page.";
    return_entry: "退回补充", "Return";
    reason: "写给记录人的话", "Message to the author";
    reason_hint: "先勾选涉及的内容，再写明需要补充什么。", "Tick the answers that it is about, then say what is needed.";
    reason_missing: "退回或批注时，请写一句话。", "To return or comment, please write a sentence.";
    comment: "仅批注", "Only comment";
    resolve: "已处理", "Resolved";
    mark_resolved: "标为已处理", "Mark as resolved";
    about: "涉及", "About";
    tick_answer: "涉及此项", "About this";
    tick_hint: "勾选需要补充的内容", "Tick what needs more";
    to_decision: "到审阅处", "Go to the review";
    already_approved: "这一版已通过。", "This version is approved.";
    not_handed_in: "还没有提交审阅。", "Not handed in yet.";
    is_returned: "已退回，等待记录人补充。", "Returned; waiting for the author.";
    is_withdrawn: "已撤回：记在了别人名下，不计入任何统计。", "Withdrawn: it was filed under the wrong person and counts nowhere.";
    contradictory: "两位督导同时作了不同决定，按较谨慎的处理：退回。", "Two supervisors decided differently at the same time; the careful decision holds: returned.";
    needs_newer: "这条记录含有新版本才能显示的内容，暂时不能通过。", "Part of this entry needs a newer release to be shown, so it cannot be approved here.";
    conflict_lead: "两个人在离线时填了不同内容。需要由外勤人员在手机上确认。", "Two people answered differently while offline. One of them settles it on the phone.";
    conflict_shown: "目前采用", "shown now";
    history: "修改历史", "History";
    print_hint: "打印本页即可存入纸质档案。", "Print this page for the paper file.";
    said_approved: "已通过。", "Approved.";
    said_returned: "已退回，记录人下次同步时会收到。", "Returned. The author receives it with the next sync.";
    said_commented: "批注已保存。", "Comment saved.";
    said_resolved: "已标为处理完毕。", "Marked as resolved.";
    approved_version: "查看已通过的那一版", "Read the approved version";
    group_part: "小组活动中的一份", "One share of a group session";
    copied_from: "从误记的记录复制而来", "Copied from an entry filed under the wrong person";

    // History
    history_lead: "谁、何时、改了什么。每一版都可以查看。", "Who changed what, and when. Every version can be read.";
    read_version: "查看这一版", "Read this version";
    first_saved: "首次保存", "First saved";
    earlier_version: "这是较早的一版，不是现在的内容。", "This is an earlier version, not what the entry says now.";
    to_present: "查看现在的内容", "Go to the present version";
    by_device_clock: "时间按手机时钟，仅供参考。", "Times are by the phone's clock, for orientation only.";

    // Cases
    cases_empty: "目前没有可以查看的个案。", "There is no case for you to read yet.";
    last_met: "上次见到", "Last met";
    never_met: "尚未见到本人", "Not met yet";
    days_ago: "天前", "days ago";
    today: "今天", "today";
    minor: "未成年", "Minor";
    stage: "阶段", "Stage";
    opened: "开案", "Opened";
    contact_part: "联系信息", "Contact";
    file_part: "工作档案", "File";
    restricted_part: "限阅内容", "Restricted";
    timeline: "走访记录", "Timeline";
    to_parts: "到联系信息和档案", "To contact details and file";
    timeline_empty: "还没有记录。", "No entries yet.";
    case_team: "个案团队", "Case team";
    assign: "指派", "Assign";
    assign_to: "指派给", "Assign to";
    as_role: "担任", "As";
    end_assignment: "结束指派", "End assignment";
    end_hint: "结束后，手机会先交回未同步的记录，再清除本案。", "The phone first hands in what it has not synced, then clears this case.";
    former: "曾参与", "Formerly";
    said_assigned: "已指派。", "Assigned.";
    said_ended: "指派已结束。", "The assignment has ended.";
    no_pseudonym: "（未填化名）", "(no pseudonym)";

    // Search
    search_lead: "按化名、姓名、地点、类型和记录开头的文字查找。", "By pseudonym, names, place, kind and the beginning of the text.";
    search_for: "查找内容", "Look for";
    found_cases: "个案", "Cases";
    found_entries: "记录", "Entries";
    found_nothing: "没有找到。换一个词试试，两个字就可以。", "Nothing found. Try another word; two characters are enough.";

    // Teams
    teams_lead: "团队决定督导可以查看哪些个案。", "A supervisor reads the cases of the teams they supervise.";
    teams_empty: "还没有团队。", "There is no team yet.";
    new_team: "新建团队", "New team";
    team_name: "团队名称", "Name of the team";
    supervises: "督导本团队", "Supervises this team";
    supervisor_mark: "督导", "Supervisor";
    add_to_team: "加入团队", "Add to the team";
    leave_team: "移出团队", "Remove";
    member: "成员", "Member";

    // Set aside
    set_aside_lead: "确认是成员本人所写、但还没有并入记录的内容。什么都没有丢。", "Work that is proven to be a member's but is not part of a record yet. Nothing is lost.";
    set_aside_empty: "没有搁置的内容。", "Nothing is set aside.";
    late: "迟到的记录", "Late work";
    late_lead: "指派结束以后才交来的记录。", "Handed in after the assignment had ended.";
    quarantined: "隔离", "Quarantined";
    quarantined_lead: "内容有问题，没有并入。", "Something in it did not fit, so it was kept apart.";
    held: "等待前文", "Held";
    held_lead: "缺少它所依据的修改，到齐后会自动并入。", "It builds on changes that have not arrived; it is taken in when they do.";
    why: "原因", "Why";
    received: "收到", "Received";
    accept: "接收", "Accept";
    accept_hint: "接收后并入记录，并注明由您接收。", "It becomes part of the record, noted as accepted by you.";
    said_accepted: "已接收，并入记录。", "Accepted; it is part of the record now.";
    dismiss: "收起", "Put away";
    put_back: "放回", "Put back";
    dismissed: "已收起", "Put away";
    dismissed_lead: "不再占用清单，但都保留着。以后条件合适时仍会并入。", "Off the list, but kept. Still taken in if it fits some day.";
    said_dismissed: "已收起，内容保留。", "Put away; it is kept.";
    said_put_back: "已放回清单。", "Back on the list.";
    still_refused: "还不能接收：", "It still cannot be accepted: ";
    look_inside: "查看内容", "Look inside";
    would_hold: "接收后的内容", "What the record would say";
    cannot_show: "这部分内容现在无法显示。", "This cannot be shown at present.";
    unknown_case: "未知个案", "Unknown case";

    // After a restore
    frozen: "恢复后待确认", "After the restore";
    frozen_lead: "服务器恢复以后，这些手机上还有备份里没有交给他们的内容。手机先留着，等人决定。", "These phones hold what the restored office does not give them any more. They keep it until somebody decides.";
    frozen_empty: "没有需要确认的内容。", "Nothing waits for a decision.";
    frozen_hint: "确认已结束后，手机会先交回未同步的记录，再清除。", "Once the end is confirmed, the phone first hands in what it has not synced, then clears it.";
    frozen_unknown: "恢复后的服务器还不认识它。等建立它的手机同步以后，就可以交还。", "The restored office does not know it yet. It can be given back once the phone that opened it has synced.";
    give_back: "交还", "Give back";
    confirm_ended: "确认已结束", "It had ended";
    said_given_back: "已交还，手机下次同步后可继续使用。", "Given back. The phone goes on with it after its next sync.";
    said_frozen_ended: "已确认结束。手机下次同步时交回并清除。", "Confirmed. The phone hands it in and clears it with its next sync.";
    unknown_team: "未知团队", "Unknown team";

    // Members and devices
    members_lead: "成员、角色和他们的手机。这里看不到任何个案内容。", "Members, their roles and phones. No case content is shown here.";
    new_member: "添加成员", "Add a member";
    name: "姓名", "Name";
    roles: "角色", "Roles";
    language: "语言", "Language";
    login_hint: "只用手机的成员不需要登录名。", "Members who only use a phone need none.";
    password_hint: "至少十个字符。只用手机的成员留空。", "At least ten characters. Leave empty for members who only use a phone.";
    new_password: "新密码", "New password";
    set_password: "设置密码", "Set password";
    said_password: "密码已设置，其他登录已全部退出。", "The password is set, and all other sign-ins have ended.";
    phones: "手机", "Phones";
    phones_empty: "还没有登记手机。", "No phone is enrolled.";
    invite: "登记手机", "Enrol a phone";
    invite_lead: "请成员用手机扫描二维码，或输入下面的代码。十分钟内有效，只能使用一次。", "Let the member scan the picture or type the code. It works once, within ten minutes.";
    invite_code: "登记代码", "Enrolment code";
    invite_qr: "登记用二维码", "QR code for enrolment";
    invite_done: "完成", "Done";
    revoke: "停用", "Revoke";
    confirm: "确认", "Confirm";
    confirm_hint: "服务器恢复后出现的手机。确认它确实属于这位成员。", "This phone appeared after the server was restored. Confirm that it is this member's.";
    recovery_asked: "请求找回密钥：", "Asks for its key since";
    recovery_hint: "手机的密钥丢失，数据还在。请与本人通话，听他念出手机上的十二位数字，再填在这里。", "The phone lost its key; its data is still there. Speak with the member, let them read the twelve digits on the phone to you, and type them here.";
    recovery_code: "手机上的数字", "Digits on the phone";
    recovery_confirm: "核对并放行", "Compare and let it in";
    recovery_wrong: "数字与这台手机的请求不符，请重新核对。错五次后，手机要重新发起请求。", "These are not the digits of this phone's request. Please compare again. After five wrong tries the phone has to ask anew.";
    said_recovered: "已放行。手机一天内再次联网时会拿回密钥。", "Confirmed. The phone gets its key when it next connects, within a day.";
    said_left: "这位成员已离开，手机已停用。", "This member has left; their phones are revoked.";
    said_revoked: "手机已停用。", "The phone is revoked.";
    said_confirmed: "手机已确认。", "The phone is confirmed.";
    said_added: "已添加。", "Added.";
    last_seen: "上次同步", "Last synced";
    never_seen: "从未同步", "Never synced";
    enrolled: "登记于", "Enrolled";
    login_taken: "这个登录名已有人使用。", "This sign-in name is taken.";

    change_roles: "更改角色", "Change roles";
    roles_hint: "不再担任督导的成员，也不再督导任何团队。", "Who stops being a supervisor stops supervising teams.";
    said_roles: "角色已更改。", "The roles are changed.";
    has_left: "已离开", "Has left";
    end_membership: "这位成员离开机构", "This member leaves the office";
    end_membership_hint: "个案、团队、手机和登录都会结束；写过的记录保留。请先让对方的手机同步一次：只在手机上的内容以后送不来了。", "Cases, teams, phones and sign-in end; what they wrote stays. Let their phones synchronise first: what is only on them cannot come any more.";
    last_admin: "这是最后一位管理员。请先让另一位成员担任管理员。", "This is the last administrator. Make somebody else one first.";
    no_role: "请至少选择一个角色。", "Please choose at least one role.";
    no_teams: "不在任何团队。", "In no team.";

    // Account
    change_password: "修改密码", "Change your password";
    current_password: "现在的密码", "Present password";
    repeat_password: "再输一遍新密码", "New password again";
    own_password_hint: "至少十个字符。修改后，您在其他各处的登录都会退出。", "At least ten characters. All your other sign-ins end.";
    wrong_password: "现在的密码不对，没有修改。", "The present password is not right. Nothing was changed.";
    passwords_differ: "两次输入的新密码不一样，没有修改。", "The two new passwords differ. Nothing was changed.";
    password_short: "新密码太短或太长，没有修改。", "The new password is too short or too long. Nothing was changed.";
    account_lead: "您在这些地方登录着。不认识的请退出。", "You are signed in at these places. End any that you do not know.";
    this_session: "当前登录", "this one";
    since: "开始于", "Since";
    last_used: "最近使用", "Last used";
    end_session: "退出这一处", "End it";
    end_others: "退出其他各处", "End all others";
    said_session_ended: "已退出。", "Ended.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browser_gets_the_first_language_that_the_console_has() {
        assert_eq!(Lang::of_header("de, en;q=0.8, zh;q=0.5"), Lang::En);
        assert_eq!(Lang::of_header("zh-CN,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(Lang::of_header("fr"), Lang::Zh);
        assert_eq!(Lang::of_header(""), Lang::Zh);
    }
}
