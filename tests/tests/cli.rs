//! The command line, through the real program: exit status, what it prints, what phones then see.

#![expect(clippy::unwrap_used, reason = "what a test cannot do without fails it")]

use doorstep_core::app::{Client, Failure, Marker, NewCase, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, CaseKind, Class, DocId, Edit, EntryKind, Scope, TeamId};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences;
use doorstep_core::sync::{EnrolmentCode, HttpTransport};
use doorstep_server::vault::MasterKey;
use doorstep_server::{Server, ServerConfig, StoreFault};
use doorstep_tests::office::scratch;
use doorstep_tests::program::{Key, Serving, command, refuse, run, succeed};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const HEX: &str = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a";
const KEY: Key<'_> = ("DOORSTEP_MASTER_KEY", HEX);

/// An office made by commands alone: one worker in one team.
struct Site {
    folder: tempfile::TempDir,
    member: String,
    team: TeamId,
}

impl Site {
    fn new(key: Key<'_>) -> Self {
        let folder = scratch();
        let data = folder.path().join("office");
        let member = succeed(&data, key, &["add-member", "林", "--role", "worker"]).trim().to_owned();
        let team = succeed(&data, key, &["add-team", "一队"]).trim().to_owned();
        assert_eq!(succeed(&data, key, &["join-team", &team, &member]), "");
        Self { member, team: team.parse().unwrap(), folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn data(&self) -> PathBuf {
        self.path("office")
    }

    fn serve(&self, data: &Path, address: &str) -> Serving {
        Serving::start(data, KEY, &["--address", address, "--zone", "Asia/Shanghai"], &self.path("log"))
    }

    fn invite(&self, url: &str) -> EnrolmentCode {
        let printed = succeed(&self.data(), KEY, &["invite", &self.member, "--url", url]);
        assert!(printed.contains('█'), "the code is shown as a picture too");
        let code = printed.lines().find(|line| line.starts_with("DOORSTEP1-")).unwrap();
        EnrolmentCode::parse(code).unwrap()
    }

    fn phone(&self, name: &str) -> Client {
        let env = Env::system();
        Client::open(OpenOptions {
            path: self.path(name),
            key: Some(DatabaseKey::generate(&env)),
            marker: Marker::Absent,
            env,
            zone: jiff::tz::TimeZone::UTC,
            defences: Defences::default(),
        })
        .unwrap()
    }

    /// A phone, enrolled over TLS, that has synced.
    fn enrolled(&self, serving: &Serving) -> (Client, HttpTransport) {
        let code = self.invite(&format!("https://{}", serving.address));
        let (phone, way) = (self.phone("phone.db"), HttpTransport::new(&code.server).unwrap());
        phone.enrol(&code, "phone", &way).unwrap();
        phone.sync_now(&way).unwrap();
        (phone, way)
    }

    fn open_case(&self, phone: &Client) -> CaseId {
        let new = NewCase {
            team: self.team,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", "小川")],
            file: vec![],
            restricted: vec![],
        };
        phone.open_case(&new).unwrap()
    }

    /// The office in this process, to touch what no command touches.
    fn tamper(&self, sql: &str) {
        let server = open(&self.data());
        server.store().write::<_, StoreFault>(|tx| Ok(tx.execute_batch(sql)?)).unwrap();
    }
}

fn open(data: &Path) -> Arc<Server> {
    Server::open(ServerConfig {
        data_dir: data.to_owned(),
        master_key: MasterKey::from_hex(HEX).unwrap(),
        env: Env::system(),
        office_name: "试点站".into(),
        defences: doorstep_server::Defences::default(),
    })
    .unwrap()
}

fn visit(phone: &Client, case: CaseId, text: &str) -> DocId {
    let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
    phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", text)]).unwrap();
    phone.save_done(draft).unwrap()
}

#[test]
fn help_names_every_command_and_variable() {
    let folder = scratch();
    let help = succeed(folder.path(), KEY, &["--help"]);
    for word in [
        "serve",
        "demo",
        "add-member",
        "set-password",
        "add-team",
        "join-team",
        "assign",
        "invite",
        "recover",
        "template",
        "rebuild",
        "verify",
        "backup",
        "restore",
        "DOORSTEP_MASTER_KEY",
        "DOORSTEP_PASSPHRASE",
        "DOORSTEP_PASSWORD",
        "DOORSTEP_LOG",
    ] {
        assert!(help.contains(word), "{word} is not in the help");
    }
    let help = succeed(folder.path(), KEY, &["serve", "--help"]);
    for word in ["DOORSTEP_DATA", "DOORSTEP_KEY_FILE", "DOORSTEP_LISTEN", "DOORSTEP_PLAIN", "DOORSTEP_ZONE"] {
        assert!(help.contains(word), "{word} is not in the help of serve");
    }
    assert_eq!(run(folder.path(), KEY, &["no-such-command"]).status.code(), Some(2));
}

#[test]
fn office_is_set_up_by_commands_alone() {
    let site = Site::new(KEY);
    let data = site.data();
    let add = ["add-member", "沈", "--role", "supervisor", "--login", "shen"];
    let added =
        command(&data, KEY, &add).env("DOORSTEP_PASSWORD", "春天在后山看过桃花了吗").output().unwrap();
    assert!(added.status.success());
    let shen = String::from_utf8(added.stdout).unwrap().trim().to_owned();
    assert!(refuse(&data, KEY, &add).contains("sign-in name is taken"));
    succeed(&data, KEY, &["join-team", &site.team.to_string(), &shen, "--supervises"]);
    let listed = succeed(&data, KEY, &["list"]);
    assert!(listed.contains("林 (worker)") && listed.contains("沈 (supervisor)"), "{listed}");
    assert!(listed.contains("一队 (2 members)"), "{listed}");

    let short = command(&data, KEY, &["set-password", &shen]).env("DOORSTEP_PASSWORD", "short").output();
    assert_eq!(short.unwrap().status.code(), Some(1));
    assert!(refuse(&data, KEY, &["set-password", &shen]).contains("DOORSTEP_PASSWORD"));
    assert!(refuse(&data, KEY, &["add-member", "周", "--role", "boss"]).contains("role"));
    let nobody = TeamId::new(&Env::system()).to_string();
    assert!(refuse(&data, KEY, &["join-team", &nobody, &shen]).contains("no such team"));
    let url = "https://office.example:7443";
    let refused = refuse(&data, KEY, &["invite", "not-an-id", "--url", url]);
    assert!(refused.contains("not the identifier of a member"), "{refused}");
    assert!(refuse(&data, KEY, &["invite", &shen]).contains("give --url"));
}

#[test]
fn office_opens_only_with_its_own_well_kept_key() {
    let site = Site::new(KEY);
    let data = site.data();
    let wrong = "00".repeat(32);
    assert!(refuse(&data, ("DOORSTEP_MASTER_KEY", &wrong), &["list"]).contains("does not open this office"));
    assert!(refuse(&data, ("DOORSTEP_MASTER_KEY", "5a5a"), &["list"]).contains("64 hexadecimal digits"));
    assert!(refuse(&data, ("DOORSTEP_LOG", "warn"), &["list"]).contains("a master key is needed"));
    assert!(refuse(&data, ("DOORSTEP_PASSPHRASE", "too short"), &["list"]).contains("12 characters"));

    let file = site.path("key");
    std::fs::write(&file, HEX).unwrap();
    let by_file = ("DOORSTEP_KEY_FILE", file.to_str().unwrap());
    for (mode, may_open) in [(0o444, false), (0o440, false), (0o400, true)] {
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        assert_eq!(run(&data, by_file, &["list"]).status.success(), may_open, "mode {mode:o}");
    }
    let beside = data.join("key");
    std::fs::rename(&file, &beside).unwrap();
    let by_file = ("DOORSTEP_KEY_FILE", beside.to_str().unwrap());
    assert!(refuse(&data, by_file, &["list"]).contains("must not be in the data folder"));
}

#[test]
fn plain_http_is_served_on_loopback_only() {
    let site = Site::new(KEY);
    let data = site.data();
    let refused = refuse(&data, KEY, &["serve", "--plain", "--address", "0.0.0.0:0"]);
    assert!(refused.contains("loopback"), "{refused}");
    let refused = refuse(&data, KEY, &["invite", &site.member, "--plain", "--url", "http://10.1.2.3:80"]);
    assert!(refused.contains("this machine only"), "{refused}");

    let serving = Serving::start(&data, KEY, &["--plain", "--address", "127.0.0.1:0"], &site.path("log"));
    let health = ureq::get(&format!("http://{}/healthz", serving.address)).call().unwrap();
    assert_eq!((health.status(), health.into_string().unwrap().as_str()), (200, "ok\n"));
}

#[test]
fn phone_enrols_over_tls_with_the_pinned_key_and_nothing_personal_is_logged() {
    let site = Site::new(KEY);
    let serving = site.serve(&site.data(), "127.0.0.1:0");
    let code = site.invite(&format!("https://{}", serving.address));

    let mut foreign = code.server.clone();
    foreign.fingerprint = Some([7; 32]);
    let early = site.phone("early.db");
    let another_server = HttpTransport::new(&foreign).unwrap();
    assert!(matches!(early.enrol(&code, "early", &another_server), Err(Failure::Offline)));

    let (phone, way) = (site.phone("phone.db"), HttpTransport::new(&code.server).unwrap());
    phone.enrol(&code, "小林的手机", &way).unwrap();
    phone.sync_now(&way).unwrap();
    let case = site.open_case(&phone);
    let doc = visit(&phone, case, "按约到访，本人在家。");
    phone.sync_now(&way).unwrap();
    assert!(phone.sync_state().unwrap().is_synced());
    // The code is for one phone.
    assert!(early.enrol(&code, "early", &way).is_err());

    let (status, log) = serving.stop();
    assert!(status.success(), "a stop that was asked for is no failure: {log}");
    assert!(log.contains("route=\"/v1/sync\"") && log.contains("status=200"), "{log}");
    for secret in [
        site.member.as_str(),
        &site.team.to_string(),
        &case.to_string(),
        &doc.to_string(),
        "小",
        "林",
        "按约",
    ] {
        assert!(!log.contains(secret), "the log names {secret}: {log}");
    }
    let left = std::fs::metadata(site.data().join("data.db-wal")).map_or(0, |file| file.len());
    assert_eq!(left, 0, "what was written is in the database itself");
}

#[test]
fn office_comes_back_from_a_backup_and_phones_bring_what_it_lacks() {
    let site = Site::new(KEY);
    let serving = site.serve(&site.data(), "127.0.0.1:0");
    let address = serving.address.to_string();
    let (phone, way) = site.enrolled(&serving);
    let case = site.open_case(&phone);
    visit(&phone, case, "备份之前。");
    phone.sync_now(&way).unwrap();

    // While it serves.
    let backup = site.path("backup");
    let backup = backup.to_str().unwrap();
    assert!(succeed(&site.data(), KEY, &["backup", backup]).contains("up to position"));
    assert!(refuse(&site.data(), KEY, &["backup", backup]).contains("not empty"));
    let late = visit(&phone, case, "备份之后。");
    phone.sync_now(&way).unwrap();
    let before = succeed(&site.data(), KEY, &["verify"]);
    assert!(serving.stop().0.success());

    // The machine is lost.
    let restored = site.path("restored");
    let said = succeed(&restored, KEY, &["restore", backup]);
    for word in ["林", &case.to_string(), "lead_worker", "一队", "phone phone", "active"] {
        assert!(said.contains(word), "{word} is not among what is to be checked: {said}");
    }
    assert!(refuse(&restored, KEY, &["restore", backup]).contains("not empty"));
    assert_ne!(succeed(&restored, KEY, &["verify"]), before);
    let epoch = |data: &Path| {
        let office = open(data).store().read(|tx| doorstep_server::store::office::get(tx));
        office.unwrap().epoch
    };
    assert_ne!(epoch(&site.data()), epoch(&restored), "a restored database is another lineage");

    // Same address, same key: the phone notices nothing but that it has something to offer again.
    let serving = site.serve(&restored, &address);
    for _ in 0..3 {
        phone.sync_now(&way).unwrap();
    }
    assert!(phone.sync_state().unwrap().is_synced());
    assert_eq!(phone.entry(late).unwrap().fields.text("narrative"), "备份之后。");
    assert!(serving.stop().0.success());
    assert_eq!(succeed(&restored, KEY, &["verify"]), before, "everything is there again");
}

#[test]
fn passphrase_opens_the_backup_too() {
    let passphrase = ("DOORSTEP_PASSPHRASE", "后山的桃花开了又谢了三回啦");
    let site = Site::new(passphrase);
    let (backup, restored) = (site.path("backup"), site.path("restored"));
    succeed(&site.data(), passphrase, &["backup", backup.to_str().unwrap()]);
    let another = ("DOORSTEP_PASSPHRASE", "前山的桃花开了又谢了三回啦");
    assert!(refuse(&restored, another, &["restore", backup.to_str().unwrap()]).contains("does not open"));
    // What failed left nothing in the way.
    succeed(&restored, passphrase, &["restore", backup.to_str().unwrap()]);
    assert!(succeed(&restored, passphrase, &["list"]).contains("林 (worker)"));
    assert!(refuse(&site.path("other"), KEY, &["restore", "/nowhere"]).contains("no backup"));
}

#[test]
fn rebuild_finds_and_mends_what_was_tampered_with_and_verify_proves_the_log() {
    let site = Site::new(KEY);
    let data = site.data();
    let serving = site.serve(&data, "127.0.0.1:0");
    let (phone, way) = site.enrolled(&serving);
    let case = site.open_case(&phone);
    visit(&phone, case, "按约到访。");
    phone.sync_now(&way).unwrap();
    drop(serving);

    assert!(succeed(&data, KEY, &["rebuild"]).contains(" 0 differ"));
    site.tamper("UPDATE documents SET summary = zeroblob(80) WHERE created_position = 1");
    let found = run(&data, KEY, &["rebuild"]);
    assert_eq!(found.status.code(), Some(1));
    assert!(String::from_utf8(found.stdout).unwrap().contains(" 1 differ"));
    assert!(refuse(&data, KEY, &["verify"]).contains("1 documents differ"));
    succeed(&data, KEY, &["rebuild", "--repair"]);
    assert!(succeed(&data, KEY, &["rebuild"]).contains(" 0 differ"));
    succeed(&data, KEY, &["verify"]);

    site.tamper("UPDATE log SET chain = zeroblob(32) WHERE position = 2");
    assert!(refuse(&data, KEY, &["verify"]).contains("chain breaks at position 2"));
}

#[test]
fn questions_are_exported_edited_and_imported() {
    let site = Site::new(KEY);
    let file = site.path("questions.json");
    let name = file.to_str().unwrap();
    assert!(succeed(&site.data(), KEY, &["template", "export", name]).contains("questions.json"));
    assert!(
        refuse(&site.data(), KEY, &["template", "export", name]).contains("exists"),
        "no file is overwritten"
    );
    let text = std::fs::read_to_string(&file).unwrap();
    assert_eq!(text, succeed(&site.data(), KEY, &["template", "export"]));
    assert!(succeed(&site.data(), KEY, &["template", "import", name]).contains("nothing has changed"));
    std::fs::write(&file, text.replace("情绪状态", "今天情绪")).unwrap();
    assert!(succeed(&site.data(), KEY, &["template", "import", name, "--check"]).contains("would be taken"));
    assert!(succeed(&site.data(), KEY, &["template", "import", name]).contains("version 2"));
    assert!(succeed(&site.data(), KEY, &["template", "export"]).contains("今天情绪"));
    assert!(refuse(&site.data(), KEY, &["template", "import", name]).contains("version 1"));
    std::fs::write(&file, text.replace("\"mood\"", "\"Mood\"")).unwrap();
    assert!(refuse(&site.data(), KEY, &["template", "import", name]).contains("version"));
}

#[test]
fn backup_that_runs_out_of_room_half_way_leaves_nothing_that_looks_like_one() {
    let site = Site::new(KEY);
    let target = site.path("backup");
    let doorstep = command(&site.data(), KEY, &[]);
    // No file of more than a few pages can be written, as on a disk that others fill meanwhile.
    let limited = "trap '' XFSZ; ulimit -f 64; exec \"$0\" backup \"$1\"";
    let output = std::process::Command::new("sh")
        .args(["-c", limited])
        .arg(doorstep.get_program())
        .arg(&target)
        .env("DOORSTEP_DATA", site.data())
        .env(KEY.0, KEY.1)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).contains("no room"), "{output:?}");
    assert!(std::fs::read_dir(&target).unwrap().next().is_none());
    let covered = open(&site.data()).store().read(|tx| doorstep_server::store::office::get(tx));
    assert_eq!(covered.unwrap().backed_up, 0);
    assert!(succeed(&site.data(), KEY, &["backup", target.to_str().unwrap()]).contains("up to position"));
}
