//! A phone of the world: the real client, and a person's hands.

use super::network::Network;
use doorstep_core::app::{Client, Failure, Marker, NewCase, OpenOptions, SyncReport};
use doorstep_core::changes::SignedChange;
use doorstep_core::documents::Document;
use doorstep_core::env::Env;
use doorstep_core::model::{
    ActionId, ActionKind, CaseId, CaseKind, Class, Directory, DocId, Edit, EntryKind, Hash, MemberId, Scope,
    TeamId,
};
use doorstep_core::store::{DatabaseKey, DraftId, EntryRow, Store, StoreFault, Tx};
use doorstep_core::sync::EnrolmentCode;
use doorstep_core::sync::session::Defences;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A phone.
pub struct Phone {
    /// In the story.
    pub name: String,
    /// Whose.
    pub member: MemberId,
    /// Its clock and randomness.
    pub env: Env,
    /// Older states of its database, as a backup of the phone would keep them.
    pub copies: Vec<PathBuf>,
    /// The entry that was amended right after the last copy.
    pub amended: Option<DocId>,
    path: PathBuf,
    client: Option<Client>,
    /// The same database, looked at from outside.
    window: Option<Store>,
    /// What lies outside backups.
    marker: Marker,
    defences: Defences,
}

fn key() -> DatabaseKey {
    DatabaseKey::from_bytes([0x21; 32])
}

impl Phone {
    /// A new phone out of its box.
    pub fn new(name: String, member: MemberId, env: Env, path: PathBuf, defences: Defences) -> Self {
        let mut phone = Self {
            name,
            member,
            env,
            copies: Vec::new(),
            amended: None,
            path,
            client: None,
            window: None,
            marker: Marker::Absent,
            defences,
        };
        phone.switch_on();
        phone
    }

    /// Where its database lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Starts the app.
    ///
    /// # Panics
    /// If the database does not open.
    pub fn switch_on(&mut self) {
        let options = OpenOptions {
            path: self.path.clone(),
            key: Some(key()),
            marker: self.marker,
            env: self.env.clone(),
            zone: jiff::tz::TimeZone::UTC,
            defences: self.defences,
        };
        let client = Client::open(options).expect("a phone's database opens");
        self.marker = client.marker();
        self.client = Some(client);
        self.window = Some(Store::open(&self.path, &key()).expect("a phone's database opens"));
    }

    /// Ends the app.
    pub fn switch_off(&mut self) {
        (self.client, self.window) = (None, None);
    }

    /// Forgets what lies outside backups, as a new phone that a backup is restored to.
    pub fn lose_marker(&mut self) {
        self.marker = Marker::Absent;
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("the phone is on")
    }

    /// Reads.
    ///
    /// # Panics
    /// If the database cannot be read.
    pub fn read<T>(&self, read: impl FnOnce(&Tx<'_>) -> Result<T, StoreFault>) -> T {
        let window = self.window.as_ref().expect("the phone is on");
        window.read(read).expect("a phone's database can be read")
    }

    /// Presents a one-time code.
    pub fn enrol(&mut self, code: &EnrolmentCode, network: &Network) -> Result<(), Failure> {
        self.client().enrol(code, &self.name, network)
    }

    /// Synchronises.
    pub fn sync(&mut self, network: &Network) -> Result<SyncReport, Failure> {
        let report = self.client().sync_now(network);
        self.marker = self.client().marker();
        report
    }

    /// Leaves the phone this many pages of room; none: as many as it likes.
    ///
    /// # Panics
    /// If the database cannot be opened.
    pub fn leave_room(&self, pages: Option<u32>) {
        let limit = pages.map(|pages| self.page_count() + pages);
        self.client().limit_pages(limit).expect("a limit can be set");
    }

    fn page_count(&self) -> u32 {
        let count = self.outside().pragma_query_value(None, "page_count", |row| row.get(0));
        count.expect("a phone's database can be read")
    }

    /// The database as SQLite shows it to anybody with its key.
    fn outside(&self) -> rusqlite::Connection {
        let database = rusqlite::Connection::open(&self.path).expect("a phone's database opens");
        let hex: String = key().as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        database.execute_batch(&format!("PRAGMA key = \"x'{hex}'\";")).expect("a key is taken");
        database
    }

    /// What its member knows of the office.
    pub fn directory(&self) -> Option<Directory> {
        self.client().directory().ok()
    }

    /// Everything on it, granted or not: where each document belongs, and its row.
    pub fn rows(&self) -> Vec<EntryRow> {
        self.read(|tx| {
            let mut rows = Vec::new();
            for class in Class::ALL {
                rows.extend(tx.parts(class)?);
            }
            tx.each_entry(|row| {
                rows.push(row);
                true
            })?;
            Ok(rows)
        })
    }

    /// Everything on it with its content; or the document that does not load.
    pub fn documents(&self) -> Result<Vec<(EntryRow, Document)>, DocId> {
        let load = |row: EntryRow| match self.load(row.summary.doc) {
            Some(document) => Ok((row, document)),
            None => Err(row.summary.doc),
        };
        self.rows().into_iter().map(load).collect()
    }

    /// All entries on it.
    pub fn entries(&self) -> Vec<EntryRow> {
        self.read(|tx| {
            let mut rows = Vec::new();
            tx.each_entry(|row| {
                rows.push(row);
                true
            })?;
            Ok(rows)
        })
    }

    /// A document on it, if it loads.
    pub fn load(&self, doc: DocId) -> Option<Document> {
        let stored = self.read(|tx| tx.document(doc))?;
        Document::load(&stored.snapshot).ok()
    }

    /// Parked branches of a document.
    ///
    /// # Panics
    /// If a stored document does not load.
    pub fn parked(&self, doc: DocId) -> Vec<Document> {
        let rows = self.read(|tx| tx.parked()).into_iter().filter(|row| row.doc == doc);
        rows.map(|row| Document::load(&row.snapshot).expect("a stored document loads")).collect()
    }

    /// Actions about a document.
    pub fn actions(&self, doc: DocId) -> BTreeSet<ActionId> {
        self.read(|tx| tx.actions_of(doc)).into_iter().map(|stored| stored.action.id).collect()
    }

    /// Own work as it is kept, waiting or not, in the order in which it was done.
    ///
    /// # Panics
    /// If the database cannot be read.
    pub fn own_work(&self) -> Vec<Vec<u8>> {
        let database = self.outside();
        let mut statement =
            database.prepare("SELECT signed FROM own ORDER BY id").expect("the phone's schema is known");
        let rows = statement.query_map([], |row| row.get(0)).expect("a phone's database can be read");
        rows.map(|row| row.expect("a phone's database can be read")).collect()
    }

    /// The latest own change of a document.
    fn latest_change(&self, doc: DocId) -> Option<Hash> {
        let work = self.own_work();
        let changes = work.iter().rev().filter_map(|signed| minicbor::decode::<SignedChange>(signed).ok());
        changes
            .map(|change| change.envelope)
            .find(|envelope| envelope.doc == doc)
            .map(|envelope| envelope.hash)
    }

    /// Opens a case with its three parts.
    pub fn open_case(&self, team: TeamId, pseudonym: &str) -> Result<CaseId, Failure> {
        self.client().open_case(&NewCase {
            team,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", pseudonym)],
            file: Vec::new(),
            restricted: Vec::new(),
        })
    }

    /// Records an entry; with `submit` it is handed in as well.
    pub fn record(
        &self,
        (scope, class): (Scope, Class),
        kind: &EntryKind,
        text: &str,
        submit: bool,
    ) -> Result<(DocId, Hash), Failure> {
        let client = self.client();
        let draft = client.start_draft(scope, class, kind)?;
        client.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", text)])?;
        let doc = if submit { client.save_done(draft) } else { client.save_later(draft) }?;
        Ok((doc, self.latest_change(doc).expect("a saved entry is queued")))
    }

    /// Opens an entry on the screen and types a mark at the end of its text.
    pub fn type_into_entry(&self, doc: DocId, mark: &str, outcome: &str) -> Result<DraftId, Failure> {
        let client = self.client();
        let draft = client.edit_draft_of(doc)?;
        let text = client.draft(draft)?.value("narrative").as_text().unwrap_or_default().to_owned();
        let edits = vec![Edit::set("narrative", format!("{text}{mark}")), Edit::set("outcome", outcome)];
        client.type_into(draft, edits)?;
        Ok(draft)
    }

    /// Drafts of entries that exist already, with what is typed.
    pub fn drafts(&self) -> Vec<(DraftId, String)> {
        let drafts = self.client().drafts().unwrap_or_default();
        let text = |view: &doorstep_core::app::DraftView| {
            view.value("narrative").as_text().unwrap_or_default().to_owned()
        };
        drafts.iter().filter(|view| view.doc.is_some()).map(|view| (view.id, text(view))).collect()
    }

    /// Saves a draft.
    pub fn save(&self, draft: DraftId) -> Result<(DocId, Hash), Failure> {
        let doc = self.client().save_later(draft)?;
        Ok((doc, self.latest_change(doc).expect("a saved entry is queued")))
    }

    /// Acts on an entry as it stands on this phone.
    pub fn act(&self, doc: DocId, kind: &ActionKind) -> Result<(), Failure> {
        let client = self.client();
        let heads = || self.read(|tx| tx.summary(doc)).map(|summary| summary.heads).unwrap_or_default();
        match kind {
            ActionKind::Approve => client.approve(doc, &heads()),
            ActionKind::Return => client.return_entry(doc, &heads(), Vec::new(), "请补充"),
            ActionKind::Submit => client.submit(doc),
            ActionKind::Withdraw => client.withdraw(doc, "记错了人"),
            _ => client.comment(doc, Vec::new(), "已阅").map(drop),
        }
    }
}
