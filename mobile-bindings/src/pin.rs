//! The PIN, which opens together with a secret of the platform's keystore.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app::{self, DeviceSecret};
use std::path::Path;
use zeroize::Zeroizing;

/// Takes the PIN of a closed database away, where its key came back another way: a new one is chosen then.
#[uniffi::export]
pub fn forget_pin(path: &str) -> Result<(), ClientError> {
    Ok(app::forget_pin(Path::new(path))?)
}

#[uniffi::export]
impl Client {
    /// Guards the database's key from now on with a PIN and a secret of 32 bytes, which the platform's
    /// keystore keeps. Without both nothing opens it but the office.
    pub fn set_pin(&self, pin: &str, secret: Vec<u8>) -> Result<(), ClientError> {
        Ok(self.core.set_pin(pin, &*device_secret(secret)?)?)
    }

    /// Whether a PIN is set.
    pub fn has_pin(&self) -> bool {
        self.core.has_pin()
    }

    /// Clears everything decrypted from memory. False without a PIN: nobody could unlock.
    pub fn lock(&self) -> bool {
        self.core.lock()
    }

    /// Whether the PIN is needed.
    pub fn is_locked(&self) -> bool {
        self.core.is_locked()
    }

    /// Opens with the PIN and the keystore's secret. Slow on purpose.
    pub fn unlock(&self, pin: &str, secret: Vec<u8>) -> Result<(), ClientError> {
        Ok(self.core.unlock(pin, &*device_secret(secret)?)?)
    }

    /// How long one has to wait before the PIN is tried again, in seconds; 0 if not at all.
    pub fn pin_wait_seconds(&self) -> u32 {
        u32::try_from((self.core.pin_wait_ms() + 999) / 1_000).unwrap_or(0)
    }
}

fn device_secret(bytes: Vec<u8>) -> Result<Zeroizing<DeviceSecret>, ClientError> {
    let bytes = Zeroizing::new(bytes);
    let secret = bytes.as_slice().try_into().map_err(|_| ClientError::invalid("secret", "length"))?;
    Ok(Zeroizing::new(secret))
}
