//! What no single crate can prove: both ends together, faults, figures.

pub mod browser;
