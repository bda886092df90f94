//! A device whose every byte the test decides. It has a real key and a real proof, and no client.

use base64::Engine as _;
use doorstep_core::changes::{
    DeviceKey, Envelope, Incarnation, RequestProof, SignedAction, SignedChange, actor_of, chunk_hash,
};
use doorstep_core::documents::Stamp;
use doorstep_core::env::Env;
use doorstep_core::model::{
    Action, ActionId, ActionKind, Actor, Class, DeviceId, DocId, DocKind, Hash, Heads, MemberId, OrgId, Scope,
};
use doorstep_core::sync::wire::{
    ErrorBody, ErrorCode, ItemVerdict, Push, PushResult, RefusalCode, SyncRequest, SyncResponse,
};
use doorstep_server::store::devices::{self, DeviceState};
use doorstep_server::sync::Reply;
use doorstep_server::{Server, StoreFault};

/// Where a document belongs and what it is.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Scope of the document.
    pub scope: Scope,
    /// The document.
    pub doc: DocId,
    /// Its class.
    pub class: Class,
    /// Its kind.
    pub kind: DocKind,
}

/// What a server said to a request: a page, or a code with its HTTP status.
pub type Answer = Result<SyncResponse, (u16, ErrorCode)>;

/// A device of a member.
pub struct RawDevice {
    /// Its clock and randomness.
    pub env: Env,
    /// Its key.
    pub key: DeviceKey,
    /// The organisation it names.
    pub org: OrgId,
    /// The member it names.
    pub member: MemberId,
    /// The device it names.
    pub device: DeviceId,
    /// What its actor follows from.
    pub incarnation: Incarnation,
}

impl RawDevice {
    /// A new device of a member, written into the directory without an enrolment.
    pub fn add(server: &Server, env: Env, member: MemberId) -> Result<Self, StoreFault> {
        let (key, device, incarnation) = (DeviceKey::generate(&env), DeviceId::new(&env), env.bytes());
        server.store().write::<_, StoreFault>(|tx| {
            let now = env.now();
            devices::add(tx, device, Some(member), &key.public(), "raw", DeviceState::Active, now)?;
            devices::bind_actor(tx, actor_of(&key.public(), &incarnation), device, &incarnation, now)
        })?;
        Ok(Self { env, key, org: server.org(), member, device, incarnation })
    }

    /// The actor that it may write under.
    pub fn actor(&self) -> Actor {
        actor_of(&self.key.public(), &self.incarnation)
    }

    /// Its signature under a document's changes, as automerge keeps it.
    pub fn stamp(&self) -> Stamp {
        Stamp { actor: self.actor(), member: self.member, time: self.env.now() }
    }

    /// An honest envelope around any bytes.
    pub fn envelope(&self, place: &Place, seq: u64, bytes: &[u8]) -> Envelope {
        Envelope {
            org: self.org,
            scope: place.scope,
            doc: place.doc,
            class: place.class,
            kind: place.kind,
            actor: self.actor(),
            seq,
            hash: chunk_hash(bytes).unwrap_or(Hash([0; 32])),
            member: self.member,
            device: self.device,
        }
    }

    /// Signs bytes as the change of a sequence number.
    pub fn change(&self, place: &Place, seq: u64, bytes: &[u8]) -> SignedChange {
        SignedChange::sign(&self.key, self.envelope(place, seq, bytes), bytes.to_vec())
    }

    /// An action of this device's member, not signed yet.
    pub fn action(&self, place: &Place, kind: ActionKind, heads: Heads) -> Action {
        Action {
            id: ActionId::new(&self.env),
            scope: place.scope,
            subject: place.doc,
            class: place.class,
            kind,
            heads,
            fields: Vec::new(),
            reason: String::new(),
            after: Vec::new(),
            member: self.member,
            device: self.device,
            time: self.env.now(),
            target: None,
            opening: None,
        }
    }

    /// Signs an action.
    pub fn sign(&self, action: &Action) -> SignedAction {
        SignedAction::sign(&self.key, self.org, action)
    }

    /// A first sync's request with pushes.
    pub fn request(&self, pushes: Vec<Push>) -> SyncRequest {
        SyncRequest {
            epoch: None,
            cursor: 0,
            seen: 0,
            chain: [0; 8],
            directory: 0,
            filling: Vec::new(),
            pushes,
            incarnation: self.incarnation,
            certificate: None,
            former: Vec::new(),
            frozen: Vec::new(),
        }
    }

    /// Pushes, and reads the answer.
    pub fn push(&self, server: &Server, pushes: Vec<Push>) -> Answer {
        self.sync(server, &self.request(pushes))
    }

    /// Pushes one push, and reads what became of it.
    ///
    /// # Panics
    /// If the request as a whole is turned down.
    pub fn push_one(&self, server: &Server, push: Push) -> PushResult {
        let mut answer = self.push(server, vec![push]).expect("the request itself is in order");
        assert_eq!(answer.results.len(), 1, "one result for one push");
        answer.results.remove(0)
    }

    /// Sends a request in the ordinary form.
    pub fn sync(&self, server: &Server, request: &SyncRequest) -> Answer {
        let cbor = minicbor::to_vec(request).expect("writing into memory does not fail");
        self.send(server, &compress(&cbor))
    }

    /// Sends any body with an honest proof.
    pub fn send(&self, server: &Server, body: &[u8]) -> Answer {
        let proof = RequestProof::sign(&self.key, self.device, "POST", "/v1/sync", body, self.env.now());
        read(&server.exchange("POST", "/v1/sync", Some(&header(&proof)), body))
    }
}

/// The header that carries a proof.
pub fn header(proof: &RequestProof) -> String {
    let bytes = minicbor::to_vec(proof).expect("writing into memory does not fail");
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(bytes)
}

/// A body as the wire wants it.
pub fn compress(bytes: &[u8]) -> Vec<u8> {
    zstd::bulk::compress(bytes, 3).expect("compressing in memory does not fail")
}

/// Reads an answer of `/v1/sync`.
///
/// # Panics
/// If the server's answer is not one.
pub fn read(reply: &Reply) -> Answer {
    let mut expanded = Vec::new();
    std::io::copy(
        &mut zstd::stream::read::Decoder::new(reply.body.as_slice()).expect("an answer is a zstd frame"),
        &mut expanded,
    )
    .expect("an answer is a whole zstd frame");
    if reply.status == 200 {
        Ok(minicbor::decode(&expanded).expect("an answer of 200 is a page"))
    } else {
        let error: ErrorBody = minicbor::decode(&expanded).expect("any other answer is an error body");
        Err((reply.status, error.code))
    }
}

/// Verdict and code of one change of a push.
pub fn change_result(result: &PushResult, index: usize) -> (ItemVerdict, Option<RefusalCode>) {
    let item = &result.changes[index];
    (item.verdict.clone(), item.code.clone())
}

/// Verdict and code of one action of a push.
pub fn action_result(result: &PushResult, index: usize) -> (ItemVerdict, Option<RefusalCode>) {
    let item = &result.actions[index];
    (item.verdict.clone(), item.code.clone())
}
