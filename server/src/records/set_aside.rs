//! What is set aside, as the author and the supervisor see it.

use super::{Records, open_aside, open_snapshot};
use crate::error::StoreFault;
use crate::store::aside::{self, AsideRow};
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
}

impl Records<'_> {
    /// Late work and what is quarantined or held, in scopes that the member supervises, newest first.
    /// What belongs to no known scope is shown to every supervisor.
    pub fn set_aside(&self, verdict: &ItemVerdict) -> Result<Vec<SetAside>, StoreFault> {
        let mut pushes: Vec<SetAside> = Vec::new();
        for row in aside::with_verdict(self.tx, verdict)? {
            if !self.decides_on(&row)? {
                continue;
            }
            match pushes.iter_mut().find(|found| found.push == row.push) {
                Some(found) => {
                    found.items += 1;
                    found.kind = found.kind.or(row.kind);
                    if found.code == RefusalCode::PushFailed {
                        found.code = row.code;
                    }
                }
                None => pushes.push(SetAside {
                    push: row.push,
                    verdict: row.verdict,
                    code: row.code,
                    doc: row.doc,
                    scope: row.scope,
                    class: row.class,
                    kind: row.kind,
                    member: row.member,
                    device: row.device,
                    received: row.received,
                    items: 1,
                }),
            }
        }
        Ok(pushes)
    }

    /// Whether the member decides about a push that was set aside.
    pub fn may_decide(&self, push: u64) -> Result<bool, StoreFault> {
        match aside::of_push(self.tx, push)?.first() {
            Some(row) => self.decides_on(row),
            None => Ok(false),
        }
    }

    /// What the document would hold with the push in it, if it can be merged.
    pub fn fields_with(&self, push: u64) -> Result<Option<Fields>, StoreFault> {
        let rows = aside::of_push(self.tx, push)?;
        let Some(first) = rows.first() else { return Ok(None) };
        let Some(kind) = rows.iter().find_map(|row| row.kind) else { return Ok(None) };
        if !self.decides_on(first)? {
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

    fn decides_on(&self, row: &AsideRow) -> Result<bool, StoreFault> {
        let member = self.view.member;
        match crate::ledger::standing(self.tx, member, row.scope, None)? {
            Some(standing) => {
                let target = Target::part(row.scope, row.class);
                Ok(may(&standing, &Verb::DecideSetAside, &target).is_allowed())
            }
            None => Ok(self.view.directory.teams.iter().any(|team| team.supervisors.contains(&member))),
        }
    }
}
