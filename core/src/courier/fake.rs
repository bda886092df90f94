//! A server for tests of this module: one member's view, as simple as the wire allows. The real one
//! is tested with the real client in `tests/`.

use crate::changes::RequestProof;
use crate::documents::{Document, MergeGuards, merge, merge_into, summarise};
use crate::model::{
    Actor, Class, Directory, DocId, DocKind, Epoch, Grant, Hash, MemberId, OrgId, Scope, Template, Timestamp,
};
use crate::sync::wire::{
    ActionItem, Bytes, ChangesItem, ErrorBody, ErrorCode, Filling, Item, ItemResult, ItemVerdict, Push,
    PushResult, RefusalCode, SnapshotItem, SyncRequest, SyncResponse,
};
use crate::sync::{Reply, Transport, Unreachable};
use std::collections::{HashMap, HashSet};
use std::sync::{Mutex, MutexGuard};

/// When an exchange breaks: the request is lost, or the answer is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    Request,
    Answer,
}

pub struct Kept {
    pub scope: Scope,
    pub class: Class,
    pub document: Document,
    created: u64,
}

enum Row {
    Change(DocId, Vec<u8>),
    Action(ActionItem, Scope, Class),
}

#[derive(Default)]
pub struct State {
    pub epoch: u8,
    pub grants: Vec<Grant>,
    pub documents: HashMap<DocId, Kept>,
    pub late: Vec<Push>,
    /// Frozen scopes whose end somebody has confirmed.
    pub ended: Vec<Scope>,
    /// What to answer for a document's pushes instead of taking them in.
    pub refusals: HashMap<DocId, (ItemVerdict, RefusalCode)>,
    /// Documents in a page.
    pub page: usize,
    /// Exchanges so far, and the one that breaks.
    pub exchanges: usize,
    pub cut: Option<(usize, Cut)>,
    /// Whole requests to turn down first.
    pub turn_down: Vec<ErrorCode>,
    pub requests: Vec<SyncRequest>,
    pub clock_ms: i64,
    /// Whether phones may fetch a page while they store another.
    pub is_parallel: bool,
    log: Vec<Row>,
    taken: HashMap<(DocId, Actor, u64), Hash>,
    version: u64,
}

pub struct FakeServer(Mutex<State>);

impl FakeServer {
    pub fn new() -> Self {
        Self(Mutex::new(State { epoch: 1, page: 3, version: 1, ..State::default() }))
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap()
    }

    pub fn grant(&self, scope: Scope, class: Class) {
        let mut state = self.state();
        state.version += 1;
        let generation = state.version;
        state.grants.push(Grant { scope, class, generation });
    }

    pub fn end_grant(&self, scope: Scope) {
        let mut state = self.state();
        state.version += 1;
        state.grants.retain(|grant| grant.scope != scope);
    }

    /// Takes a colleague's change in.
    pub fn take_change(&self, scope: Scope, class: Class, doc: DocId, bytes: &[u8]) {
        self.state().take_change(scope, class, doc, DocKind::Entry, bytes);
    }
}

impl State {
    fn take_change(&mut self, scope: Scope, class: Class, doc: DocId, kind: DocKind, bytes: &[u8]) {
        self.log.push(Row::Change(doc, bytes.to_vec()));
        let position = self.log.len() as u64;
        let merged = match self.documents.get(&doc) {
            Some(kept) => merge_into(kind, Some(&kept.document), &[bytes], MergeGuards::default()),
            None => merge(kind, None, &[bytes], MergeGuards::default()),
        };
        let document = merged.expect("tests push what merges").document;
        let created = self.documents.get(&doc).map_or(position, |kept| kept.created);
        self.documents.insert(doc, Kept { scope, class, document, created });
    }

    fn take_push(&mut self, push: &Push) -> PushResult {
        let answer = |verdict: ItemVerdict, code: Option<RefusalCode>| {
            let item = ItemResult { verdict, position: None, code };
            let (changes, actions) = (push.changes.len(), push.actions.len());
            PushResult { doc: push.doc, changes: vec![item.clone(); changes], actions: vec![item; actions] }
        };
        if let Some((verdict, code)) = self.refusals.get(&push.doc) {
            return answer(verdict.clone(), Some(code.clone()));
        }
        let place = push.changes.first().map(|change| (change.envelope.scope, change.envelope.class));
        if let Some(place) = place
            && !self.grants.iter().any(|grant| (grant.scope, grant.class) == place)
        {
            self.late.push(push.clone());
            return answer(ItemVerdict::Late, Some(RefusalCode::NotAssigned));
        }
        for change in &push.changes {
            let envelope = &change.envelope;
            match self.taken.get(&(push.doc, envelope.actor, envelope.seq)) {
                Some(hash) if *hash == envelope.hash => {}
                Some(_) => return answer(ItemVerdict::Refused, Some(RefusalCode::DuplicateSequence)),
                None => {
                    self.taken.insert((push.doc, envelope.actor, envelope.seq), envelope.hash);
                    let (scope, class) = (envelope.scope, envelope.class);
                    self.take_change(scope, class, push.doc, envelope.kind, &change.bytes);
                }
            }
        }
        for signed in &push.actions {
            let action = signed.action().unwrap();
            let item = ActionItem { action: signed.clone(), received: Timestamp::from_ms(self.clock_ms) };
            self.log.push(Row::Action(item, action.scope, action.class));
        }
        let position = Some(self.log.len() as u64);
        let mut result = answer(ItemVerdict::Accepted, None);
        for item in result.changes.iter_mut().chain(&mut result.actions) {
            item.position = position;
        }
        result
    }

    fn is_granted(&self, scope: Scope, class: Class) -> bool {
        self.grants.iter().any(|grant| (grant.scope, grant.class) == (scope, class))
    }

    fn snapshot(&self, doc: DocId) -> Item {
        let kept = &self.documents[&doc];
        Item::Snapshot(Box::new(SnapshotItem {
            scope: kept.scope,
            doc,
            class: kept.class,
            kind: kept.document.kind(),
            bytes: kept.document.save(),
            summary: summarise(doc, &kept.document),
        }))
    }

    fn feed(&self, cursor: u64, page: &mut Vec<Item>) -> u64 {
        let mut whole = HashSet::new();
        for (index, row) in self.log.iter().enumerate().skip(usize::try_from(cursor).unwrap()) {
            let position = index as u64 + 1;
            if page.len() >= self.page {
                return position - 1;
            }
            match row {
                Row::Change(doc, bytes) => {
                    let kept = &self.documents[doc];
                    if !self.is_granted(kept.scope, kept.class) || whole.contains(doc) {
                        continue;
                    }
                    if kept.created == position {
                        whole.insert(*doc);
                        page.push(self.snapshot(*doc));
                    } else {
                        page.push(Item::Changes(ChangesItem {
                            doc: *doc,
                            scope: kept.scope,
                            class: kept.class,
                            changes: vec![Bytes(bytes.clone())],
                        }));
                    }
                }
                Row::Action(item, scope, class) => {
                    if self.is_granted(*scope, *class) {
                        page.push(Item::Action(item.clone()));
                    }
                }
            }
        }
        self.log.len() as u64
    }

    fn fill(&self, wanted: &[Filling], page: &mut Vec<Item>) -> Vec<Filling> {
        let mut open = Vec::new();
        for &(mut fill) in wanted {
            let grant = Grant { scope: fill.scope, class: fill.class, generation: fill.generation };
            if !self.grants.contains(&grant) {
                continue;
            }
            let mut documents: Vec<_> = self
                .documents
                .iter()
                .filter(|(_, kept)| (kept.scope, kept.class) == (fill.scope, fill.class))
                .filter(|(_, kept)| fill.after.is_none_or(|after| kept.created < after))
                .map(|(doc, kept)| (kept.created, *doc))
                .collect();
            documents.sort_unstable();
            while let Some((created, doc)) = documents.pop() {
                if page.len() >= self.page {
                    open.push(fill);
                    break;
                }
                page.push(self.snapshot(doc));
                fill.after = Some(created);
            }
        }
        open
    }

    fn chain(&self, position: u64) -> [u8; 8] {
        // A chain that differs in every lineage and at every position.
        (position ^ u64::from(self.epoch) << 56).to_be_bytes()
    }

    fn answer(&mut self, request: &SyncRequest) -> SyncResponse {
        let head = self.log.len() as u64;
        let epoch = Epoch([self.epoch; 16]);
        let is_lost = request.epoch.is_some_and(|known| {
            known != epoch || request.seen > head || request.chain != self.chain(request.seen)
        });
        let mut results = Vec::new();
        let mut page = Vec::new();
        let (mut cursor, mut filling) = (head, Vec::new());
        if !is_lost {
            results = request.pushes.iter().map(|push| self.take_push(push)).collect();
            cursor = self.log.len() as u64;
            if request.epoch.is_some() {
                cursor = self.feed(request.cursor, &mut page);
            }
            filling = self.fill(&request.filling, &mut page);
        }
        let head = self.log.len() as u64;
        SyncResponse {
            epoch,
            reconcile: is_lost,
            results,
            page,
            cursor,
            more: cursor < head || !filling.is_empty(),
            filling,
            directory: (request.directory != self.version).then(|| self.directory()),
            head,
            chain: self.chain(head),
            backed_up: 0,
            photos_backed_up: 0,
            time: Timestamp::from_ms(self.clock_ms),
            ended: request.frozen.iter().filter(|one| self.ended.contains(&one.scope)).copied().collect(),
        }
    }

    fn directory(&self) -> Directory {
        Directory {
            version: self.version,
            org: OrgId([1; 16]),
            org_name: String::new(),
            me: MemberId([1; 16]),
            roles: Vec::new(),
            colleagues: Vec::new(),
            teams: Vec::new(),
            cases: Vec::new(),
            grants: self.grants.clone(),
            template: Template::default(),
        }
    }
}

impl Transport for FakeServer {
    fn exchange(&self, _: &str, _: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let mut state = self.state();
        state.exchanges += 1;
        let cut = state.cut.filter(|(at, _)| *at == state.exchanges).map(|(_, cut)| cut);
        if cut == Some(Cut::Request) {
            return Err(Unreachable);
        }
        let request: SyncRequest = minicbor::decode(&zstd::decode_all(body).unwrap()).unwrap();
        state.requests.push(request.clone());
        let (status, answer) = if let Some(code) = state.turn_down.pop() {
            let time = Timestamp::from_ms(state.clock_ms);
            (401, minicbor::to_vec(ErrorBody { code, time, incident: None }).unwrap())
        } else {
            (200, minicbor::to_vec(state.answer(&request)).unwrap())
        };
        if cut == Some(Cut::Answer) {
            return Err(Unreachable);
        }
        Ok(Reply { status, body: zstd::encode_all(&answer[..], 1).unwrap() })
    }

    fn may_fetch_ahead(&self) -> bool {
        self.state().is_parallel
    }
}
