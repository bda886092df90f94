//! One phone with a real database and no server: what colleagues do is put in as a sync would.

mod cases;
mod debug;
mod deleted;
mod drafts;
mod lists;
mod photos;
mod practice;
mod recording;
mod refreshing;
mod remarks;
mod review;
mod unlocking;

use super::{Client, Marker, NewCase, OpenOptions};
use crate::changes::{DeviceKey, Signature, SignedAction};
use crate::documents::{Document, MergeGuards, Stamp, merge_into, summarise};
use crate::env::{Clock, Entropy, Env};
use crate::model::{
    Action, ActionId, ActionKind, Actor, CaseId, CaseKind, Class, Colleague, DeviceId, Directory,
    DirectoryTeam, DocId, DocKind, Edit, EntryKind, MemberId, OrgId, Role, Scope, TeamId, Template,
    Timestamp,
};
use crate::store::{DatabaseKey, Identity};
use crate::sync::ServerAddress;
use crate::sync::session::Defences;
use crate::sync::wire::Certificate;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

const LIN: MemberId = MemberId([1; 16]);
const ZHOU: MemberId = MemberId([2; 16]);
const TEAM: TeamId = TeamId([4; 16]);
const KEY: [u8; 32] = [3; 32];
const DAY_MS: i64 = 86_400_000;
/// 2026-11-20, 14:33 in UTC.
const NOW_MS: i64 = 1_795_185_180_000;

/// A clock that stands until a test moves it.
struct Watch(AtomicI64);

impl Clock for Watch {
    fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.0.load(Ordering::SeqCst))
    }
}

struct Dice(Env);

impl Entropy for Dice {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }
}

/// 林's phone: enrolled, synced once, then without a network.
struct Phone {
    client: Client,
    env: Env,
    watch: Arc<Watch>,
    folder: tempfile::TempDir,
}

impl Phone {
    fn new(roles: &[Role]) -> Self {
        let watch = Arc::new(Watch(AtomicI64::new(NOW_MS)));
        let env = Env::new(watch.clone(), Arc::new(Dice(Env::system())));
        let folder = tempfile::tempdir().unwrap();
        let client = open(&folder, &env, Marker::Absent);
        let certificate = Certificate { body: vec![7], signature: Signature([0; 64]) };
        let server = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
        let (org, device) = (OrgId([1; 16]), DeviceId([1; 16]));
        let is_supervisor = roles.contains(&Role::Supervisor);
        let directory = directory(roles, if is_supervisor { vec![LIN] } else { vec![ZHOU] });
        client
            .write(|tx| {
                tx.set_identity(&Identity { org, member: LIN, device, certificate, server })?;
                Ok(tx.set_directory(&directory)?)
            })
            .unwrap();
        Self { client, env, watch, folder }
    }

    fn worker() -> Self {
        Self::new(&[Role::Worker])
    }

    /// The app is killed and started again.
    fn killed(self) -> Self {
        let Self { client, env, watch, folder } = self;
        let marker = client.marker();
        drop(client);
        Self { client: open(&folder, &env, marker), env, watch, folder }
    }

    fn move_on(&self, ms: i64) {
        self.watch.0.fetch_add(ms, Ordering::SeqCst);
    }

    fn case(&self, pseudonym: &str) -> CaseId {
        self.client
            .open_case(&NewCase {
                team: TEAM,
                kind: CaseKind::Released,
                minor: false,
                contact: vec![Edit::set("pseudonym", pseudonym)],
                file: vec![Edit::set("legal_name", "某某")],
                restricted: Vec::new(),
            })
            .unwrap()
    }

    /// A colleague's visit, saved and not handed in.
    fn colleagues_visit(&self, case: CaseId) -> DocId {
        let stamp = Stamp { actor: Actor([2; 16]), member: ZHOU, time: self.env.now() };
        let edits = [Edit::set("kind", "home_visit"), Edit::set("date", "2026-11-20")];
        let (document, _) = Document::create(DocKind::Entry, &stamp, &edits).unwrap();
        let doc = DocId::new(&self.env);
        let (scope, snapshot, summary) = (Scope::Case(case), document.save(), summarise(doc, &document));
        self.client
            .write(|tx| Ok(tx.put_document(scope, Class::File, DocKind::Entry, &snapshot, &summary)?))
            .unwrap();
        doc
    }

    /// A home visit that was handed in.
    fn visit(&self, case: CaseId, edits: &[Edit]) -> DocId {
        let draft = self.client.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit).unwrap();
        self.client.type_into(draft, edits.to_vec()).unwrap();
        self.client.save_done(draft).unwrap()
    }

    /// The entry as a colleague's phone holds it now.
    fn copy(&self, doc: DocId) -> Document {
        let read = self.client.read(|tx| Ok(tx.document(doc)?.unwrap())).unwrap();
        Document::load(&read.snapshot).unwrap()
    }

    /// 周 edited a copy; a sync brings it.
    fn take_in(&self, doc: DocId, mut copy: Document, edits: &[Edit]) {
        let stamp = Stamp { actor: Actor([2; 16]), member: ZHOU, time: self.env.now() };
        let base = copy.heads();
        let change = copy.edit(&stamp, &base, edits).unwrap().unwrap();
        let here = self.copy(doc);
        let merged = merge_into(here.kind(), Some(&here), &[&change.bytes], MergeGuards::default()).unwrap();
        let summary = summarise(doc, &merged.document);
        self.client
            .write(|tx| {
                let stored = tx.document(doc)?.unwrap();
                let snapshot = merged.document.save();
                Ok(tx.put_document(stored.scope, stored.class, stored.kind, &snapshot, &summary)?)
            })
            .unwrap();
    }

    /// 周, who supervises, acted on the entry as it is here; a sync brings it.
    fn act(&self, doc: DocId, kind: ActionKind, reason: &str) -> ActionId {
        let seen = self.client.entry(doc).unwrap();
        let action = Action {
            id: ActionId::new(&self.env),
            scope: seen.scope,
            subject: doc,
            class: seen.class,
            kind,
            heads: seen.heads,
            fields: Vec::new(),
            reason: reason.into(),
            after: seen.actions.iter().map(|action| action.id).collect(),
            member: ZHOU,
            device: DeviceId([2; 16]),
            time: self.env.now(),
            target: None,
            opening: None,
        };
        let signed = SignedAction::sign(&DeviceKey::generate(&self.env), OrgId([1; 16]), &action);
        let now = self.env.now();
        self.client.write(|tx| Ok(tx.put_action(&signed, Some(now))?)).unwrap();
        action.id
    }
}

fn open(folder: &tempfile::TempDir, env: &Env, marker: Marker) -> Client {
    let (path, key) = (folder.path().join("phone.db"), Some(DatabaseKey::from_bytes(KEY)));
    let (env, zone, defences) = (env.clone(), jiff::tz::TimeZone::UTC, Defences::default());
    Client::open(OpenOptions { path, key, marker, env, zone, defences }).unwrap()
}

fn directory(roles: &[Role], supervisors: Vec<MemberId>) -> Directory {
    let colleague = |id, name: &str| Colleague { id, name: name.into(), roles: Vec::new() };
    Directory {
        version: 1,
        org: OrgId([1; 16]),
        org_name: String::new(),
        me: LIN,
        roles: roles.to_vec(),
        colleagues: vec![colleague(LIN, "林"), colleague(ZHOU, "周")],
        teams: vec![DirectoryTeam { id: TEAM, name: String::new(), members: vec![LIN, ZHOU], supervisors }],
        cases: Vec::new(),
        grants: Vec::new(),
        template: Template::default(),
    }
}
