//! One signed call: encode, compress, sign, send, read the answer. Repeats once when the server
//! says that the clock is wrong.

use super::live::{Cancel, LIVE_PATH, Listened, Notice};
use super::transport::{Reply, Transport};
use super::wire::{ErrorBody, ErrorCode, RESPONSE_LIMIT};
use crate::changes::{DeviceKey, RequestProof};
use crate::env::Env;
use crate::model::{DeviceId, Timestamp};
use std::io::Read;

/// zstd level of requests: what a phone sends is small, and its battery matters.
const LEVEL: i32 = 3;

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CallFault {
    /// Not reached; try again later.
    #[error("the server could not be reached")]
    Unreachable,
    /// The server turned the request down.
    #[error("the server answered {}", .0.code())]
    Refused(ErrorCode),
    /// The answer cannot be read.
    #[error("the answer cannot be read")]
    Garbled,
}

/// A caller: who signs, and what it has learnt of the server's clock.
pub struct Call<'a> {
    /// Clock of the device.
    pub env: &'a Env,
    /// Signs.
    pub key: &'a DeviceKey,
    /// Who calls.
    pub device: DeviceId,
    /// Server's time minus device's time, in milliseconds; corrected by a `clock` answer.
    pub offset_ms: i64,
    /// Bytes of bodies sent so far.
    pub bytes_up: u64,
    /// Bytes of bodies received so far.
    pub bytes_down: u64,
    /// Requests answered so far.
    pub round_trips: u32,
}

impl<'a> Call<'a> {
    /// A caller that has not called yet.
    pub fn new(env: &'a Env, key: &'a DeviceKey, device: DeviceId, offset_ms: i64) -> Self {
        Self { env, key, device, offset_ms, bytes_up: 0, bytes_down: 0, round_trips: 0 }
    }

    /// Calls `POST path`.
    pub fn post<Q, A>(&mut self, transport: &dyn Transport, path: &str, request: &Q) -> Result<A, CallFault>
    where
        Q: minicbor::Encode<()>,
        A: for<'b> minicbor::Decode<'b, ()>,
    {
        let plain = minicbor::to_vec(request).expect("writing into memory does not fail");
        let body = zstd::encode_all(&plain[..], LEVEL).expect("compressing into memory does not fail");
        let mut reply = self.send(transport, path, &body)?;
        if let Some(time) = clock_of(&reply) {
            self.offset_ms = time.ms_since(self.env.now());
            reply = self.send(transport, path, &body)?;
        }
        if reply.status == 200 {
            decode(&reply.body)
        } else {
            Err(CallFault::Refused(error_of(&reply)?.code))
        }
    }

    /// Listens to the server's notices; returns when listening has come to its end in good order.
    pub fn listen(
        &mut self,
        transport: &dyn Transport,
        cancel: &Cancel,
        hear: &mut dyn FnMut(Notice) -> bool,
    ) -> Result<(), CallFault> {
        for is_last in [false, true] {
            let time = self.env.now().plus_ms(self.offset_ms);
            let proof = RequestProof::sign(self.key, self.device, "GET", LIVE_PATH, b"", time);
            let reply = match transport.listen(LIVE_PATH, &proof, cancel, hear) {
                Ok(Listened::Ended) => return Ok(()),
                Ok(Listened::Refused(reply)) => reply,
                Err(_) => return Err(CallFault::Unreachable),
            };
            match clock_of(&reply) {
                Some(time) if !is_last => self.offset_ms = time.ms_since(self.env.now()),
                _ => return Err(CallFault::Refused(error_of(&reply)?.code)),
            }
        }
        Ok(())
    }

    fn send(&mut self, transport: &dyn Transport, path: &str, body: &[u8]) -> Result<Reply, CallFault> {
        let time = self.env.now().plus_ms(self.offset_ms);
        let proof = RequestProof::sign(self.key, self.device, "POST", path, body, time);
        self.bytes_up += body.len() as u64;
        let reply = transport.exchange(path, &proof, body).map_err(|_| CallFault::Unreachable)?;
        self.bytes_down += reply.body.len() as u64;
        self.round_trips += 1;
        Ok(reply)
    }
}

fn clock_of(reply: &Reply) -> Option<Timestamp> {
    let error = if reply.status == 401 { error_of(reply).ok()? } else { return None };
    (error.code == ErrorCode::Clock).then_some(error.time)
}

fn error_of(reply: &Reply) -> Result<ErrorBody, CallFault> {
    decode(&reply.body)
}

fn decode<A: for<'b> minicbor::Decode<'b, ()>>(body: &[u8]) -> Result<A, CallFault> {
    let decoder = zstd::Decoder::new(body).map_err(|_| CallFault::Garbled)?;
    let mut plain = Vec::with_capacity(body.len() * 4);
    let limit = RESPONSE_LIMIT as u64 + 1;
    decoder.take(limit).read_to_end(&mut plain).map_err(|_| CallFault::Garbled)?;
    if plain.len() > RESPONSE_LIMIT {
        return Err(CallFault::Garbled);
    }
    minicbor::decode(&plain).map_err(|_| CallFault::Garbled)
}
