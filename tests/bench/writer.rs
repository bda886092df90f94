//! A phone reduced to its pen: writes entries and signs them, so that thousands can be pushed quickly.

use crate::content;
use anyhow::{Context, Result, ensure};
use doorstep_core::changes::{
    DeviceKey, Envelope, Incarnation, RequestProof, SignedAction, SignedChange, actor_of,
};
use doorstep_core::documents::{Document, NewChange, Stamp};
use doorstep_core::env::Env;
use doorstep_core::model::{
    Action, ActionId, ActionKind, CaseId, CaseKind, Class, DeviceId, DocId, DocKind, Edit, Epoch, Field,
    Heads, MemberId, Opening, OrgId, Scope, TeamId,
};
use doorstep_core::sync::wire::{ItemVerdict, Push, SyncRequest, SyncResponse};

/// Entries a case.
pub const ENTRIES_A_CASE: usize = 20;

/// An enrolled device that writes.
pub struct Writer {
    /// Clock and randomness.
    pub env: Env,
    /// Signs.
    pub key: DeviceKey,
    /// Behind the actor.
    pub incarnation: Incarnation,
    /// The organisation.
    pub org: OrgId,
    /// Whose phone it is.
    pub member: MemberId,
    /// The device.
    pub device: DeviceId,
}

impl Writer {
    /// The pushes that open a case and file its entries: `first` is the number of its first entry.
    pub fn case(&self, team: TeamId, first: usize, entries: usize) -> Result<Vec<Push>> {
        let case = CaseId::new(&self.env);
        let mut pushes = Vec::with_capacity(entries + Class::ALL.len());
        for class in Class::ALL {
            let doc = DocId::of_case_part(case, class);
            let kind = DocKind::case_part(class);
            let edits = vec![Edit::set(
                if class == Class::Contact { "pseudonym" } else { Field::NARRATIVE },
                format!("小{}", first / ENTRIES_A_CASE),
            )];
            let (document, change) = Document::create(kind, &self.stamp(), &edits)?;
            let actions = if class == Class::Contact {
                vec![self.opening(case, team, doc, document.heads())]
            } else {
                Vec::new()
            };
            let changes = vec![self.sign(Scope::Case(case), doc, class, kind, change)];
            pushes.push(Push { doc, changes, actions });
        }
        for index in first..first + entries {
            pushes.push(self.entry(case, index)?);
        }
        Ok(pushes)
    }

    /// One entry in three changes.
    pub fn entry(&self, case: CaseId, index: usize) -> Result<Push> {
        let doc = DocId::new(&self.env);
        let [recorded, completed, corrected] = content::entry(index).changes;
        let (mut document, first) = Document::create(DocKind::Entry, &self.stamp(), &recorded)?;
        let mut changes = vec![first];
        for edits in [completed, corrected] {
            let base = document.heads();
            changes.extend(document.edit(&self.stamp(), &base, &edits)?);
        }
        let scope = Scope::Case(case);
        let changes = changes
            .into_iter()
            .map(|change| self.sign(scope, doc, Class::File, DocKind::Entry, change))
            .collect();
        Ok(Push { doc, changes, actions: Vec::new() })
    }

    /// A request with nothing but pushes.
    pub fn request(&self, epoch: Option<Epoch>, pushes: Vec<Push>) -> SyncRequest {
        SyncRequest {
            epoch,
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

    /// Compressed body and proof of a request.
    pub fn sealed(&self, request: &SyncRequest) -> Result<(RequestProof, Vec<u8>)> {
        let body = zstd::encode_all(&minicbor::to_vec(request).context("request as CBOR")?[..], 3)?;
        let proof = RequestProof::sign(&self.key, self.device, "POST", "/v1/sync", &body, self.env.now());
        Ok((proof, body))
    }

    fn stamp(&self) -> Stamp {
        Stamp {
            actor: actor_of(&self.key.public(), &self.incarnation),
            member: self.member,
            time: self.env.now(),
        }
    }

    fn sign(&self, scope: Scope, doc: DocId, class: Class, kind: DocKind, change: NewChange) -> SignedChange {
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
        SignedChange::sign(&self.key, envelope, change.bytes)
    }

    fn opening(&self, case: CaseId, team: TeamId, subject: DocId, heads: Heads) -> SignedAction {
        let action = Action {
            id: ActionId::new(&self.env),
            scope: Scope::Case(case),
            subject,
            class: Class::Contact,
            kind: ActionKind::OpenCase,
            heads,
            fields: Vec::new(),
            reason: String::new(),
            after: Vec::new(),
            member: self.member,
            device: self.device,
            time: self.env.now(),
            target: None,
            opening: Some(Opening { case, team, kind: CaseKind::Released, minor: false }),
        };
        SignedAction::sign(&self.key, self.org, &action)
    }
}

/// Reads an answer and insists that everything pushed was accepted.
pub fn accepted(body: &[u8]) -> Result<SyncResponse> {
    let response: SyncResponse = minicbor::decode(&zstd::decode_all(body)?)?;
    for result in &response.results {
        for item in result.changes.iter().chain(&result.actions) {
            ensure!(
                item.verdict == ItemVerdict::Accepted,
                "the bench's own push was {:?}: {:?}",
                item.verdict,
                item.code
            );
        }
    }
    Ok(response)
}
