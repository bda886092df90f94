//! What this phone may hold, and how far each of it is filled.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::model::{Class, Grant, Scope};
use crate::sync::session::{GrantRow, GrantState, OPENED};
use crate::sync::wire::Frozen;
use rusqlite::Params;

/// How far the server's records have come to this phone, while some are on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arriving {
    /// Persons whose records are all here.
    pub persons_here: u64,
    /// Persons whose records this phone is to hold.
    pub persons: u64,
    /// Entries that can be read already.
    pub entries_here: u64,
}

impl Tx<'_> {
    /// All of them.
    pub fn grants(&self) -> Result<Vec<GrantRow>, StoreFault> {
        self.grants_where("", [])
    }

    /// The first that are still wanted, in the order of [`Tx::set_fill_place`]; of one scope the
    /// contact part first, so that names show.
    pub fn wanted_grants(&self, limit: usize) -> Result<Vec<GrantRow>, StoreFault> {
        let limit = i64::try_from(limit).unwrap_or(i64::MAX);
        self.grants_where(
            "WHERE filled = 0 AND state = 'active' ORDER BY place, scope, class LIMIT ?1",
            [limit],
        )
    }

    /// How far what is still wanted has come; none where all of it is here.
    pub fn arriving(&self) -> Result<Option<Arriving>, StoreFault> {
        let is_wanted = "SELECT EXISTS (SELECT 1 FROM grants WHERE filled = 0 AND state = 'active')";
        if !self.sql.prepare_cached(is_wanted)?.query_row([], |row| row.get::<_, bool>(0))? {
            return Ok(None);
        }
        // Only while something is on its way: it counts all documents.
        let mut statement = self.sql.prepare_cached(
            "SELECT count(*), coalesce(sum(filled), 0),
                 (SELECT count(*) FROM documents) - (SELECT count(*) FROM documents WHERE kind < 3)
             FROM (SELECT min(filled) AS filled FROM grants
                   WHERE state = 'active' AND substr(scope, 1, 1) = x'00' GROUP BY scope)",
        )?;
        let counts = statement.query_row([], |row| {
            let count = |at| row.get::<_, i64>(at).map(|count| u64::try_from(count).unwrap_or_default());
            Ok(Arriving { persons: count(0)?, persons_here: count(1)?, entries_here: count(2)? })
        })?;
        Ok(Some(counts))
    }

    /// One of them.
    pub fn grant(&self, scope: Scope, class: Class) -> Result<Option<GrantRow>, StoreFault> {
        Ok(self.grants_where("WHERE scope = ?1 AND class = ?2", (scope.to_bytes(), class.rank()))?.pop())
    }

    /// Those whose end is being carried out.
    pub fn leaving_grants(&self) -> Result<Vec<GrantRow>, StoreFault> {
        self.grants_where("WHERE state = 'leaving'", [])
    }

    /// The first of those that wait for a word of the office after a restore.
    pub fn frozen(&self, limit: usize) -> Result<Vec<Frozen>, StoreFault> {
        let rows =
            self.grants_where("WHERE state = 'frozen' LIMIT ?1", [i64::try_from(limit).unwrap_or(i64::MAX)])?;
        Ok(rows.iter().map(|row| Frozen { scope: row.grant.scope, class: row.grant.class }).collect())
    }

    fn grants_where(&self, condition: &str, parameters: impl Params) -> Result<Vec<GrantRow>, StoreFault> {
        let mut statement = self.sql.prepare_cached(&format!(
            "SELECT scope, class, generation, state, filled, after FROM grants {condition}"
        ))?;
        let mut rows = statement.query(parameters)?;
        let mut grants = Vec::new();
        while let Some(row) = rows.next()? {
            let grant = Grant {
                scope: read_scope(&row.get::<_, Vec<u8>>(0)?)?,
                class: read_class(row.get(1)?)?,
                generation: row.get::<_, i64>(2)?.unsigned_abs(),
            };
            grants.push(GrantRow {
                grant,
                state: GrantState::from_code(&row.get::<_, String>(3)?),
                is_filled: row.get(4)?,
                after: row.get::<_, Option<i64>>(5)?.map(i64::unsigned_abs),
            });
        }
        Ok(grants)
    }

    /// Says where a scope stands among those that are still wanted; 0 is asked for first.
    pub fn set_fill_place(&self, scope: Scope, place: usize) -> Result<(), StoreFault> {
        let place = i64::try_from(place).unwrap_or(i64::MAX);
        self.sql
            .prepare_cached("UPDATE grants SET place = ?2 WHERE scope = ?1")?
            .execute((scope.to_bytes(), place))?;
        Ok(())
    }

    /// Notes that the server has taken in a case that was opened here; whether that is news.
    pub fn set_opened(&self, scope: Scope) -> Result<bool, StoreFault> {
        let opened = i64::try_from(OPENED).unwrap_or(i64::MAX);
        let changed = self
            .sql
            .prepare_cached("UPDATE grants SET generation = ?2 WHERE scope = ?1 AND generation = 0")?
            .execute((scope.to_bytes(), opened))?;
        Ok(changed > 0)
    }

    /// Stores one.
    pub fn put_grant(&self, row: &GrantRow) -> Result<(), StoreFault> {
        let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
        self.sql
            .prepare_cached(
                "INSERT INTO grants (scope, class, generation, state, filled, after) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
                 ON CONFLICT (scope, class) DO UPDATE SET generation = ?3, state = ?4, filled = ?5, after = ?6",
            )?
            .execute(rusqlite::params![
                row.grant.scope.to_bytes(),
                row.grant.class.rank(),
                number(row.grant.generation),
                row.state.code(),
                row.is_filled,
                row.after.map(number),
            ])?;
        Ok(())
    }
}
