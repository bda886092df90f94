//! What is set aside, as the author and the supervisor see it.

use super::{Records, open_aside, open_snapshot};
use crate::error::StoreFault;
use crate::store::aside::{self, AsideHead};
use crate::store::documents;
use crate::store::log::Item;
use doorstep_core::access::{Target, Verb, may};
use doorstep_core::changes::SignedChange;
use doorstep_core::documents::{Fields, MergeGuards, merge};
use doorstep_core::model::{Class, DeviceId, DocId, DocKind, MemberId, Scope, Timestamp};
use doorstep_core::sync::wire::{ItemVerdict, RefusalCode};

/// One push that was set aside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetAside {
    /// Names it.
    pub push: u64,
    /// Held, quarantined or late.
    pub verdict: ItemVerdict,
    /// Why: the code of the item that failed.
    pub code: RefusalCode,
    /// The document that it is about.
    pub doc: DocId,
    /// Where it says it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// What the document holds, if a change says so.
    pub kind: Option<DocKind>,
    /// Who is responsible.
    pub member: MemberId,
    /// From which device.
    pub device: DeviceId,
    /// When it came.
    pub received: Timestamp,
    /// How many changes and actions it has.
    pub items: usize,
    /// Whether a supervisor put it away.
    pub is_dismissed: bool,
}

impl SetAside {
    fn of(head: &AsideHead) -> Self {
        Self {
            push: head.push,
            verdict: head.verdict.clone(),
            code: head.code.clone(),
            doc: head.doc,
            scope: head.scope,
            class: head.class,
            kind: head.kind,
            member: head.member,
            device: head.device,
            received: head.received,
            items: 1,
            is_dismissed: head.is_dismissed,
        }
    }

    /// Counts one more item of the push in.
    fn add(&mut self, head: &AsideHead) {
        self.items += 1;
        self.kind = self.kind.or(head.kind);
        if self.code == RefusalCode::PushFailed {
            self.code = head.code.clone();
        }
    }
}

impl Records<'_> {
    /// Late work and what is quarantined or held, put away or not, in scopes that the member supervises,
    /// newest first. What belongs to no known scope is shown to every supervisor.
    pub fn set_aside(&self) -> Result<Vec<SetAside>, StoreFault> {
        let mut pushes: Vec<SetAside> = Vec::new();
        for head in aside::heads(self.tx)? {
            match pushes.last_mut().filter(|last| last.push == head.push) {
                Some(found) => found.add(&head),
                None => pushes.push(SetAside::of(&head)),
            }
        }
        let mut mine = Vec::with_capacity(pushes.len());
        for push in pushes {
            if self.decides_on(push.scope, push.class)? {
                mine.push(push);
            }
        }
        Ok(mine)
    }

    /// One of these.
    pub fn set_aside_push(&self, push: u64) -> Result<Option<SetAside>, StoreFault> {
        let heads = aside::heads_of_push(self.tx, push)?;
        let Some((first, others)) = heads.split_first() else { return Ok(None) };
        let mut found = SetAside::of(first);
        for head in others {
            found.add(head);
        }
        Ok(if self.decides_on(found.scope, found.class)? { Some(found) } else { None })
    }

    /// Whether the member decides about a push that was set aside.
    pub fn may_decide(&self, push: u64) -> Result<bool, StoreFault> {
        Ok(self.set_aside_push(push)?.is_some())
    }

    /// What the document would hold with the push in it, if it can be merged.
    pub fn fields_with(&self, push: u64) -> Result<Option<Fields>, StoreFault> {
        let rows = aside::of_push(self.tx, push)?;
        let Some(first) = rows.first() else { return Ok(None) };
        let Some(kind) = rows.iter().find_map(|row| row.kind) else { return Ok(None) };
        if !self.decides_on(first.scope, first.class)? {
            return Ok(None);
        }
        let vault = self.server.vault();
        let current = documents::find(self.tx, first.doc)?;
        let current = current.map(|current| open_snapshot(vault, &current)).transpose()?;
        let mut changes = Vec::new();
        for row in rows.iter().filter(|row| matches!(row.item, Item::Change(..))) {
            changes.push(open_aside::<SignedChange>(vault, row)?.bytes);
        }
        let changes: Vec<&[u8]> = changes.iter().map(Vec::as_slice).collect();
        let merged = merge(kind, current.as_deref(), &changes, MergeGuards { load_back: true });
        Ok(merged.ok().map(|merged| merged.document.fields()))
    }

    fn decides_on(&self, scope: Scope, class: Class) -> Result<bool, StoreFault> {
        let member = self.view.member;
        match crate::ledger::standing(self.tx, member, scope, None)? {
            Some(standing) => {
                let target = Target::part(scope, class);
                Ok(may(&standing, &Verb::DecideSetAside, &target).is_allowed())
            }
            None => Ok(self.view.directory.teams.iter().any(|team| team.supervisors.contains(&member))),
        }
    }
}
