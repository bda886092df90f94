//! Hostile pushes: each gets its exact code, the server stays alive, and the database holds nothing
//! more than a note of it.

mod forgery;
mod framing;
mod full;
mod limits;
mod merging;
mod mutations;
mod opening;
mod order;
mod rights;
mod scene;
