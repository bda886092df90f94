//! The story's sentences, in Chinese and in English. No logic but grammar.

use super::sample::Language;
use doorstep_core::model::EntryKind;

/// What one phone held after its first sync.
pub struct Filled<'a> {
    pub name: &'a str,
    pub role: &'a str,
    pub cases: usize,
    pub documents: usize,
    pub round_trips: u32,
    pub kilobytes: u64,
}

/// What one phone sent and got at the end of the day.
pub struct Travelled<'a> {
    pub name: &'a str,
    pub sent: usize,
    pub received: usize,
    pub round_trips: u32,
    pub bytes_up: u64,
    pub bytes_down: u64,
}

fn round_trips_en(count: u32) -> String {
    if count == 1 { "1 round trip".to_owned() } else { format!("{count} round trips") }
}

impl Language {
    fn pick(self, zh: String, en: String) -> String {
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }

    pub(super) fn history(
        self,
        office: &str,
        persons: usize,
        entries: usize,
        phones: usize,
        syncs: usize,
    ) -> String {
        self.pick(
            format!("示例机构“{office}”：{persons} 位服务对象，三个月 {entries} 条记录，由 {phones} 部手机经 {syncs} 次同步写成。"),
            format!("Sample office {office}: {persons} persons, {entries} entries of three months, written by {phones} phones in {syncs} syncs."),
        )
    }

    pub(super) fn server(self, address: &str, documents: u64, waiting: usize) -> String {
        self.pick(
            format!("服务器在 {address}，存有 {documents} 份文档，{waiting} 条记录待督导审阅。"),
            format!("The server at {address} holds {documents} documents; {waiting} entries wait for the supervisor."),
        )
    }

    pub(super) fn enrolled(self, phones: usize) -> String {
        self.pick(
            format!("早上：{phones} 部新手机凭一次性登记码登记，各有自己的密钥和加密数据库；用过的登记码被拒绝。"),
            format!("Morning: {phones} new phones enrol with one-time codes, each with its own key and encrypted database; a used code is refused."),
        )
    }

    pub(super) fn filled(self, it: &Filled<'_>) -> String {
        let Filled { name, role, cases, documents, round_trips, kilobytes } = it;
        self.pick(
            format!("  {name}（{role}）：{cases} 个个案、{documents} 份文档，{round_trips} 次往返，{kilobytes} kB。"),
            format!("  {name} ({role}): {cases} cases, {documents} documents in {}, {kilobytes} kB.",
                round_trips_en(*round_trips)),
        )
    }

    pub(super) fn role(self, code: &str) -> &'static str {
        match (self, code) {
            (Language::Zh, "mentor") => "帮教志愿者",
            (Language::Zh, _) => "社工",
            (Language::En, "mentor") => "volunteer mentor",
            (Language::En, _) => "social worker",
        }
    }

    pub(super) fn offline(self) -> String {
        self.pick("白天，三部手机都没有网络：".to_owned(), "By day, all three without a network:".to_owned())
    }

    pub(super) fn visits(self, name: &str, met: &str, missed: &str, neighbour: &str) -> String {
        self.pick(
            format!("  {name}：家访{met}，见到本人；家访{missed}，未遇，名片留给{neighbour}。"),
            format!("  {name}: home visit to {met}, met; to {missed}, not home, card left with {neighbour}."),
        )
    }

    pub(super) fn mentor_day(self, name: &str, called: &str, session: &str, minutes: i64) -> String {
        self.pick(
            format!("  {name}：帮教联系{called}；与{session}的帮教活动 {minutes} 分钟。"),
            format!("  {name}: check-in with {called}; session of {minutes} minutes with {session}."),
        )
    }

    pub(super) fn group(self, name: &str, persons: &[&str]) -> String {
        self.pick(
            format!("  {name}：小组活动一次，记入{}各自的个案。", persons.join("、")),
            format!("  {name}: one group session, credited to {}.", persons.join(", ")),
        )
    }

    pub(super) fn joint(self, person: &str, one: &str, other: &str, unsynced: &[u64]) -> String {
        let held: Vec<String> = unsynced.iter().map(ToString::to_string).collect();
        self.pick(
            format!("  {one}和{other}各自补写昨天同访{person}的记录，“情绪状态”答得不同。仅在本机：{} 份文档。", held.join("、")),
            format!("  {one} and {other} both go on writing up yesterday's joint visit to {person}, and answer “Mood” differently. On the phones only: {} documents.", held.join(", ")),
        )
    }

    pub(super) fn evening(self) -> String {
        self.pick("傍晚，有网络了：".to_owned(), "Evening, the network is back:".to_owned())
    }

    pub(super) fn travelled(self, it: &Travelled<'_>) -> String {
        let Travelled { name, sent, received, round_trips, bytes_up, bytes_down } = it;
        self.pick(
            format!("  {name}：上传 {sent} 项、收到 {received} 份文档，{round_trips} 次往返，上行 {bytes_up} B，下行 {bytes_down} B。"),
            format!("  {name}: {sent} changes up, {received} documents down, {}, {bytes_up} B sent, {bytes_down} B received.",
                round_trips_en(*round_trips)),
        )
    }

    pub(super) fn merged(self, person: &str) -> String {
        self.pick(
            format!("已合并：{person}的家访记录里，两人的文字一字不差地都在，两部手机与服务器完全一致。"),
            format!("Merged: the visit to {person} has both passages word for word, equal on both phones and on the server."),
        )
    }

    pub(super) fn conflict(self, question: &str, sides: &[(String, String)]) -> String {
        let zh: Vec<String> = sides.iter().map(|(name, answer)| format!("{name}写“{answer}”")).collect();
        let en: Vec<String> = sides.iter().map(|(name, answer)| format!("{name} wrote “{answer}”")).collect();
        self.pick(
            format!("要人来定：“{question}”两处不同，{}；两人中谁都可以定。", zh.join("，")),
            format!(
                "Needs a person: “{question}” was answered twice, {}; either of them may settle it.",
                en.join(", ")
            ),
        )
    }

    pub(super) fn quiet(self, round_trips: u32, bytes: u64) -> String {
        self.pick(
            format!("再同步一次：没有新内容，每部手机 {round_trips} 次往返，最多 {bytes} B。"),
            format!(
                "Another sync brings nothing new: {} each, at most {bytes} B.",
                round_trips_en(round_trips)
            ),
        )
    }

    pub(super) fn resumed(self, entries: u64) -> String {
        self.pick(
            format!("接着上次：{entries} 份文档，三部手机与服务器一致。"),
            format!("Going on where it was: {entries} documents, all three phones agree with the server."),
        )
    }

    pub(super) fn console(self, address: &str, supervisor: &str, admin: &str, password: &str) -> String {
        self.pick(
            format!("控制台：{address}  用户名 {supervisor}（督导）或 {admin}（管理员），密码 {password}"),
            format!(
                "The console: {address}  sign in as {supervisor} (supervisor) or {admin} (administrator), password {password}"
            ),
        )
    }

    pub(super) fn invitation(self, worker: &str) -> String {
        self.pick(
            format!("请在浏览器里通过或退回一条记录；{worker}会按退回的原因补充并再次提交。按 Ctrl-C 结束。"),
            format!("Approve an entry there or return one with a reason; {worker} will correct and resubmit what comes back. Ctrl-C ends."),
        )
    }

    pub(super) fn spare_code(self, name: &str, code: &str) -> String {
        self.pick(
            format!("想试手机应用，请在十分钟内输入{name}的登记码：\n  {code}"),
            format!("To try the phone app, type this code of {name}'s within ten minutes:\n  {code}"),
        )
    }

    pub(super) fn returned(self, name: &str, entry: &str, reason: &str) -> String {
        self.pick(
            format!("  {name}的手机：{entry}被退回：“{reason}”"),
            format!("  {name}'s phone: {entry} was returned: “{reason}”"),
        )
    }

    pub(super) fn approved(self, name: &str, entry: &str) -> String {
        self.pick(
            format!("  {name}的手机：{entry}已通过。"),
            format!("  {name}'s phone: {entry} was approved."),
        )
    }

    pub(super) fn commented(self, name: &str, entry: &str, remark: &str) -> String {
        self.pick(
            format!("  {name}的手机：{entry}有批注：“{remark}”"),
            format!("  {name}'s phone: a comment on {entry}: “{remark}”"),
        )
    }

    pub(super) fn resubmitted(self, name: &str, entry: &str, added: &str) -> String {
        self.pick(
            format!("  {name}补充了{entry}并再次提交：“{added}”"),
            format!("  {name} corrected and resubmitted {entry}: “{added}”"),
        )
    }

    pub(super) fn refused(self, name: &str) -> String {
        self.pick(
            format!("  {name}的手机已停用，不再同步。"),
            format!("  {name}'s phone is no longer accepted and stops syncing."),
        )
    }

    pub(super) fn unreachable(self) -> String {
        self.pick(
            "  服务器暂时联系不上，稍后再试。".to_owned(),
            "  The server cannot be reached; trying again.".to_owned(),
        )
    }

    /// An entry in a few words.
    /// Another language than that of the first start.
    pub(super) fn records_stay(self, first: Language) -> String {
        let (zh, en) = match first {
            Language::Zh => ("中文", "Chinese"),
            Language::En => ("英文", "English"),
        };
        self.pick(
            format!("示例机构里的记录仍是第一次启动时的{zh}；要换语言，请换一个文件夹（--dir）。"),
            format!("The sample office's own records stay in {en}, as on its first start; another --dir makes one in English."),
        )
    }

    pub(super) fn entry(self, kind: &EntryKind, person: &str, date: &str) -> String {
        let name = self.kind(kind);
        self.pick(format!("{person} {date} 的{name}"), format!("the {name} with {person} on {date}"))
    }

    fn kind(self, kind: &EntryKind) -> &'static str {
        let (zh, en) = match kind {
            EntryKind::HomeVisit => ("家访", "home visit"),
            EntryKind::SchoolVisit => ("校访", "school visit"),
            EntryKind::CommunityVisit => ("社区走访", "community visit"),
            EntryKind::Interview => ("面谈", "interview"),
            EntryKind::PhoneContact => ("电话联系", "phone contact"),
            EntryKind::OnlineContact => ("网络联系", "online contact"),
            EntryKind::MentorCheckIn => ("帮教联系", "mentor check-in"),
            EntryKind::MentorSession => ("帮教活动", "mentor session"),
            EntryKind::GroupSession => ("小组活动", "group session"),
            EntryKind::CaseConference => ("个案研讨会", "case conference"),
            EntryKind::CrisisEvent => ("危机事件", "crisis event"),
            EntryKind::Aid => ("救助", "aid"),
            EntryKind::DocumentServed => ("文书送达", "document served"),
            EntryKind::SupervisionSession => ("督导", "supervision session"),
            EntryKind::Note => ("备忘", "note"),
            EntryKind::Unknown(_) => ("记录", "entry"),
        };
        match self {
            Language::Zh => zh,
            Language::En => en,
        }
    }
}
