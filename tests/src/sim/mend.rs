//! The end of the story: the network is good again, and everyone syncs until nothing moves.

use super::network::Faults;
use super::truths::{Broken, Truth};
use super::world::{Recipe, World};
use doorstep_core::app::{Failure, SyncReport};
use doorstep_core::model::CaseRole;
use doorstep_server::store::cases;
use doorstep_server::store::devices::{self, DeviceState};

/// Rounds after which everybody must have everything.
const ROUNDS: usize = 10;

/// What a world came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// What happened, in order.
    pub story: Vec<String>,
    /// Requests that the server answered.
    pub round_trips: u64,
}

/// Makes a world, lets it live, mends it, and looks at what must hold.
pub fn run(recipe: Recipe) -> Result<Outcome, Broken> {
    let mut world = World::new(recipe);
    world.live()?;
    world.mend()?;
    world.assert_truths()?;
    Ok(Outcome { round_trips: world.network.round_trips(), story: world.story })
}

impl World {
    fn mend(&mut self) -> Result<(), Broken> {
        self.tell("the network is good again");
        self.network.set_faults(Faults::default());
        self.network.clear();
        self.restart_server(false);
        for round in 0..ROUNDS {
            self.set_right();
            let mut is_quiet = true;
            for phone in 0..self.phones.len() {
                self.time.pass_ms(1_000);
                is_quiet &= self.sync_well(phone)?;
            }
            if is_quiet && round > 0 {
                return Ok(());
            }
        }
        Err(self.broken(Truth::SecondSyncIsIdle, "phones never come to rest"))
    }

    /// Synchronises; whether nothing moved.
    fn sync_well(&mut self, phone: usize) -> Result<bool, Broken> {
        let outcome = self.phones[phone].sync(&self.network);
        let name = self.phones[phone].name.clone();
        self.tell(format!("{name} synchronises: {outcome:?}"));
        match outcome {
            Ok(report) => {
                if let Some(claim) = self.network.contradictions().first() {
                    return Err(self.broken(Truth::OneContentPerNumber, format!("{claim:?}")));
                }
                Ok(is_idle(&report))
            }
            // It introduces itself to a restored server, and waits for somebody to confirm it.
            Err(Failure::SignInNeeded("unconfirmed")) => Ok(false),
            Err(failure) => Err(self.broken(Truth::ServerAnswers, format!("{name}: {failure:?}"))),
        }
    }

    /// What people do after a restore: confirm phones, and put everyone on their cases again.
    fn set_right(&mut self) {
        let now = self.time.now();
        let decided = self.decided.clone();
        let team = self.team;
        let members: Vec<_> = self.members.iter().map(|(member, _)| *member).collect();
        self.write(|tx| {
            for device in devices::list(tx)? {
                if device.state == DeviceState::Unconfirmed {
                    devices::set_state(tx, device.id, DeviceState::Active, now)?;
                }
            }
            for case in cases::of_team(tx, team)? {
                for &member in &members {
                    let is: Option<CaseRole> = cases::role_of(tx, case, member)?;
                    match decided.get(&(case, member)) {
                        Some(role) if is.as_ref() != Some(role) => {
                            cases::assign(tx, case, member, role, None, now)?;
                        }
                        None if is.is_some() => drop(cases::end_assignment(tx, case, member, None, now)?),
                        _ => {}
                    }
                }
            }
            Ok(())
        });
        self.server().retry_set_aside(None).expect("what is set aside can be tried again");
    }
}

/// One request, and nothing in it or in its answer.
fn is_idle(report: &SyncReport) -> bool {
    (report.round_trips, report.received, report.pushed, report.set_aside) == (1, 0, 0, 0)
}
