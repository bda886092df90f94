//! Switches for the server's defences, so that tests can show that each one matters.
//!
//! Only a value passed in by a test turns one off: no flag, environment variable or cargo feature
//! leads here.

/// Which defences stand. All of them, unless a test says otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Defences {
    /// A phone that knows another lineage, or another chain, is told to reconcile.
    pub epoch_check: bool,
    /// A merged document is loaded back before it is stored.
    pub load_back: bool,
    /// An acknowledgement is sent only after the commit.
    pub ack_after_commit: bool,
    /// Most items of one device that are set aside at once and not put away. An honest phone comes
    /// nowhere near: it offers what it did since the last backup.
    pub most_set_aside: u64,
}

impl Default for Defences {
    fn default() -> Self {
        Self { epoch_check: true, load_back: true, ack_after_commit: true, most_set_aside: 5_000 }
    }
}
