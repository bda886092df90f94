//! How often one may guess: failed sign-ins by name, forgotten after a while.

use doorstep_core::model::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Failures after which a name has to wait.
const FAILURES_LIMIT: usize = 5;
/// Failures over all names after which everybody has to wait: someone is trying names out.
const ALL_FAILURES_LIMIT: usize = 200;
/// How long a failure counts.
const WINDOW_MS: i64 = 15 * 60 * 1_000;

/// Failures that still count, by the hash of the name that was typed.
#[derive(Default)]
pub struct Attempts(Mutex<HashMap<[u8; 32], Vec<Timestamp>>>);

impl Attempts {
    /// Counts an attempt as failed until [`Attempts::forget`] says otherwise; false if it has to wait.
    /// Counting first means that many attempts at once cannot slip through together.
    pub fn begin(&self, login: &str, now: Timestamp) -> bool {
        let mut kept = self.lock();
        kept.retain(|_, times| {
            times.retain(|time| now.ms_since(*time) < WINDOW_MS);
            !times.is_empty()
        });
        let all: usize = kept.values().map(Vec::len).sum();
        let times = kept.entry(key(login)).or_default();
        if times.len() >= FAILURES_LIMIT || all >= ALL_FAILURES_LIMIT {
            return false;
        }
        times.push(now);
        true
    }

    /// The name's owner has signed in.
    pub fn forget(&self, login: &str) {
        self.lock().remove(&key(login));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<[u8; 32], Vec<Timestamp>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn key(login: &str) -> [u8; 32] {
    Sha256::digest(login.as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minute(number: i64) -> Timestamp {
        Timestamp::from_ms(number * 60_000)
    }

    #[test]
    fn sixth_guess_waits_until_the_window_has_passed() {
        let attempts = Attempts::default();
        assert!((0..5).all(|guess| attempts.begin("lin", minute(guess))));
        assert!(!attempts.begin("lin", minute(5)));
        assert!(attempts.begin("wang", minute(5)));
        assert!(attempts.begin("lin", minute(15)));
    }

    #[test]
    fn success_clears_the_count() {
        let attempts = Attempts::default();
        assert!((0..5).all(|_| attempts.begin("lin", minute(0))));
        attempts.forget("lin");
        assert!(attempts.begin("lin", minute(0)));
    }

    #[test]
    fn trying_many_names_makes_everybody_wait() {
        let attempts = Attempts::default();
        assert!((0..200).all(|guess| attempts.begin(&format!("name {guess}"), minute(0))));
        assert!(!attempts.begin("lin", minute(0)));
    }
}
