//! Why a change of the directory was not made.

use crate::StoreFault;

/// Why a change of the directory was not made; nothing of it was stored.
#[derive(Debug, thiserror::Error)]
pub enum DirectoryFault {
    /// A name, login or password cannot be used.
    #[error("{0} cannot be used: {1}")]
    Invalid(&'static str, &'static str),
    /// Somebody else signs in with this name.
    #[error("this sign-in name is taken")]
    LoginTaken,
    /// Somebody has to look after members and phones.
    #[error("this is the last administrator")]
    LastAdmin,
    /// There is no such member, team, case or device.
    #[error("no such {0}")]
    NotFound(&'static str),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreFault),
}
