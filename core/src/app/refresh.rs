//! Rows for lists that another release computed, computed again, newest first.

use super::{Client, Failure};
use crate::documents::{Document, summarise};
use crate::model::SUMMARY_VERSION;
use crate::store::{StoreFault, Tx};

const PROGRESS: &str = "summaries_refreshed";
/// How many rows one sync computes: a fraction of a second on a cheap phone.
pub(super) const ROWS_A_SYNC: u32 = 100;

/// How far this release has come.
#[derive(Clone, Copy, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
struct Progress {
    /// The release, by its [`SUMMARY_VERSION`].
    #[n(0)]
    version: u32,
    /// Rows from this one on are done. Whatever is stored later is of this version anyway.
    #[n(1)]
    from: i64,
    /// Nothing is left.
    #[n(2)]
    is_done: bool,
}

impl Client {
    /// Computes at most `limit` rows again that another release had computed, newest first; whether
    /// there may be more. Lists show the old rows meanwhile. A sync does some; an app may do more
    /// while nobody waits, until this says no.
    pub fn refresh_summaries(&self, limit: u32) -> Result<bool, Failure> {
        let progress = self.read(progress)?;
        if progress.is_done {
            return Ok(false);
        }
        self.write(|tx| refresh(tx, progress, limit))
    }
}

fn progress(tx: &Tx<'_>) -> Result<Progress, Failure> {
    let known: Option<Progress> = tx.read_meta(PROGRESS)?;
    let begin = Progress { version: SUMMARY_VERSION, from: i64::MAX, is_done: false };
    Ok(known.filter(|known| known.version == SUMMARY_VERSION).unwrap_or(begin))
}

fn refresh(tx: &Tx<'_>, mut progress: Progress, limit: u32) -> Result<bool, Failure> {
    let outdated = tx.outdated_summaries(progress.from, limit)?;
    progress.is_done = u32::try_from(outdated.len()).is_ok_and(|found| found < limit);
    for (row, doc) in outdated {
        progress.from = row;
        let stored = tx.document(doc)?.ok_or(StoreFault::Damaged)?;
        // One that cannot be loaded keeps its old row, and does not stop the others.
        let Ok(document) = Document::load(&stored.snapshot) else { continue };
        let summary = summarise(doc, &document);
        tx.put_document(stored.scope, stored.class, stored.kind, &stored.snapshot, &summary)?;
    }
    tx.write_meta(PROGRESS, &progress)?;
    Ok(!progress.is_done)
}
