//! The ledger: takes in what phones and the console sign, in the design's order, and never loses
//! what it has acknowledged.
//!
//! *Prepare* (verify, merge, seal, summarise) runs on the caller's thread, so as many at once as
//! there are callers. *Commit* is one at a time: whoever comes first takes along everything that
//! is ready (group commit), plans again what has moved meanwhile, and commits it in one
//! transaction. A single caller never waits for anybody, so that simulations replay exactly.
//!
//! ```text
//! take ─ check ─ plan ─ queue ──┐
//! take ─ check ─ plan ─ queue ──┼─ one leader: plan again what moved · apply · commit · answer
//! take ─ check ─ plan ─ queue ──┘
//! ```

mod act;
mod apply;
mod check;
mod judge;
mod known;
mod plan;
mod queue;
mod retry;
mod standing;
mod take_in;
#[cfg(test)]
mod tests;

pub use act::{ActFault, NewAction};
pub use apply::next_chain;
pub use check::Pusher;
pub(crate) use known::{action_reference, change_reference};
pub(crate) use queue::Queue;
pub use retry::AcceptFault;
pub(crate) use standing::standing;
pub(crate) use take_in::ReviewMarks;

use crate::error::StoreFault;
use crate::server::Server;
use crate::store::office;
use check::{Checked, Unproven, check};
use doorstep_core::documents::limits;
use doorstep_core::model::{Scope, Timestamp};
use doorstep_core::sync::wire::{ItemResult, ItemVerdict, Push, PushResult, RefusalCode};
use plan::{Base, Scene, plan};
use queue::{Job, Step};
use rusqlite::Connection;
use std::collections::HashSet;

impl Server {
    /// Takes a request's pushes in, in order; one result each. Returns after the commit.
    pub(crate) fn take(&self, pusher: &Pusher, offered: Vec<Push>) -> Result<Vec<PushResult>, StoreFault> {
        if offered.is_empty() {
            return Ok(Vec::new());
        }
        let preparing = self.queue().begin();
        let job = self.prepare(pusher, offered)?;
        if job.is_settled() {
            return Ok(job.promise());
        }
        self.queue().submit(self, preparing, job)
    }

    /// Checks and plans pushes against the last commit.
    fn prepare(&self, pusher: &Pusher, offered: Vec<Push>) -> Result<Job, StoreFault> {
        let received = self.env().now();
        let mut budget = limits::REQUEST_OPERATIONS;
        let checked: Vec<_> = offered.into_iter().map(|push| check(push, pusher, &mut budget)).collect();
        let openings: Vec<Scope> = checked.iter().flatten().flat_map(openings).collect();
        self.make_keys(pusher, &openings)?;
        let steps = self.store().read(|tx| {
            let view = self.views().get(tx, pusher.member, office::directory_revision(tx)?)?;
            // A push that builds on an earlier one of the same request is planned in the writer, which sees that one.
            let (mut docs, mut scopes) = (HashSet::new(), HashSet::new());
            checked
                .into_iter()
                .map(|checked| match checked {
                    Err((push, unproven)) => Ok(Step::Settled(refuse(&push, &unproven))),
                    Ok(checked) => {
                        let doc = checked.push.doc;
                        let builds_on = docs.contains(&doc)
                            || scope_of(&checked).is_some_and(|scope| scopes.contains(&scope));
                        docs.insert(doc);
                        scopes.extend(openings_of(&checked));
                        if builds_on {
                            return Ok(Step::Later(checked));
                        }
                        let base = Base::read(tx, doc)?;
                        let scene = Scene { view: Some(&view), ..self.scene(tx, pusher, received) };
                        Ok(Step::Planned { outcome: Some(plan(&scene, &checked)?), base, checked })
                    }
                })
                .collect::<Result<Vec<_>, StoreFault>>()
        })?;
        Ok(Job::new(pusher.clone(), received, steps))
    }

    /// Makes the keys of cases about to be opened, all in one commit. Keys of openings that turn out
    /// to be refused seal nothing.
    fn make_keys(&self, pusher: &Pusher, openings: &[Scope]) -> Result<(), StoreFault> {
        if openings.is_empty() {
            return Ok(());
        }
        let roles =
            self.store().read::<_, StoreFault>(|tx| crate::store::members::roles(tx, pusher.member))?;
        if !roles.contains(&doorstep_core::model::Role::Worker) {
            return Ok(());
        }
        let wanted: Vec<_> = openings
            .iter()
            .flat_map(|&scope| doorstep_core::model::Class::ALL.map(|class| (scope, class)))
            .collect();
        self.vault().ensure(&wanted, self.env())
    }

    fn scene<'a>(&'a self, tx: &'a Connection, pusher: &'a Pusher, received: Timestamp) -> Scene<'a> {
        Scene {
            server: self,
            tx,
            pusher,
            view: None,
            received,
            retried: None,
            is_accepted_by_supervisor: false,
        }
    }
}

/// Cases that a push opens.
fn openings(checked: &Checked) -> impl Iterator<Item = Scope> {
    checked
        .actions
        .iter()
        .filter_map(|action| action.opening.as_ref())
        .map(|opening| Scope::Case(opening.case))
}

fn openings_of(checked: &Checked) -> Vec<Scope> {
    openings(checked).collect()
}

fn scope_of(checked: &Checked) -> Option<Scope> {
    let change = checked.push.changes.first().map(|change| change.envelope.scope);
    change.or_else(|| checked.actions.first().map(|action| action.scope))
}

/// The answer to a push with an item that nothing proves.
fn refuse(push: &Push, unproven: &Unproven) -> PushResult {
    let result = |index: usize| {
        let code = if index == unproven.item { unproven.code.clone() } else { RefusalCode::PushFailed };
        ItemResult { verdict: ItemVerdict::Refused, position: None, code: Some(code) }
    };
    let changes = push.changes.len();
    PushResult {
        doc: push.doc,
        changes: (0..changes).map(result).collect(),
        actions: (changes..changes + push.actions.len()).map(result).collect(),
    }
}
