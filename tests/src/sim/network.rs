//! A network that loses, doubles, delays and cuts, by seed, between real phones and a real server.
//!
//! Every fault is one that a mobile network has: a request that never arrives, one that arrives
//! twice or an hour late, an answer that is lost after the server has done its work, a body that
//! breaks off. What passes by is looked at too: no two contents may ever claim one sequence number.

use crate::dice::Dice;
use crate::hostile::device::header;
use doorstep_core::changes::RequestProof;
use doorstep_core::model::{Actor, DocId, Hash};
use doorstep_core::sync::wire::SyncRequest;
use doorstep_core::sync::{Reply, Transport, Unreachable};
use doorstep_server::Server;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// How often each fault happens, in percent of requests.
#[derive(Debug, Clone, Copy, Default)]
pub struct Faults {
    /// The request never arrives.
    pub lost: usize,
    /// The request arrives, the answer does not.
    pub unanswered: usize,
    /// The request arrives twice.
    pub doubled: usize,
    /// The request arrives later, behind others.
    pub delayed: usize,
    /// The request breaks off on the way.
    pub cut: usize,
    /// The answer breaks off on the way, and nobody notices.
    pub torn: usize,
}

impl Faults {
    /// A bad day in the mountains.
    pub const BAD: Self = Self { lost: 8, unanswered: 12, doubled: 8, delayed: 8, cut: 4, torn: 4 };
}

/// The network of one world.
#[derive(Clone)]
pub struct Network(Arc<Mutex<State>>);

struct State {
    /// None while the server is down.
    server: Option<Arc<Server>>,
    faults: Faults,
    dice: Dice,
    /// Round trips until the line goes dead; none while it is steady.
    left: Option<u32>,
    delayed: Vec<Letter>,
    /// What every pushed change claimed to be.
    claims: BTreeMap<(DocId, Actor, u64), Hash>,
    /// Claims that contradict an earlier one.
    contradictions: Vec<(DocId, Actor, u64)>,
    round_trips: u64,
}

/// A request on its way.
#[derive(Clone)]
struct Letter {
    path: String,
    header: String,
    body: Vec<u8>,
}

impl Network {
    /// A steady network without a server.
    pub fn new(dice: Dice) -> Self {
        Self(Arc::new(Mutex::new(State {
            server: None,
            faults: Faults::default(),
            dice,
            left: None,
            delayed: Vec::new(),
            claims: BTreeMap::new(),
            contradictions: Vec::new(),
            round_trips: 0,
        })))
    }

    /// Puts a server behind the network, or takes it away.
    pub fn connect(&self, server: Option<Arc<Server>>) {
        self.state().server = server;
    }

    /// Changes how bad the network is.
    pub fn set_faults(&self, faults: Faults) {
        self.state().faults = faults;
    }

    /// Lets the line go dead after some round trips; none: it stays.
    pub fn cut_after(&self, round_trips: Option<u32>) {
        self.state().left = round_trips;
    }

    /// Forgets what is still on its way.
    pub fn clear(&self) {
        self.state().delayed.clear();
    }

    /// Sequence numbers that two contents claimed, in the order in which it showed.
    pub fn contradictions(&self) -> Vec<(DocId, Actor, u64)> {
        self.state().contradictions.clone()
    }

    /// Requests that arrived so far.
    pub fn round_trips(&self) -> u64 {
        self.state().round_trips
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Transport for Network {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        let letter = Letter { path: path.to_owned(), header: header(proof), body: body.to_vec() };
        let mut state = self.state();
        state.note_claims(&letter);
        state.send(letter)
    }
}

impl State {
    fn send(&mut self, letter: Letter) -> Result<Reply, Unreachable> {
        match &mut self.left {
            Some(0) => return Err(Unreachable),
            Some(left) => *left -= 1,
            None => {}
        }
        self.deliver_delayed();
        let faults = self.faults;
        if self.dice.chance(faults.lost) {
            return Err(Unreachable);
        }
        if self.dice.chance(faults.delayed) {
            self.delayed.push(letter);
            return Err(Unreachable);
        }
        if self.dice.chance(faults.cut) {
            let mut part = letter.clone();
            part.body.truncate(self.dice.below(letter.body.len()));
            // A listener would see the connection end; should it not, the proof does not fit.
            self.deliver(&part)?;
            return Err(Unreachable);
        }
        if self.dice.chance(faults.doubled) {
            self.deliver(&letter)?;
        }
        let mut reply = self.deliver(&letter)?;
        if self.dice.chance(faults.unanswered) {
            return Err(Unreachable);
        }
        if self.dice.chance(faults.torn) {
            let length = self.dice.below(reply.body.len());
            reply.body.truncate(length);
        }
        Ok(reply)
    }

    /// What was delayed arrives in any order, and nobody waits for its answer.
    fn deliver_delayed(&mut self) {
        while !self.delayed.is_empty() && self.dice.chance(60) {
            let at = self.dice.below(self.delayed.len());
            let letter = self.delayed.remove(at);
            // The sender has given up long ago.
            let _ = self.deliver(&letter);
        }
    }

    fn deliver(&mut self, letter: &Letter) -> Result<Reply, Unreachable> {
        let server = self.server.as_ref().ok_or(Unreachable)?;
        self.round_trips += 1;
        let reply = server.exchange("POST", &letter.path, Some(&letter.header), &letter.body);
        Ok(Reply { status: reply.status, body: reply.body })
    }

    /// Looks at what is pushed: one number of one actor in one document has one content, for ever.
    fn note_claims(&mut self, letter: &Letter) {
        if letter.path != "/v1/sync" {
            return;
        }
        let plain = zstd::stream::decode_all(letter.body.as_slice()).expect("phones send whole frames");
        let request: SyncRequest = minicbor::decode(&plain).expect("phones send sync requests");
        for change in request.pushes.iter().flat_map(|push| &push.changes) {
            let envelope = &change.envelope;
            let claim = (envelope.doc, envelope.actor, envelope.seq);
            let first = *self.claims.entry(claim).or_insert(envelope.hash);
            if first != envelope.hash && !self.contradictions.contains(&claim) {
                self.contradictions.push(claim);
            }
        }
    }
}
