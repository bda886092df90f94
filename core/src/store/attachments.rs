//! Photos on the phone: bytes inside the encrypted database, so that a photo is durable with its
//! draft, leaves with its case, and needs no key of its own.
//!
//! Measured with 1 MB photos (medians of 60, two busy cores): 18 ms to store one in here, 157 ms as a
//! sealed file of its own, which needs three syncs (file, folder, the row that names it) and leaves
//! moments in which one is there without the other. Reading one back takes 2 ms.

use super::documents::read_scope;
use super::{DraftId, StoreFault, Tx};
use crate::model::{AttachmentId, Class, DocId, Scope, Timestamp};
use rusqlite::{OptionalExtension, Row};

/// Which of a photo's two pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhotoSize {
    /// For lists.
    Thumbnail,
    /// The photo itself.
    Original,
}

impl PhotoSize {
    const fn rank(self) -> u8 {
        match self {
            Self::Thumbnail => 0,
            Self::Original => 1,
        }
    }
}

/// A picture to keep.
pub struct NewAttachment<'a> {
    /// The photo that it is part of.
    pub photo: AttachmentId,
    /// Names the bytes.
    pub name: AttachmentId,
    /// Which of the two.
    pub size: PhotoSize,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// The picture.
    pub bytes: &'a [u8],
    /// When it was taken or fetched.
    pub made: Timestamp,
}

/// A picture that the server does not have yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToSend {
    /// Its row.
    pub id: i64,
    /// Names the bytes.
    pub name: AttachmentId,
    /// The entry.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Length in bytes.
    pub length: u64,
    /// How many of them the server has.
    pub sent: u64,
}

/// How a picture of a photo stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttachmentState {
    /// Whether its bytes are here.
    pub is_here: bool,
    /// Whether only this phone has it.
    pub is_only_here: bool,
    /// Why the server will not take it.
    pub refused: Option<String>,
}

/// Pictures and their bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Amount {
    /// How many.
    pub count: u64,
    /// How large together.
    pub bytes: u64,
}

/// What takes room on the phone, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Storage {
    /// The whole database as it lies on the phone.
    pub database: u64,
    /// Part of it that is free for what comes.
    pub free: u64,
    /// Pictures that only this phone has: drafts' and those on their way.
    pub waiting: Amount,
    /// Own pictures that the server has too.
    pub sent: Amount,
    /// Colleagues' pictures, kept for looking at.
    pub fetched: Amount,
}

/// Own, whole server copy missing, not turned down, and the entry itself is with the server: photos
/// never travel before what names them.
const MAY_BE_SENT: &str = "own = 1 AND place IS NULL AND refused IS NULL AND doc IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM own WHERE own.doc = attachments.doc
        AND (own.verdict IS NULL OR own.verdict NOT IN ('accepted', 'late')))";

impl Tx<'_> {
    /// Keeps a picture taken here, for a draft.
    pub fn put_draft_photo(&self, draft: DraftId, new: &NewAttachment<'_>) -> Result<(), StoreFault> {
        self.insert_attachment((None, Some(draft)), new)
    }

    /// Keeps a picture of a colleague's.
    pub fn put_fetched_photo(&self, doc: DocId, new: &NewAttachment<'_>) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("DELETE FROM attachments WHERE doc = ?1 AND name = ?2 AND own = 0")?
            .execute((doc.as_bytes(), new.name.as_bytes()))?;
        self.insert_attachment((Some(doc), None), new)
    }

    fn insert_attachment(
        &self,
        (doc, draft): (Option<DocId>, Option<DraftId>),
        new: &NewAttachment<'_>,
    ) -> Result<(), StoreFault> {
        let inserted = self
            .sql
            .prepare_cached(
                "INSERT INTO attachments (photo, name, kind, doc, draft, scope, class, own, length, made)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) ON CONFLICT DO NOTHING",
            )?
            .execute(rusqlite::params![
                new.photo.as_bytes(),
                new.name.as_bytes(),
                new.size.rank(),
                doc.as_ref().map(DocId::as_bytes),
                draft.map(|draft| draft.0),
                new.scope.to_bytes(),
                new.class.rank(),
                draft.is_some(),
                i64::try_from(new.bytes.len()).unwrap_or(i64::MAX),
                new.made.as_ms(),
            ])?;
        if inserted > 0 {
            self.sql
                .prepare_cached("INSERT INTO attachment_bytes (id, bytes) VALUES (last_insert_rowid(), ?1)")?
                .execute([new.bytes])?;
        } else if let Some(doc) = doc {
            // An own photo that was dropped after its backup is here again.
            self.sql
                .prepare_cached(
                    "INSERT OR IGNORE INTO attachment_bytes (id, bytes)
                     SELECT id, ?3 FROM attachments WHERE doc = ?1 AND name = ?2",
                )?
                .execute((doc.as_bytes(), new.name.as_bytes(), new.bytes))?;
        }
        Ok(())
    }

    /// The bytes of a picture, if they are here.
    pub fn picture(&self, name: AttachmentId) -> Result<Option<Vec<u8>>, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT bytes FROM attachments JOIN attachment_bytes USING (id) WHERE name = ?1 LIMIT 1",
        )?;
        Ok(statement.query_row([name.as_bytes()], |row| row.get(0)).optional()?)
    }

    /// How a picture of an entry or draft stands; none if this phone never had it.
    pub fn picture_state(
        &self,
        doc: Option<DocId>,
        draft: Option<DraftId>,
        name: AttachmentId,
    ) -> Result<Option<AttachmentState>, StoreFault> {
        let mut statement = self.sql.prepare_cached(
            "SELECT EXISTS (SELECT 1 FROM attachment_bytes WHERE attachment_bytes.id = attachments.id),
                own = 1 AND place IS NULL, refused
             FROM attachments WHERE name = ?1 AND (doc = ?2 OR draft = ?3)",
        )?;
        let doc = doc.as_ref().map(DocId::as_bytes);
        let state = statement.query_row((name.as_bytes(), doc, draft.map(|draft| draft.0)), |row| {
            Ok(AttachmentState { is_here: row.get(0)?, is_only_here: row.get(1)?, refused: row.get(2)? })
        });
        Ok(state.optional()?)
    }

    /// A draft became an entry, or went into one: its photos are the entry's, and may travel. What the
    /// entry has already stays behind and goes with the draft.
    pub fn give_photos_to(&self, draft: DraftId, doc: DocId) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("UPDATE OR IGNORE attachments SET doc = ?2, draft = NULL WHERE draft = ?1")?
            .execute((draft.0, doc.as_bytes()))?;
        Ok(())
    }

    /// A photo was taken out of a draft by its author.
    pub fn remove_draft_photo(&self, draft: DraftId, photo: AttachmentId) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("DELETE FROM attachments WHERE draft = ?1 AND photo = ?2")?
            .execute((draft.0, photo.as_bytes()))?;
        Ok(())
    }

    /// A photo was taken out of an entry by somebody who may.
    pub fn remove_photo(&self, doc: DocId, photo: AttachmentId) -> Result<(), StoreFault> {
        self.sql
            .prepare_cached("DELETE FROM attachments WHERE doc = ?1 AND photo = ?2")?
            .execute((doc.as_bytes(), photo.as_bytes()))?;
        Ok(())
    }

    /// What to send next: thumbnails before photos, so that colleagues soon see something.
    pub fn next_to_send(&self) -> Result<Option<ToSend>, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT id, name, doc, scope, length, sent FROM attachments WHERE {MAY_BE_SENT} ORDER BY kind, id LIMIT 1"
        ))?;
        let mut rows = statement.query([])?;
        rows.next()?.map(to_send).transpose()
    }

    /// Whether photos of a scope and class still travel.
    pub fn are_photos_waiting(&self, scope: Scope, class: Class) -> Result<bool, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT 1 FROM attachments WHERE scope = ?1 AND class = ?2 AND {MAY_BE_SENT}"
        ))?;
        Ok(statement.exists((scope.to_bytes(), class.rank()))?)
    }

    /// A part of a picture's bytes.
    pub fn picture_chunk(&self, id: i64, at: u64, length: usize) -> Result<Vec<u8>, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT substr(bytes, ?2, ?3) FROM attachment_bytes WHERE id = ?1")?;
        let from = i64::try_from(at).unwrap_or(i64::MAX).saturating_add(1);
        let length = i64::try_from(length).unwrap_or(i64::MAX);
        let chunk = statement.query_row((id, from, length), |row| row.get(0)).optional()?;
        chunk.ok_or(StoreFault::Damaged)
    }

    /// Notes how much of a picture the server has, and its place once it has all of it.
    pub fn note_sent(&self, id: i64, sent: u64, place: Option<u64>) -> Result<(), StoreFault> {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        self.sql.prepare_cached("UPDATE attachments SET sent = ?2, place = ?3 WHERE id = ?1")?.execute((
            id,
            number(sent),
            place.map(number),
        ))?;
        Ok(())
    }

    /// Notes that the server will not take a picture. It stays here.
    pub fn note_refused(&self, id: i64, code: &str) -> Result<(), StoreFault> {
        self.sql.prepare_cached("UPDATE attachments SET refused = ?2 WHERE id = ?1")?.execute((id, code))?;
        Ok(())
    }

    /// Offers all pictures that are here again: the server was restored, or has news of their entry.
    pub fn offer_photos_again(&self, doc: Option<DocId>) -> Result<(), StoreFault> {
        let doc = doc.as_ref().map(DocId::as_bytes);
        self.sql
            .prepare_cached(
                "UPDATE attachments SET sent = 0, place = NULL, refused = NULL
                 WHERE own = 1 AND (?1 IS NULL OR doc = ?1 AND refused IS NOT NULL)
                     AND id IN (SELECT id FROM attachment_bytes)",
            )?
            .execute([doc])?;
        Ok(())
    }

    /// Drops own photos that a backup of the server covers; thumbnails stay for lists.
    pub fn drop_backed_up_photos(&self, place: u64) -> Result<usize, StoreFault> {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        let mut statement = self.sql.prepare_cached(
            "DELETE FROM attachment_bytes WHERE id IN
                (SELECT id FROM attachments WHERE own = 1 AND kind = 1 AND place <= ?1)",
        )?;
        Ok(statement.execute([place])?)
    }

    /// Drops colleagues' photos, the one fetched first first, until the rest is within a limit.
    pub fn trim_fetched(&self, limit: u64) -> Result<(), StoreFault> {
        let mut excess = self.amount("own = 0")?.bytes.saturating_sub(limit);
        while excess > 0 {
            let mut oldest = self.sql.prepare_cached(
                "SELECT id, length FROM attachments WHERE own = 0 ORDER BY kind DESC, id LIMIT 1",
            )?;
            let oldest = oldest.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
            let Some((id, length)) = oldest.optional()? else { break };
            self.sql.prepare_cached("DELETE FROM attachments WHERE id = ?1")?.execute([id])?;
            excess = excess.saturating_sub(length.unsigned_abs());
        }
        Ok(())
    }

    /// What takes room on the phone.
    pub fn storage(&self) -> Result<Storage, StoreFault> {
        let pragma = |name: &str| -> Result<u64, StoreFault> {
            let select = format!("SELECT CAST({name} AS INTEGER) FROM pragma_{name}");
            let value: i64 = self.sql.query_row(&select, [], |row| row.get(0))?;
            Ok(value.unsigned_abs())
        };
        let page = pragma("page_size")?;
        Ok(Storage {
            database: page * pragma("page_count")?,
            free: page * pragma("freelist_count")?,
            waiting: self.amount("own = 1 AND place IS NULL")?,
            sent: self.amount("own = 1 AND place IS NOT NULL")?,
            fetched: self.amount("own = 0")?,
        })
    }

    fn amount(&self, condition: &str) -> Result<Amount, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT count(*), coalesce(sum(length), 0) FROM attachments
             WHERE {condition} AND id IN (SELECT id FROM attachment_bytes)"
        ))?;
        let (count, bytes) =
            statement.query_row([], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)))?;
        Ok(Amount { count: count.unsigned_abs(), bytes: bytes.unsigned_abs() })
    }
}

fn to_send(row: &Row<'_>) -> Result<ToSend, StoreFault> {
    Ok(ToSend {
        id: row.get(0)?,
        name: AttachmentId::from_slice(&row.get::<_, Vec<u8>>(1)?)?,
        doc: DocId::from_slice(&row.get::<_, Vec<u8>>(2)?)?,
        scope: read_scope(&row.get::<_, Vec<u8>>(3)?)?,
        length: row.get::<_, i64>(4)?.unsigned_abs(),
        sent: row.get::<_, i64>(5)?.unsigned_abs(),
    })
}
