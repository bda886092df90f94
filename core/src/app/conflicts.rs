//! Conflict cards: "A wrote …, B wrote …", settled by either with one tap.

use super::standing::Office;
use super::{Client, Failure};
use crate::documents::Document;
use crate::model::{DocId, Edit, Field, Scope, Timestamp, Value};
use crate::store::StoreFault;

/// A field that two people set differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictCard {
    /// In which document.
    pub doc: DocId,
    /// Where it belongs.
    pub scope: Scope,
    /// Which field.
    pub field: Field,
    /// Who wrote what; the last is what is shown until somebody settles it.
    pub sides: Vec<ConflictSide>,
}

/// One of the values.
#[derive(Clone, PartialEq, Eq)]
pub struct ConflictSide {
    /// Who wrote it.
    pub name: String,
    /// What they wrote.
    pub value: Value,
    /// When, by their phone.
    pub time: Timestamp,
}

/// Personal data: time only.
impl std::fmt::Debug for ConflictSide {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ConflictSide({:?})", self.time)
    }
}

impl Client {
    /// Everything that two people set differently and nobody has settled.
    pub fn conflicts(&self) -> Result<Vec<ConflictCard>, Failure> {
        self.read(|tx| {
            let office = Office::read(tx)?;
            let mut found = Vec::new();
            for row in tx.in_conflict()? {
                let stored = tx.document(row.summary.doc)?.ok_or(StoreFault::Damaged)?;
                let document = Document::load(&stored.snapshot).map_err(|_| StoreFault::Damaged)?;
                found.extend(cards(&office, row.summary.doc, row.scope, &document));
            }
            Ok(found)
        })
    }

    /// Settles a conflict with a value: one of the two, or a third.
    pub fn settle(&self, doc: DocId, field: Field, value: Value) -> Result<(), Failure> {
        self.set_fields(doc, &[Edit { field, value }])
    }
}

pub(super) fn cards(office: &Office, doc: DocId, scope: Scope, document: &Document) -> Vec<ConflictCard> {
    let side = |side: crate::documents::Side| ConflictSide {
        name: side.member.map(|member| office.name(member).to_owned()).unwrap_or_default(),
        value: side.value,
        time: side.time,
    };
    let card = |conflict: crate::documents::Conflict| ConflictCard {
        doc,
        scope,
        field: conflict.field,
        sides: conflict.sides.into_iter().map(side).collect(),
    };
    document.conflicts().into_iter().map(card).collect()
}
