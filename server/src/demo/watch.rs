//! After the story: the phones go on syncing, so that what the supervisor does in the browser is
//! seen to arrive, and one worker corrects and resubmits what was returned.

use super::fault::DemoFault;
use super::office::Office;
use super::phone::{Phone, Turn};
use super::sample::{Language, Sample};
use super::spare_code::SpareCode;
use super::story::{PHONES, Phones, Told, phone};
use doorstep_core::app::Failure;
use doorstep_core::model::{ActionId, ActionKind, ReviewState};
use std::collections::HashSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often a phone looks for news.
const PAUSE: Duration = Duration::from_secs(2);
/// Whose phone answers by itself.
pub const WORKER: &str = "lin";

/// One phone and what its member has seen.
struct Watched<'a> {
    key: &'static str,
    phone: &'a Phone,
    seen: HashSet<ActionId>,
    is_accepted: bool,
}

/// Goes on until `stop` says so.
pub fn watch(
    phones: &Phones,
    office: &Office,
    told: &Told,
    sample: &Sample,
    language: Language,
    stop: &Receiver<()>,
    say: &mut dyn FnMut(String),
) -> Result<(), DemoFault> {
    let mut watched = Vec::new();
    for key in PHONES {
        let phone = phone(phones, key)?;
        let seen = phone.turns()?.into_iter().map(|turn| turn.action).collect();
        watched.push(Watched { key, phone, seen, is_accepted: true });
    }
    let mut is_reachable = true;
    let mut spare_code = SpareCode::new();
    loop {
        spare_code.renew(office, sample, language, say)?;
        if !matches!(stop.recv_timeout(PAUSE), Err(RecvTimeoutError::Timeout)) {
            return Ok(());
        }
        for Watched { key, phone, seen, is_accepted } in watched.iter_mut().filter(|one| one.is_accepted) {
            let name = sample.member_name(key, language);
            match phone.sync() {
                Ok(traffic) if traffic.actions == 0 => {
                    is_reachable = true;
                    continue;
                }
                Ok(_) => is_reachable = true,
                Err(DemoFault::Phone(Failure::Offline)) => {
                    if std::mem::take(&mut is_reachable) {
                        say(language.unreachable());
                    }
                    continue;
                }
                Err(DemoFault::Phone(Failure::SignInNeeded(_))) => {
                    *is_accepted = false;
                    say(language.refused(name));
                    continue;
                }
                Err(fault) => return Err(fault),
            }
            for turn in phone.turns()?.into_iter().filter(|turn| seen.insert(turn.action)) {
                let entry = language.entry(&turn.kind, sample.called(&turn.person, language), &turn.date);
                match turn.what {
                    ActionKind::Approve => say(language.approved(name, &entry)),
                    ActionKind::Comment => say(language.commented(name, &entry, &turn.reason)),
                    ActionKind::Return => {
                        say(language.returned(name, &entry, &turn.reason));
                        if *key == WORKER && turn.state == ReviewState::Returned {
                            let added = answer(phone, &turn, told)?;
                            say(language.resubmitted(name, &entry, added));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// The worker adds what was asked for, hands the entry in again and syncs.
fn answer<'t>(phone: &Phone, turn: &Turn, told: &'t Told) -> Result<&'t str, DemoFault> {
    let added = told.corrections.get(&turn.doc.to_string()).unwrap_or(&told.correction);
    phone.correct(turn.doc, added, Vec::new(), None)?;
    phone.sync()?;
    Ok(added)
}
