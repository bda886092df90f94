//! A clock that only a scenario moves, seen differently by every device, and randomness from a seed.

use crate::dice::Dice;
use doorstep_core::env::{Clock, Entropy, Env};
use doorstep_core::model::Timestamp;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// True time of a scenario.
#[derive(Clone)]
pub struct WorldTime(Arc<AtomicI64>);

impl WorldTime {
    /// 2026-03-02, a Monday morning.
    pub const START_MS: i64 = 1_772_409_600_000;

    /// A clock that stands at the start.
    pub fn start() -> Self {
        Self(Arc::new(AtomicI64::new(Self::START_MS)))
    }

    /// Lets time go by.
    pub fn pass_ms(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }

    /// The true time.
    pub fn now(&self) -> Timestamp {
        Timestamp::from_ms(self.0.load(Ordering::SeqCst))
    }

    /// What a machine sees whose clock is wrong by `skew_ms`, with randomness of its own.
    pub fn env(&self, skew_ms: i64, dice: Dice) -> Env {
        Env::new(
            Arc::new(SkewedClock { world: self.clone(), skew_ms }),
            Arc::new(SeededEntropy(Mutex::new(dice))),
        )
    }
}

struct SkewedClock {
    world: WorldTime,
    skew_ms: i64,
}

impl Clock for SkewedClock {
    fn now(&self) -> Timestamp {
        self.world.now().plus_ms(self.skew_ms)
    }
}

/// Randomness that replays. Only the amount drawn before decides what comes next, not by whom.
struct SeededEntropy(Mutex<Dice>);

impl Entropy for SeededEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
    }
}
