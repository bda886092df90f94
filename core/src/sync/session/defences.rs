//! The phone's defences, each of which a test can show to matter.

/// Switches for the phone's defences, so that tests can show that each one matters.
/// Only a value passed in by a test turns one off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, each named for its defence")]
pub struct Defences {
    /// A restored or copied phone writes as a new actor.
    pub new_actor_after_restore: bool,
    /// Page, cursor and fills are stored in one transaction.
    pub cursor_with_page: bool,
    /// Only a directory of the same lineage ends a grant; another lineage freezes it.
    pub purge_only_when_told: bool,
    /// What leaves a phone is handed over and acknowledged first.
    pub hand_over_before_purge: bool,
    /// After a restore of the server everything of one's own is offered again.
    pub offer_again: bool,
}

impl Default for Defences {
    fn default() -> Self {
        Self {
            new_actor_after_restore: true,
            cursor_with_page: true,
            purge_only_when_told: true,
            hand_over_before_purge: true,
            offer_again: true,
        }
    }
}
