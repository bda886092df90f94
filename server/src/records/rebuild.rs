//! Documents worked out again from the signed log, which is the source of truth, and the log
//! itself proven: signatures, references, running hash.

use super::{LOG, SNAPSHOT, SUMMARY, actions_of, open_row, open_snapshot, open_summary};
use crate::error::StoreFault;
use crate::ledger::{ReviewMarks, action_reference, change_reference, next_chain};
use crate::server::Server;
use crate::store::documents::{self, DocumentRow, SealedDocument};
use crate::store::log::{self, Item, LogRow};
use crate::store::{devices, office};
use crate::vault::Place;
use doorstep_core::changes::{SignedAction, SignedChange};
use doorstep_core::documents::{MergeGuards, merge, summarise};
use doorstep_core::model::{DocId, SUMMARY_VERSION, Summary};
use rusqlite::Connection;

/// A document as its log says that it should stand.
pub struct Rebuilt {
    /// The open columns.
    pub row: DocumentRow,
    /// The row for lists.
    pub summary: Summary,
    /// The document's bytes.
    pub snapshot: Vec<u8>,
}

/// What a rebuild found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RebuildReport {
    /// Documents in the log.
    pub documents: u64,
    /// Those whose stored row was not as it should be, or was not there.
    pub differing: u64,
    /// Stored rows of documents that the log does not know.
    pub stray: u64,
}

/// What is wrong with the log.
#[derive(Debug, thiserror::Error)]
pub enum LogFault {
    /// The running hash, or a reference, is not what follows from the rows.
    #[error("the chain breaks at position {0}")]
    Chain(u64),
    /// A signature is not the device's.
    #[error("the signature at position {0} is not its device's")]
    Signature(u64),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Server {
    /// Works every document out again from the log. Rows that differ are written if `repairs`.
    /// One document at a time, so that memory does not grow with the office.
    pub fn rebuild_documents(&self, repairs: bool) -> Result<RebuildReport, StoreFault> {
        let mut report = RebuildReport::default();
        let docs = self.store().read::<_, StoreFault>(|tx| log::docs(tx))?;
        for &doc in &docs {
            report.documents += 1;
            let (rebuilt, is_same) = self.store().read(|tx| {
                let rebuilt = self.rebuild_document(tx, doc)?;
                let is_same = self.is_as_rebuilt(tx, &rebuilt)?;
                Ok::<_, StoreFault>((rebuilt, is_same))
            })?;
            if !is_same {
                report.differing += 1;
                if repairs {
                    self.store().write(|tx| self.put_rebuilt(tx, rebuilt))?;
                }
            }
        }
        report.stray = self.store().read(|tx| documents::count_without_log(tx))?;
        if repairs && report.stray > 0 {
            self.store().write(|tx| documents::delete_without_log(tx))?;
        }
        Ok(report)
    }

    /// One document from its signed changes and actions.
    pub fn rebuild_document(&self, tx: &Connection, doc: DocId) -> Result<Rebuilt, StoreFault> {
        const DAMAGED: StoreFault = StoreFault::Damaged(LOG);
        let rows = log::changes_of(tx, doc)?;
        let first = rows.first().ok_or(DAMAGED)?;
        let mut signed = Vec::with_capacity(rows.len());
        for row in &rows {
            signed.push(open_row::<SignedChange>(self.vault(), row)?);
        }
        let kind = signed.first().ok_or(DAMAGED)?.envelope.kind;
        let chunks: Vec<&[u8]> = signed.iter().map(|change| change.bytes.as_slice()).collect();
        let merged = merge(kind, None, &chunks, MergeGuards::default()).map_err(|_| DAMAGED)?;
        let actions = actions_of(tx, self.vault(), doc)?;
        let last_change = rows.last().ok_or(DAMAGED)?;
        let last_action = log::actions_of(tx, doc)?.last().map(|row| row.position);
        let marks = ReviewMarks::of(kind, &actions, &merged.heads, last_change.received);
        let row = DocumentRow {
            doc,
            created_position: first.position,
            scope: first.scope,
            class: first.class,
            kind,
            author: merged.document.author(),
            last_position: last_change.position.max(last_action.unwrap_or(0)),
            revision: rows.len() as u64,
            operations: merged.operations,
            waiting_since: marks.waiting_since,
            self_reviewed: marks.self_reviewed,
            summary_version: SUMMARY_VERSION,
        };
        Ok(Rebuilt { row, summary: summarise(doc, &merged.document), snapshot: merged.snapshot })
    }

    fn is_as_rebuilt(&self, tx: &Connection, rebuilt: &Rebuilt) -> Result<bool, StoreFault> {
        let Some(stored) = documents::find(tx, rebuilt.row.doc)? else { return Ok(false) };
        if stored.row != rebuilt.row {
            return Ok(false);
        }
        let summary = open_summary(self.vault(), &stored.row, &stored.summary);
        let snapshot = open_snapshot(self.vault(), &stored);
        match (summary, snapshot) {
            (Ok(summary), Ok(snapshot)) => Ok(summary == rebuilt.summary && snapshot == rebuilt.snapshot),
            (Err(StoreFault::Damaged(_)), _) | (_, Err(StoreFault::Damaged(_))) => Ok(false),
            (Err(fault), _) | (_, Err(fault)) => Err(fault),
        }
    }

    fn put_rebuilt(&self, tx: &Connection, rebuilt: Rebuilt) -> Result<(), StoreFault> {
        let Rebuilt { row, summary, snapshot } = rebuilt;
        let key = self.vault().existing(row.scope, row.class)?;
        let revision = row.revision.to_be_bytes();
        let seal =
            |table, plain: &[u8]| key.seal(self.env(), &Place { table, doc: row.doc, row: &revision }, plain);
        let summary = minicbor::to_vec(summary).expect("writing into memory does not fail");
        let (summary, snapshot) = (seal(SUMMARY, &summary), seal(SNAPSHOT, &snapshot));
        documents::delete(tx, row.doc)?;
        documents::put(tx, &SealedDocument { row, summary, snapshot })
    }

    /// Proves the whole log; returns how many rows it has.
    pub fn verify_log(&self) -> Result<u64, LogFault> {
        self.store().read(|tx| {
            let office = office::get(tx)?;
            let (mut position, mut chain) = (0, [0; 32]);
            log::each_after(tx, 0, |row| {
                position += 1;
                if self.reference_of(tx, &row)? != row.reference {
                    return Err(LogFault::Chain(row.position));
                }
                chain = next_chain(&chain, &row.reference);
                if row.position != position || row.chain != chain {
                    return Err(LogFault::Chain(row.position));
                }
                Ok(())
            })?;
            if (office.head, office.chain) == (position, chain) {
                Ok(position)
            } else {
                Err(LogFault::Chain(office.head))
            }
        })
    }

    /// The reference that follows from a row's content, whose signature is checked on the way.
    fn reference_of(&self, tx: &Connection, row: &LogRow) -> Result<[u8; 32], LogFault> {
        let key = self.vault().existing(row.scope, row.class)?;
        let device = devices::find(tx, row.device)?.ok_or(StoreFault::Damaged("devices"))?;
        let unsigned = |_| LogFault::Signature(row.position);
        match row.item {
            Item::Change(..) => {
                let signed: SignedChange = open_row(self.vault(), row)?;
                signed.verify(&device.key).map_err(unsigned)?;
                Ok(change_reference(&key, &signed.envelope.hash))
            }
            Item::Action(_) => {
                let signed: SignedAction = open_row(self.vault(), row)?;
                signed.verify(&device.key, self.org()).map_err(unsigned)?;
                Ok(action_reference(&key, &signed))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Office, assert_all_accepted};
    use doorstep_core::model::{ActionKind, Edit};

    fn office_with_visits() -> (Office, DocId) {
        let office = Office::open();
        let (mut phone, case) = office.phone_with_case();
        let mut last = None;
        for _ in 0..3 {
            let mut visit = phone.visit(&office.server, case);
            visit.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
            let mut push = visit.push();
            push.actions.push(visit.act(&office.server, &phone, ActionKind::Submit));
            assert_all_accepted(&phone.sync(&office.server, vec![push]));
            let more = visit.edit(&office.server, &phone, &[Edit::set("outcome", "met")]);
            assert_all_accepted(&phone.sync(&office.server, vec![visit.only(more)]));
            last = Some(visit.doc);
        }
        (office, last.unwrap())
    }

    fn execute(office: &Office, sql: &str) {
        office.server.store().write::<_, StoreFault>(|tx| Ok(tx.execute_batch(sql)?)).unwrap();
    }

    #[test]
    fn documents_follow_from_the_log() {
        let (office, _) = office_with_visits();
        let all_good = RebuildReport { documents: 4, differing: 0, stray: 0 };
        assert_eq!(office.server.rebuild_documents(false).unwrap(), all_good);
        assert_eq!(office.server.verify_log().unwrap(), 2 + 3 * 4);
    }

    #[test]
    fn lost_and_damaged_rows_are_found_and_mended() {
        let (office, doc) = office_with_visits();
        let record = |office: &Office| {
            let found = office.server.records_of::<_, StoreFault>(office.worker, |records| records.find(doc));
            found.unwrap().unwrap().document.heads()
        };
        let before = record(&office);
        execute(&office, "UPDATE documents SET snapshot = zeroblob(100) WHERE created_position = 3");
        execute(&office, "UPDATE documents SET waiting_since = NULL WHERE created_position = 7");
        execute(&office, "DELETE FROM documents WHERE created_position = 11");
        assert_eq!(office.server.rebuild_documents(true).unwrap().differing, 3);
        assert_eq!(office.server.rebuild_documents(false).unwrap().differing, 0);
        assert_eq!(record(&office), before);
    }

    #[test]
    fn log_that_was_touched_does_not_verify() {
        for (touch, expected) in [
            ("DELETE FROM log WHERE position = 5", "the chain breaks at position 6"),
            ("DELETE FROM log WHERE position = 14", "the chain breaks at position 14"),
            ("UPDATE log SET reference = zeroblob(32) WHERE position = 4", "damaged row in log"),
            ("UPDATE log SET chain = zeroblob(32) WHERE position = 4", "the chain breaks at position 4"),
        ] {
            let (office, _) = office_with_visits();
            execute(&office, touch);
            assert_eq!(office.server.verify_log().unwrap_err().to_string(), expected);
        }
    }
}
