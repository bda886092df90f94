//! The command line: `doorstep demo`.

use anyhow::Result;
use clap::{Parser, Subcommand};
use doorstep_server::demo::{self, DemoArgs};
use std::io::Write;
use std::sync::mpsc;

/// Sync server and review console for field visits (走访).
#[derive(Parser)]
#[command(name = "doorstep", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Show the whole way on this machine: a sample office, its server, and three phones.
    Demo(DemoArgs),
}

fn main() -> Result<()> {
    match Cli::parse().command {
        Command::Demo(args) => run_demo(&args),
    }
}

fn run_demo(args: &DemoArgs) -> Result<()> {
    let (stop, stopped) = mpsc::channel();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::spawn(move || {
        // Ctrl-C ends the watching; whoever listens may have gone already.
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            let _ = stop.send(());
        }
    });
    // A reader that has gone away (`doorstep demo | head`) is no reason to break off.
    demo::run(args, &stopped, &mut |line| drop(writeln!(std::io::stdout(), "{line}")))?;
    Ok(())
}
