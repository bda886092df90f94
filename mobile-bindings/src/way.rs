//! The way to the server, which another thread can close between two requests.

use crate::client::Client;
use crate::failure::ClientError;
use crate::stop::Stop;
use doorstep_core::app::Failure;
use doorstep_core::changes::RequestProof;
use doorstep_core::sync::{Cancel, HttpTransport, Listened, Notice, Reply, Transport, Unreachable};

/// A way to the server that leads nowhere once it is told to stop.
pub(crate) struct Way<'a, T = HttpTransport> {
    stop: &'a Stop,
    server: T,
}

impl Client {
    /// The way to the server that the phone is enrolled with.
    pub(crate) fn way<'a>(&self, stop: &'a Stop) -> Result<Way<'a>, ClientError> {
        let server = self.core.server_to_reach()?;
        Ok(Way { stop, server: HttpTransport::new(&server).map_err(Failure::from)? })
    }
}

impl<T: Transport> Transport for Way<'_, T> {
    fn exchange(&self, path: &str, proof: &RequestProof, body: &[u8]) -> Result<Reply, Unreachable> {
        if self.stop.0.is_cancelled() { Err(Unreachable) } else { self.server.exchange(path, proof, body) }
    }

    fn listen(
        &self,
        path: &str,
        proof: &RequestProof,
        cancel: &Cancel,
        hear: &mut dyn FnMut(Notice) -> bool,
    ) -> Result<Listened, Unreachable> {
        self.server.listen(path, proof, cancel, hear)
    }

    fn may_fetch_ahead(&self) -> bool {
        self.server.may_fetch_ahead()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use doorstep_core::changes::DeviceKey;
    use doorstep_core::env::Env;
    use doorstep_core::model::DeviceId;
    use std::sync::atomic::{AtomicU32, Ordering};

    struct Counting(AtomicU32);

    impl Transport for Counting {
        fn exchange(&self, _: &str, _: &RequestProof, _: &[u8]) -> Result<Reply, Unreachable> {
            self.0.fetch_add(1, Ordering::SeqCst);
            Ok(Reply { status: 200, body: Vec::new() })
        }
    }

    #[test]
    fn nothing_is_sent_once_it_is_stopped() {
        let (env, stop) = (Env::system(), Stop::new());
        let way = Way { stop: &stop, server: Counting(AtomicU32::new(0)) };
        let key = DeviceKey::generate(&env);
        let proof = RequestProof::sign(&key, DeviceId::new(&env), "POST", "/v1/sync", b"", env.now());
        assert!(way.exchange("/v1/sync", &proof, b"").is_ok());
        stop.stop();
        assert_eq!(way.exchange("/v1/sync", &proof, b""), Err(Unreachable));
        assert_eq!(way.server.0.load(Ordering::SeqCst), 1);
    }
}
