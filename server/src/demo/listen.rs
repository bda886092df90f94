//! The server on 127.0.0.1, in this process beside the phones: `serve` as it is.

use super::fault::DemoFault;
use crate::serve::{Listen, ServeFault, serve};
use crate::server::Server;
use doorstep_core::sync::ServerAddress;
use jiff::tz::TimeZone;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, mpsc};
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// A connection that a browser keeps open must not hold the end up for longer.
const PATIENCE: Duration = Duration::from_secs(2);

/// A server that listens.
pub struct Listener {
    address: SocketAddr,
    runtime: Runtime,
    stop: oneshot::Sender<()>,
    answering: tokio::task::JoinHandle<Result<(), ServeFault>>,
}

impl Listener {
    /// Listens on a port of this machine; 0 takes a free one.
    pub fn start(server: Arc<Server>, port: u16, zone: TimeZone) -> Result<Self, DemoFault> {
        let builder = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
        let runtime = builder.map_err(|source| DemoFault::Listen(port, source.into()))?;
        let (stop, stopped) = oneshot::channel();
        let (tell, told) = mpsc::channel();
        let listen = Listen { address: (Ipv4Addr::LOCALHOST, port).into(), plain: true, zone, url: None };
        let stopped = async {
            // Whether told to stop or left alone, the end is the same.
            let _ = stopped.await;
        };
        let ready = move |address| {
            // Whoever waits for the address is still there when it comes.
            let _ = tell.send(address);
        };
        let answering = runtime.spawn(serve(server, listen, stopped, ready));
        let Ok(address) = told.recv() else {
            let fault = match runtime.block_on(answering) {
                Ok(Err(fault)) => fault,
                _ => ServeFault::Io(std::io::ErrorKind::Other.into()),
            };
            return Err(DemoFault::Listen(port, fault));
        };
        Ok(Self { address, runtime, stop, answering })
    }

    /// Where phones and browsers find it.
    pub fn address(&self) -> ServerAddress {
        ServerAddress { url: format!("http://{}", self.address), fingerprint: None }
    }

    /// Answers what is under way and stops.
    pub fn stop(self) {
        let _ = self.stop.send(());
        let _ = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, self.answering).await });
    }
}
