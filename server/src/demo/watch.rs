//! After the story: the phones go on syncing, so that what the supervisor does in the browser is
//! seen to arrive, and one worker corrects and resubmits what was returned.
//!
//! What was told and answered is noted in the folder, after it was done: what a phone received just
//! before the demo was stopped is told and answered on the next start.

use super::fault::DemoFault;
use super::folder::{Folder, State};
use super::office::Office;
use super::phone::{Phone, Turn};
use super::sample::{Language, Sample};
use super::spare_code::SpareCode;
use super::story::{PHONES, Phones, Told, phone};
use doorstep_core::app::Failure;
use doorstep_core::model::{ActionKind, ReviewState};
use std::collections::HashSet;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::Duration;

/// How often a phone looks for news.
const PAUSE: Duration = Duration::from_secs(2);
/// Whose phone answers by itself.
pub const WORKER: &str = "lin";

/// What is watched.
pub struct Watch<'a> {
    pub phones: &'a Phones,
    pub office: &'a Office,
    pub sample: &'a Sample,
    pub language: Language,
    pub folder: &'a Folder,
}

/// What supervisors did as far as the phones know, by identifier.
pub fn seen(phones: &Phones) -> Result<Vec<String>, DemoFault> {
    let mut seen = Vec::new();
    for phone in phones.values() {
        seen.extend(phone.turns()?.into_iter().map(|turn| turn.action.to_string()));
    }
    Ok(seen)
}

impl Watch<'_> {
    /// Goes on until `stop` says so.
    pub fn go_on(
        &self,
        state: &mut State,
        stop: &Receiver<()>,
        say: &mut dyn FnMut(String),
    ) -> Result<(), DemoFault> {
        for key in PHONES {
            self.tell(key, state, say)?;
        }
        let mut refused = HashSet::new();
        let mut is_reachable = true;
        let mut spare_code = SpareCode::new();
        loop {
            spare_code.renew(self.office, self.sample, self.language, say)?;
            if !matches!(stop.recv_timeout(PAUSE), Err(RecvTimeoutError::Timeout)) {
                return Ok(());
            }
            for key in PHONES.into_iter().filter(|key| !refused.contains(key)).collect::<Vec<_>>() {
                match phone(self.phones, key)?.sync() {
                    Ok(traffic) => {
                        is_reachable = true;
                        if traffic.actions > 0 {
                            self.tell(key, state, say)?;
                        }
                    }
                    Err(DemoFault::Phone(Failure::Offline)) => {
                        if std::mem::take(&mut is_reachable) {
                            say(self.language.unreachable());
                        }
                    }
                    Err(DemoFault::Phone(Failure::SignInNeeded(_))) => {
                        refused.insert(key);
                        say(self.language.refused(self.sample.member_name(key, self.language)));
                    }
                    Err(fault) => return Err(fault),
                }
            }
        }
    }

    /// Tells what is new on a phone and answers it, then notes it as seen.
    fn tell(&self, key: &str, state: &mut State, say: &mut dyn FnMut(String)) -> Result<(), DemoFault> {
        let (phone, language) = (phone(self.phones, key)?, self.language);
        let name = self.sample.member_name(key, language);
        for turn in phone.turns()? {
            let action = turn.action.to_string();
            if state.seen.contains(&action) {
                continue;
            }
            let entry = language.entry(&turn.kind, self.sample.called(&turn.person, language), &turn.date);
            match turn.what {
                ActionKind::Approve => say(language.approved(name, &entry)),
                ActionKind::Comment => say(language.commented(name, &entry, &turn.reason)),
                ActionKind::Return => {
                    say(language.returned(name, &entry, &turn.reason));
                    if key == WORKER
                        && turn.state == ReviewState::Returned
                        && let Some(told) = &state.told
                    {
                        match answer(phone, &turn, told) {
                            Ok(added) => say(language.resubmitted(name, &entry, added)),
                            // Corrected and queued: it goes out when the server is there again.
                            Err(DemoFault::Phone(Failure::Offline)) => say(language.unreachable()),
                            Err(fault) => return Err(fault),
                        }
                    }
                }
                _ => {}
            }
            state.seen.push(action);
            self.folder.note(state)?;
        }
        Ok(())
    }
}

/// The worker adds what was asked for, hands the entry in again and syncs.
fn answer<'t>(phone: &Phone, turn: &Turn, told: &'t Told) -> Result<&'t str, DemoFault> {
    let added = told.corrections.get(&turn.doc.to_string()).unwrap_or(&told.correction);
    phone.correct(turn.doc, added, Vec::new(), None)?;
    phone.sync()?;
    Ok(added)
}
