//! The `doorstep` command.

use clap::Parser;
use doorstep_server::cli::Cli;
use tracing_subscriber::EnvFilter;

fn main() -> std::process::ExitCode {
    // automerge can log values at its finest level: it never gets to.
    let filter = std::env::var("DOORSTEP_LOG").unwrap_or_else(|_| "warn,doorstep_server=info".to_owned());
    let filter = EnvFilter::new(format!("{filter},automerge=warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    doorstep_server::log_panics_without_content();
    match Cli::parse().run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("doorstep: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
