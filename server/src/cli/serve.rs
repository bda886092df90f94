//! `serve` and `demo`: what runs until it is told to stop.

use crate::config::OfficeArgs;
use crate::demo::{self, DemoArgs};
use crate::serve::{self, Listen};
use anyhow::Context;
use doorstep_core::sync::ServerAddress;
use jiff::tz::TimeZone;
use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc;

/// How to serve.
#[derive(Debug, Clone, clap::Args)]
pub struct ServeArgs {
    #[command(flatten)]
    office: OfficeArgs,
    #[command(flatten)]
    pub(super) listen: ListenArgs,
}

/// Where to listen.
#[derive(Debug, Clone, clap::Args)]
pub struct ListenArgs {
    /// Address and port.
    #[arg(long, env = "DOORSTEP_LISTEN", default_value = "0.0.0.0:7443")]
    pub address: SocketAddr,
    /// Without TLS; for loopback addresses only (behind a proxy on this machine, or for tests).
    #[arg(long, env = "DOORSTEP_PLAIN")]
    pub plain: bool,
    /// Time zone of the office, e.g. Asia/Shanghai; the machine's own if left out.
    #[arg(long, env = "DOORSTEP_ZONE")]
    pub zone: Option<String>,
    /// Address at which phones reach the server, e.g. https://office.example:7443.
    #[arg(long, env = "DOORSTEP_URL")]
    pub url: Option<String>,
}

impl ListenArgs {
    /// Checked.
    pub fn listen(&self) -> anyhow::Result<Listen> {
        let zone = match &self.zone {
            Some(name) => TimeZone::get(name).map_err(|_| anyhow::anyhow!("no such time zone: {name}"))?,
            None => TimeZone::system(),
        };
        if let Some(url) = &self.url {
            // Its fingerprint comes from the server; here only what a person typed is looked at.
            let fingerprint = (!self.plain).then_some([0; 32]);
            let address = ServerAddress { url: url.clone(), fingerprint };
            address.check().context("--url is not an address at which phones reach this server")?;
        }
        Ok(Listen { address: self.address, plain: self.plain, zone, url: self.url.clone() })
    }
}

pub(super) fn serve(args: &ServeArgs) -> anyhow::Result<()> {
    let listen = args.listen.listen()?;
    let server = args.office.open()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(serve::serve(Arc::clone(&server), listen, serve::asked_to_stop(), |address| {
        // For whoever started it; a log may go elsewhere.
        println!("listening on {address}");
        tracing::info!(%address, "listening");
    }))?;
    // What the write-ahead log holds goes into the database, so that a copy of the file is whole.
    server.store().with_writer(|sql| sql.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())))?;
    tracing::info!("stopped");
    Ok(())
}

pub(super) fn demo(args: &DemoArgs) -> anyhow::Result<()> {
    let (stop, stopped) = mpsc::channel();
    std::thread::spawn(move || {
        if let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() {
            runtime.block_on(serve::asked_to_stop());
            // The demo may have ended by itself.
            let _ = stop.send(());
        }
    });
    // A reader that has gone away (`doorstep demo | head`) is no reason to break off.
    Ok(demo::run(args, &stopped, &mut |line| drop(writeln!(std::io::stdout(), "{line}")))?)
}
