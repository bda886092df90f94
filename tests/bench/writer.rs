//! A device that writes whole cases, so that thousands of entries can be pushed quickly.

use crate::content;
use anyhow::{Context, Result, ensure};
use doorstep_core::changes::{RequestProof, SignedChange};
use doorstep_core::documents::{Document, NewChange};
use doorstep_core::model::{
    Action, ActionKind, CaseId, CaseKind, Class, DocId, DocKind, Edit, Epoch, Field, Opening, Scope, TeamId,
};
use doorstep_core::sync::wire::{ItemVerdict, Push, SyncRequest, SyncResponse};
use doorstep_tests::hostile::device::{Place, RawDevice, compress};
use doorstep_tests::hostile::record::entry_in;
use std::sync::atomic::{AtomicU64, Ordering};

/// Entries a case.
pub const ENTRIES_A_CASE: usize = 20;

/// An enrolled device that writes.
pub struct Writer {
    device: RawDevice,
    /// Version of the directory that it has: like a phone, it is sent one once.
    directory: AtomicU64,
}

impl Writer {
    /// A device that has synced nothing yet.
    pub fn new(device: RawDevice) -> Self {
        Self { device, directory: AtomicU64::new(0) }
    }

    /// Notes what an answer brought.
    pub fn note(&self, response: &SyncResponse) {
        if let Some(directory) = &response.directory {
            self.directory.store(directory.version, Ordering::Relaxed);
        }
    }

    /// The pushes that open a case and file its entries: `first` is the number of its first entry.
    pub fn case(&self, team: TeamId, first: usize, entries: usize) -> Result<Vec<Push>> {
        let device = &self.device;
        let case = CaseId::new(&device.env);
        let mut pushes = Vec::with_capacity(entries + Class::ALL.len());
        for class in Class::ALL {
            let (doc, kind) = (DocId::of_case_part(case, class), DocKind::case_part(class));
            let place = Place { scope: Scope::Case(case), doc, class, kind };
            let edits = vec![Edit::set(
                if class == Class::Contact { "pseudonym" } else { Field::NARRATIVE },
                format!("小{}", first / ENTRIES_A_CASE),
            )];
            let (document, change) = Document::create(kind, &device.stamp(), &edits)?;
            let mut actions = Vec::new();
            if class == Class::Contact {
                let opening = Some(Opening { case, team, kind: CaseKind::Released, minor: false });
                let action = device.action(&place, ActionKind::OpenCase, document.heads());
                actions.push(device.sign(&Action { opening, ..action }));
            }
            pushes.push(Push { doc, changes: vec![self.sign(&place, &change)], actions });
        }
        for index in first..first + entries {
            pushes.push(self.entry(case, index)?);
        }
        Ok(pushes)
    }

    /// One entry in three changes.
    pub fn entry(&self, case: CaseId, index: usize) -> Result<Push> {
        let (device, place) = (&self.device, entry_in(&self.device, case, Class::File));
        let [recorded, completed, corrected] = content::entry(index).changes;
        let (mut document, first) = Document::create(DocKind::Entry, &device.stamp(), &recorded)?;
        let mut changes = vec![first];
        for edits in [completed, corrected] {
            let base = document.heads();
            changes.extend(document.edit(&device.stamp(), &base, &edits)?);
        }
        let changes = changes.iter().map(|change| self.sign(&place, change)).collect();
        Ok(Push { doc: place.doc, changes, actions: Vec::new() })
    }

    /// A request with nothing but pushes.
    pub fn request(&self, epoch: Option<Epoch>, pushes: Vec<Push>) -> SyncRequest {
        SyncRequest {
            epoch,
            directory: self.directory.load(Ordering::Relaxed),
            ..self.device.request(pushes)
        }
    }

    /// Compressed body and proof of a request.
    pub fn sealed(&self, request: &SyncRequest) -> Result<(RequestProof, Vec<u8>)> {
        let device = &self.device;
        let body = compress(&minicbor::to_vec(request).context("request as CBOR")?);
        let now = device.env.now();
        let proof = RequestProof::sign(&device.key, device.device, "POST", "/v1/sync", &body, now);
        Ok((proof, body))
    }

    fn sign(&self, place: &Place, change: &NewChange) -> SignedChange {
        self.device.change(place, change.seq, &change.bytes)
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
