//! The demo: a sample office in a folder of its own, the real server on this machine, and three real
//! phones that work a day without a network, sync, and go on as the supervisor reviews.
//!
//! `sample` is the fiction · `timeline` puts it in order · `history` lets phones record it · `story`
//! tells the day, checking each line against the databases · `watch` goes on from there.

mod clock;
mod fault;
mod folder;
mod form;
mod history;
mod listen;
mod office;
mod phone;
mod sample;
mod spare_code;
mod story;
mod timeline;
mod watch;
mod words;

pub use fault::DemoFault;
pub use sample::Language;

use crate::defences::Defences;
use crate::server::{Server, ServerConfig};
use clock::DemoClock;
use doorstep_core::env::Env;
use doorstep_core::model::{Date, Timestamp};
use fault::check;
use folder::{Folder, State};
use jiff::tz::TimeZone;
use listen::Listener;
use office::{ADMIN, Office, SUPERVISOR};
use phone::PhoneMaker;
use sample::Sample;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use story::{PHONES, Phones, Story, phone};
use watch::Watch;

/// When the day that the demo tells is over, in minutes since midnight.
const DAY_ENDS: u16 = 18 * 60;

/// What the demo is asked for.
#[derive(Debug, Clone, clap::Args)]
pub struct DemoArgs {
    /// End after the story; the exit status says whether all of it was true.
    #[arg(long)]
    pub once: bool,
    /// Folder of the sample office and its phones; made if absent.
    #[arg(long, default_value = "doorstep-demo")]
    pub dir: PathBuf,
    /// Port of the server on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 7420)]
    pub port: u16,
    /// Language of the story; the sample office's own records are in that of the first start. [default: en]
    #[arg(long, value_enum)]
    pub lang: Option<Language>,
}

/// Runs the demo: the story if this folder has not seen it, then (unless `once`) until `stop`.
pub fn run(args: &DemoArgs, stop: &Receiver<()>, say: &mut dyn FnMut(String)) -> Result<(), DemoFault> {
    run_on(&Env::system(), args, stop, say)
}

/// The same with a given clock and randomness.
fn run_on(
    machine: &Env,
    args: &DemoArgs,
    stop: &Receiver<()>,
    say: &mut dyn FnMut(String),
) -> Result<(), DemoFault> {
    let sample = Sample::load()?;
    let (folder, state) = Folder::open(&args.dir)?;
    let told_before = state.filter(|state| state.told.is_some());
    if told_before.is_none() {
        folder.clear()?;
    }
    let clock = DemoClock::new(machine.clone());
    let zone = TimeZone::system();
    let server = Server::open(ServerConfig {
        data_dir: folder.server(),
        master_key: folder.master_key(machine)?,
        env: clock.env(),
        office_name: sample.office.name.clone(),
        defences: Defences::default(),
    })?;
    let listener = Listener::start(Arc::clone(&server), args.port, zone.clone())?;
    let address = listener.address();
    let maker =
        PhoneMaker { home: folder.phones(), env: clock.env(), zone: zone.clone(), address: address.clone() };
    let (phones, mut state, office) = if let Some(state) = told_before {
        let office = Office::find(server, address, &sample.office)?;
        let phones = resume(&maker, &office, args.lang.unwrap_or(state.language), say)?;
        (phones, state, office)
    } else {
        let language = args.lang.unwrap_or(Language::En);
        let mut state = State { language, password: password(machine), told: None, seen: Vec::new() };
        folder.note(&state)?;
        let today = day_of_demo(machine.now(), &zone);
        clock.set(story::before_everything(today, &zone));
        let office = Office::found(server, address, &sample.office, language)?;
        office.set_password(&state.password)?;
        let story = Story {
            language,
            sample: &sample,
            office: &office,
            maker: &maker,
            clock: &clock,
            today,
            zone: &zone,
        };
        let (phones, told) = story.tell(say)?;
        state.told = Some(told);
        state.seen = watch::seen(&phones)?;
        folder.note(&state)?;
        (phones, state, office)
    };
    let language = args.lang.unwrap_or(state.language);
    if language != state.language {
        say(language.records_stay(state.language));
    }
    say(language.console(office.url(), SUPERVISOR, ADMIN, &state.password));
    if !args.once {
        say(language.invitation(sample.member_name(watch::WORKER, language)));
        let watch = Watch { phones: &phones, office: &office, sample: &sample, language, folder: &folder };
        watch.go_on(&mut state, stop, say)?;
    }
    drop(phones);
    listener.stop();
    Ok(())
}

/// The last day whose work is over: what the demo tells lies in the past at any time of day.
fn day_of_demo(now: Timestamp, zone: &TimeZone) -> Date {
    let (date, time) = now.local(zone);
    if time.minutes() >= DAY_ENDS { date } else { date.plus_days(-1) }
}

/// A password that can be read out and typed.
fn password(env: &Env) -> String {
    let text = data_encoding::BASE32_NOPAD.encode(&env.bytes::<10>()).to_lowercase();
    text.as_bytes()
        .chunks(4)
        .map(|part| String::from_utf8_lossy(part).into_owned())
        .collect::<Vec<_>>()
        .join("-")
}

/// Goes on where the last start was: the same phones, the same server.
fn resume(
    maker: &PhoneMaker,
    office: &Office,
    language: Language,
    say: &mut dyn FnMut(String),
) -> Result<Phones, DemoFault> {
    let mut phones = Phones::new();
    for key in PHONES {
        phones.insert(key, maker.used_phone(key)?);
    }
    for key in PHONES {
        let phone = phone(&phones, key)?;
        phone.sync()?;
        check(phone.is_synced()?, "a phone goes on where it was")?;
        check(phone.documents()? == office.documents_of(key)?, "a phone holds what its member may read")?;
    }
    say(language.resumed(office.documents()?));
    Ok(phones)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The story of a day at an hour of the machine's clock.
    fn story_on(date: Date, hour: u16) -> Result<Vec<String>, DemoFault> {
        // In memory where there is room: every save waits for the disk.
        let memory = tempfile::tempdir_in("/dev/shm");
        let folder = memory.or_else(|_| tempfile::tempdir()).unwrap();
        let machine = DemoClock::new(Env::system());
        let time = doorstep_core::model::TimeOfDay::from_minutes(hour * 60).unwrap();
        machine.set(sample::instant(date, time, &TimeZone::system()));
        let args = DemoArgs { once: true, dir: folder.path().to_owned(), port: 0, lang: Some(Language::Zh) };
        let (_stop, stopped) = std::sync::mpsc::channel();
        let mut lines = Vec::new();
        run_on(&machine.env(), &args, &stopped, &mut |line| lines.push(line))?;
        Ok(lines)
    }

    #[test]
    fn the_story_comes_out_as_told_on_a_saturday_noon_and_late_on_a_wednesday() {
        for (shift, hour) in [(2, 12), (6, 23)] {
            let date = Date::new(2026, 2, 26).unwrap().plus_days(shift);
            let lines = story_on(date, hour).unwrap_or_else(|fault| panic!("{date} {hour}: {fault}"));
            assert!(lines.len() > 12, "{lines:?}");
        }
    }
}
