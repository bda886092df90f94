//! The first sync of a phone, and the sync that brings nothing.

use crate::figure::{Figure, Goal, median, ms, ratio};
use crate::floor::Rows;
use crate::office::{BenchOffice, Recorder};
use anyhow::{Result, ensure};
use doorstep_core::env::Env;
use doorstep_core::store::DatabaseKey;
use std::path::Path;
use std::time::{Duration, Instant};

/// Bytes in a page of the floor for bytes, before compression.
const PAGE_BYTES: usize = 256 * 1024;
/// A request is about this large; the floor sends as much.
const REQUEST_BYTES: usize = 200;
/// Syncs that bring nothing, measured each.
const QUIET_SYNCS: usize = 60;

/// What a first sync of an office cost.
pub struct FirstSync {
    /// Documents on the phone afterwards.
    pub documents: u64,
    /// Median time.
    pub time: Duration,
    /// Median time of the floor.
    pub floor: Duration,
    /// Bytes both ways.
    pub bytes: u64,
    /// Bytes of the floor.
    pub floor_bytes: u64,
    /// Median time of a sync that brings nothing.
    pub quiet: Duration,
    /// Its round trips and bytes.
    pub quiet_cost: (u32, u64),
}

/// Measures `runs` new phones against as many floors.
pub fn measure(office: &BenchOffice, folder: &Path, runs: usize) -> Result<FirstSync> {
    let (mut times, mut floors, mut quiet) = (Vec::new(), Vec::new(), Vec::new());
    let (mut documents, mut bytes, mut floor_bytes, mut quiet_cost) = (0, 0, 0, (0, 0));
    for _ in 0..runs {
        let run = tempfile::tempdir_in(folder)?;
        let (path, key) = (run.path().join("phone.db"), DatabaseKey::generate(&Env::system()));
        let transport = Recorder::new(&office.address)?;
        let phone = office.phone(path.clone(), &key, &transport)?;
        transport.take();
        let started = Instant::now();
        let report = phone.sync_now(&transport)?;
        times.push(started.elapsed());
        ensure!(phone.sync_state()?.is_synced(), "a first sync of the bench did not come to its end");
        bytes = report.bytes_up + report.bytes_down;
        let pages = transport.take();
        for _ in 0..QUIET_SYNCS {
            let started = Instant::now();
            let report = phone.sync_now(&transport)?;
            quiet.push(started.elapsed());
            quiet_cost = (report.round_trips, report.bytes_up + report.bytes_down);
        }
        drop(phone);
        let database = open_raw(&path, &key)?;
        documents = database
            .query_row("SELECT count(*) FROM documents", [], |row| row.get::<_, i64>(0))?
            .unsigned_abs();
        floor_bytes = compressed_rows(&database)?;
        let rows = Rows::read(&database, &["documents", "actions"])?;
        floors.push(rows.replay(run.path(), &pages, &[0; REQUEST_BYTES])?);
    }
    Ok(FirstSync {
        documents,
        time: median(times),
        floor: median(floors),
        bytes,
        floor_bytes,
        quiet: median(quiet),
        quiet_cost,
    })
}

/// The figures of a small and a large office.
pub fn figures(small: &FirstSync, large: &FirstSync) -> Vec<Figure> {
    let per_document = |sync: &FirstSync| sync.time.as_secs_f64() / sync.documents as f64;
    let note = |sync: &FirstSync| format!("{} against {}", ms(sync.time), ms(sync.floor));
    vec![
        Figure {
            name: "first_sync.ratio",
            what: format!("first sync of {} documents against the floor", small.documents),
            value: ratio(small.time, small.floor),
            unit: "×",
            goal: Goal::AtMost(2.0),
            note: note(small),
        },
        Figure {
            name: "first_sync.ratio_large",
            what: format!("first sync of {} documents against the floor", large.documents),
            value: ratio(large.time, large.floor),
            unit: "×",
            goal: Goal::Stated,
            note: note(large),
        },
        Figure {
            name: "first_sync.growth",
            what: "the same, time a document, large against small".into(),
            value: per_document(large) / per_document(small),
            unit: "×",
            goal: Goal::AtMost(1.2),
            note: format!("{:.3} ms against {:.3} ms", per_document(large) * 1e3, per_document(small) * 1e3),
        },
        Figure {
            name: "first_sync.bytes",
            what: "bytes of that sync against zstd-3 of all snapshots and summaries".into(),
            value: small.bytes as f64 / small.floor_bytes as f64,
            unit: "×",
            goal: Goal::AtMost(1.1),
            note: format!("{} B against {} B", small.bytes, small.floor_bytes),
        },
        Figure {
            name: "quiet.round_trips",
            what: "nothing changed: round trips".into(),
            value: f64::from(large.quiet_cost.0),
            unit: "",
            goal: Goal::AtMost(1.0),
            note: String::new(),
        },
        Figure {
            name: "quiet.bytes",
            what: "nothing changed: bytes of both bodies".into(),
            value: large.quiet_cost.1 as f64,
            unit: "B",
            goal: Goal::AtMost(400.0),
            note: String::new(),
        },
        Figure {
            name: "quiet.growth",
            what: "nothing changed: time, large against small".into(),
            value: ratio(large.quiet, small.quiet),
            unit: "×",
            goal: Goal::AtMost(1.2),
            note: format!("{} against {}", ms(large.quiet), ms(small.quiet)),
        },
    ]
}

fn open_raw(path: &Path, key: &DatabaseKey) -> Result<rusqlite::Connection> {
    use std::fmt::Write;
    let database = rusqlite::Connection::open(path)?;
    let mut hex = String::new();
    for byte in key.as_bytes() {
        write!(hex, "{byte:02x}")?;
    }
    database.execute_batch(&format!("PRAGMA key = \"x'{hex}'\";"))?;
    Ok(database)
}

/// What the same snapshots and summaries cost in pages of 256 KiB at zstd's level 3.
fn compressed_rows(database: &rusqlite::Connection) -> Result<u64> {
    let mut statement = database.prepare("SELECT summary, snapshot FROM documents ORDER BY rowid")?;
    let mut rows = statement.query([])?;
    let (mut page, mut total) = (Vec::with_capacity(PAGE_BYTES * 2), 0);
    while let Some(row) = rows.next()? {
        page.extend_from_slice(&row.get::<_, Vec<u8>>(0)?);
        page.extend_from_slice(&row.get::<_, Vec<u8>>(1)?);
        if page.len() >= PAGE_BYTES {
            total += zstd::encode_all(&page[..], 3)?.len();
            page.clear();
        }
    }
    total += zstd::encode_all(&page[..], 3)?.len();
    Ok(total as u64)
}
