//! What can go wrong with a sync.

use crate::store::StoreFault;
use crate::sync::CallFault;

/// Why a sync did not come to its end. What was stored before stays.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SyncFault {
    /// The phone has not been enrolled.
    #[error("not enrolled")]
    NotEnrolled,
    /// The call brought nothing that could be taken in.
    #[error(transparent)]
    Call(#[from] CallFault),
    /// The phone's database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}
