//! The organisation's one row.

use super::Row;
use crate::error::StoreFault;
use doorstep_core::model::{Epoch, OrgId, Template, Timestamp};
use rusqlite::{Connection, OptionalExtension};

/// Running hash over the log.
pub type ChainHash = [u8; 32];

/// The office as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Office {
    /// The organisation.
    pub org: OrgId,
    /// Its name.
    pub name: String,
    /// Lineage of the database.
    pub epoch: Epoch,
    /// Grows with every change that a directory could show.
    pub directory_revision: u64,
    /// Highest position of the log.
    pub head: u64,
    /// The running hash there.
    pub chain: ChainHash,
    /// Position up to which a backup covers everything.
    pub backed_up: u64,
}

/// Makes the row of a new office.
pub fn create(
    tx: &Connection,
    org: OrgId,
    name: &str,
    epoch: Epoch,
    template: &Template,
    now: Timestamp,
) -> Result<(), StoreFault> {
    let template = minicbor::to_vec(template).expect("writing into memory does not fail");
    tx.prepare_cached(
        "INSERT INTO office (id, org, name, created, epoch, directory_revision, template, head, chain, backed_up, release)
         VALUES (1, ?1, ?2, ?3, ?4, 1, ?5, 0, ?6, 0, '')",
    )?
    .execute((org.0, name, now.as_ms(), epoch.0, template, [0_u8; 32]))?;
    Ok(())
}

/// The office, if it was made.
pub fn find(tx: &Connection) -> Result<Option<Office>, StoreFault> {
    let mut statement =
        tx.prepare_cached("SELECT org, name, epoch, directory_revision, head, chain, backed_up FROM office")?;
    let office = statement.query_row([], |row| {
        Ok(Office {
            org: OrgId(row.get(0)?),
            name: row.get(1)?,
            epoch: Epoch(row.get(2)?),
            directory_revision: row.number(3)?,
            head: row.number(4)?,
            chain: row.get(5)?,
            backed_up: row.number(6)?,
        })
    });
    Ok(office.optional()?)
}

/// The office.
pub fn get(tx: &Connection) -> Result<Office, StoreFault> {
    find(tx)?.ok_or(StoreFault::Damaged("office"))
}

/// Revision of the rows that directories are made of.
pub fn directory_revision(tx: &Connection) -> Result<u64, StoreFault> {
    Ok(tx.prepare_cached("SELECT directory_revision FROM office")?.query_row([], |row| row.number(0))?)
}

/// Says that something which directories show has changed; returns the new revision, which also
/// numbers the generations of new grants.
pub fn bump_directory(tx: &Connection) -> Result<u64, StoreFault> {
    let revision = tx
        .prepare_cached(
            "UPDATE office SET directory_revision = directory_revision + 1 RETURNING directory_revision",
        )?
        .query_row([], |row| row.number(0))?;
    Ok(revision)
}

/// Moves the head of the log.
pub fn set_head(tx: &Connection, head: u64, chain: &ChainHash) -> Result<(), StoreFault> {
    tx.prepare_cached("UPDATE office SET head = ?1, chain = ?2")?.execute((super::sql(head), chain))?;
    Ok(())
}

/// Begins a new lineage (after a restore).
pub fn set_epoch(tx: &Connection, epoch: Epoch) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET epoch = ?1", [epoch.0])?;
    Ok(())
}

/// Records that a backup covers everything up to a position.
pub fn set_backed_up(tx: &Connection, position: u64) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET backed_up = max(backed_up, ?1)", [super::sql(position)])?;
    Ok(())
}

/// No backup covers anything of this lineage: phones keep all of their own work.
pub fn clear_backed_up(tx: &Connection) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET backed_up = 0", [])?;
    Ok(())
}

/// Names the organisation.
pub fn set_name(tx: &Connection, name: &str) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET name = ?1", [name])?;
    bump_directory(tx)?;
    Ok(())
}

/// The questions of the entry forms.
pub fn template(tx: &Connection) -> Result<Template, StoreFault> {
    let bytes: Vec<u8> = tx.prepare_cached("SELECT template FROM office")?.query_row([], |row| row.get(0))?;
    minicbor::decode(&bytes).map_err(|_| StoreFault::Damaged("office"))
}

/// Replaces the questions of the entry forms.
pub fn set_template(tx: &Connection, template: &Template) -> Result<(), StoreFault> {
    let bytes = minicbor::to_vec(template).expect("writing into memory does not fail");
    tx.execute("UPDATE office SET template = ?1", [bytes])?;
    bump_directory(tx)?;
    Ok(())
}

/// Release that last worked on the database.
pub fn release(tx: &Connection) -> Result<String, StoreFault> {
    Ok(tx.query_row("SELECT release FROM office", [], |row| row.get(0))?)
}

/// Notes which release works on the database.
pub fn set_release(tx: &Connection, release: &str) -> Result<(), StoreFault> {
    tx.execute("UPDATE office SET release = ?1", [release])?;
    Ok(())
}
