//! A phone's process for the tests that kill it: records visits and syncs, without end, and prints
//! each save after the call that stored it has returned.
//!
//! `recorder DATABASE URL [CODE]`: with a code it enrols, syncs and opens a case first.

use doorstep_core::app::{Client, Marker, NewCase, OpenOptions};
use doorstep_core::env::Env;
use doorstep_core::model::{CaseKind, Class, Edit, EntryKind, Scope};
use doorstep_core::store::DatabaseKey;
use doorstep_core::sync::session::Defences;
use doorstep_core::sync::{EnrolmentCode, HttpTransport, ServerAddress};
use std::io::Write;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [path, url, code @ ..] = arguments.as_slice() else { anyhow::bail!("DATABASE URL [CODE]") };
    let marker_path = format!("{path}.marker");
    let marker = match std::fs::read(&marker_path) {
        Ok(bytes) => bytes.try_into().map_or(Marker::Absent, Marker::Kept),
        Err(_) => Marker::Absent,
    };
    let client = Client::open(OpenOptions {
        path: path.into(),
        key: Some(DatabaseKey::from_bytes([0x21; 32])),
        marker,
        env: Env::system(),
        zone: jiff::tz::TimeZone::UTC,
        defences: Defences::default(),
    })?;
    keep_marker(&client, &marker_path)?;
    let server = HttpTransport::new(&ServerAddress { url: url.clone(), fingerprint: None })?;
    let mut out = std::io::stdout();
    if let [code] = code {
        client.enrol(&EnrolmentCode::parse(code)?, "recorder", &server)?;
        client.sync_now(&server)?;
        let team = client.directory()?.teams.first().map(|team| team.id);
        client.open_case(&NewCase {
            team: team.ok_or_else(|| anyhow::anyhow!("the member has no team"))?,
            kind: CaseKind::Released,
            minor: false,
            contact: vec![Edit::set("pseudonym", "小树")],
            file: Vec::new(),
            restricted: Vec::new(),
        })?;
        writeln!(out, "ready")?;
        return Ok(());
    }
    let case = client.case_list()?.first().map(|row| row.grant.case);
    let scope = Scope::Case(case.ok_or_else(|| anyhow::anyhow!("there is no case"))?);
    for number in 0_u64.. {
        let draft = client.start_draft(scope, Class::File, &EntryKind::HomeVisit)?;
        client.type_into(draft, vec![Edit::set("narrative", format!("家访记录 {number}"))])?;
        let doc = client.save_done(draft)?;
        writeln!(out, "saved {doc}")?;
        out.flush()?;
        if number % 3 == 2 {
            // A server that is away is no reason to stop recording.
            let _ = client.sync_now(&server);
            keep_marker(&client, &marker_path)?;
        }
    }
    Ok(())
}

fn keep_marker(client: &Client, path: &str) -> std::io::Result<()> {
    match client.marker() {
        Marker::Kept(incarnation) => std::fs::write(path, incarnation),
        Marker::Absent | Marker::Unreadable => Ok(()),
    }
}
