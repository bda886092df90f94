//! What no single crate can prove: both ends together, faults, figures.

pub mod browser;
pub mod dice;
pub mod digest;
pub mod hostile;
pub mod office;
pub mod picture;
pub mod process;
pub mod program;
pub mod sim;
pub mod site;
pub mod time;
