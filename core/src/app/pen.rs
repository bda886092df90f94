//! Writing: the courier's pen, taken up in the transaction that writes with it.

use super::Failure;
use crate::courier;
use crate::documents::{Document, NewChange, Stamp, summarise};
use crate::env::Env;
use crate::model::{Action, Class, DocId, Scope};
use crate::store::{Identity, Tx};

/// The phone's pen with the moment at which it writes.
pub(super) struct Pen<'e> {
    signs: courier::Pen,
    env: &'e Env,
    pub stamp: Stamp,
}

impl<'e> Pen<'e> {
    /// Takes up the pen; fails before enrolment.
    pub fn take(tx: &Tx<'_>, env: &'e Env) -> Result<Self, Failure> {
        let signs = courier::Pen::of(tx)?.ok_or(Failure::SignInNeeded("not_enrolled"))?;
        let stamp = signs.stamp(env);
        Ok(Self { signs, env, stamp })
    }

    /// Who writes.
    pub fn identity(&self) -> &Identity {
        &self.signs.identity
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
        Ok(self.signs.queue_change(tx, self.env, (doc, scope, class, kind), change)?)
    }

    /// Signs, stores and queues an action.
    pub fn record(&self, tx: &Tx<'_>, action: &Action) -> Result<(), Failure> {
        Ok(self.signs.queue_action(tx, self.env, action)?)
    }
}
