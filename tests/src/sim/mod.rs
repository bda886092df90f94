//! A small world that follows from one number: a server, phones, people who work, and everything
//! that goes wrong between them.
//!
//! ```no_run
//! use doorstep_tests::sim::{Recipe, run};
//! let outcome = run(Recipe::new(7)).expect("every truth holds");
//! println!("{}", outcome.story.join("\n"));
//! ```

mod day;
mod journal;
mod lie;
mod mend;
mod network;
mod phone;
mod setbacks;
mod truths;
mod world;

pub use mend::{Outcome, run};
pub use network::{Faults, Network};
pub use phone::Phone;
pub use truths::{Broken, Truth};
pub use world::Recipe;
