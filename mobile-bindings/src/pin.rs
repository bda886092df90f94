//! The PIN.

use crate::client::Client;
use crate::failure::ClientError;

#[uniffi::export]
impl Client {
    /// Guards the database's key with a PIN from now on.
    pub fn set_pin(&self, pin: &str) -> Result<(), ClientError> {
        Ok(self.core.set_pin(pin)?)
    }

    /// Clears everything decrypted from memory. False without a PIN: nobody could unlock.
    pub fn lock(&self) -> bool {
        self.core.lock()
    }

    /// Whether the PIN is needed.
    pub fn is_locked(&self) -> bool {
        self.core.is_locked()
    }

    /// Opens with the PIN. Slow on purpose.
    pub fn unlock(&self, pin: &str) -> Result<(), ClientError> {
        Ok(self.core.unlock(pin)?)
    }
}
