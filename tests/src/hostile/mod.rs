//! A device in the wrong hands: it signs whatever it likes, by hand.

pub mod chunk;
pub mod device;
pub mod mutate;
pub mod record;
pub mod rows;
