//! A phone of the demo: a real client with its own encrypted database and device key, which talks
//! HTTP to the server. A real phone keeps the database's key and the marker in its hardware; here
//! they are files beside it.

use super::fault::DemoFault;
use super::folder::write_secret;
use super::sample::SampleCase;
use doorstep_core::app::{Client, EntryView, Marker, NewCase, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{
    ActionId, ActionKind, CaseId, CaseKind, Class, DocId, Edit, EntryKind, Field, ReviewState, Scope, TeamId,
};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences;
use doorstep_core::sync::{EnrolmentCode, HttpTransport, ServerAddress};
use jiff::tz::TimeZone;
use std::fs;
use std::path::{Path, PathBuf};

const DATABASE: &str = "phone.db";
const KEY: &str = "database.key";
const MARKER: &str = "marker";

/// Makes phones, and opens those that there are.
pub struct PhoneMaker {
    /// Folder of all phones.
    pub home: PathBuf,
    pub env: Env,
    pub zone: TimeZone,
    pub address: ServerAddress,
}

/// A phone.
pub struct Phone {
    client: Client,
    transport: HttpTransport,
    marker: PathBuf,
}

/// What a sync cost and did.
#[derive(Debug, Clone, Copy, Default)]
pub struct Traffic {
    pub round_trips: u32,
    pub bytes_up: u64,
    pub bytes_down: u64,
    /// Changes and actions.
    pub sent: usize,
    /// Documents.
    pub received: usize,
    /// Actions of others.
    pub actions: usize,
}

impl Traffic {
    /// Both together.
    pub fn add(&mut self, other: &Self) {
        self.round_trips += other.round_trips;
        self.bytes_up += other.bytes_up;
        self.bytes_down += other.bytes_down;
        self.sent += other.sent;
        self.received += other.received;
        self.actions += other.actions;
    }
}

/// Something that a colleague did about an entry of this phone's member.
#[derive(Debug, Clone)]
pub struct Turn {
    pub action: ActionId,
    pub what: ActionKind,
    pub reason: String,
    pub doc: DocId,
    pub kind: EntryKind,
    /// The person's pseudonym.
    pub person: String,
    pub date: String,
    /// Where the entry stands now.
    pub state: ReviewState,
}

impl PhoneMaker {
    /// A phone out of the box.
    pub fn new_phone(&self, name: &str) -> Result<Phone, DemoFault> {
        let folder = self.home.join(name);
        fs::create_dir_all(&folder).map_err(|source| DemoFault::Folder(folder.clone(), source))?;
        let key = DatabaseKey::generate(&self.env);
        write_secret(&folder.join(KEY), key.as_bytes())?;
        self.open(&folder, key, Marker::Absent)
    }

    /// A phone that was used before.
    pub fn used_phone(&self, name: &str) -> Result<Phone, DemoFault> {
        let folder = self.home.join(name);
        let key = DatabaseKey::from_bytes(read_bytes(&folder.join(KEY))?);
        let marker = Marker::Kept(read_bytes(&folder.join(MARKER))?);
        self.open(&folder, key, marker)
    }

    /// Throws a phone away on which nothing was ever recorded.
    pub fn scrap(&self, phone: Phone, name: &str) -> Result<(), DemoFault> {
        drop(phone);
        let folder = self.home.join(name);
        fs::remove_dir_all(&folder).map_err(|source| DemoFault::Folder(folder, source))
    }

    fn open(&self, folder: &Path, key: DatabaseKey, marker: Marker) -> Result<Phone, DemoFault> {
        let client = Client::open(OpenOptions {
            path: folder.join(DATABASE),
            key: Some(key),
            marker,
            env: self.env.clone(),
            zone: self.zone.clone(),
            defences: Defences::default(),
        })?;
        let transport = HttpTransport::new(&self.address).map_err(doorstep_core::app::Failure::from)?;
        let phone = Phone { client, transport, marker: folder.join(MARKER) };
        phone.keep_marker()?;
        Ok(phone)
    }
}

impl Phone {
    /// Makes the phone a member's.
    pub fn enrol(&self, code: &EnrolmentCode, label: &str) -> Result<(), DemoFault> {
        Ok(self.client.enrol(code, label, &self.transport)?)
    }

    /// Sends and fetches everything there is.
    pub fn sync(&self) -> Result<Traffic, DemoFault> {
        let report = self.client.sync_now(&self.transport)?;
        self.keep_marker()?;
        Ok(Traffic {
            round_trips: report.round_trips,
            bytes_up: report.bytes_up,
            bytes_down: report.bytes_down,
            sent: report.pushed,
            received: report.received,
            actions: report.actions,
        })
    }

    /// Whether everything is on the server and everything granted is here.
    pub fn is_synced(&self) -> Result<bool, DemoFault> {
        Ok(self.client.sync_state()?.is_synced())
    }

    /// How many documents hold work that is only on this phone.
    pub fn unsynced(&self) -> Result<u64, DemoFault> {
        Ok(self.client.sync_state()?.waiting)
    }

    /// How many cases there are.
    pub fn cases(&self) -> Result<usize, DemoFault> {
        Ok(self.client.case_list()?.len())
    }

    /// How many documents these cases have: their parts, and the entries in them.
    pub fn documents(&self) -> Result<usize, DemoFault> {
        let mut count = 0;
        for row in self.client.case_list()? {
            let case = self.client.case(row.grant.case)?;
            count += case.parts.len() + case.timeline.len();
        }
        Ok(count)
    }

    /// The case of a person.
    pub fn case_called(&self, pseudonym: &str) -> Result<CaseId, DemoFault> {
        let found = self.client.case_list()?.into_iter().find(|row| row.part.pseudonym == pseudonym);
        Ok(found.ok_or(DemoFault::Untold("person"))?.grant.case)
    }

    /// An entry as its page shows it.
    pub fn entry(&self, doc: DocId) -> Result<EntryView, DemoFault> {
        Ok(self.client.entry(doc)?)
    }

    /// Opens a case with its three parts.
    pub fn open_case(
        &self,
        team: TeamId,
        case: &SampleCase,
        parts: [Vec<Edit>; 3],
    ) -> Result<CaseId, DemoFault> {
        let [contact, file, restricted] = parts;
        let kind = CaseKind::from_code(&case.kind);
        Ok(self.client.open_case(&NewCase { team, kind, minor: case.minor, contact, file, restricted })?)
    }

    /// Records an entry; hands it in if it is done.
    pub fn record(
        &self,
        scope: Scope,
        class: Class,
        kind: &EntryKind,
        edits: Vec<Edit>,
        is_done: bool,
    ) -> Result<DocId, DemoFault> {
        let draft = self.client.start_draft(scope, class, kind)?;
        self.client.type_into(draft, edits)?;
        Ok(if is_done { self.client.save_done(draft)? } else { self.client.save_later(draft)? })
    }

    /// Records a group session with a share for each person, and hands all of it in.
    pub fn record_group(
        &self,
        team: TeamId,
        edits: &[Edit],
        cases: &[CaseId],
    ) -> Result<(DocId, Vec<DocId>), DemoFault> {
        Ok(self.client.record_group_session(team, edits, cases)?)
    }

    /// Goes on writing in an entry, without handing it in.
    pub fn go_on(&self, doc: DocId, edits: Vec<Edit>) -> Result<(), DemoFault> {
        let draft = self.client.edit_draft_of(doc)?;
        self.client.type_into(draft, edits)?;
        self.client.save_later(draft)?;
        Ok(())
    }

    /// Adds to an entry's narrative, sets what else is to be set, and hands the entry in (again).
    pub fn correct(
        &self,
        doc: DocId,
        added: &str,
        mut edits: Vec<Edit>,
        replaced: Option<(&str, &str)>,
    ) -> Result<(), DemoFault> {
        let mut text = self.client.entry(doc)?.fields.text(Field::NARRATIVE).to_owned();
        if let Some((old, new)) = replaced {
            text = text.replace(old, new);
        }
        if !added.is_empty() {
            let gap = if text.is_empty() { "" } else { "\n" };
            text = [&text, gap, added].concat();
        }
        edits.push(Edit::set(Field::NARRATIVE, text));
        let draft = self.client.edit_draft_of(doc)?;
        self.client.type_into(draft, edits)?;
        self.client.save_done(draft)?;
        Ok(())
    }

    /// Answers the last remark about an entry, and marks it as dealt with.
    pub fn reply(&self, doc: DocId, text: &str) -> Result<(), DemoFault> {
        let open = self.client.entry(doc)?.review.comments.into_iter().rfind(|comment| !comment.resolved);
        self.client.comment(doc, Vec::new(), text)?;
        if let Some(comment) = open {
            self.client.resolve(doc, comment.action)?;
        }
        Ok(())
    }

    /// Takes an entry out of the wrong person's file and hands it in under the right one.
    pub fn move_to_case(&self, doc: DocId, case: CaseId, reason: &str) -> Result<DocId, DemoFault> {
        let copy = self.client.copy_to_case(doc, case)?;
        self.client.submit(copy)?;
        self.client.withdraw(doc, reason)?;
        Ok(copy)
    }

    /// What colleagues did about the entries of this phone's member.
    pub fn turns(&self) -> Result<Vec<Turn>, DemoFault> {
        let me = self.client.member()?;
        let mut turns = Vec::new();
        for row in self.client.case_list()? {
            let timeline = self.client.case(row.grant.case)?.timeline;
            for entry in timeline.into_iter().filter(|entry| Some(entry.entry.author) == me) {
                let view = self.client.entry(entry.doc)?;
                let state = view.review.state;
                let theirs = view.actions.into_iter().filter(|action| Some(action.member) != me);
                turns.extend(theirs.map(|action| Turn {
                    action: action.id,
                    what: action.kind,
                    reason: action.reason,
                    doc: entry.doc,
                    kind: entry.entry.kind.clone(),
                    person: row.part.pseudonym.clone(),
                    date: entry.entry.date.map(|date| date.to_string()).unwrap_or_default(),
                    state: state.clone(),
                }));
            }
        }
        Ok(turns)
    }

    fn keep_marker(&self) -> Result<(), DemoFault> {
        let Marker::Kept(incarnation) = self.client.marker() else { return Ok(()) };
        let is_kept = fs::read(&self.marker).is_ok_and(|kept| kept == incarnation);
        if is_kept {
            return Ok(());
        }
        fs::write(&self.marker, incarnation).map_err(|source| DemoFault::Folder(self.marker.clone(), source))
    }
}

fn read_bytes<const N: usize>(path: &Path) -> Result<[u8; N], DemoFault> {
    let fault = |source| DemoFault::Folder(path.to_owned(), source);
    let bytes = fs::read(path).map_err(fault)?;
    bytes.try_into().map_err(|_| fault(std::io::ErrorKind::InvalidData.into()))
}
