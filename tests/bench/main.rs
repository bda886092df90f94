//! The figures that matter to people who wait: first sync, saving, pushing, opening, memory.
//!
//! `cargo run --release -p doorstep-tests --bin bench` prints a table of medians with their ratios;
//! `--json FILE` writes one object a line; `--small` uses a tenth of the documents for a quick look.
//! Nothing here is a test: a noisy machine must not turn a build red.

#![expect(clippy::disallowed_methods, reason = "measuring reads the machine's clock")]
#![expect(clippy::cast_precision_loss, reason = "figures are far below 2^52")]

mod bindings;
mod content;
mod figure;
mod first_sync;
mod floor;
mod office;
mod process;
mod start;
mod visit;
mod writer;

use anyhow::{Context, Result};
use figure::Figure;
use office::BenchOffice;
use std::path::PathBuf;

/// Documents of the small office; the large one has ten times as many.
const DOCUMENTS: usize = 2_000;
/// New phones measured in the small and in the large office.
const RUNS: (usize, usize) = (5, 3);

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [start::TODAY, path, key, marker] => return start::today(path, key, marker),
        [start::SERVE, folder] => return start::serve(folder),
        _ => {}
    }
    let (mut json, mut documents) = (None, DOCUMENTS);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--small" => documents = DOCUMENTS / 10,
            "--json" => json = Some(PathBuf::from(arguments.next().context("--json needs a file")?)),
            other => anyhow::bail!("unknown argument {other}; there are --small and --json FILE"),
        }
    }
    let figures = measure(documents)?;
    figure::print_table(&figures);
    if let Some(path) = json {
        figure::write_json(&figures, &mut std::fs::File::create(path)?)?;
    }
    Ok(())
}

fn measure(documents: usize) -> Result<Vec<Figure>> {
    let sizes: Vec<usize> = (0..200).map(|index| content::as_json(index).len()).collect();
    eprintln!("entries of {} bytes as JSON on average", sizes.iter().sum::<usize>() / sizes.len());
    // On a disk, not in memory: durability is part of what is measured.
    let folder = tempfile::tempdir_in("/var/tmp")?;
    let (small_folder, large_folder) = (folder.path().join("small"), folder.path().join("large"));
    let small_office = BenchOffice::with_documents(&small_folder, documents)?;
    eprintln!("small office seeded");
    let small = first_sync::measure(&small_office, folder.path(), RUNS.0)?;
    let mut one_visit = vec![visit::saved(&small_office, folder.path())?];
    one_visit.push(visit::pushed(&small_office, folder.path())?);
    let at_once = visit::at_once(&small_office)?;
    let large_office = BenchOffice::with_documents(&large_folder, documents * 10)?;
    eprintln!("large office seeded");
    let large = first_sync::measure(&large_office, folder.path(), RUNS.1)?;
    let mut figures = first_sync::figures(&small, &large);
    figures.extend(one_visit);
    figures.extend(start::list(&large_office, folder.path())?);
    figures.extend(bindings::size(folder.path())?);
    figures.extend(bindings::on_the_jvm(&large_office, folder.path())?);
    figures.push(start::server_memory(large_office, &large_folder, folder.path())?);
    figures.extend(at_once);
    Ok(figures)
}
