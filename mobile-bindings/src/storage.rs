//! What takes room on the phone.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::store::{Amount, Storage};

/// What takes room on this phone, in bytes.
#[uniffi::remote(Record)]
pub struct Storage {
    /// The whole database as it lies on the phone.
    pub database: u64,
    /// Part of it that is free for what comes.
    pub free: u64,
    /// Pictures that only this phone has.
    pub waiting: Amount,
    /// Own pictures that the server has too.
    pub sent: Amount,
    /// Colleagues' pictures, kept for looking at.
    pub fetched: Amount,
}

/// Pictures and their bytes.
#[uniffi::remote(Record)]
pub struct Amount {
    /// How many.
    pub count: u64,
    /// How large together.
    pub bytes: u64,
}

#[uniffi::export]
impl Client {
    /// What takes room on this phone.
    pub fn storage(&self) -> Result<Storage, ClientError> {
        Ok(self.core.storage()?)
    }
}
