//! Starting with a large database, and the memory that both sides need. All in real child processes.

use crate::figure::{Figure, Goal, median, ms};
use crate::office::{BenchOffice, Recorder, listen, open_phone, open_server};
use crate::process::{ChildProcess, peak_memory_mb};
use anyhow::{Context, Result};
use doorstep_core::app::Marker;
use doorstep_core::env::Env;
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::ServerAddress;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Starts measured.
const STARTS: usize = 7;

/// Name of the child that opens a phone and reads today's list.
pub const TODAY: &str = "child-today";
/// Name of the child that serves an office.
pub const SERVE: &str = "child-serve";

/// The child behind [`TODAY`]: says `ready` when the list is there, then its peak memory.
pub fn today(path: &str, key: &str, marker: &str) -> Result<()> {
    let key = DatabaseKey::from_bytes(unhex(key)?);
    let phone = open_phone(PathBuf::from(path), &key, Marker::Kept(unhex(marker)?))?;
    let today = phone.today()?;
    println!("ready {} {}", today.recent.len(), today.planned.len());
    println!("{}", peak_memory_mb(std::process::id())?);
    Ok(())
}

/// The child behind [`SERVE`]: serves until it is ended.
pub fn serve(folder: &str) -> Result<()> {
    println!("{}", listen(open_server(Path::new(folder))?)?.url);
    // Lives as long as the parent keeps the pipe open.
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

/// Today's list from process start, with the peak memory of that process.
pub fn list(office: &BenchOffice, folder: &Path) -> Result<Vec<Figure>> {
    let (path, key) = (folder.join("today.db"), DatabaseKey::generate(&Env::system()));
    let transport = Recorder::new(&office.address)?;
    let phone = office.phone(path.clone(), &key, &transport)?;
    phone.sync_now(&transport)?;
    let Marker::Kept(marker) = phone.marker() else { anyhow::bail!("an open phone has a marker") };
    drop(phone);
    let (path, key, marker) = (path.display().to_string(), hex(key.as_bytes()), hex(&marker));
    let (mut times, mut peak): (Vec<_>, f64) = (Vec::new(), 0.0);
    for _ in 0..STARTS {
        let started = Instant::now();
        let mut child = ChildProcess::start(&[TODAY, &path, &key, &marker])?;
        child.line()?;
        times.push(started.elapsed());
        peak = peak.max(child.line()?.parse()?);
    }
    let time = median(times);
    Ok(vec![
        Figure {
            name: "today.time",
            what: "today's list from process start, 20,000 documents".into(),
            value: time.as_secs_f64() * 1e3,
            unit: "ms",
            goal: Goal::AtMost(100.0),
            note: format!("median of {STARTS}"),
        },
        Figure {
            name: "today.memory",
            what: "peak memory of that process".into(),
            value: peak,
            unit: "MB",
            goal: Goal::AtMost(80.0),
            note: String::new(),
        },
    ])
}

/// Peak memory of a server process that serves a new phone. The office's own server must be gone.
pub fn server_memory(office: BenchOffice, office_folder: &Path, folder: &Path) -> Result<Figure> {
    let key = DatabaseKey::generate(&Env::system());
    let mut child = ChildProcess::start(&[SERVE, &office_folder.display().to_string()])?;
    let address = ServerAddress { url: child.line()?, fingerprint: None };
    let served = BenchOffice { address, ..office };
    let transport = Recorder::new(&served.address)?;
    let phone = served.phone(folder.join("served.db"), &key, &transport)?;
    let started = Instant::now();
    phone.sync_now(&transport)?;
    let time = started.elapsed();
    let value = peak_memory_mb(child.id()).context("the server's memory")?;
    Ok(Figure {
        name: "server.memory",
        what: "server, 20,000 documents served to a new phone: peak memory".into(),
        value,
        unit: "MB",
        goal: Goal::AtMost(120.0),
        note: format!("served in {}", ms(time)),
    })
}

fn hex(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(bytes)
}

fn unhex<const N: usize>(text: &str) -> Result<[u8; N]> {
    let bytes = data_encoding::HEXLOWER.decode(text.as_bytes())?;
    bytes.try_into().map_err(|_| anyhow::anyhow!("wrong length"))
}
