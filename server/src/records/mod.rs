//! What the console and jobs read: sealed rows opened, lists of a member's own scopes.
//!
//! Lists run on a [`Records`] view, which is one member's: there is no list of everything.
//!
//! ```ignore
//! let waiting = server.records_of(supervisor, |records| records.queue())?;
//! ```

mod attachments;
mod lists;
mod rebuild;
mod set_aside;

use crate::error::StoreFault;
use crate::server::Server;
use crate::store::aside::AsideRow;
use crate::store::documents::{self, DocumentRow, SealedDocument};
use crate::store::log::{self, LogRow};
use crate::store::office;
use crate::sync::View;
use crate::vault::{Place, Vault};
use doorstep_core::casework::{ReceivedAction, Review, review};
use doorstep_core::changes::SignedAction;
use doorstep_core::documents::{Document, summarise};
use doorstep_core::model::{Class, DocId, MemberId, SUMMARY_VERSION, Scope, Summary};
use rusqlite::Connection;
use std::sync::Arc;

pub(crate) use attachments::{attachment_reference, find_whole, open_attachment, open_chunk, seal_chunk};
pub use lists::{CaseRow, EntryRow};
pub use rebuild::{LogFault, RebuildReport, Rebuilt};
pub use set_aside::SetAside;

/// Places of seals: rows of the log.
pub(crate) const LOG: &str = "log";
/// Places of seals: what is set aside.
pub(crate) const SET_ASIDE: &str = "set_aside";
/// Places of seals: summaries of documents.
pub(crate) const SUMMARY: &str = "summary";
/// Places of seals: documents.
pub(crate) const SNAPSHOT: &str = "snapshot";

/// Opens a row of the log: a signed change or a signed action.
pub fn open_row<T: for<'b> minicbor::Decode<'b, ()>>(vault: &Vault, row: &LogRow) -> Result<T, StoreFault> {
    let place = Place { table: LOG, doc: row.doc, row: &row.reference };
    let plain = vault.existing(row.scope, row.class)?.open(&place, &row.sealed)?;
    minicbor::decode(&plain).map_err(|_| StoreFault::Damaged(LOG))
}

/// Opens what was set aside: a signed change or a signed action.
pub fn open_aside<T: for<'b> minicbor::Decode<'b, ()>>(
    vault: &Vault,
    row: &AsideRow,
) -> Result<T, StoreFault> {
    let place = Place { table: SET_ASIDE, doc: row.doc, row: &row.reference };
    let plain = if row.under_scope {
        vault.existing(row.scope, row.class)?.open(&place, &row.sealed)?
    } else {
        vault.office().open(&place, &row.sealed)?
    };
    minicbor::decode(&plain).map_err(|_| StoreFault::Damaged(SET_ASIDE))
}

/// Opens a document's bytes.
pub fn open_snapshot(vault: &Vault, document: &SealedDocument) -> Result<Vec<u8>, StoreFault> {
    let row = &document.row;
    let place = Place { table: SNAPSHOT, doc: row.doc, row: &row.revision.to_be_bytes() };
    vault.existing(row.scope, row.class)?.open(&place, &document.snapshot)
}

/// Opens a document's summary.
pub fn open_summary(vault: &Vault, row: &DocumentRow, sealed: &[u8]) -> Result<Summary, StoreFault> {
    let place = Place { table: SUMMARY, doc: row.doc, row: &row.revision.to_be_bytes() };
    let plain = vault.existing(row.scope, row.class)?.open(&place, sealed)?;
    minicbor::decode(&plain).map_err(|_| StoreFault::Damaged(SUMMARY))
}

/// The summary of a document for this release: as stored, or computed again if it is another release's.
pub fn present_summary(vault: &Vault, document: &SealedDocument) -> Result<Summary, StoreFault> {
    if document.row.summary_version == SUMMARY_VERSION {
        return open_summary(vault, &document.row, &document.summary);
    }
    let loaded =
        Document::load(&open_snapshot(vault, document)?).map_err(|_| StoreFault::Damaged(SNAPSHOT))?;
    Ok(summarise(document.row.doc, &loaded))
}

/// A document, loaded.
pub fn load_document(tx: &Connection, vault: &Vault, doc: DocId) -> Result<Document, StoreFault> {
    let sealed = documents::find(tx, doc)?.ok_or(StoreFault::Damaged("documents"))?;
    Document::load(&open_snapshot(vault, &sealed)?).map_err(|_| StoreFault::Damaged(SNAPSHOT))
}

/// The actions about a document, in the order of acceptance.
pub fn actions_of(tx: &Connection, vault: &Vault, doc: DocId) -> Result<Vec<ReceivedAction>, StoreFault> {
    let rows = log::actions_of(tx, doc)?;
    rows.iter()
        .map(|row| {
            let signed: SignedAction = open_row(vault, row)?;
            let action = signed.action().map_err(|_| StoreFault::Damaged(LOG))?;
            Ok(ReceivedAction { action, received: Some(row.received) })
        })
        .collect()
}

/// A document with everything around it.
#[derive(Debug)]
pub struct Record {
    /// Where it belongs.
    pub row: DocumentRow,
    /// The document.
    pub document: Document,
    /// What was done about it.
    pub actions: Vec<ReceivedAction>,
    /// Where it stands.
    pub review: Review,
}

/// One member's view of the records, at one state of the database.
pub struct Records<'a> {
    server: &'a Server,
    tx: &'a Connection,
    view: Arc<View>,
}

impl Server {
    /// Runs `read` on the records as a member may see them.
    pub fn records_of<T, E: From<StoreFault>>(
        &self,
        member: MemberId,
        read: impl FnOnce(&Records<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.store().read(|tx| {
            let revision = office::directory_revision(tx)?;
            let view = self.views().get(tx, member, revision)?;
            read(&Records { server: self, tx, view })
        })
    }
}

impl Records<'_> {
    /// What the member may know of the office.
    pub fn view(&self) -> &View {
        &self.view
    }

    /// The database at this state, for directory rows.
    pub fn tx(&self) -> &Connection {
        self.tx
    }

    /// A document with its actions, if the member may read it. Anything else answers like "not there".
    pub fn find(&self, doc: DocId) -> Result<Option<Record>, StoreFault> {
        let Some(row) = documents::find_row(self.tx, doc)? else { return Ok(None) };
        if self.view.generation(row.scope, row.class).is_none() {
            return Ok(None);
        }
        let document = load_document(self.tx, self.server.vault(), doc)?;
        let actions = actions_of(self.tx, self.server.vault(), doc)?;
        let review = review(&actions, &document.heads());
        Ok(Some(Record { row, document, actions, review }))
    }

    /// Whether the member may read a scope × class.
    pub fn may_read(&self, scope: Scope, class: Class) -> bool {
        self.view.generation(scope, class).is_some()
    }
}
