//! Photos of entries, opened: for phones, for the console, and to prove that they are what they say.

use super::Records;
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::attachments::{self, Attachment};
use crate::vault::{Place, ScopeKey, Vault};
use doorstep_core::model::{AttachmentId, DocId};
use doorstep_core::sync::attachments::CHUNK_BYTES;
use rusqlite::Connection;

/// Places of seals: chunks of attachments.
const ATTACHMENT: &str = "attachment";

/// How a key refers to an attachment.
pub fn attachment_reference(key: &ScopeKey, name: AttachmentId) -> [u8; 32] {
    key.reference("attachment", name.as_bytes())
}

/// Which row of the seals a chunk is: a chunk moved elsewhere does not open.
fn row_of(reference: &[u8; 32], chunk: u64) -> Vec<u8> {
    [reference.as_slice(), &chunk.to_be_bytes()].concat()
}

/// Seals a chunk for its place.
pub fn seal_chunk(server: &Server, key: &ScopeKey, of: &Attachment, chunk: u64, plain: &[u8]) -> Vec<u8> {
    let row = row_of(&of.reference, chunk);
    key.seal(server.env(), &Place { table: ATTACHMENT, doc: of.doc, row: &row }, plain)
}

/// Opens a chunk.
pub fn open_chunk(
    tx: &Connection,
    key: &ScopeKey,
    of: &Attachment,
    chunk: u64,
) -> Result<Vec<u8>, StoreFault> {
    let sealed = attachments::chunk(tx, of.id, chunk)?.ok_or(StoreFault::Damaged(ATTACHMENT))?;
    let row = row_of(&of.reference, chunk);
    key.open(&Place { table: ATTACHMENT, doc: of.doc, row: &row }, &sealed)
}

/// Opens as much of an attachment as is here.
pub fn open_attachment(tx: &Connection, key: &ScopeKey, of: &Attachment) -> Result<Vec<u8>, StoreFault> {
    let mut bytes = Vec::new();
    for chunk in 0..of.received.div_ceil(CHUNK_BYTES as u64) {
        bytes.extend_from_slice(&open_chunk(tx, key, of, chunk)?);
    }
    if bytes.len() as u64 == of.received { Ok(bytes) } else { Err(StoreFault::Damaged(ATTACHMENT)) }
}

/// A whole attachment of an entry.
pub fn find_whole(
    tx: &Connection,
    vault: &Vault,
    place: (DocId, doorstep_core::model::Scope, doorstep_core::model::Class),
    name: AttachmentId,
) -> Result<Option<Attachment>, StoreFault> {
    let (doc, scope, class) = place;
    let Some(key) = vault.key(scope, class)? else { return Ok(None) };
    let found = attachments::find(tx, doc, &attachment_reference(&key, name))?;
    Ok(found.filter(|attachment| attachment.place.is_some()))
}

impl Records<'_> {
    /// Whether an attachment of an entry that the member may read has arrived.
    pub fn has_attachment(&self, doc: DocId, name: AttachmentId) -> Result<bool, StoreFault> {
        let Some(row) = crate::store::documents::find_row(self.tx, doc)? else { return Ok(false) };
        let place = (doc, row.scope, row.class);
        let is_here = find_whole(self.tx, self.server.vault(), place, name)?.is_some();
        Ok(is_here && self.may_read(row.scope, row.class))
    }

    /// The bytes of an attachment, if the member may read its entry and it has arrived.
    pub fn attachment(&self, doc: DocId, name: AttachmentId) -> Result<Option<Vec<u8>>, StoreFault> {
        let Some(row) = crate::store::documents::find_row(self.tx, doc)? else { return Ok(None) };
        if !self.may_read(row.scope, row.class) {
            return Ok(None);
        }
        let vault = self.server.vault();
        let Some(found) = find_whole(self.tx, vault, (doc, row.scope, row.class), name)? else {
            return Ok(None);
        };
        let key = vault.existing(found.scope, found.class)?;
        open_attachment(self.tx, &key, &found).map(Some)
    }
}

impl Server {
    /// Proves every whole attachment: its chunks open, and their hash is what its name says. Returns
    /// how many there are.
    pub fn verify_attachments(&self) -> Result<u64, StoreFault> {
        self.store().read(|tx| {
            let mut proven = 0;
            attachments::each_whole(tx, |found| {
                let key = self.vault().existing(found.scope, found.class)?;
                let name = AttachmentId::of(&open_attachment(tx, &key, &found)?);
                let is_whole = found.received == found.whole;
                if !is_whole || attachment_reference(&key, name) != found.reference {
                    return Err(StoreFault::Damaged("attachments"));
                }
                proven += 1;
                Ok(())
            })?;
            Ok(proven)
        })
    }
}
