//! The `doorstep` command.

use clap::Parser;
use doorstep_server::cli::Cli;
use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    let filter = std::env::var("DOORSTEP_LOG").unwrap_or_else(|_| cli.default_log().to_owned());
    // automerge can log values at its finest level: it never gets to.
    let filter = EnvFilter::new(format!("{filter},automerge=warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    log.with_ansi(std::io::stderr().is_terminal()).init();
    doorstep_server::log_panics_without_content();
    match cli.run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("doorstep: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}
