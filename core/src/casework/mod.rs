//! Rules of the casework that phone and server compute alike: where an entry stands with its
//! supervisor, what counts as a completed contact, how long a person has not been met.
//!
//! Pure functions of records; nothing is stored here, and no result depends on the order in which
//! records arrived or on anybody's clock (times are carried along for showing only).
//!
//! ```
//! use doorstep_core::casework::is_completion;
//! use doorstep_core::model::Outcome;
//!
//! assert!(is_completion(&Outcome::Met, false));
//! assert!(!is_completion(&Outcome::NotHome, false));
//! assert!(is_completion(&Outcome::MetFamilyOnly, true));
//! ```

mod contact;
mod next_step;
mod order;
mod overtaken;
mod review;

pub use contact::{days_since_met, is_completion, sees_every_entry};
pub use next_step::{NextStep, Patience, Proposal, propose_next_step};
pub use order::latest_actions;
pub use overtaken::is_overtaken;
pub use review::{Comment, ReceivedAction, Returned, Review, review};
