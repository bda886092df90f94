//! One visit: saved on the phone, pushed to the server; many phones pushing at once.

use crate::content;
use crate::figure::{Figure, Goal, median, ms, ratio};
use crate::floor::{BareCommits, Loopback};
use crate::office::{BenchOffice, Recorder, push};
use anyhow::{Context, Result};
use doorstep_core::env::Env;
use doorstep_core::model::{CaseId, Class, EntryKind, Scope};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::HttpTransport;
use std::path::Path;
use std::time::{Duration, Instant};

/// Visits measured each.
const VISITS: usize = 200;
/// Phones that push at once.
const PHONES: usize = 16;
/// Pushes of each of them.
const PUSHES: usize = 60;
/// About what a saved visit stores.
const ROW_BYTES: usize = 6_000;

/// Draft to signed change, durable, against one bare commit.
pub fn saved(office: &BenchOffice, folder: &Path) -> Result<Figure> {
    let key = DatabaseKey::generate(&Env::system());
    let transport = Recorder::new(&office.address)?;
    let phone = office.phone(folder.join("saving.db"), &key, &transport)?;
    phone.sync_now(&transport)?;
    let case = first_case(&phone)?;
    let commits = BareCommits::new(folder, ROW_BYTES)?;
    let (mut times, mut bare) = (Vec::with_capacity(VISITS), Vec::with_capacity(VISITS));
    for index in 0..VISITS {
        let draft = phone.start_draft(Scope::Case(case), Class::File, &EntryKind::HomeVisit)?;
        for edits in content::entry(index).changes {
            phone.type_into(draft, edits)?;
        }
        let started = Instant::now();
        phone.save_later(draft)?;
        times.push(started.elapsed());
        bare.push(commits.time()?);
    }
    let (ours, bare) = (median(times), median(bare));
    Ok(Figure {
        name: "visit.saved",
        what: "one visit saved on the phone, against one bare commit".into(),
        value: ratio(ours, bare),
        unit: "×",
        goal: Goal::AtMost(4.0),
        note: format!("{} against {}", ms(ours), ms(bare)),
    })
}

/// One visit to its durable acknowledgement, against a bare commit plus a loopback round trip.
pub fn pushed(office: &BenchOffice, folder: &Path) -> Result<Figure> {
    let (writer, transport) = (office.writer()?, HttpTransport::new(&office.address)?);
    let case = open_case(office, &transport)?;
    let (commits, mut loopback) =
        (BareCommits::new(folder, ROW_BYTES)?, Loopback::start(vec![vec![0; 150]])?);
    let (mut times, mut floor) = (Vec::with_capacity(VISITS), Vec::with_capacity(VISITS));
    for index in 0..VISITS {
        let visit = vec![writer.entry(case, index)?];
        let body = writer.sealed(&writer.request(None, visit.clone()))?.1;
        let started = Instant::now();
        push(&writer, &transport, visit)?;
        times.push(started.elapsed());
        let started = Instant::now();
        loopback.exchange(&body)?;
        floor.push(started.elapsed() + commits.time()?);
    }
    let (ours, floor) = (median(times), median(floor));
    Ok(Figure {
        name: "visit.pushed",
        what:
            "one visit pushed to a durable acknowledgement, against a bare commit and a loopback round trip"
                .into(),
        value: ratio(ours, floor),
        unit: "×",
        goal: Goal::AtMost(4.0),
        note: format!("{} against {}", ms(ours), ms(floor)),
    })
}

/// Sixteen phones at once against one.
pub fn at_once(office: &BenchOffice) -> Result<Vec<Figure>> {
    let case = open_case(office, &HttpTransport::new(&office.address)?)?;
    let alone = rate(office, case, 1)?;
    let together = rate(office, case, PHONES)?;
    Ok(vec![
        Figure {
            name: "at_once.commits",
            what: format!("{PHONES} phones pushing at once: durable commits an accepted push"),
            value: together.1,
            unit: "",
            goal: Goal::AtMost(0.25),
            note: format!("alone {:.2}", alone.1),
        },
        Figure {
            name: "at_once.rate",
            what: format!("{PHONES} phones pushing at once: pushes a second, against one"),
            value: together.0 / alone.0,
            unit: "×",
            goal: Goal::AtLeast(1.5),
            note: format!("{:.0}/s against {:.0}/s", together.0, alone.0),
        },
    ])
}

/// Pushes a second and commits a push.
fn rate(office: &BenchOffice, case: CaseId, phones: usize) -> Result<(f64, f64)> {
    let mut prepared = Vec::new();
    for phone in 0..phones {
        let writer = office.writer()?;
        let visits = (0..PUSHES)
            .map(|index| Ok(vec![writer.entry(case, phone * PUSHES + index)?]))
            .collect::<Result<Vec<_>>>()?;
        prepared.push((writer, HttpTransport::new(&office.address)?, visits));
    }
    let commits = office.server.store().commits();
    let started = Instant::now();
    std::thread::scope(|scope| {
        let threads: Vec<_> = prepared
            .into_iter()
            .map(|(writer, transport, visits)| {
                scope.spawn(move || visits.into_iter().try_for_each(|visit| push(&writer, &transport, visit)))
            })
            .collect();
        for thread in threads {
            thread.join().map_err(|_| anyhow::anyhow!("a phone of the bench panicked"))??;
        }
        Ok::<(), anyhow::Error>(())
    })?;
    let (elapsed, pushes): (Duration, f64) = (started.elapsed(), (phones * PUSHES) as f64);
    let commits = (office.server.store().commits() - commits) as f64;
    Ok((pushes / elapsed.as_secs_f64(), commits / pushes))
}

fn open_case(office: &BenchOffice, transport: &HttpTransport) -> Result<CaseId> {
    let writer = office.writer()?;
    let pushes = writer.case(office.team, 0, 0)?;
    let case =
        pushes.first().and_then(|push| push.changes.first()).and_then(|change| change.envelope.scope.case());
    push(&writer, transport, pushes)?;
    case.context("a case was just opened")
}

fn first_case(phone: &doorstep_core::app::Client) -> Result<CaseId> {
    Ok(phone.case_list()?.first().context("the bench's office has cases")?.grant.case)
}
