//! A small office and its phones, for tests of this crate. The phones here speak the wire and keep
//! nothing: the real client is tested with the server in `tests/`.

use crate::defences::Defences;
use crate::directory;
use crate::server::{Server, ServerConfig};
use crate::store::{devices, members, teams};
use crate::sync::Reply;
use crate::vault::MasterKey;
use data_encoding::BASE64URL_NOPAD;
use doorstep_core::changes::{
    DeviceKey, Envelope, Incarnation, RequestProof, SignedAction, SignedChange, actor_of,
};
use doorstep_core::documents::{Document, NewChange, Stamp};
use doorstep_core::env::Env;
use doorstep_core::model::{
    Action, ActionId, ActionKind, Actor, AttachmentId, CaseId, CaseKind, CaseRole, Class, DeviceId, DocId,
    DocKind, Edit, Epoch, Heads, MemberId, Opening, OrgId, Photo, Role, Scope, TeamId, Timestamp,
};
use doorstep_core::pictures::{Prepared, prepare};
use doorstep_core::sync::attachments::{PUT_PATH, PutAnswer, PutChunk};
use doorstep_core::sync::wire::{
    Certificate, EnrolRequest, Enrolled, ErrorBody, ErrorCode, Filling, ItemResult, Push, RefusalCode,
    SyncRequest, SyncResponse,
};
use sha2::{Digest, Sha256};
use std::path::Path;
use std::sync::Arc;

/// An office with one team: two workers, a mentor, a supervisor.
pub struct Office {
    pub folder: tempfile::TempDir,
    pub server: Arc<Server>,
    pub team: TeamId,
    pub worker: MemberId,
    pub colleague: MemberId,
    pub mentor: MemberId,
    pub supervisor: MemberId,
}

pub fn open_server(folder: &Path, defences: Defences) -> Arc<Server> {
    let config = ServerConfig {
        data_dir: folder.to_owned(),
        master_key: MasterKey::from_bytes([9; 32]),
        env: Env::system(),
        office_name: "Office".into(),
        defences,
    };
    Server::open(config).unwrap()
}

impl Office {
    pub fn open() -> Self {
        Self::with(Defences::default())
    }

    pub fn with(defences: Defences) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let server = open_server(folder.path(), defences);
        let env = server.env().clone();
        let (team, now) = (TeamId::new(&env), env.now());
        let ids = [(); 4].map(|()| MemberId::new(&env));
        let [worker, colleague, mentor, supervisor] = ids;
        server
            .store()
            .write::<_, crate::StoreFault>(|tx| {
                members::add(tx, worker, "Worker", None, "zh", &[Role::Worker], now)?;
                members::add(tx, colleague, "Colleague", None, "zh", &[Role::Worker], now)?;
                members::add(tx, mentor, "Mentor", None, "zh", &[Role::Mentor], now)?;
                members::add(tx, supervisor, "Supervisor", None, "zh", &[Role::Supervisor], now)?;
                teams::add(tx, team, "Team", now)?;
                ids.into_iter().try_for_each(|id| teams::join(tx, team, id, id == supervisor))
            })
            .unwrap();
        Self { folder, server, team, worker, colleague, mentor, supervisor }
    }

    /// Closes the server and opens it again on the same folder.
    pub fn restart(&mut self) {
        let defences = self.server.defences();
        self.server = open_server(self.folder.path(), defences);
    }

    pub fn assign(&self, case: CaseId, member: MemberId, role: &CaseRole) {
        directory::assign(&self.server, None, case, member, role).unwrap();
    }

    pub fn end_assignment(&self, case: CaseId, member: MemberId) {
        directory::end_assignment(&self.server, None, case, member).unwrap();
    }

    /// Invites a member and returns the secret.
    pub fn invite(&self, member: MemberId) -> Vec<u8> {
        let secret = self.server.env().bytes::<16>();
        let now = self.server.env().now();
        self.server
            .store()
            .write::<_, crate::StoreFault>(|tx| {
                devices::add_invite(
                    tx,
                    Sha256::digest(secret).into(),
                    member,
                    None,
                    now,
                    now.plus_ms(600_000),
                )
            })
            .unwrap();
        secret.to_vec()
    }

    /// A member's new phone, enrolled.
    pub fn phone(&self, member: MemberId) -> Phone {
        let secret = self.invite(member);
        let key = DeviceKey::generate(self.server.env());
        let incarnation = self.server.env().bytes();
        let enrolled = enrol(&self.server, &key, incarnation, secret).unwrap();
        assert_eq!(enrolled.member, member);
        Phone {
            actor: actor_of(&key.public(), &incarnation),
            key,
            incarnation,
            member,
            device: enrolled.device,
            org: enrolled.org,
            certificate: enrolled.certificate,
            epoch: None,
            cursor: 0,
            seen: 0,
            chain: [0; 8],
            directory: 0,
            filling: Vec::new(),
        }
    }

    /// A worker's phone with a case that it has opened.
    pub fn phone_with_case(&self) -> (Phone, CaseId) {
        let mut phone = self.phone(self.worker);
        let (case, push) = phone.open_case(&self.server, self.team);
        let response = phone.sync(&self.server, vec![push]);
        assert_all_accepted(&response);
        (phone, case)
    }
}

pub fn enrol(
    server: &Server,
    key: &DeviceKey,
    incarnation: Incarnation,
    secret: Vec<u8>,
) -> Result<Enrolled, ErrorCode> {
    let request = EnrolRequest { secret, key: key.public(), incarnation, label: "Redmi 12".into() };
    let body = pack(&request);
    let proof = RequestProof::sign(key, DeviceId([0; 16]), "POST", "/v1/enrol", &body, Timestamp::from_ms(0));
    answer(&server.exchange("POST", "/v1/enrol", Some(&header(&proof)), &body)).map_err(|error| error.code)
}

pub fn pack(message: &impl minicbor::Encode<()>) -> Vec<u8> {
    zstd::bulk::compress(&minicbor::to_vec(message).unwrap(), 3).unwrap()
}

pub fn header(proof: &RequestProof) -> String {
    BASE64URL_NOPAD.encode(&minicbor::to_vec(proof).unwrap())
}

pub fn answer<T: for<'b> minicbor::Decode<'b, ()>>(reply: &Reply) -> Result<T, ErrorBody> {
    let bytes = zstd::stream::decode_all(reply.body.as_slice()).unwrap();
    if reply.status == 200 {
        Ok(minicbor::decode(&bytes).unwrap())
    } else {
        Err(minicbor::decode(&bytes).unwrap())
    }
}

pub fn assert_all_accepted(response: &SyncResponse) {
    for result in response.results.iter().flat_map(|result| result.changes.iter().chain(&result.actions)) {
        assert_eq!((result.verdict.code(), result.code.as_ref()), ("accepted", None), "{response:?}");
    }
}

/// Verdict and code of an item, as text.
pub fn said(result: &ItemResult) -> (&str, &str) {
    (result.verdict.code(), result.code.as_ref().map_or("", RefusalCode::code))
}

/// A small photo as a phone makes it.
pub fn photo() -> (Photo, Prepared) {
    let picture = image::RgbImage::from_fn(400, 300, |x, y| {
        let shade = |value: u32| u8::try_from(value % 256).unwrap();
        image::Rgb([shade(x), shade(y), shade(x * y / 64)])
    });
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let prepared = prepare(png.get_ref()).unwrap();
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).unwrap();
    let photo = Photo {
        id: AttachmentId::of(&prepared.original),
        thumbnail: AttachmentId::of(&prepared.thumbnail),
        width: prepared.width,
        height: prepared.height,
        bytes: length(&prepared.original),
        thumbnail_bytes: length(&prepared.thumbnail),
    };
    (photo, prepared)
}

/// A phone as the server sees it.
pub struct Phone {
    pub key: DeviceKey,
    pub incarnation: Incarnation,
    pub actor: Actor,
    pub member: MemberId,
    pub device: DeviceId,
    pub org: OrgId,
    pub certificate: Certificate,
    pub epoch: Option<Epoch>,
    pub cursor: u64,
    pub seen: u64,
    pub chain: [u8; 8],
    pub directory: u64,
    pub filling: Vec<Filling>,
}

impl Phone {
    pub fn request(&self, pushes: Vec<Push>) -> SyncRequest {
        SyncRequest {
            epoch: self.epoch,
            cursor: self.cursor,
            seen: self.seen,
            chain: self.chain,
            directory: self.directory,
            filling: self.filling.clone(),
            pushes,
            incarnation: self.incarnation,
            certificate: None,
            former: Vec::new(),
            frozen: Vec::new(),
        }
    }

    pub fn exchange(&self, server: &Server, request: &SyncRequest) -> Result<SyncResponse, ErrorBody> {
        self.exchange_at(server, request, server.env().now())
    }

    pub fn exchange_at(
        &self,
        server: &Server,
        request: &SyncRequest,
        time: Timestamp,
    ) -> Result<SyncResponse, ErrorBody> {
        let body = pack(request);
        let proof = RequestProof::sign(&self.key, self.device, "POST", "/v1/sync", &body, time);
        answer(&server.exchange("POST", "/v1/sync", Some(&header(&proof)), &body))
    }

    /// Syncs and keeps what the answer says to keep.
    pub fn sync(&mut self, server: &Server, pushes: Vec<Push>) -> SyncResponse {
        let response = self.exchange(server, &self.request(pushes)).unwrap();
        self.epoch = Some(response.epoch);
        self.cursor = response.cursor;
        (self.seen, self.chain) = (response.head, response.chain);
        self.filling.clone_from(&response.filling);
        if let Some(directory) = &response.directory {
            self.directory = directory.version;
        }
        response
    }

    /// Sends an attachment of one chunk.
    pub fn put(&self, server: &Server, doc: DocId, bytes: &[u8]) -> Result<PutAnswer, ErrorBody> {
        let (name, whole) = (AttachmentId::of(bytes), bytes.len() as u64);
        self.put_chunk(server, &PutChunk { doc, name, whole, at: 0, bytes: bytes.to_vec() })
    }

    pub fn put_chunk(&self, server: &Server, chunk: &PutChunk) -> Result<PutAnswer, ErrorBody> {
        self.call(server, PUT_PATH, chunk)
    }

    /// A signed request to any endpoint.
    pub fn call<A: for<'b> minicbor::Decode<'b, ()>>(
        &self,
        server: &Server,
        path: &str,
        request: &impl minicbor::Encode<()>,
    ) -> Result<A, ErrorBody> {
        let (body, now) = (pack(request), server.env().now());
        let proof = RequestProof::sign(&self.key, self.device, "POST", path, &body, now);
        answer(&server.exchange("POST", path, Some(&header(&proof)), &body))
    }

    pub fn stamp(&self, server: &Server) -> Stamp {
        Stamp { actor: self.actor, member: self.member, time: server.env().now() }
    }

    pub fn sign(
        &self,
        doc: DocId,
        scope: Scope,
        class: Class,
        kind: DocKind,
        change: &NewChange,
    ) -> SignedChange {
        let envelope = Envelope {
            org: self.org,
            scope,
            doc,
            class,
            kind,
            actor: change.actor,
            seq: change.seq,
            hash: change.hash,
            member: self.member,
            device: self.device,
        };
        SignedChange::sign(&self.key, envelope, change.bytes.clone())
    }

    pub fn action(
        &self,
        server: &Server,
        kind: ActionKind,
        place: (DocId, Scope, Class),
        heads: Heads,
    ) -> Action {
        Action {
            id: ActionId::new(server.env()),
            scope: place.1,
            subject: place.0,
            class: place.2,
            kind,
            heads,
            fields: Vec::new(),
            reason: String::new(),
            after: Vec::new(),
            member: self.member,
            device: self.device,
            time: server.env().now(),
            target: None,
            opening: None,
        }
    }

    /// A new case with its contact part.
    pub fn open_case(&self, server: &Server, team: TeamId) -> (CaseId, Push) {
        let case = CaseId::new(server.env());
        let (scope, doc) = (Scope::Case(case), DocId::of_case_part(case, Class::Contact));
        let edits = [Edit::set("pseudonym", "小林")];
        let (document, change) = Document::create(DocKind::CaseContact, &self.stamp(server), &edits).unwrap();
        let mut action =
            self.action(server, ActionKind::OpenCase, (doc, scope, Class::Contact), document.heads());
        action.opening = Some(Opening { case, team, kind: CaseKind::Released, minor: false });
        let push = Push {
            doc,
            changes: vec![self.sign(doc, scope, Class::Contact, DocKind::CaseContact, &change)],
            actions: vec![SignedAction::sign(&self.key, self.org, &action)],
        };
        (case, push)
    }

    /// A visit of class file: one change, not handed in.
    pub fn visit(&self, server: &Server, case: CaseId) -> Visit {
        self.entry(server, Scope::Case(case), Class::File, "home_visit")
    }

    pub fn entry(&self, server: &Server, scope: Scope, class: Class, kind: &str) -> Visit {
        let doc = DocId::new(server.env());
        let edits =
            [Edit::set("kind", kind), Edit::set("outcome", "met"), Edit::set("narrative", "奶奶开门。")];
        let (document, change) = Document::create(DocKind::Entry, &self.stamp(server), &edits).unwrap();
        let first = self.sign(doc, scope, class, DocKind::Entry, &change);
        Visit { doc, scope, class, document, changes: vec![first] }
    }
}

/// An entry on a phone.
#[derive(Clone)]
pub struct Visit {
    pub doc: DocId,
    pub scope: Scope,
    pub class: Class,
    pub document: Document,
    pub changes: Vec<SignedChange>,
}

impl Visit {
    pub fn push(&self) -> Push {
        Push { doc: self.doc, changes: self.changes.clone(), actions: Vec::new() }
    }

    /// Edits the entry; returns the change.
    pub fn edit(&mut self, server: &Server, phone: &Phone, edits: &[Edit]) -> SignedChange {
        let base = self.document.heads();
        let change = self.document.edit(&phone.stamp(server), &base, edits).unwrap().unwrap();
        let signed = phone.sign(self.doc, self.scope, self.class, DocKind::Entry, &change);
        self.changes.push(signed.clone());
        signed
    }

    pub fn only(&self, change: SignedChange) -> Push {
        Push { doc: self.doc, changes: vec![change], actions: Vec::new() }
    }

    pub fn act(&self, server: &Server, phone: &Phone, kind: ActionKind) -> SignedAction {
        let action = phone.action(server, kind, (self.doc, self.scope, self.class), self.document.heads());
        SignedAction::sign(&phone.key, phone.org, &action)
    }
}
