//! Keeping automerge's panics inside. It panics on a good part of hostile input.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs work that may panic; none if it did. Whatever the work changed must be thrown away then,
/// so it works on copies.
///
/// The process's panic hook still runs, and its message may quote what was read: a program that
/// takes changes from others sets a hook that prints the place only.
pub(super) fn caught<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}
