//! Keys and seals (design: at rest).
//!
//! Each scope × class has a random key in `keys.db`, durable before `data.db` uses it. Records are
//! sealed with it, and references to content are HMACs under it, since a plain hash confirms
//! guesses. Deleting the key is deletion, in history and in old backups of `data.db` too.

mod master;

pub use master::{MasterKey, MasterKeyFault};
