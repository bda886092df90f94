//! The figures that matter to people who wait: first sync, saving, pushing, opening, memory.
//!
//! `cargo run --release --bin bench` prints a table of medians with their ratios;
//! `--json FILE` writes one object a line; `--small` uses a tenth of the documents for a quick look;
//! `--only NAME` measures one of [`MEASURES`] alone.
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
/// What can be measured by itself, by the beginning of its figures' names.
const MEASURES: [&str; 7] =
    ["first_sync", "visit.saved", "visit.pushed", "at_once", "today", "bindings", "server"];
const HELP: &str = "usage: bench [--small] [--only NAME] [--json FILE]
  --small       a tenth of the documents, for a quick look
  --only NAME   one measure by itself: first_sync (with the sync that brings nothing), visit.saved,
                visit.pushed, at_once, today, bindings or server
  --json FILE   also write one object a line: name, value, unit, goal, met";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [start::TODAY, path, key, marker] => return start::today(path, key, marker),
        [start::SERVE, folder] => return start::serve(folder),
        _ => {}
    }
    let (mut json, mut documents, mut only) = (None, DOCUMENTS, None);
    let mut arguments = arguments.into_iter();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--help" | "-h" => {
                println!("{HELP}");
                return Ok(());
            }
            "--small" => documents = DOCUMENTS / 10,
            "--only" => {
                let name = arguments.next().filter(|name| MEASURES.contains(&name.as_str()));
                only = Some(name.with_context(|| format!("--only needs one of {}", MEASURES.join(", ")))?);
            }
            "--json" => json = Some(PathBuf::from(arguments.next().context("--json needs a file")?)),
            other => anyhow::bail!("unknown argument {other}\n{HELP}"),
        }
    }
    let figures = measure(documents, |name| only.as_deref().is_none_or(|only| only == name))?;
    figure::print_table(&figures);
    if let Some(path) = json {
        figure::write_json(&figures, &mut std::fs::File::create(path)?)?;
    }
    Ok(())
}

fn measure(documents: usize, wants: impl Fn(&str) -> bool) -> Result<Vec<Figure>> {
    let sizes: Vec<usize> = (0..200).map(|index| content::as_json(index).len()).collect();
    eprintln!("entries of {} bytes as JSON on average", sizes.iter().sum::<usize>() / sizes.len());
    // On a disk, not in memory: durability is part of what is measured.
    let folder = tempfile::tempdir_in("/var/tmp")?;
    let (mut first_syncs, mut one_visit, mut at_once) = (Vec::new(), Vec::new(), Vec::new());
    if ["first_sync", "visit.saved", "visit.pushed", "at_once"].into_iter().any(&wants) {
        let office = BenchOffice::with_documents(&folder.path().join("small"), documents)?;
        eprintln!("small office seeded");
        if wants("first_sync") {
            first_syncs.push(first_sync::measure(&office, folder.path(), RUNS.0)?);
        }
        if wants("visit.saved") {
            one_visit.push(visit::saved(&office, folder.path())?);
        }
        if wants("visit.pushed") {
            one_visit.push(visit::pushed(&office, folder.path())?);
        }
        if wants("at_once") {
            at_once = visit::at_once(&office)?;
        }
    }
    let mut of_large = Vec::new();
    if ["first_sync", "today", "bindings", "server"].into_iter().any(&wants) {
        let large_folder = folder.path().join("large");
        let office = BenchOffice::with_documents(&large_folder, documents * 10)?;
        eprintln!("large office seeded");
        if wants("first_sync") {
            first_syncs.push(first_sync::measure(&office, folder.path(), RUNS.1)?);
        }
        if wants("today") {
            of_large.extend(start::list(&office, folder.path())?);
        }
        if wants("bindings") {
            of_large.extend(bindings::size(folder.path())?);
            of_large.extend(bindings::on_the_jvm(&office, folder.path())?);
        }
        if wants("server") {
            of_large.push(start::server_memory(office, &large_folder, folder.path())?);
        }
    }
    let first_sync = match first_syncs.as_slice() {
        [small, large] => first_sync::figures(small, large),
        _ => Vec::new(),
    };
    Ok([first_sync, one_visit, of_large, at_once].concat())
}
