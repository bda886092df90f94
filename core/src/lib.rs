//! Rules of field visits and the offline client of Doorstep (走访).
//!
//! Modules in layer order; an arrow may only point to the left:
//! `env ← model ← pictures ← access ← documents ← casework ← changes ← sync ← store ← courier ← app`.

pub mod access;
pub mod app;
pub mod casework;
pub mod changes;
pub mod courier;
pub mod documents;
pub mod env;
pub mod model;
pub mod pictures;
pub mod store;
pub mod sync;
