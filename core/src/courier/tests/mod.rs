//! The courier against a fake server: cuts, ends of grants, restores, refusals.

mod ahead;
mod cuts;
mod endings;
mod filling;
mod refusals;

use super::fake::{Cut, FakeServer};
use super::pen::Pen;
use super::{SyncFault, SyncReport, sync_once};
use crate::changes::{DeviceKey, Signature};
use crate::documents::{Document, Stamp, summarise};
use crate::env::Env;
use crate::model::{
    Action, ActionId, ActionKind, Actor, CaseId, Class, DeviceId, DocId, DocKind, Edit, Heads, MemberId,
    OrgId, Scope,
};
use crate::store::{AttentionKind, DatabaseKey, DraftId, DraftRow, Identity, Store, StoreFault};
use crate::sync::session::Defences;
use crate::sync::wire::{Certificate, ErrorCode, ItemVerdict, RefusalCode};
use crate::sync::{CallFault, ServerAddress};
use std::collections::BTreeMap;

const CLASS: Class = Class::File;

struct Phone {
    store: Store,
    env: Env,
    defences: Defences,
    _folder: tempfile::TempDir,
}

fn case(number: u8) -> Scope {
    Scope::Case(CaseId([number; 16]))
}

impl Phone {
    fn new() -> Self {
        let env = Env::system();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("phone.db"), &DatabaseKey::generate(&env)).unwrap();
        let certificate = Certificate { body: vec![7], signature: Signature([0; 64]) };
        let server = ServerAddress { url: "http://127.0.0.1:1".into(), fingerprint: None };
        let (org, member, device) = (OrgId([1; 16]), MemberId([1; 16]), DeviceId([1; 16]));
        store
            .write::<_, StoreFault>(|tx| {
                tx.set_identity(&Identity { org, member, device, certificate, server })?;
                tx.set_device_key(&DeviceKey::generate(&env))?;
                tx.set_incarnation(&env.bytes())
            })
            .unwrap();
        Self { store, env, defences: Defences::default(), _folder: folder }
    }

    fn try_sync(&self, server: &FakeServer) -> Result<SyncReport, SyncFault> {
        sync_once(&self.store, &self.env, server, self.defences, &|| true)
    }

    fn sync(&self, server: &FakeServer) -> SyncReport {
        self.try_sync(server).unwrap()
    }

    /// A new entry, handed in.
    fn record(&self, scope: Scope, narrative: &str) -> DocId {
        let doc = DocId::new(&self.env);
        self.store
            .write::<_, StoreFault>(|tx| {
                let pen = Pen::of(tx)?.unwrap();
                let edits = [Edit::set("kind", "home_visit"), Edit::set("narrative", narrative)];
                let (document, change) =
                    Document::create(DocKind::Entry, &pen.stamp(&self.env), &edits).unwrap();
                tx.put_document(scope, CLASS, DocKind::Entry, &document.save(), &summarise(doc, &document))?;
                pen.queue_change(tx, &self.env, (doc, scope, CLASS, DocKind::Entry), change)?;
                pen.queue_action(tx, &self.env, &submit(&self.env, doc, scope, document.heads()))
            })
            .unwrap();
        doc
    }

    fn edit(&self, scope: Scope, doc: DocId, edits: &[Edit]) {
        self.store
            .write::<_, StoreFault>(|tx| {
                let pen = Pen::of(tx)?.unwrap();
                let mut document = Document::load(&tx.document(doc)?.unwrap().snapshot).unwrap();
                let base = document.heads();
                let change = document.edit(&pen.stamp(&self.env), &base, edits).unwrap().unwrap();
                tx.put_document(scope, CLASS, DocKind::Entry, &document.save(), &summarise(doc, &document))?;
                pen.queue_change(tx, &self.env, (doc, scope, CLASS, DocKind::Entry), change)
            })
            .unwrap();
    }

    /// Something typed and not saved.
    fn draft(&self, scope: Scope, edits: &[Edit]) -> DraftId {
        let id = DraftId::new(&self.env);
        let draft = DraftRow {
            id,
            doc: None,
            scope,
            class: CLASS,
            base: Heads::default(),
            edits: edits.to_vec(),
            participants: Vec::new(),
            updated: self.env.now(),
        };
        self.store.write::<_, StoreFault>(|tx| tx.put_draft(&draft)).unwrap();
        id
    }

    fn heads(&self, scope: Scope) -> BTreeMap<DocId, Heads> {
        self.store
            .read::<_, StoreFault>(|tx| {
                let docs = tx.documents_of(scope, CLASS)?;
                docs.into_iter().map(|doc| Ok((doc, tx.summary(doc)?.unwrap().heads))).collect()
            })
            .unwrap()
    }

    fn text(&self, doc: DocId) -> Option<String> {
        let stored = self.store.read::<_, StoreFault>(|tx| tx.document(doc)).unwrap()?;
        Some(Document::load(&stored.snapshot).unwrap().fields().text("narrative").to_owned())
    }

    fn cards(&self) -> Vec<AttentionKind> {
        let cards = self.store.read::<_, StoreFault>(|tx| tx.attention()).unwrap();
        cards.into_iter().map(|card| card.kind).collect()
    }

    fn waiting(&self) -> u64 {
        self.store.read::<_, StoreFault>(|tx| Ok(tx.waiting()?.documents)).unwrap()
    }

    fn actor(&self) -> Actor {
        self.store.read::<_, StoreFault>(|tx| Ok(Pen::of(tx)?.unwrap().actor())).unwrap()
    }
}

fn submit(env: &Env, subject: DocId, scope: Scope, heads: Heads) -> Action {
    Action {
        id: ActionId::new(env),
        scope,
        subject,
        class: CLASS,
        kind: ActionKind::Submit,
        heads,
        fields: Vec::new(),
        reason: String::new(),
        after: Vec::new(),
        member: MemberId([1; 16]),
        device: DeviceId([1; 16]),
        time: env.now(),
        target: None,
        opening: None,
    }
}

/// A colleague's entry, known to the server only.
fn colleague_records(server: &FakeServer, env: &Env, scope: Scope, narrative: &str) -> (DocId, Document) {
    let stamp = Stamp { actor: Actor([9; 16]), member: MemberId([9; 16]), time: env.now() };
    let edits = [Edit::set("kind", "note"), Edit::set("narrative", narrative)];
    let (document, change) = Document::create(DocKind::Entry, &stamp, &edits).unwrap();
    let doc = DocId::new(env);
    server.take_change(scope, CLASS, doc, &change.bytes);
    (doc, document)
}

fn server_heads(server: &FakeServer, scope: Scope) -> BTreeMap<DocId, Heads> {
    let state = server.state();
    let kept = state.documents.iter().filter(|(_, kept)| kept.scope == scope);
    kept.map(|(doc, kept)| (*doc, kept.document.heads())).collect()
}

/// Two scopes with five documents each, and a phone with one entry of its own in the first.
fn office(phone: &Phone) -> FakeServer {
    let server = FakeServer::new();
    for number in [1, 2] {
        server.grant(case(number), CLASS);
        for index in 0..5 {
            colleague_records(&server, &phone.env, case(number), &format!("第{index}次"));
        }
    }
    server
}
