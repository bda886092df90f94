//! Decisions at the console: actions like any other, signed with the server's own device.

use super::apply::{Tail, apply};
use super::check::{Checked, Pusher};
use super::plan::{Outcome, Scene, plan};
use crate::error::StoreFault;
use crate::records;
use crate::server::Server;
use crate::store::documents;
use doorstep_core::casework::latest_actions;
use doorstep_core::changes::SignedAction;
use doorstep_core::model::{Action, ActionId, ActionKind, DocId, Field, Heads, MemberId};
use doorstep_core::sync::wire::{Push, RefusalCode};
use rusqlite::Connection;
use std::collections::HashSet;

/// What a member does at the console.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAction {
    /// The document that it is about.
    pub subject: DocId,
    /// What it does.
    pub kind: ActionKind,
    /// The document's heads as they were shown.
    pub heads: Heads,
    /// The answers that a return or a comment is about.
    pub fields: Vec<Field>,
    /// Reason or remark.
    pub reason: String,
    /// The remark that a resolve is about.
    pub target: Option<ActionId>,
}

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum ActFault {
    /// No such document, for this member.
    #[error("not found")]
    NotFound,
    /// The member may not.
    #[error("not allowed")]
    NotAllowed,
    /// Reason or list of answers too long.
    #[error("too long")]
    TooLong,
    /// Heads that the document never had.
    #[error("unknown version")]
    UnknownVersion,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl Server {
    /// Records a member's decision. It names every action that stood when it was made.
    pub fn act(&self, member: MemberId, new: NewAction) -> Result<ActionId, ActFault> {
        if new.reason.len() > Action::REASON_LIMIT || new.fields.len() > Action::FIELDS_LIMIT {
            return Err(ActFault::TooLong);
        }
        if new.heads.is_empty() {
            return Err(ActFault::UnknownVersion);
        }
        self.queue().alone(|| self.store().write(|tx| self.act_in(tx, member, new)))
    }

    fn act_in(&self, tx: &Connection, member: MemberId, new: NewAction) -> Result<ActionId, ActFault> {
        let row = documents::find_row(tx, new.subject)?.ok_or(ActFault::NotFound)?;
        let before = records::actions_of(tx, self.vault(), new.subject)?;
        let mut after = latest_actions(before.iter().map(|received| &received.action));
        after.truncate(Action::AFTER_LIMIT);
        let now = self.env().now();
        let action = Action {
            id: ActionId::new(self.env()),
            scope: row.scope,
            subject: new.subject,
            class: row.class,
            kind: new.kind,
            heads: new.heads,
            fields: new.fields,
            reason: new.reason,
            after,
            member,
            device: self.console_device(),
            time: now,
            target: new.target,
            opening: None,
        };
        let id = action.id;
        let signed = SignedAction::sign(self.vault().console(), self.org(), &action);
        if signed.body.len() > SignedAction::BYTES_LIMIT {
            return Err(ActFault::TooLong);
        }
        let push = Push { doc: new.subject, changes: Vec::new(), actions: vec![signed] };
        let checked = Checked { push, actions: vec![action], flaw: None };
        let pusher = Pusher {
            org: self.org(),
            member,
            device: self.console_device(),
            key: self.vault().console().public(),
            actors: HashSet::new(),
        };
        let scene = Scene {
            server: self,
            tx,
            pusher: &pusher,
            view: None,
            received: now,
            retried: None,
            is_accepted_by_supervisor: false,
        };
        match plan(&scene, &checked)? {
            outcome @ Outcome::Accept(_) => {
                let mut tail = Tail::read(tx)?;
                apply(tx, &mut tail, &pusher, now, outcome, self.defences().most_set_aside)?;
                tail.write(tx)?;
                Ok(id)
            }
            Outcome::Aside { rows, .. }
                if rows.iter().any(|row| row.code == RefusalCode::UnknownDependencies) =>
            {
                Err(ActFault::UnknownVersion)
            }
            Outcome::Aside { .. } | Outcome::Settled { .. } => Err(ActFault::NotAllowed),
        }
    }
}
