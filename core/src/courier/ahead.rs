//! Pages fetched while others are being stored.
//!
//! In the middle of a fill the next request follows from the last answer alone, so another thread
//! goes on asking while the database is busy. What has come by then is stored in one transaction:
//! rows of several pages share the pages of the indexes that they touch, and a large office's first
//! sync is spent on those. Not for own work and not for a new directory: these are asked about when
//! everything before them is stored.

use super::fetch;
use super::round::Asked;
use crate::model::{Class, Scope};
use crate::store::{StoreFault, Tx};
use crate::sync::session::{FILLS_AT_ONCE, GrantRow};
use crate::sync::wire::{Filling, SyncRequest, SyncResponse};
use crate::sync::{Call, CallFault, Transport};
use std::sync::atomic::{AtomicBool, Ordering};

/// Most pages that wait for the database: a megabyte, and a moment for whoever wants to write meanwhile.
pub const PAGES_AT_ONCE: usize = 4;

/// An answer with what was asked.
pub struct Answered {
    /// The request.
    pub asked: Asked,
    /// What came.
    pub response: SyncResponse,
}

/// Answers in the order of their requests, and why there are no more.
#[derive(Default)]
pub struct Fetched {
    /// Each follows from the one before.
    pub pages: Vec<Answered>,
    /// What the request behind them ended with, if it did not bring a page.
    pub fault: Option<CallFault>,
}

impl Fetched {
    /// What one request brought.
    pub fn of(asked: Asked, answer: Result<SyncResponse, CallFault>) -> Self {
        match answer {
            Ok(response) => Self { pages: vec![Answered { asked, response }], fault: None },
            Err(fault) => fault.into(),
        }
    }
}

impl From<CallFault> for Fetched {
    fn from(fault: CallFault) -> Self {
        Self { pages: Vec::new(), fault: Some(fault) }
    }
}

/// What to ask while answers are being stored.
pub struct Ahead {
    next: Asked,
    /// Wanted, and named in no request yet.
    unnamed: Vec<GrantRow>,
}

impl Ahead {
    /// What follows from answers that are about to be stored; none if that is not clear before they are.
    pub fn plan(tx: &Tx<'_>, pages: &[Answered]) -> Result<Option<Self>, StoreFault> {
        let Some(last) = pages.last().filter(|last| leads_on(last)) else { return Ok(None) };
        if tx.waiting()?.documents > 0 {
            return Ok(None);
        }
        // Enough for the pages at hand, which are still wanted, and for those to come.
        let mut unnamed = tx.wanted_grants(2 * PAGES_AT_ONCE * FILLS_AT_ONCE)?;
        for page in pages {
            leave_out(&mut unnamed, &page.asked.request.filling);
        }
        let next = follow(last, &mut unnamed);
        Ok(Some(Self { next, unnamed }))
    }

    /// Fetches one page, and more while there is time.
    pub fn fetch(mut self, call: &mut Call<'_>, way: &dyn Transport, is_time_up: &AtomicBool) -> Fetched {
        let mut fetched = Fetched::default();
        let mut asked = self.next;
        loop {
            let response = match fetch(call, way, &asked) {
                Ok(response) => response,
                Err(fault) => {
                    fetched.fault = Some(fault);
                    return fetched;
                }
            };
            let page = Answered { asked, response };
            let next = leads_on(&page).then(|| follow(&page, &mut self.unnamed));
            fetched.pages.push(page);
            let goes_on = fetched.pages.len() < PAGES_AT_ONCE && !is_time_up.load(Ordering::Relaxed);
            match next {
                Some(next) if goes_on => asked = next,
                _ => return fetched,
            }
        }
    }
}

/// Whether the next request follows from an answer alone: a page in the middle of a fill.
fn leads_on(page: &Answered) -> bool {
    let Answered { asked, response } = page;
    let is_plain = !response.reconcile && response.directory.is_none() && asked.request.pushes.is_empty();
    is_plain && !response.filling.is_empty()
}

/// The request behind an answer: what goes on, then what nobody asked for yet.
fn follow(page: &Answered, unnamed: &mut Vec<GrantRow>) -> Asked {
    let Answered { asked, response } = page;
    let further = unnamed.iter().map(Filling::from);
    let filling: Vec<Filling> = response.filling.iter().copied().chain(further).take(FILLS_AT_ONCE).collect();
    leave_out(unnamed, &filling);
    let request = SyncRequest {
        epoch: Some(response.epoch),
        cursor: response.cursor,
        seen: response.head,
        chain: response.chain,
        filling,
        ..asked.request.clone()
    };
    Asked { request, sent: Vec::new() }
}

fn leave_out(unnamed: &mut Vec<GrantRow>, filling: &[Filling]) {
    let is_named =
        |scope: Scope, class: Class| filling.iter().any(|fill| (fill.scope, fill.class) == (scope, class));
    unnamed.retain(|row| !is_named(row.grant.scope, row.grant.class));
}
