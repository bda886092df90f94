//! The phone's database: opening, transactions, room, and lists that do not read everything.

use super::*;
use crate::env::Env;
use crate::model::{
    CaseId, Class, Date, Directory, DocId, DocKind, Edit, EntryKind, EntrySummary, Heads, MemberId, OrgId,
    Outcome, SUMMARY_VERSION, Scope, Summary, Template,
};

const SCOPE: Scope = Scope::Case(CaseId([1; 16]));

struct Phone {
    store: Store,
    env: Env,
    folder: tempfile::TempDir,
}

const KEY: [u8; 32] = [3; 32];

impl Phone {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = open_in(&folder).unwrap();
        Self { store, env: Env::system(), folder }
    }

    fn entry(&self, scope: Scope, date: &str) -> DocId {
        let summary = entry(DocId::new(&self.env), date);
        self.store
            .write::<_, StoreFault>(|tx| {
                tx.put_document(scope, Class::File, DocKind::Entry, &[7; 900], &summary)
            })
            .unwrap();
        summary.doc
    }

    fn count(&self) -> u64 {
        self.store.read::<_, StoreFault>(|tx| tx.document_count()).unwrap()
    }
}

fn open_in(folder: &tempfile::TempDir) -> Result<Store, StoreFault> {
    Store::open(&folder.path().join("phone.db"), &DatabaseKey::from_bytes(KEY))
}

fn entry(doc: DocId, date: &str) -> Summary {
    let entry = EntrySummary {
        kind: EntryKind::HomeVisit,
        author: MemberId([1; 16]),
        date: date.parse().ok(),
        start: None,
        end: None,
        outcome: Some(Outcome::Met),
        place: None,
        place_note: String::new(),
        mode: None,
        card_left: false,
        crisis: false,
        excerpt: "奶奶开门。".into(),
        next_step: String::new(),
        next_date: None,
        group: None,
        workers: Vec::new(),
    };
    let (heads, kind) = (Heads::default(), DocKind::Entry);
    Summary {
        version: SUMMARY_VERSION,
        doc,
        kind,
        heads,
        conflicts: 0,
        needs_newer: false,
        entry: Some(entry),
        part: None,
    }
}

#[test]
fn a_database_opens_with_its_own_key_only() {
    let phone = Phone::new();
    phone.entry(SCOPE, "2026-11-20");
    let path = phone.folder.path().join("phone.db");
    drop(phone.store);
    let wrong = Store::open(&path, &DatabaseKey::from_bytes([4; 32]));
    assert_eq!(wrong.err(), Some(StoreFault::WrongKey));
    let store = open_in(&phone.folder).unwrap();
    assert_eq!(store.read::<_, StoreFault>(|tx| tx.document_count()), Ok(1));
}

#[test]
fn nothing_on_disk_can_be_read_without_the_key() {
    let phone = Phone::new();
    phone.entry(SCOPE, "2026-11-20");
    for file in std::fs::read_dir(phone.folder.path()).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(12).any(|window| window == "奶奶开门".as_bytes()));
        assert!(!bytes.starts_with(b"SQLite format 3"));
    }
}

#[test]
fn a_database_of_a_newer_release_is_left_alone() {
    let phone = Phone::new();
    phone.store.connection().pragma_update(None, "user_version", 99).unwrap();
    drop(phone.store);
    assert_eq!(open_in(&phone.folder).err(), Some(StoreFault::Newer));
}

#[test]
fn every_commit_is_on_the_disk_before_it_returns() {
    let phone = Phone::new();
    let read =
        |name: &str| phone.store.connection().pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    assert_eq!(read("synchronous"), Ok(2));
}

#[test]
fn a_verb_that_fails_leaves_nothing_behind() {
    let phone = Phone::new();
    let summary = entry(DocId::new(&phone.env), "2026-11-20");
    let failed: Result<(), StoreFault> = phone.store.write(|tx| {
        tx.put_document(SCOPE, Class::File, DocKind::Entry, &[1], &summary)?;
        Err(StoreFault::Damaged)
    });
    assert_eq!((failed, phone.count()), (Err(StoreFault::Damaged), 0));
}

#[test]
fn a_directory_is_the_one_in_the_database_whatever_was_read_before() {
    let phone = Phone::new();
    let named = |name: &str| Directory {
        version: 7,
        org: OrgId([1; 16]),
        org_name: name.into(),
        me: MemberId([1; 16]),
        roles: Vec::new(),
        colleagues: Vec::new(),
        teams: Vec::new(),
        cases: Vec::new(),
        grants: Vec::new(),
        template: Template::default(),
    };
    let name = || {
        let directory = phone.store.read::<_, StoreFault>(|tx| tx.directory()).unwrap();
        directory.map(|directory| directory.org_name.clone())
    };
    let undone: Result<(), StoreFault> = phone.store.write(|tx| {
        tx.set_directory(&named("undone"))?;
        assert_eq!(tx.directory()?.map(|directory| directory.org_name.clone()).as_deref(), Some("undone"));
        Err(StoreFault::Damaged)
    });
    assert_eq!((undone, name()), (Err(StoreFault::Damaged), None));
    for office in ["first", "second"] {
        phone.store.write::<_, StoreFault>(|tx| tx.set_directory(&named(office))).unwrap();
        assert_eq!((name().as_deref(), name().as_deref()), (Some(office), Some(office)));
    }
}

#[test]
fn a_full_phone_says_so_loses_nothing_and_works_on_when_there_is_room() {
    let phone = Phone::new();
    phone.entry(SCOPE, "2026-11-20");
    phone.store.limit_pages(Some(1)).unwrap();
    let summary = entry(DocId::new(&phone.env), "2026-11-21");
    let full: Result<(), StoreFault> = phone
        .store
        .write(|tx| tx.put_document(SCOPE, Class::File, DocKind::Entry, &vec![1; 60_000], &summary));
    assert_eq!((full, phone.count()), (Err(StoreFault::NoRoom), 1));
    phone.store.limit_pages(None).unwrap();
    phone.entry(SCOPE, "2026-11-21");
    assert_eq!(phone.count(), 2);
}

#[test]
fn a_draft_survives_and_keeps_its_latest_words() {
    let phone = Phone::new();
    let mut draft = DraftRow {
        id: DraftId::new(&phone.env),
        doc: None,
        scope: SCOPE,
        class: Class::File,
        base: Heads::default(),
        edits: vec![Edit::set("narrative", "奶")],
        participants: Vec::new(),
        updated: phone.env.now(),
    };
    for text in ["奶", "奶奶开门"] {
        draft.edits = vec![Edit::set("narrative", text)];
        phone.store.write::<_, StoreFault>(|tx| tx.put_draft(&draft)).unwrap();
    }
    drop(phone.store);
    let store = open_in(&phone.folder).unwrap();
    let kept = store.read::<_, StoreFault>(|tx| tx.drafts()).unwrap();
    assert!(kept.len() == 1 && kept[0] == draft);
}

#[test]
fn purging_a_scope_takes_all_of_it_and_nothing_else() {
    let phone = Phone::new();
    let other = Scope::Case(CaseId([2; 16]));
    phone.entry(SCOPE, "2026-11-20");
    let kept = phone.entry(other, "2026-11-20");
    phone.store.write::<_, StoreFault>(|tx| tx.purge(SCOPE, Class::File)).unwrap();
    let left = phone.store.read::<_, StoreFault>(|tx| tx.timeline(other)).unwrap();
    assert_eq!((phone.count(), left.len(), left[0].summary.doc), (1, 1, kept));
}

#[test]
fn entries_come_latest_first_and_no_further_than_asked() {
    let phone = Phone::new();
    for day in ["2026-11-18", "2026-11-20", "2026-11-19", "2026-10-01"] {
        phone.entry(SCOPE, day);
    }
    let since = Date::new(2026, 11, 1).unwrap();
    let rows = phone.store.read::<_, StoreFault>(|tx| tx.entries_since(since, 2)).unwrap();
    let dates: Vec<_> =
        rows.iter().map(|row| row.summary.entry.as_ref().unwrap().date.unwrap().to_string()).collect();
    assert_eq!(dates, ["2026-11-20", "2026-11-19"]);
}

#[test]
fn the_latest_contact_is_the_latest_that_counts() {
    let phone = Phone::new();
    let [_, latest, before] = ["2026-10-01", "2026-11-20", "2026-11-19"].map(|day| phone.entry(SCOPE, day));
    let of = |withdrawn: Option<DocId>| {
        let row = phone
            .store
            .read::<_, StoreFault>(|tx| tx.latest_contact(SCOPE, "met", |doc| Some(doc) != withdrawn))
            .unwrap();
        row.map(|row| row.summary.doc)
    };
    assert_eq!((of(None), of(Some(latest))), (Some(latest), Some(before)));
}

#[test]
fn no_list_reads_the_whole_table() {
    let phone = Phone::new();
    let connection = phone.store.connection();
    for query in [
        "SELECT summary FROM documents WHERE date >= '2026' ORDER BY date DESC, rowid DESC LIMIT 9",
        "SELECT summary FROM documents WHERE next_date BETWEEN '2026' AND '2027' ORDER BY next_date LIMIT 9",
        "SELECT summary FROM documents WHERE scope = x'00' AND kind = 3 ORDER BY date DESC, rowid DESC",
        "SELECT summary FROM documents WHERE scope = x'00' AND outcome = 'met' ORDER BY date DESC",
        "SELECT summary FROM documents WHERE date IS NULL AND kind = 3 ORDER BY rowid DESC",
        "SELECT summary FROM documents WHERE conflicts > 0 ORDER BY conflicts DESC, rowid DESC",
        "SELECT signed FROM own WHERE verdict IS NULL ORDER BY id",
        "SELECT scope FROM grants WHERE filled = 0 AND state = 'active' ORDER BY place, scope, class",
    ] {
        let mut statement = connection.prepare(&format!("EXPLAIN QUERY PLAN {query}")).unwrap();
        let steps = statement.query_map([], |row| row.get::<_, String>(3)).unwrap();
        for step in steps.map(Result::unwrap) {
            let is_full_scan = step.starts_with("SCAN") && !step.contains("INDEX");
            assert!(!is_full_scan && !step.contains("TEMP B-TREE FOR ORDER BY"), "{query}: {step}");
        }
    }
}
