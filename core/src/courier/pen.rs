//! What signs this phone's work.

use crate::changes::{DeviceKey, Envelope, Incarnation, SignedAction, SignedChange, actor_of};
use crate::documents::{NewChange, Stamp};
use crate::env::Env;
use crate::model::{Action, Actor, Class, DocId, DocKind, Scope};
use crate::store::{Identity, OwnItem, StoreFault, Tx};
use std::sync::Arc;

/// Identity, key and actor of an enrolled phone, as one transaction sees them.
pub struct Pen {
    /// Who writes.
    pub identity: Identity,
    /// Signs.
    pub key: Arc<DeviceKey>,
    /// Under which incarnation.
    pub incarnation: Incarnation,
}

/// Takes a new incarnation, the first one too: whoever writes from now on is a new actor.
pub fn new_incarnation(tx: &Tx<'_>, env: &Env) -> Result<Incarnation, StoreFault> {
    let incarnation = env.bytes();
    tx.set_incarnation(&incarnation)?;
    Ok(incarnation)
}

impl Pen {
    /// The phone's pen; none before enrolment.
    pub fn of(tx: &Tx<'_>) -> Result<Option<Self>, StoreFault> {
        Ok(match (tx.identity()?, tx.device_key()?, tx.incarnation()?) {
            (Some(identity), Some(key), Some(incarnation)) => Some(Self { identity, key, incarnation }),
            _ => None,
        })
    }

    /// Who writes into documents.
    pub fn actor(&self) -> Actor {
        actor_of(&self.key.public(), &self.incarnation)
    }

    /// Who writes, and when.
    pub fn stamp(&self, env: &Env) -> Stamp {
        Stamp { actor: self.actor(), member: self.identity.member, time: env.now() }
    }

    /// Goes on as a new actor, from this transaction on.
    pub fn renew(&mut self, tx: &Tx<'_>, env: &Env) -> Result<(), StoreFault> {
        self.incarnation = new_incarnation(tx, env)?;
        Ok(())
    }

    /// Signs a change and queues it.
    pub fn queue_change(
        &self,
        tx: &Tx<'_>,
        env: &Env,
        (doc, scope, class, kind): (DocId, Scope, Class, DocKind),
        change: NewChange,
    ) -> Result<(), StoreFault> {
        let envelope = Envelope {
            org: self.identity.org,
            scope,
            doc,
            class,
            kind,
            actor: change.actor,
            seq: change.seq,
            hash: change.hash,
            member: self.identity.member,
            device: self.identity.device,
        };
        let signed = SignedChange::sign(&self.key, envelope, change.bytes);
        tx.queue(doc, scope, class, &OwnItem::Change(signed), env.now())
    }

    /// Signs an action, stores it and queues it.
    pub fn queue_action(&self, tx: &Tx<'_>, env: &Env, action: &Action) -> Result<(), StoreFault> {
        let signed = SignedAction::sign(&self.key, self.identity.org, action);
        tx.put_action(&signed, None)?;
        tx.queue(action.subject, action.scope, action.class, &OwnItem::Action(signed), env.now())
    }
}
