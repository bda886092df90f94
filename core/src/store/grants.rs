//! What this phone may hold, and how far each of it is filled.

use super::documents::{read_class, read_scope};
use super::{StoreFault, Tx};
use crate::model::{Class, Grant, Scope};
use crate::sync::session::{GrantRow, GrantState, OPENED};
use crate::sync::wire::Frozen;
use rusqlite::Params;

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

    /// How many are still wanted.
    pub fn wanted_grant_count(&self) -> Result<usize, StoreFault> {
        let mut statement =
            self.sql.prepare_cached("SELECT count(*) FROM grants WHERE filled = 0 AND state = 'active'")?;
        let count: i64 = statement.query_row([], |row| row.get(0))?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
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
