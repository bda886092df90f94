//! What the screens of a phone ask for: each verb one transaction, plus plain read models.
//!
//! A [`Client`] is one member's phone. Everything works without a network; [`Client::sync_now`]
//! is the only verb that needs one.

mod act;
mod attention;
mod cases;
mod choose;
mod client;
mod conflicts;
mod deleted;
mod differences;
mod drafts;
mod enrol;
mod entries;
mod failure;
mod group;
mod history;
mod live;
mod names;
mod observe;
mod opening;
mod pen;
mod photos;
mod pin;
mod practice;
mod proposals;
mod recovery;
mod refresh;
mod remarks;
mod review;
mod save;
mod search;
mod search_words;
mod standing;
mod sync;
mod today;

#[cfg(test)]
mod tests;

pub use crate::courier::{PhotoReport, SyncReport};
pub use attention::AttentionItem;
pub use cases::{CaseRow, CaseView};
pub use client::{Client, Marker, OpenOptions};
pub use conflicts::{ConflictCard, ConflictSide};
pub use differences::{Since, Unseen};
pub use drafts::DraftView;
pub use entries::{EntryListRow, EntryView};
pub use failure::Failure;
pub use history::HistoryRow;
pub use observe::{Observer, Subscription};
pub use opening::NewCase;
pub use photos::{PhotoView, PhotosOf};
pub use pin::{DeviceSecret, forget as forget_pin};
pub use practice::PracticeLanguage;
pub use proposals::ProposedStep;
pub use recovery::Recovery;
pub use review::QueueRow;
pub use search::SearchHit;
pub use sync::SyncState;
pub use today::Today;
