//! The server on 127.0.0.1, in this process beside the phones, with the same router as `serve`.

use super::fault::DemoFault;
use crate::router::router;
use crate::server::Server;
use doorstep_core::sync::ServerAddress;
use jiff::tz::TimeZone;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

/// A server that listens.
pub struct Listener {
    address: SocketAddr,
    runtime: Runtime,
    stop: oneshot::Sender<()>,
    answering: tokio::task::JoinHandle<std::io::Result<()>>,
}

impl Listener {
    /// Listens on a port of this machine; 0 takes a free one.
    pub fn start(server: Arc<Server>, port: u16, zone: TimeZone) -> Result<Self, DemoFault> {
        let fault = |source| DemoFault::Port(port, source);
        let socket = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(fault)?;
        socket.set_nonblocking(true).map_err(fault)?;
        let address = socket.local_addr().map_err(fault)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(fault)?;
        let (stop, stopped) = oneshot::channel();
        let app = router(server, zone.clone(), false);
        let answering = runtime.spawn(async move {
            let socket = tokio::net::TcpListener::from_std(socket)?;
            axum::serve(socket, app)
                .with_graceful_shutdown(async {
                    // Whether told to stop or left alone, the end is the same.
                    let _ = stopped.await;
                })
                .await
        });
        Ok(Self { address, runtime, stop, answering })
    }

    /// Where phones and browsers find it.
    pub fn address(&self) -> ServerAddress {
        ServerAddress { url: format!("http://{}", self.address), fingerprint: None }
    }

    /// Answers what is under way and stops.
    pub fn stop(self) {
        let _ = self.stop.send(());
        // A connection that a browser keeps open must not hold the end up.
        let patience = std::time::Duration::from_secs(2);
        let _ = self.runtime.block_on(async { tokio::time::timeout(patience, self.answering).await });
    }
}
