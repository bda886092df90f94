//! What the apps get: the size of the library, and what the way through Kotlin costs on the JVM.
//!
//! The Kotlin side is built by Maven: `mvn -q -f android/host/pom.xml verify` before. Without it the
//! figures are left out, which is said.

use crate::figure::{Figure, Goal, median, ms};
use crate::office::{BenchOffice, Recorder};
use anyhow::{Context, Result};
use doorstep_core::app::{Client, Marker};
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, Class, Edit, EntryKind, Scope};
use doorstep_core::store::DatabaseKey;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Visits saved on each side.
const VISITS: usize = 200;

/// The library as an app carries it: without symbols, SQLCipher and OpenSSL included.
pub fn size(folder: &Path) -> Result<Option<Figure>> {
    let stripped = folder.join("stripped.so");
    let library = as_it_ships()?.join("libdoorstep_mobile.so");
    if !library.exists() {
        eprintln!("no library as it ships: mobile-bindings/build-host");
        return Ok(None);
    }
    let status = Command::new("strip").arg("-o").arg(&stripped).arg(&library).status()?;
    anyhow::ensure!(status.success(), "strip failed");
    Ok(Some(Figure {
        name: "bindings.size",
        what: "the phone's library, stripped".into(),
        value: std::fs::metadata(&stripped)?.len() as f64 / 1e6,
        unit: "MB",
        goal: Goal::AtMost(12.0),
        note: "profile `phone`, Linux, this machine's processor".into(),
    }))
}

/// The first list and a save, through the bindings.
pub fn on_the_jvm(office: &BenchOffice, folder: &Path) -> Result<Vec<Figure>> {
    let classes = Path::new(env!("CARGO_MANIFEST_DIR")).join("../android/host/corekit/target/classpath.txt");
    let Ok(classes) = std::fs::read_to_string(classes) else {
        eprintln!("no Kotlin side: mvn -q -f android/host/pom.xml verify");
        return Ok(Vec::new());
    };
    // The one that ships, if it was built; what tests use is larger and quicker.
    let (library, which) = match as_it_ships()? {
        folder if folder.exists() => (folder, "the library as it ships"),
        _ => (beside("")?, "the library that tests use"),
    };
    let (path, key) = (folder.join("jvm.db"), DatabaseKey::generate(&Env::system()));
    let transport = Recorder::new(&office.address)?;
    let phone = office.phone(path.clone(), &key, &transport)?;
    phone.sync_now(&transport)?;
    let Marker::Kept(marker) = phone.marker() else { anyhow::bail!("an open phone has a marker") };
    let case = phone.case_list()?.first().context("the bench's office has cases")?.grant.case;
    let core = saved(&phone, case)?;
    drop(phone);
    let hex = |bytes: &[u8]| data_encoding::HEXLOWER.encode(bytes);
    let output = Command::new("java")
        .arg(format!("-Djna.library.path={}", library.display()))
        .args(["-cp", classes.trim(), "app.doorstep.corekit.Bench"])
        .args([path.display().to_string(), hex(key.as_bytes()), hex(&marker), case.to_string()])
        .arg(VISITS.to_string())
        .output()
        .context("java")?;
    anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout)?;
    let mut numbers = printed.split_whitespace().map(str::parse::<f64>);
    let mut next =
        || numbers.next().context("the bench's Kotlin side prints two numbers")?.context("a number");
    let (list_ms, saved_ms) = (next()?, next()?);
    Ok(vec![
        Figure {
            name: "bindings.list",
            what: "opened and first list read through the bindings, on the JVM, 20,000 documents".into(),
            value: list_ms,
            unit: "ms",
            goal: Goal::AtMost(150.0),
            note: format!("first calls of a new process, library loaded; {which}"),
        },
        Figure {
            name: "bindings.saved",
            what: "one visit saved through the bindings, over the core's own time".into(),
            value: saved_ms - core.as_secs_f64() * 1e3,
            unit: "ms",
            goal: Goal::AtMost(10.0),
            note: format!("{saved_ms:.2} ms against {}", ms(core)),
        },
    ])
}

/// The same visits as the Kotlin side saves.
fn saved(phone: &Client, case: CaseId) -> Result<Duration> {
    let mut times = Vec::with_capacity(VISITS);
    for _ in 0..VISITS {
        let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit)?;
        let narrative = "到访时母亲在家。".repeat(50);
        phone.type_into(draft, vec![Edit::set("outcome", "met"), Edit::set("narrative", narrative)])?;
        let started = Instant::now();
        phone.save_later(draft)?;
        times.push(started.elapsed());
    }
    Ok(median(times))
}

/// Where `mobile-bindings/build-host` leaves its library: a profile of its own, minutes to build.
fn as_it_ships() -> Result<PathBuf> {
    beside("../phone")
}

/// What cargo built beside this program.
fn beside(name: &str) -> Result<PathBuf> {
    Ok(std::env::current_exe()?.parent().context("a program lies in a folder")?.join(name))
}
