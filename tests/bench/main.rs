//! The figures that matter to people who wait: first sync, saving, pushing, opening, memory.
//!
//! `cargo run --release -p doorstep-tests --bin bench` prints a table of medians with their ratios;
//! `--json FILE` writes one object a line; `--small` uses a tenth of the documents for a quick look.
//! Nothing here is a test: a noisy machine must not turn a build red.

#![expect(clippy::disallowed_methods, reason = "measuring reads the machine's clock")]

mod content;
mod figure;
mod floor;
mod process;
mod writer;

fn main() -> anyhow::Result<()> {
    let sizes: Vec<usize> = (0..200).map(|i| content::as_json(i).len()).collect();
    println!("{}", sizes.iter().sum::<usize>() / sizes.len());
    let dir = tempfile::tempdir()?;
    let times = floor::bare_commits(dir.path(), 4000, 200)?;
    println!("{}", figure::ms(figure::median(times)));
    Ok(())
}
