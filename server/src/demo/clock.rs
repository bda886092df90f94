//! The clock of the demo: it stands at a moment of the past three months while those are recorded,
//! and is the machine's own from then on. Server and phones share it, as they share the real time.

use doorstep_core::env::{Clock, Entropy, Env};
use doorstep_core::model::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// No moment is set: the machine's clock counts.
const REAL: i64 = i64::MIN;

/// A clock that can be set to a moment of the past.
pub struct DemoClock {
    set: AtomicI64,
    machine: Env,
}

impl DemoClock {
    /// A clock that tells the real time until it is set.
    pub fn new(machine: Env) -> Arc<Self> {
        Arc::new(Self { set: AtomicI64::new(REAL), machine })
    }

    /// The environment that server and phones get.
    pub fn env(self: &Arc<Self>) -> Env {
        Env::new(self.clone(), self.clone())
    }

    /// Stands at a moment from now on.
    pub fn set(&self, moment: Timestamp) {
        self.set.store(moment.as_ms(), Ordering::SeqCst);
    }

    /// Tells the real time again.
    pub fn run(&self) {
        self.set.store(REAL, Ordering::SeqCst);
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        match self.set.load(Ordering::SeqCst) {
            REAL => self.machine.now(),
            moment => Timestamp::from_ms(moment),
        }
    }
}

impl Entropy for DemoClock {
    fn fill(&self, bytes: &mut [u8]) {
        self.machine.fill(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_at_the_moment_set_and_then_runs_on_with_the_machine() {
        let machine = Env::system();
        let clock = DemoClock::new(machine.clone());
        let env = clock.env();
        clock.set(Timestamp::from_ms(1_000));
        assert_eq!(env.now(), Timestamp::from_ms(1_000));
        clock.run();
        assert!(env.now() >= machine.now().plus_ms(-1_000));
    }
}
