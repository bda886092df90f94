//! The demo as a newcomer runs it: its story is true of the databases that it leaves behind, a
//! second start goes on, a broken folder is noticed, and what the supervisor does in the browser
//! comes back corrected.

#![expect(clippy::unwrap_used, reason = "a test may fail where it stands")]

use doorstep_core::app::{Client, Failure, Marker, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{ActionKind, DocId, MemberId, ReviewState, Value};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session;
use doorstep_server::records::Records;
use doorstep_server::store::{documents, members};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Defences, NewAction, Server, ServerConfig, StoreFault};
use doorstep_tests::office::scratch;
use jiff::tz::TimeZone;
use serde_json::Value as Json;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

const DAY: &str = include_str!("../../server/sample/day.json");

/// The program: named by `tests/run`, else beside the tests' own folder.
fn program() -> Command {
    let beside = || {
        let test = std::env::current_exe().unwrap();
        test.parent().and_then(Path::parent).unwrap().join("doorstep")
    };
    let path = std::env::var_os("DOORSTEP_BIN").map_or_else(beside, PathBuf::from);
    assert!(path.exists(), "{} is not built: cargo build --release", path.display());
    Command::new(path)
}

fn once(dir: &Path) -> (bool, String) {
    let output = program().args(["demo", "--once", "--port", "0", "--dir"]).arg(dir).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    (output.status.success(), text + &String::from_utf8_lossy(&output.stderr))
}

/// The number before a word, in the first line that has `line` in it.
fn number_before(story: &str, line: &str, word: &str) -> usize {
    let line = story.lines().find(|candidate| candidate.contains(line)).unwrap_or_else(|| panic!("{line}"));
    let words: Vec<&str> = line.split([' ', ',', ':', ';']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|found| *found == word).unwrap_or_else(|| panic!("{word} in {line}"));
    words[at - 1].parse().unwrap_or_else(|_| panic!("no number before {word} in {line}"))
}

struct Left {
    dir: PathBuf,
    server: Arc<Server>,
    told: Json,
}

impl Left {
    fn by_demo(dir: &Path) -> Self {
        let note: Json = serde_json::from_str(&fs::read_to_string(dir.join("demo.json")).unwrap()).unwrap();
        let config = ServerConfig {
            data_dir: dir.join("server"),
            master_key: MasterKey::from_file(&dir.join("master.key")).unwrap(),
            env: Env::system(),
            office_name: String::new(),
            defences: Defences::default(),
        };
        let server = Server::open(config).unwrap();
        Self { dir: dir.to_owned(), server, told: note["told"].clone() }
    }

    fn phone(&self, name: &str) -> Client {
        let folder = self.dir.join("phones").join(name);
        let bytes = |file: &str| fs::read(folder.join(file)).unwrap();
        let database = folder.join("phone.db");
        assert!(!fs::read(&database).unwrap().starts_with(b"SQLite format 3"), "the database is encrypted");
        Client::open(OpenOptions {
            path: database,
            key: Some(DatabaseKey::from_bytes(bytes("database.key").try_into().unwrap())),
            marker: Marker::Kept(bytes("marker").try_into().unwrap()),
            env: Env::system(),
            zone: TimeZone::UTC,
            defences: session::Defences::default(),
        })
        .unwrap()
    }

    fn member(&self, login: &str) -> MemberId {
        let found =
            self.server.store().read::<_, StoreFault>(|tx| members::find_by_login(tx, login)).unwrap();
        found.unwrap().id
    }
}

fn doc_of(told: &Json) -> DocId {
    told.as_str().unwrap().parse().unwrap()
}

fn count(phone: &Client) -> usize {
    let cases = phone.case_list().unwrap();
    cases
        .iter()
        .map(|row| {
            let case = phone.case(row.grant.case).unwrap();
            case.parts.len() + case.timeline.len()
        })
        .sum()
}

#[test]
fn the_story_is_true_of_the_server_and_of_the_three_phones() {
    let folder = scratch();
    let dir = folder.path().join("demo");
    let (is_good, story) = once(&dir);
    assert!(is_good, "{story}");
    let left = Left::by_demo(&dir);
    let entries = &left.told["entries"];
    let new = ["visit_met", "not_home", "check_in", "session"].map(|name| doc_of(&entries[name]));
    let group: Vec<DocId> = left.told["group"].as_array().unwrap().iter().map(doc_of).collect();

    // The server: the history, then the day.
    let persons = number_before(&story, "Sample office", "persons");
    let history = number_before(&story, "Sample office", "entries");
    let before = number_before(&story, "The server at", "documents");
    assert_eq!(before, history + 3 * persons);
    let stored = left.server.store().read::<_, StoreFault>(|tx| documents::count(tx)).unwrap();
    assert_eq!(usize::try_from(stored).unwrap(), before + new.len() + group.len());
    let supervisor = left.member("shen");
    let queue = |records: &Records<'_>| Ok::<_, StoreFault>(records.queue()?.len());
    let waiting = left.server.records_of(supervisor, queue).unwrap();
    let waited = number_before(&story, "The server at", "entries");
    assert_eq!(waiting, waited + new.len() + group.len());

    // The phones: what was told of the morning, and what the day brought to each.
    for (login, name, brought) in [
        ("lin", "Lin Xiaowen (", vec![new[0], new[1], new[2], group[1], group[3]]),
        ("zhou", "Zhou Qiming (", vec![new[0], new[1], new[2], new[3], group[1], group[2], group[3]]),
        ("he", "He Jianping (", vec![new[2], new[3]]),
    ] {
        let phone = left.phone(login);
        assert_eq!(phone.member().unwrap(), Some(left.member(login)));
        assert_eq!(phone.case_list().unwrap().len(), number_before(&story, name, "cases"));
        assert_eq!(count(&phone), number_before(&story, name, "documents") + brought.len(), "{login}");
        for doc in brought {
            assert_eq!(phone.entry(doc).unwrap().review.state, ReviewState::Submitted);
        }
        let state = phone.sync_state().unwrap();
        assert!(state.is_synced(), "{login}: {state:?}");
    }
}

#[test]
fn both_workers_words_are_in_the_joint_visit_and_the_mood_waits_for_one_of_them() {
    let folder = scratch();
    let dir = folder.path().join("demo");
    let (is_good, story) = once(&dir);
    assert!(is_good, "{story}");
    let left = Left::by_demo(&dir);
    let joint = doc_of(&left.told["joint_visit"]);
    let day: Json = serde_json::from_str(DAY).unwrap();
    let record = left
        .server
        .records_of::<_, StoreFault>(left.member("shen"), |records| records.find(joint))
        .unwrap()
        .unwrap();
    for login in ["lin", "zhou"] {
        let entry = left.phone(login).entry(joint).unwrap();
        assert_eq!(entry.heads, record.document.heads());
        for edit in day["joint_edits"].as_array().unwrap() {
            let words = edit["insert"]["en"].as_str().unwrap();
            assert!(entry.fields.text("narrative").contains(words), "{words}");
        }
        let [card] = entry.conflicts.as_slice() else { panic!("one conflict, not {:?}", entry.conflicts) };
        let mut sides: Vec<&Value> = card.sides.iter().map(|side| &side.value).collect();
        sides.sort();
        assert_eq!(sides, [&Value::from("low"), &Value::from("tense")]);
        assert!(story.contains("Lin Xiaowen wrote “low”, Zhou Qiming wrote “tense”"));
    }
    // A mentor reads the contact part only.
    assert!(matches!(left.phone("he").entry(joint), Err(Failure::NotFound)));
}

#[test]
fn a_second_start_goes_on_and_a_phone_that_was_tampered_with_fails_it() {
    let folder = scratch();
    let dir = folder.path().join("demo");
    assert!(once(&dir).0);
    let first = Left::by_demo(&dir).told;
    let (is_good, story) = once(&dir);
    assert!(is_good, "{story}");
    assert!(story.starts_with("Going on where it was"), "{story}");
    assert_eq!(Left::by_demo(&dir).told, first);
    for file in ["phone.db", "phone.db-wal", "phone.db-shm"] {
        let _ = fs::remove_file(dir.join("phones/he").join(file));
    }
    let (is_good, story) = once(&dir);
    assert!(!is_good, "{story}");
}

#[test]
fn a_folder_of_somebody_elses_is_refused() {
    let folder = scratch();
    fs::write(folder.path().join("letter.txt"), "kept").unwrap();
    let (is_good, text) = once(folder.path());
    assert!(!is_good && text.contains("not the demo's own"), "{text}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

/// A demo that keeps running, and its lines as they come.
struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    fn start(dir: &Path) -> Self {
        let mut child = program()
            .args(["demo", "--port", "0", "--lang", "zh", "--dir"])
            .arg(dir)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (tell, lines) = channel();
        std::thread::spawn(move || output.lines().map_while(Result::ok).try_for_each(|line| tell.send(line)));
        Self { child, lines }
    }

    /// Waits for a line with these words in it.
    fn line_with(&self, words: &str) -> String {
        loop {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("no line with {words}"));
            if line.contains(words) {
                return line;
            }
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A supervisor at the console, without a browser: forms and a cookie.
struct Supervisor {
    agent: ureq::Agent,
    address: String,
    cookie: String,
}

impl Supervisor {
    fn sign_in(address: &str, password: &str) -> Self {
        let agent = ureq::AgentBuilder::new().redirects(0).build();
        let mut me = Self { agent, address: address.to_owned(), cookie: String::new() };
        let form = me.page("/sign-in");
        let csrf = hidden(&form, "csrf");
        me.post("/sign-in", &[("csrf", &csrf), ("login", "shen"), ("password", password), ("next", "/")]);
        me
    }

    fn page(&mut self, path: &str) -> String {
        let call = self.agent.get(&format!("{}{path}", self.address)).set("cookie", &self.cookie);
        let answer = call.call().unwrap();
        self.keep_cookie(&answer);
        answer.into_string().unwrap()
    }

    fn post(&mut self, path: &str, form: &[(&str, &str)]) {
        let call = self.agent.post(&format!("{}{path}", self.address)).set("cookie", &self.cookie);
        let answer = call.set("origin", &self.address).send_form(form).unwrap();
        assert_eq!(answer.status(), 303, "{path}");
        self.keep_cookie(&answer);
    }

    fn keep_cookie(&mut self, answer: &ureq::Response) {
        if let Some(cookie) = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            cookie.clone_into(&mut self.cookie);
        }
    }
}

fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap_or_else(|| panic!("{name}"));
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn an_entry_that_the_supervisor_returns_comes_back_corrected_and_is_approved() {
    let folder = scratch();
    let dir = folder.path().join("demo");
    let mut demo = Running::start(&dir);
    let console = demo.line_with("控制台：");
    let address = console.split(['：', ' ']).find(|part| part.starts_with("http://")).unwrap().to_owned();
    let password = console.rsplit("密码 ").next().unwrap().to_owned();
    demo.line_with("Ctrl-C");

    let note: Json = serde_json::from_str(&fs::read_to_string(dir.join("demo.json")).unwrap()).unwrap();
    let entry = note["told"]["entries"]["not_home"].as_str().unwrap();
    let added = note["told"]["corrections"][entry].as_str().unwrap();
    let mut supervisor = Supervisor::sign_in(&address, &password);
    let page = supervisor.page(&format!("/entries/{entry}"));
    let (csrf, heads) = (hidden(&page, "csrf"), hidden(&page, "heads"));
    let reason = "请写明屋内是否有人。";
    supervisor.post(
        &format!("/entries/{entry}/return"),
        &[("csrf", &csrf), ("heads", &heads), ("field", "narrative"), ("reason", reason)],
    );
    assert!(demo.line_with("被退回").contains(reason));
    assert!(demo.line_with("再次提交").contains(added));

    let page = supervisor.page(&format!("/entries/{entry}"));
    assert!(page.contains(added), "the supervisor sees what was added");
    let heads = hidden(&page, "heads");
    supervisor.post(&format!("/entries/{entry}/approve"), &[("csrf", &csrf), ("heads", &heads)]);
    demo.line_with("已通过");

    let pid = rustix::process::Pid::from_child(&demo.child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert!(demo.child.wait().unwrap().success(), "Ctrl-C is a good end");
    let left = Left::by_demo(&dir);
    let state = left.phone("lin").entry(entry.parse().unwrap()).unwrap().review.state;
    assert_eq!(state, ReviewState::Approved);
}

#[test]
fn what_was_returned_while_nobody_watched_is_corrected_on_the_next_start_in_the_language_asked_for() {
    let folder = scratch();
    let dir = folder.path().join("demo");
    assert!(once(&dir).0, "told in English");
    let reason = "Was anybody inside?";
    let entry = {
        let left = Left::by_demo(&dir);
        let (entry, supervisor) = (doc_of(&left.told["entries"]["not_home"]), left.member("shen"));
        let found = left.server.records_of::<_, StoreFault>(supervisor, |records| records.find(entry));
        let heads = found.unwrap().unwrap().document.heads();
        let (kind, reason) = (ActionKind::Return, reason.to_owned());
        let new = NewAction { subject: entry, kind, heads, fields: Vec::new(), reason, target: None };
        left.server.act(supervisor, new).unwrap();
        entry
    };
    let mut demo = Running::start(&dir);
    assert!(demo.line_with("英文").contains("--dir"), "the office's records stay in English, and it says so");
    assert!(demo.line_with("被退回").contains(reason));
    demo.line_with("再次提交");
    let pid = rustix::process::Pid::from_child(&demo.child);
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert!(demo.child.wait().unwrap().success());
    let review = Left::by_demo(&dir).phone("lin").entry(entry).unwrap().review;
    assert_eq!(review.state, ReviewState::Resubmitted);
}
