//! Fields that two people set differently without knowing of each other.

use super::document::Document;
use super::fields::value_of;
use super::schema::field_of;
use crate::model::{Field, MemberId, Timestamp, Value};
use automerge::{ObjId, ReadDoc, ValueRef};

/// A field with several values. Setting it anew settles it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// Which field.
    pub field: Field,
    /// Each value once, in an order that is the same on every device; the last is the one that
    /// [`Document::fields`] shows.
    pub sides: Vec<Side>,
}

/// One of the values.
#[derive(Clone, PartialEq, Eq)]
pub struct Side {
    /// What it was set to.
    pub value: Value,
    /// By whom.
    pub member: Option<MemberId>,
    /// When, by their device.
    pub time: Timestamp,
}

/// Personal data: all but the value.
impl std::fmt::Debug for Side {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Side({:?}, {:?})", self.member, self.time)
    }
}

impl Document {
    /// All conflicts, by field. Text and the keys of maps merge and have none of their own; the
    /// same value set twice is not a conflict.
    pub fn conflicts(&self) -> Vec<Conflict> {
        let mut conflicts = Vec::new();
        for (prefix, map) in self.frame.maps() {
            for item in self.inner.map_range(map, ..).filter(|item| item.conflict) {
                if let Some(field) = field_of(prefix, &item.key) {
                    let sides = self.sides(map, &item.key);
                    if sides.len() > 1 {
                        conflicts.push(Conflict { field, sides });
                    }
                }
            }
        }
        conflicts
    }

    fn sides(&self, map: &ObjId, key: &str) -> Vec<Side> {
        let mut sides: Vec<Side> = Vec::new();
        for (value, id) in self.inner.get_all(map, key).unwrap_or_default() {
            let Ok(scalar) = value.into_scalar() else { continue };
            let Some(value) = value_of(&ValueRef::Scalar(scalar.into())) else { continue };
            let change =
                self.inner.hash_for_opid(&id).and_then(|hash| self.inner.get_change_meta_by_hash(&hash));
            let member = change.as_ref().and_then(|change| change.message.as_deref()?.parse().ok());
            let time = change.map_or(0, |change| change.timestamp);
            // Of equal values the later one stays, which keeps the shown value last.
            sides.retain(|side| side.value != value);
            sides.push(Side { value, member, time: Timestamp::from_ms(time.saturating_mul(1_000)) });
        }
        sides
    }
}
