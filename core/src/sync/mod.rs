//! Synchronisation: what travels ([`wire`]), what the phone does about it (the session, a pure
//! state machine) and a thin HTTP driver.

pub mod wire;
