//! Group commit without a thread of its own: the first of those who wait leads.

use super::apply::{Applied, Tail, apply};
use super::check::{Checked, Pusher};
use super::plan::{Base, Outcome, plan};
use crate::error::StoreFault;
use crate::server::Server;
use doorstep_core::model::{DocId, Scope, Timestamp};
use doorstep_core::sync::wire::PushResult;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long a leader waits for those who are still preparing, each time one of them arrives.
/// About what a commit takes: one more in the batch saves as much.
const COMPANY: Duration = Duration::from_millis(2);
/// Most requests in one transaction.
const BATCH_LIMIT: usize = 64;

/// One push of a job.
pub enum Step {
    /// Nothing to store.
    Settled(PushResult),
    /// Planned against `base`.
    Planned {
        /// What should become of it; taken by the first try to commit it.
        outcome: Option<Outcome>,
        /// What that rests on.
        base: Base,
        /// To plan it again.
        checked: Checked,
    },
    /// To be planned in the writer.
    Later(Checked),
}

/// A request's pushes on their way to the commit.
pub struct Job {
    pusher: Pusher,
    received: Timestamp,
    steps: Vec<Step>,
}

impl Job {
    /// A job of prepared steps.
    pub fn new(pusher: Pusher, received: Timestamp, steps: Vec<Step>) -> Self {
        Self { pusher, received, steps }
    }

    /// Whether there is nothing to store.
    pub fn is_settled(&self) -> bool {
        self.steps.iter().all(|step| match step {
            Step::Settled(_) => true,
            Step::Planned { outcome: Some(Outcome::Settled { is_alarming, .. }), .. } => !is_alarming,
            _ => false,
        })
    }

    /// What the answers will be if nothing moves before the commit.
    pub fn promise(&self) -> Vec<PushResult> {
        let result = |step: &Step| match step {
            Step::Settled(result) => result.clone(),
            Step::Planned { outcome: Some(outcome), .. } => outcome.result().clone(),
            Step::Planned { checked, .. } | Step::Later(checked) => checked.accepted(),
        };
        self.steps.iter().map(result).collect()
    }

    /// Stores everything in the transaction; plans again what has moved since.
    fn apply(
        &mut self,
        server: &Server,
        tx: &Connection,
        tail: &mut Tail,
        moved: &mut Moved,
    ) -> Result<Answer, StoreFault> {
        let mut results = Vec::with_capacity(self.steps.len());
        let (most_aside, mut is_turned_away) = (server.defences().most_set_aside, false);
        let scene = server.scene(tx, &self.pusher, self.received);
        for step in &mut self.steps {
            let (checked, planned) = match step {
                Step::Settled(result) => {
                    results.push(result.clone());
                    continue;
                }
                Step::Planned { checked, base, outcome } => {
                    (checked, outcome.take().map(|outcome| (*base, outcome)))
                }
                Step::Later(checked) => (checked, None),
            };
            let outcome = match planned {
                Some((base, outcome)) if Base::read(tx, checked.push.doc)? == base => outcome,
                _ => plan(&scene, checked)?,
            };
            let applied = apply(tx, tail, &self.pusher, self.received, outcome, most_aside)?;
            moved.note(&applied);
            is_turned_away |= applied.is_turned_away;
            results.push(applied.result);
        }
        // What fits is stored all the same; the phone keeps everything and learns why it is not answered for.
        Ok(if is_turned_away { Err(StoreFault::SetAsideFull) } else { Ok(results) })
    }
}

/// What moved in a batch: something set aside may fit now.
#[derive(Default)]
pub struct Moved {
    /// Documents.
    pub docs: BTreeSet<DocId>,
    /// Scopes that began.
    pub scopes: BTreeSet<Scope>,
}

impl Moved {
    /// Adds what one push moved.
    pub fn note(&mut self, applied: &Applied) {
        self.docs.extend(applied.moved);
        self.scopes.extend(applied.begun);
    }
}

type Answer = Result<Vec<PushResult>, StoreFault>;

/// A job that waits, and its answer when there is one.
struct Ticket {
    job: Mutex<Job>,
    answer: Mutex<Option<Answer>>,
}

/// Jobs that are ready, and how many are about to be.
#[derive(Default)]
pub struct Queue {
    state: Mutex<State>,
    preparing: AtomicUsize,
    /// A job arrived, somebody stopped preparing, or a leader is done.
    stirred: Condvar,
}

#[derive(Default)]
struct State {
    ready: Vec<Arc<Ticket>>,
    is_led: bool,
}

/// Someone who is preparing; a leader may wait for them a little.
pub struct Preparing<'a>(&'a Queue);

impl Drop for Preparing<'_> {
    fn drop(&mut self) {
        self.0.preparing.fetch_sub(1, Ordering::AcqRel);
        self.0.stirred.notify_all();
    }
}

/// The one who commits. Another may when this is dropped, in a panic too.
struct Lead<'a>(&'a Queue);

impl Drop for Lead<'_> {
    fn drop(&mut self) {
        lock(&self.0.state).is_led = false;
        self.0.stirred.notify_all();
    }
}

impl Queue {
    /// Says that a job is being prepared.
    pub fn begin(&self) -> Preparing<'_> {
        self.preparing.fetch_add(1, Ordering::AcqRel);
        Preparing(self)
    }

    /// Has a job committed; returns its answers after the commit.
    pub fn submit(&self, server: &Server, preparing: Preparing<'_>, job: Job) -> Answer {
        let promise = (!server.defences().ack_after_commit).then(|| job.promise());
        let ticket = Arc::new(Ticket { job: Mutex::new(job), answer: Mutex::default() });
        lock(&self.state).ready.push(Arc::clone(&ticket));
        drop(preparing);
        if let Some(promise) = promise {
            // A test's: the answer goes out while the work still waits for somebody else's commit.
            return Ok(promise);
        }
        match self.lead_or_wait(&ticket) {
            Ok(answer) => answer,
            Err(lead) => {
                let batch = self.gather();
                server.retry_moved(&commit(server, &batch));
                drop(lead);
                // No answer only if this job was in a batch whose leader panicked.
                lock(&ticket.answer).take().unwrap_or(Err(StoreFault::Busy))
            }
        }
    }

    /// Waits for the answer, or until nobody leads: then the caller does.
    fn lead_or_wait(&self, ticket: &Ticket) -> Result<Answer, Lead<'_>> {
        let mut state = lock(&self.state);
        loop {
            if let Some(answer) = lock(&ticket.answer).take() {
                return Ok(answer);
            }
            if !state.is_led {
                state.is_led = true;
                return Err(Lead(self));
            }
            state = self.stirred.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// All that is ready, after waiting a little for those who are about to be.
    fn gather(&self) -> Vec<Arc<Ticket>> {
        let mut state = lock(&self.state);
        while self.preparing.load(Ordering::Acquire) > 0 && state.ready.len() < BATCH_LIMIT {
            let (again, waited) =
                self.stirred.wait_timeout(state, COMPANY).unwrap_or_else(PoisonError::into_inner);
            state = again;
            if waited.timed_out() {
                break;
            }
        }
        std::mem::take(&mut state.ready)
    }

    /// Runs something while nobody else commits.
    pub fn alone<T>(&self, run: impl FnOnce() -> T) -> T {
        let mut state = lock(&self.state);
        while state.is_led {
            state = self.stirred.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state.is_led = true;
        drop(state);
        let _lead = Lead(self);
        run()
    }
}

/// Commits a batch in one transaction and answers everybody in it. If that fails, each on its own,
/// so that nobody fails for another's sake.
fn commit(server: &Server, batch: &[Arc<Ticket>]) -> Moved {
    let mut moved = Moved::default();
    match commit_together(server, batch, &mut moved) {
        Ok(answers) => {
            for (ticket, answer) in batch.iter().zip(answers) {
                *lock(&ticket.answer) = Some(answer);
            }
        }
        Err(fault) if batch.len() == 1 || matches!(fault, StoreFault::NoRoom) => {
            let mut fault = Some(fault);
            for ticket in batch {
                *lock(&ticket.answer) = Some(Err(fault.take().unwrap_or(StoreFault::NoRoom)));
            }
            return Moved::default();
        }
        Err(_) => {
            moved = Moved::default();
            for ticket in batch {
                let mut own = Moved::default();
                let answer = commit_together(server, std::slice::from_ref(ticket), &mut own);
                if answer.is_ok() {
                    moved.docs.extend(own.docs);
                    moved.scopes.extend(own.scopes);
                }
                let own = answer.and_then(|mut answers| answers.pop().unwrap_or(Err(StoreFault::Busy)));
                *lock(&ticket.answer) = Some(own);
            }
        }
    }
    moved
}

fn commit_together(
    server: &Server,
    batch: &[Arc<Ticket>],
    moved: &mut Moved,
) -> Result<Vec<Answer>, StoreFault> {
    server.store().write(|tx| {
        let mut tail = Tail::read(tx)?;
        let mut answers = Vec::with_capacity(batch.len());
        for ticket in batch {
            answers.push(lock(&ticket.job).apply(server, tx, &mut tail, moved)?);
        }
        tail.write(tx)?;
        Ok(answers)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixture::{Office, Phone, assert_all_accepted, said};
    use doorstep_core::changes::SignedAction;
    use doorstep_core::model::{ActionKind, CaseRole, Edit};
    use doorstep_core::sync::wire::Push;
    use std::collections::HashSet;

    fn ticket(office: &Office, phone: &Phone, push: Push) -> Arc<Ticket> {
        let pusher = Pusher {
            org: phone.org,
            member: phone.member,
            device: phone.device,
            key: phone.key.public(),
            actors: HashSet::from([phone.actor]),
        };
        let job = office.server.prepare(&pusher, vec![push]).unwrap();
        Arc::new(Ticket { job: Mutex::new(job), answer: Mutex::default() })
    }

    fn answer(ticket: &Ticket) -> Vec<PushResult> {
        lock(&ticket.answer).take().unwrap().unwrap()
    }

    #[test]
    fn what_moved_since_it_was_prepared_is_planned_again() {
        let office = Office::open();
        let (mut phone, case) = office.phone_with_case();
        office.assign(case, office.colleague, &CaseRole::CoWorker);
        let mut colleague = office.phone(office.colleague);
        let mut mine = phone.visit(&office.server, case);
        assert_all_accepted(&phone.sync(&office.server, vec![mine.push()]));
        let mut theirs = mine.clone();
        let my_edit = mine.edit(&office.server, &phone, &[Edit::set("outcome", "refused")]);
        let waiting = ticket(&office, &phone, mine.only(my_edit));
        let their_edit = theirs.edit(&office.server, &colleague, &[Edit::set("place", "home")]);
        assert_all_accepted(&colleague.sync(&office.server, vec![theirs.only(their_edit)]));
        commit(&office.server, std::slice::from_ref(&waiting));
        assert_eq!(said(&answer(&waiting)[0].changes[0]), ("accepted", ""));
        let found =
            office.server.records_of::<_, StoreFault>(office.worker, |records| records.find(mine.doc));
        let document = found.unwrap().unwrap().document;
        assert!(document.contains(&mine.document.heads()) && document.contains(&theirs.document.heads()));
    }

    #[test]
    fn grant_that_ended_after_the_preparation_counts() {
        let office = Office::open();
        let (phone, case) = office.phone_with_case();
        let visit = phone.visit(&office.server, case);
        let waiting = ticket(&office, &phone, visit.push());
        office.end_assignment(case, office.worker);
        commit(&office.server, std::slice::from_ref(&waiting));
        assert_eq!(said(&answer(&waiting)[0].changes[0]), ("late", "not_assigned"));
    }

    #[test]
    fn what_cannot_be_stored_does_not_fail_the_others_of_its_batch() {
        let office = Office::open();
        let (phone, case) = office.phone_with_case();
        let visits = [(); 3].map(|()| phone.visit(&office.server, case));
        // Two documents' actions under one identifier: which of them is true shows at the commit only.
        let place = |at: usize| (visits[at].doc, visits[at].scope, visits[at].class);
        let submit = |at: usize| {
            let kind = ActionKind::Submit;
            phone.action(&office.server, kind, place(at), visits[at].document.heads())
        };
        let first = submit(0);
        let second = doorstep_core::model::Action { id: first.id, ..submit(1) };
        let push = |at: usize, action: &doorstep_core::model::Action| {
            let mut push: Push = visits[at].push();
            push.actions.push(SignedAction::sign(&phone.key, phone.org, action));
            push
        };
        let batch = [
            ticket(&office, &phone, push(0, &first)),
            ticket(&office, &phone, push(1, &second)),
            ticket(&office, &phone, visits[2].push()),
        ];
        commit(&office.server, &batch);
        assert_eq!(said(&answer(&batch[0])[0].actions[0]), ("accepted", ""));
        assert_eq!(said(&answer(&batch[1])[0].actions[0]), ("refused", "duplicate_sequence"));
        assert_eq!(said(&answer(&batch[2])[0].changes[0]), ("accepted", ""));
    }
}
