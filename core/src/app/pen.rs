//! Writing and signing: who this phone is when it writes.

use super::Failure;
use crate::changes::{DeviceKey, Envelope, Incarnation, SignedAction, SignedChange, actor_of};
use crate::documents::{Document, NewChange, Stamp, summarise};
use crate::env::Env;
use crate::model::{Action, Class, DocId, Scope};
use crate::store::{Identity, OwnItem, StoreFault, Tx};

/// The phone's identity and key, read in the transaction that writes with them.
pub(super) struct Pen {
    pub identity: Identity,
    key: DeviceKey,
    pub stamp: Stamp,
}

impl Pen {
    /// Takes up the pen; fails before enrolment.
    pub fn take(tx: &Tx<'_>, env: &Env) -> Result<Self, Failure> {
        let identity = tx.identity()?.ok_or(Failure::SignInNeeded("not_enrolled"))?;
        let key = tx.device_key()?.ok_or(StoreFault::Damaged)?;
        let incarnation = tx.incarnation()?.ok_or(StoreFault::Damaged)?;
        let actor = actor_of(&key.public(), &incarnation);
        let stamp = Stamp { actor, member: identity.member, time: env.now() };
        Ok(Self { identity, key, stamp })
    }

    /// Takes a new incarnation, and with it a new actor.
    pub fn renew(tx: &Tx<'_>, env: &Env) -> Result<Incarnation, StoreFault> {
        let incarnation = env.bytes();
        tx.set_incarnation(&incarnation)?;
        Ok(incarnation)
    }

    /// Stores a document after an own change and queues the signed change.
    pub fn keep(
        &self,
        tx: &Tx<'_>,
        place: (Scope, Class),
        doc: DocId,
        document: &Document,
        change: NewChange,
    ) -> Result<(), Failure> {
        let (scope, class) = place;
        let kind = document.kind();
        tx.put_document(scope, class, kind, &document.save(), &summarise(doc, document))?;
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
        Ok(tx.queue(doc, scope, class, &OwnItem::Change(signed), self.stamp.time)?)
    }

    /// Signs, stores and queues an action.
    pub fn record(&self, tx: &Tx<'_>, action: &Action) -> Result<(), Failure> {
        let signed = SignedAction::sign(&self.key, self.identity.org, action);
        tx.put_action(&signed, None)?;
        Ok(tx.queue(action.subject, action.scope, action.class, &OwnItem::Action(signed), self.stamp.time)?)
    }
}
