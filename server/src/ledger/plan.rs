//! What should become of one push: planned against the rows at hand, stored by `apply`.
//!
//! Planning writes nothing but keys, so it runs in parallel on readers, and again in the writer
//! for what has moved.

use super::check::{Checked, Pusher};
use super::judge::{Judgement, Stop};
use super::known;
use super::take_in::ReviewMarks;
use crate::error::StoreFault;
use crate::server::Server;
use crate::store::aside::{self, AsideRow};
use crate::store::documents;
use crate::store::log::Item;
use crate::store::office;
use crate::sync::View;
use doorstep_core::model::{Class, DocId, DocKind, MemberId, Opening, Scope, Timestamp};
use doorstep_core::sync::wire::{ItemResult, ItemVerdict, PushResult, RefusalCode};
use rusqlite::Connection;

/// What a plan is made with.
pub struct Scene<'a> {
    /// The office.
    pub server: &'a Server,
    /// The state that the plan is for.
    pub tx: &'a Connection,
    /// Whose push it is.
    pub pusher: &'a Pusher,
    /// What that member may know, if it is at hand for this state: saves looking their part up.
    pub view: Option<&'a View>,
    /// When it came.
    pub received: Timestamp,
    /// The push of `set_aside` that is tried again, if it is one.
    pub retried: Option<u64>,
    /// A supervisor took it in: the author's own standing is not asked for.
    pub is_accepted_by_supervisor: bool,
}

/// What a plan rests on. If any of it has moved at the commit, the push is planned again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    directory_revision: u64,
    last_position: Option<u64>,
    aside: (u64, u64),
}

impl Base {
    /// The base of a document as it stands.
    pub fn read(tx: &Connection, doc: DocId) -> Result<Self, StoreFault> {
        Ok(Self {
            directory_revision: office::directory_revision(tx)?,
            last_position: documents::last_position(tx, doc)?,
            aside: aside::mark(tx, doc)?,
        })
    }
}

/// What should become of a push.
pub enum Outcome {
    /// Nothing to store: all known, or refused.
    Settled {
        /// The answer.
        result: PushResult,
        /// Whether two contents claim one sequence number, which somebody should look at.
        is_alarming: bool,
    },
    /// It becomes part of the document.
    Accept(Box<Acceptance>),
    /// It is kept apart.
    Aside {
        /// The answer.
        result: PushResult,
        /// What is kept.
        rows: Vec<AsideRow>,
    },
}

impl Outcome {
    /// The answer; positions of new items are still missing.
    pub fn result(&self) -> &PushResult {
        match self {
            Self::Settled { result, .. } | Self::Aside { result, .. } => result,
            Self::Accept(acceptance) => &acceptance.result,
        }
    }
}

/// Everything that an accepted push writes, but the positions.
pub struct Acceptance {
    /// The answer; positions of new items are still missing.
    pub result: PushResult,
    /// Which document.
    pub doc: DocId,
    /// Its scope.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What it holds.
    pub kind: DocKind,
    /// Who created it.
    pub author: MemberId,
    /// Position of its first change, if it has one.
    pub created_position: Option<u64>,
    /// Changes so far, the new ones included.
    pub revision: u64,
    /// Operations so far.
    pub operations: u64,
    /// What lists find the entry by.
    pub marks: ReviewMarks,
    /// Sealed summary and snapshot, if a change is among the items.
    pub content: Option<(Vec<u8>, Vec<u8>)>,
    /// The new items in order.
    pub items: Vec<NewItem>,
    /// The case that this opens.
    pub opening: Option<Opening>,
}

/// A new row of the log, but for its position.
pub struct NewItem {
    /// Which item of the push. Changes count first.
    pub index: usize,
    /// What it is.
    pub item: Item,
    /// HMAC of its content.
    pub reference: [u8; 32],
    /// Sealed.
    pub sealed: Vec<u8>,
}

/// Plans one push.
pub fn plan(scene: &Scene<'_>, checked: &Checked) -> Result<Outcome, StoreFault> {
    let row = documents::find_row(scene.tx, checked.push.doc)?;
    let known = known::look_up(scene, checked, row.as_ref())?;
    if let Some(item) = known.duplicate {
        let result = known.answer(checked, |index| {
            let code = if index == item { RefusalCode::DuplicateSequence } else { RefusalCode::PushFailed };
            ItemResult { verdict: ItemVerdict::Refused, position: None, code: Some(code) }
        });
        return Ok(Outcome::Settled { result, is_alarming: true });
    }
    if known.is_complete() {
        let accepted = ItemResult { verdict: ItemVerdict::Accepted, position: None, code: None };
        return Ok(Outcome::Settled {
            result: known.answer(checked, |_| accepted.clone()),
            is_alarming: false,
        });
    }
    match Judgement::new(scene, checked, row, &known).accept() {
        Ok(acceptance) => Ok(Outcome::Accept(Box::new(acceptance))),
        Err(Stop::Fault(fault)) => Err(fault),
        Err(Stop::Aside { item, verdict, code }) => {
            let result = known.answer(checked, |index| {
                let is_all = index == item || verdict == ItemVerdict::Late;
                let code = if is_all { code.clone() } else { RefusalCode::PushFailed };
                ItemResult { verdict: verdict.clone(), position: None, code: Some(code) }
            });
            let rows = known::aside_rows(scene, checked, &known, &result)?;
            Ok(Outcome::Aside { result, rows })
        }
    }
}
