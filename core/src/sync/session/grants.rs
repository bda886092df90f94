//! What a phone may hold, scope by scope and class by class.

use crate::model::{Grant, codes};
use crate::sync::wire::Filling;

codes! {
    /// Where a grant stands on this phone.
    GrantState {
        /// May be read.
        Active = "active",
        /// Has ended: own work is handed over first, then everything goes.
        Leaving = "leaving",
        /// Not confirmed by a restored server: kept, not purged, until it is granted again or ended by a person.
        Frozen = "frozen",
    }
}

/// One scope × class on this phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GrantRow {
    /// Which, and of which generation.
    pub grant: Grant,
    /// Where it stands.
    pub state: GrantState,
    /// Whether everything in it is on the phone.
    pub is_filled: bool,
    /// Position below which documents are still wanted.
    pub after: Option<u64>,
}

/// Generation of a grant that was opened here and that the server has taken in since: which one it
/// gave, or that it has ended it already, the next directory says. No server gives this one.
pub const OPENED: u64 = i64::MAX.unsigned_abs();

impl From<&GrantRow> for Filling {
    fn from(row: &GrantRow) -> Self {
        let Grant { scope, class, generation } = row.grant;
        Filling { scope, class, generation, after: row.after }
    }
}
