//! What a member may read, by scope and class.
//!
//! Grants follow from roles, teams and assignments, and are kept because a generation must last
//! exactly as long as its grant: a phone fills a generation that it does not know from the start.

use super::{cases, members, office, teams};
use crate::error::StoreFault;
use doorstep_core::access::{Standing, classes_of};
use doorstep_core::model::{CaseRole, Class, Grant, MemberId, Scope};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// Works out again who may read a scope. Grants that stay keep their generation.
pub fn refresh(tx: &Connection, scope: Scope) -> Result<(), StoreFault> {
    let generation = office::bump_directory(tx)?;
    let mut wanted = BTreeSet::new();
    for standing in standings(tx, scope)? {
        for &class in classes_of(&standing, scope) {
            wanted.insert((standing.member, class.rank()));
        }
    }
    let mut statement = tx.prepare_cached("SELECT member, class FROM grants WHERE scope = ?1")?;
    let present: Vec<(MemberId, u8)> = statement
        .query_map([scope.to_bytes()], |row| Ok((MemberId(row.get(0)?), row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    for (member, class) in present {
        if !wanted.remove(&(member, class)) {
            tx.prepare_cached("DELETE FROM grants WHERE scope = ?1 AND member = ?2 AND class = ?3")?
                .execute((scope.to_bytes(), member.0, class))?;
        }
    }
    for (member, class) in wanted {
        tx.prepare_cached("INSERT INTO grants (scope, member, class, generation) VALUES (?1, ?2, ?3, ?4)")?
            .execute((scope.to_bytes(), member.0, class, super::sql(generation)))?;
    }
    Ok(())
}

/// Everyone with a part in a scope, as the rules of access see them.
fn standings(tx: &Connection, scope: Scope) -> Result<Vec<Standing>, StoreFault> {
    let mut parts: BTreeMap<MemberId, (Option<CaseRole>, bool, bool)> = BTreeMap::new();
    let team = match scope {
        Scope::Team(team) => Some(team),
        Scope::Case(case) => {
            for assignment in cases::assignments(tx, case)?.into_iter().filter(|one| one.ended.is_none()) {
                parts.entry(assignment.member).or_default().0 = Some(assignment.role);
            }
            cases::find(tx, case)?.map(|case| case.team)
        }
    };
    if let Some(team) = team {
        for (member, supervises) in teams::members(tx, team)? {
            let part = parts.entry(member).or_default();
            (part.1, part.2) = (supervises, true);
        }
    }
    let mut standings = Vec::with_capacity(parts.len());
    for (member, (case_role, supervises, in_team)) in parts {
        if members::find(tx, member)?.is_some_and(|found| found.ended.is_none()) {
            let roles = members::roles(tx, member)?;
            standings.push(Standing { member, roles, case_role, supervises, in_team });
        }
    }
    Ok(standings)
}

/// The grants of a member.
pub fn of_member(tx: &Connection, member: MemberId) -> Result<Vec<Grant>, StoreFault> {
    let mut statement = tx.prepare_cached(
        "SELECT scope, class, generation FROM grants WHERE member = ?1 ORDER BY scope, class",
    )?;
    let grants = statement.query_map([member.0], |row| {
        use super::Row;
        Ok(Grant {
            scope: row.map(0, |bytes: Vec<u8>| Scope::from_bytes(&bytes))?,
            class: row.map(1, Class::from_rank)?,
            generation: row.number(2)?,
        })
    })?;
    Ok(grants.collect::<Result<_, _>>()?)
}
