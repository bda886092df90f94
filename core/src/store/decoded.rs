//! What is read again and again and costs to decode, kept beside the bytes that it came from.
//!
//! Other bytes are decoded anew: nobody has to say that something changed, and not even a
//! transaction that is undone can leave a value behind that is not in the database.

use super::StoreFault;
use std::sync::{Arc, Mutex, PoisonError};
use zeroize::Zeroizing;

/// The last value that was decoded.
pub(super) struct Decoded<T>(Mutex<Option<Kept<T>>>);

struct Kept<T> {
    from: Zeroizing<Vec<u8>>,
    value: Arc<T>,
}

impl<T> Default for Decoded<T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<T> Decoded<T> {
    /// The value of `bytes`: the one at hand, or decoded by `decode`.
    pub fn of(
        &self,
        bytes: Vec<u8>,
        decode: impl FnOnce(&[u8]) -> Result<T, StoreFault>,
    ) -> Result<Arc<T>, StoreFault> {
        let bytes = Zeroizing::new(bytes);
        // What the lock guards is replaced whole: a panic cannot leave it half done.
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(kept) if kept.from == bytes => Ok(Arc::clone(&kept.value)),
            _ => {
                let value = Arc::new(decode(&bytes)?);
                *last = Some(Kept { from: bytes, value: Arc::clone(&value) });
                Ok(value)
            }
        }
    }
}
