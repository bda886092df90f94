//! Storing what was planned: rows of the log with their positions, the document, the directory's
//! rows of a new case, the audit. All within one transaction that the caller commits.

use super::check::Pusher;
use super::plan::{Acceptance, Outcome};
use super::take_in::ReviewMarks;
use crate::error::StoreFault;
use crate::store::audit::{self, Line};
use crate::store::documents::{self, DocumentRow, SealedDocument};
use crate::store::log::{self, LogRow};
use crate::store::office::{self, ChainHash};
use crate::store::{aside, cases};
use doorstep_core::model::{DocId, SUMMARY_VERSION, Scope, Timestamp};
use doorstep_core::sync::wire::{ItemResult, PushResult};
use rusqlite::Connection;
use sha2::{Digest, Sha256};

/// The end of the log while a transaction appends to it.
pub struct Tail {
    head: u64,
    chain: ChainHash,
    moved: bool,
}

impl Tail {
    /// The log's end as it stands.
    pub fn read(tx: &Connection) -> Result<Self, StoreFault> {
        let office = office::get(tx)?;
        Ok(Self { head: office.head, chain: office.chain, moved: false })
    }

    /// The next position, and the chain there.
    fn next(&mut self, reference: &[u8; 32]) -> (u64, ChainHash) {
        self.head += 1;
        self.chain = next_chain(&self.chain, reference);
        self.moved = true;
        (self.head, self.chain)
    }

    /// Stores the new end.
    pub fn write(&self, tx: &Connection) -> Result<(), StoreFault> {
        if self.moved { office::set_head(tx, self.head, &self.chain) } else { Ok(()) }
    }
}

/// The running hash with one more reference.
pub fn next_chain(chain: &ChainHash, reference: &[u8; 32]) -> ChainHash {
    Sha256::new().chain_update(chain).chain_update(reference).finalize().into()
}

/// What became of a push.
pub struct Applied {
    /// The answer.
    pub result: PushResult,
    /// The document that moved: what is set aside of it may fit now.
    pub moved: Option<DocId>,
    /// The scope that began: what is set aside in it may fit now.
    pub begun: Option<Scope>,
    /// Nothing was stored of it: too much of the device is set aside already.
    pub is_turned_away: bool,
}

/// Whether so many items more would be too many set aside of one device.
fn is_full(tx: &Connection, pusher: &Pusher, more: usize, most: u64) -> Result<bool, StoreFault> {
    Ok(aside::count_of_device(tx, pusher.device)? + more as u64 > most)
}

/// Stores one outcome; of a device, `most_aside` items are set aside at once.
pub fn apply(
    tx: &Connection,
    tail: &mut Tail,
    pusher: &Pusher,
    received: Timestamp,
    outcome: Outcome,
    most_aside: u64,
) -> Result<Applied, StoreFault> {
    let line = |verb, doc: &DocId, detail: &str| {
        audit::add(
            tx,
            &Line {
                time: received,
                member: Some(pusher.member),
                device: Some(pusher.device),
                verb,
                subject: Some(doc.as_bytes()),
                detail: Some(detail),
            },
        )
    };
    match outcome {
        Outcome::Settled { result, is_alarming } => {
            if is_alarming {
                tracing::warn!(device = %pusher.device, doc = %result.doc, "a sequence number came again with other content");
                line("duplicate_sequence", &result.doc, "")?;
            }
            Ok(Applied { result, moved: None, begun: None, is_turned_away: false })
        }
        Outcome::Aside { result, rows } if is_full(tx, pusher, rows.len(), most_aside)? => {
            tracing::warn!(device = %pusher.device, "too much of one device is set aside: nothing more of it is kept");
            Ok(Applied { result, moved: None, begun: None, is_turned_away: true })
        }
        Outcome::Aside { result, rows } => {
            aside::add(tx, &rows)?;
            if let Some(row) = rows.first() {
                tracing::info!(verdict = row.verdict.code(), code = row.code.code(), doc = %row.doc, "a push was set aside");
                line("set_aside", &row.doc, row.code.code())?;
            }
            Ok(Applied { result, moved: None, begun: None, is_turned_away: false })
        }
        // The log itself says who pushed what and when; only a new case is worth a line of its own.
        Outcome::Accept(acceptance) => {
            let is_opening = acceptance.opening.is_some();
            let applied = accept(tx, tail, pusher, received, *acceptance)?;
            if is_opening {
                line("open_case", &applied.result.doc, "")?;
            }
            Ok(applied)
        }
    }
}

fn accept(
    tx: &Connection,
    tail: &mut Tail,
    pusher: &Pusher,
    received: Timestamp,
    acceptance: Acceptance,
) -> Result<Applied, StoreFault> {
    let Acceptance { mut result, doc, scope, class, .. } = acceptance;
    if let Some(opening) = &acceptance.opening {
        cases::open(tx, opening, pusher.member, received)?;
    }
    let mut created_position = acceptance.created_position;
    for item in acceptance.items {
        let (position, chain) = tail.next(&item.reference);
        created_position.get_or_insert(position);
        if let Some(slot) = slot(&mut result, item.index) {
            slot.position = Some(position);
        }
        let row = LogRow {
            position,
            scope,
            class,
            doc,
            item: item.item,
            reference: item.reference,
            chain,
            received,
            device: pusher.device,
            sealed: item.sealed,
        };
        log::append(tx, &row)?;
    }
    let created_position = created_position.unwrap_or(tail.head);
    if let Some((summary, snapshot)) = acceptance.content {
        let row = DocumentRow {
            doc,
            created_position,
            scope,
            class,
            kind: acceptance.kind,
            author: acceptance.author,
            last_position: tail.head,
            revision: acceptance.revision,
            operations: acceptance.operations,
            waiting_since: acceptance.marks.waiting_since,
            self_reviewed: acceptance.marks.self_reviewed,
            summary_version: SUMMARY_VERSION,
        };
        documents::put(tx, &SealedDocument { row, summary, snapshot })?;
    } else {
        let ReviewMarks { waiting_since, self_reviewed } = acceptance.marks;
        documents::touch(tx, created_position, tail.head, waiting_since, self_reviewed)?;
    }
    let begun = acceptance.opening.map(|opening| Scope::Case(opening.case));
    Ok(Applied { result, moved: Some(doc), begun, is_turned_away: false })
}

/// The result of one item. Changes count first, then actions.
fn slot(result: &mut PushResult, index: usize) -> Option<&mut ItemResult> {
    let changes = result.changes.len();
    if index < changes { result.changes.get_mut(index) } else { result.actions.get_mut(index - changes) }
}
