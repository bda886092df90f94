//! After a restore: what a phone holds that nobody has granted in the new lineage.
//!
//! The phone tells with each sync, the office decides ([`crate::directory::end_frozen`], or a grant),
//! the answer names what has ended. A sync in which nothing of that moved writes nothing.

use super::proof::Caller;
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::{frozen, office};
use doorstep_core::sync::wire::Frozen;
use std::collections::{BTreeMap, BTreeSet};

/// Notes what the phone tells; returns what of it has ended.
pub fn note(server: &Server, caller: &Caller, told: &[Frozen]) -> Result<Vec<Frozen>, StoreFault> {
    let device = caller.device.id;
    let (told, known) = server.store().read::<_, StoreFault>(|tx| {
        let known = frozen::of_device(tx, device)?;
        if told.is_empty() {
            return Ok((BTreeSet::new(), known));
        }
        let view = server.views().get(tx, caller.member, office::directory_revision(tx)?)?;
        // A grant wins over whatever was decided before it.
        let is_waiting = |one: &&Frozen| view.generation(one.scope, one.class).is_none();
        Ok((told.iter().filter(is_waiting).copied().collect::<BTreeSet<_>>(), known))
    })?;
    if !told.iter().eq(known.keys()) {
        let now = server.env().now();
        server.store().write::<_, StoreFault>(|tx| {
            for one in known.keys().filter(|one| !told.contains(one)) {
                frozen::remove(tx, device, *one)?;
            }
            told.iter().try_for_each(|one| frozen::add(tx, device, *one, now))
        })?;
    }
    Ok(ended(&told, &known))
}

fn ended(told: &BTreeSet<Frozen>, known: &BTreeMap<Frozen, bool>) -> Vec<Frozen> {
    told.iter().filter(|one| known.get(one) == Some(&true)).copied().collect()
}
