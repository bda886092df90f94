//! One round trip: what is asked, read at one moment; what is done about the answer, in one transaction.

use super::ahead::Answered;
use super::incoming::Incoming;
use super::outbox::{self, Outbox, Sent};
use super::pen::Pen;
use super::{SyncFault, SyncReport, fill_order, leaving, results};
use crate::changes::{Incarnation, actor_of};
use crate::env::Env;
use crate::model::Timestamp;
use crate::store::{AttentionKind, Store, StoreFault, Tx};
use crate::sync::CallFault;
use crate::sync::session::{
    Defences, FILLS_AT_ONCE, GrantRow, PhoneState, Plan, is_opened, plan_request, plan_response,
};
use crate::sync::wire::{Certificate, FROZEN_LIMIT, Filling, SyncRequest, SyncResponse};
use std::collections::HashMap;

/// A request, and what its answer will be about.
pub struct Asked {
    /// What travels.
    pub request: SyncRequest,
    /// Where its items lie in the queue.
    pub sent: Vec<Sent>,
}

/// What to ask now.
pub fn ask(tx: &Tx<'_>, certificate: Option<Certificate>) -> Result<Asked, SyncFault> {
    let pen = Pen::of(tx)?.ok_or(SyncFault::NotEnrolled)?;
    let outbox = outbox::pack(tx)?;
    let state = PhoneState {
        point: tx.sync_point()?,
        directory: tx.directory_version()?,
        grants: tx.wanted_grants(FILLS_AT_ONCE)?,
        frozen: tx.frozen(FROZEN_LIMIT)?,
    };
    let former = former(tx, &pen, &outbox)?;
    let request = plan_request(&state, outbox.pushes, pen.incarnation, &former, certificate);
    Ok(Asked { request, sent: outbox.sent })
}

/// Former incarnations that work in the outbox was written under.
fn former(tx: &Tx<'_>, pen: &Pen, outbox: &Outbox) -> Result<Vec<Incarnation>, StoreFault> {
    let mut actors = outbox.actors();
    actors.remove(&pen.actor());
    if actors.is_empty() {
        return Ok(Vec::new());
    }
    let mut former = tx.former_incarnations()?;
    former.retain(|incarnation| actors.contains(&actor_of(&pen.key.public(), incarnation)));
    Ok(former)
}

/// Does what answers say, in one transaction. Returns whether there is more to do at once.
pub fn take_in(
    store: &Store,
    env: &Env,
    defences: Defences,
    pages: Vec<Answered>,
    report: &mut SyncReport,
) -> Result<bool, SyncFault> {
    for Answered { asked, response } in &pages {
        if !response.reconcile && !results::fit(&asked.request.pushes, &response.results) {
            return Err(CallFault::Garbled.into());
        }
        if !defences.cursor_with_page {
            store.write::<_, SyncFault>(|tx| {
                let plan = plan(tx, &asked.request.filling, response, defences)?;
                Ok(tx.set_sync_point(&plan.point)?)
            })?;
        }
    }
    let before = *report;
    let taken = store.write(|tx| {
        let mut goes_on = false;
        for Answered { asked, response } in pages {
            let mut round = Round { tx, env, defences, asked: &asked, report };
            goes_on = round.carry_out(response)?;
        }
        Ok(goes_on)
    });
    if taken.is_err() {
        // Undone as a whole, so nothing of it is reported.
        *report = before;
    }
    taken
}

/// What the answer means, as the phone stands now.
fn plan(
    tx: &Tx<'_>,
    asked: &[Filling],
    response: &SyncResponse,
    defences: Defences,
) -> Result<Plan, StoreFault> {
    // Without a directory, only the grants that are filled or ended by name are touched.
    let grants = if response.reconcile || response.directory.is_some() {
        tx.grants()?
    } else {
        let named = response.ended.iter().map(|ended| (ended.scope, ended.class));
        let touched = asked.iter().map(|fill| (fill.scope, fill.class)).chain(named);
        let rows = touched.map(|(scope, class)| tx.grant(scope, class));
        rows.filter_map(Result::transpose).collect::<Result<_, _>>()?
    };
    let (point, directory) = (tx.sync_point()?, tx.directory_version()?);
    let state = PhoneState { point, directory, grants, frozen: Vec::new() };
    let mut plan = plan_response(&state, asked, response, defences);
    let known: HashMap<_, &GrantRow> =
        state.grants.iter().map(|row| ((row.grant.scope, row.grant.class), row)).collect();
    plan.grants.retain(|row| known.get(&(row.grant.scope, row.grant.class)) != Some(&row));
    Ok(plan)
}

struct Round<'a> {
    tx: &'a Tx<'a>,
    env: &'a Env,
    defences: Defences,
    asked: &'a Asked,
    report: &'a mut SyncReport,
}

impl Round<'_> {
    fn carry_out(&mut self, response: SyncResponse) -> Result<bool, SyncFault> {
        let (tx, env) = (self.tx, self.env);
        let mut pen = Pen::of(tx)?.ok_or(SyncFault::NotEnrolled)?;
        let plan = plan(tx, &self.asked.request.filling, &response, self.defences)?;
        let mut asks_again = false;
        if plan.take_page {
            let sent = (self.asked.request.pushes.as_slice(), self.asked.sent.as_slice());
            results::settle(tx, env, &mut pen, sent, &response, self.report)?;
            asks_again = response.directory.is_none() && self.ask_about_opened(&response)?;
        } else {
            tx.add_attention(&AttentionKind::ServerRestored, None, None, None, env.now())?;
        }
        if plan.offer_again {
            tx.offer_all_again()?;
        }
        for row in &plan.grants {
            tx.put_grant(row)?;
        }
        if let Some(directory) = &response.directory {
            tx.set_directory(directory)?;
        }
        if response.reconcile || response.directory.is_some() {
            fill_order::arrange(tx, env)?;
        }
        for grant in &plan.ended {
            leaving::save_drafts(tx, env, &pen, *grant)?;
            tx.forget_opened_here(grant.scope)?;
        }
        if plan.take_page {
            let mut incoming = Incoming::new(tx, env, &mut pen, self.report);
            for item in response.page {
                incoming.take(item)?;
            }
            tx.forget_backed_up(response.backed_up)?;
            tx.drop_backed_up_photos(response.photos_backed_up)?;
        }
        leaving::purge_ended(tx, env, &mut pen, self.defences, self.report)?;
        tx.set_sync_point(&plan.point)?;
        let goes_on =
            plan.more || asks_again || tx.waiting()?.documents > 0 || !tx.wanted_grants(1)?.is_empty();
        if !goes_on {
            tx.write_meta(LAST_SYNC, &env.now())?;
        }
        Ok(goes_on)
    }
}

impl Round<'_> {
    /// The server has cases that were opened here, and has not said who may read them: its directory
    /// is asked for again. It may have given them to somebody else meanwhile. True if there was any.
    fn ask_about_opened(&self, response: &SyncResponse) -> Result<bool, StoreFault> {
        let mut is_news = false;
        let scopes = self.asked.request.pushes.iter().filter_map(|push| push.changes.first());
        for scope in scopes.map(|change| change.envelope.scope) {
            if is_opened(scope, response) && self.tx.set_opened(scope)? {
                self.tx.forget_directory_version()?;
                is_news = true;
            }
        }
        Ok(is_news)
    }
}

const CLOCK_OFFSET: &str = "clock_offset_ms";
const LAST_SYNC: &str = "last_sync";

/// When a sync came to its end last.
pub fn last_sync(tx: &Tx<'_>) -> Result<Option<Timestamp>, StoreFault> {
    tx.read_meta(LAST_SYNC)
}

/// Server's time minus this phone's, in milliseconds, as last learnt.
pub fn clock_offset(tx: &Tx<'_>) -> Result<i64, StoreFault> {
    Ok(tx.read_meta(CLOCK_OFFSET)?.unwrap_or(0))
}

/// Keeps what was learnt of the server's clock.
pub fn keep_clock_offset(tx: &Tx<'_>, offset_ms: i64) -> Result<(), StoreFault> {
    tx.write_meta(CLOCK_OFFSET, &offset_ms)
}
