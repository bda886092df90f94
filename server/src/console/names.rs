//! Names of members, for records that name them by identifier. Someone who has left keeps their
//! name in what they wrote.

use super::texts::Lang;
use crate::error::StoreFault;
use crate::store::members::{self, Member};
use doorstep_core::model::MemberId;
use rusqlite::Connection;
use std::collections::HashMap;

/// Everybody's name.
pub struct Names(HashMap<MemberId, Member>);

impl Names {
    /// Reads them.
    pub fn load(tx: &Connection) -> Result<Self, StoreFault> {
        Ok(Self(members::list(tx)?.into_iter().map(|member| (member.id, member)).collect()))
    }

    /// A member's name.
    pub fn name(&self, lang: Lang, member: MemberId) -> String {
        match self.0.get(&member) {
            Some(found) => found.name.reveal().clone(),
            None => lang.pick("未知成员", "unknown member").to_owned(),
        }
    }

    /// A member's row.
    pub fn find(&self, member: MemberId) -> Option<&Member> {
        self.0.get(&member)
    }
}
