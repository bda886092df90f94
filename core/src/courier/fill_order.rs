//! The order in which scopes are filled: that of the phone's own lists, today's first.
//!
//! Drafts come first, then what is planned and what is recent, then cases by the name that the list
//! shows. Of what the phone knows nothing, the newest case is most likely to be needed soon.

use crate::env::Env;
use crate::model::{Class, Scope};
use crate::store::{EntryRow, StoreFault, Tx};
use std::collections::HashMap;

/// How many days back and ahead the first screen looks.
pub const TODAY_DAYS: i32 = 7;
/// Most entries of each of the first screen's lists.
pub const TODAY_ROWS: u32 = 50;

/// Arranges what is still wanted. Done when a sync begins and when grants come, not for every page.
pub fn arrange(tx: &Tx<'_>, env: &Env) -> Result<(), StoreFault> {
    let mut wanted: Vec<Scope> =
        tx.wanted_grants(usize::MAX)?.into_iter().map(|row| row.grant.scope).collect();
    wanted.dedup();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut places = HashMap::new();
    for scope in listed_scopes(tx, env)? {
        let next = places.len();
        places.entry(scope).or_insert(next);
    }
    sort(&mut wanted, &places);
    for (place, scope) in wanted.into_iter().enumerate() {
        tx.set_fill_place(scope, place)?;
    }
    Ok(())
}

/// Listed scopes as they are listed, then cases, newest first, then teams.
fn sort(wanted: &mut [Scope], places: &HashMap<Scope, usize>) {
    wanted.sort_by(|a, b| {
        let place = |scope: &Scope| places.get(scope).copied().unwrap_or(usize::MAX);
        let is_team = |scope: &Scope| scope.case().is_none();
        (place(a), is_team(a)).cmp(&(place(b), is_team(b))).then_with(|| b.cmp(a))
    });
}

/// Scopes in the order in which the screens list them, some of them several times.
pub fn listed_scopes(tx: &Tx<'_>, env: &Env) -> Result<Vec<Scope>, StoreFault> {
    // The day by universal time: at most one off, which a week forgives.
    let (today, _) = env.now().local(&jiff::tz::TimeZone::UTC);
    let (from, to) = (today.plus_days(-TODAY_DAYS), today.plus_days(TODAY_DAYS));
    let mut scopes: Vec<Scope> = tx.drafts()?.into_iter().map(|draft| draft.scope).collect();
    let scope_of = |row: EntryRow| row.scope;
    scopes.extend(tx.entries_planned(from, to, TODAY_ROWS)?.into_iter().map(scope_of));
    scopes.extend(tx.entries_since(from, TODAY_ROWS)?.into_iter().map(scope_of));
    let mut named = tx.parts(Class::Contact)?;
    named.sort_by_cached_key(|row| row.summary.part.as_ref().map(|part| part.pseudonym.clone()));
    scopes.extend(named.into_iter().map(scope_of));
    Ok(scopes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CaseId, TeamId};

    #[test]
    fn unknown_scopes_follow_the_listed_ones_newest_case_first_and_teams_last() {
        let case = |number: u8| Scope::Case(CaseId([number; 16]));
        let team = Scope::Team(TeamId([9; 16]));
        let mut wanted = [case(1), case(2), case(3), case(4), team];
        sort(&mut wanted, &HashMap::from([(case(3), 0), (case(2), 1)]));
        assert_eq!(wanted, [case(3), case(2), case(4), case(1), team]);
    }
}
