//! The command line. Each command opens the office, does one thing and says what it did.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

mod directory;
mod records;
mod serve;
mod template;

use crate::config::OfficeArgs;
use crate::demo::DemoArgs;
use clap::{Parser, Subcommand};

/// Field visits recorded offline, synced and reviewed.
///
/// Secrets come from the environment or from files, never from arguments:
/// DOORSTEP_MASTER_KEY (64 hexadecimal digits) or DOORSTEP_PASSPHRASE opens the office,
/// DOORSTEP_PASSWORD sets a member's password. DOORSTEP_LOG sets what is logged, e.g. "info" or "warn".
#[derive(Debug, Parser)]
#[command(name = "doorstep", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve phones and the console.
    Serve(serve::ServeArgs),
    /// A sample office, the real server and three real phones on this machine.
    Demo(DemoArgs),
    /// Add a member. With --login and DOORSTEP_PASSWORD they can sign in at the console.
    AddMember(directory::AddMemberArgs),
    /// Set a member's console password from DOORSTEP_PASSWORD.
    SetPassword(directory::SetPasswordArgs),
    /// Make a team.
    AddTeam(directory::AddTeamArgs),
    /// Put a member into a team.
    JoinTeam(directory::JoinTeamArgs),
    /// Give a case to a member.
    Assign(directory::AssignArgs),
    /// Ends a membership: cases, teams, phones and sign-in. Let their phones synchronise before.
    EndMember(directory::EndMemberArgs),
    /// Print a one-time code for a member's phone, as a QR picture and as text; valid for ten minutes.
    Invite(directory::InviteArgs),
    /// The questions of the entry forms: write them into a file, take an edited file in.
    #[command(subcommand)]
    Template(template::TemplateVerb),
    /// Let a phone have its database's key again, by the code that it shows.
    Recover(directory::RecoverArgs),
    /// List members, teams and phones with their identifiers.
    List(OfficeArgs),
    /// Work every document out again from the signed log and compare.
    Rebuild(records::RebuildArgs),
    /// Prove the log: signatures, references, running hash; load every document; check both databases.
    Verify(OfficeArgs),
    /// Copy both databases into an empty folder while the server goes on.
    Backup(records::BackupArgs),
    /// Put a backup into an empty data folder, under a new lineage.
    Restore(records::RestoreArgs),
}

impl Cli {
    /// What is logged if nothing else is asked for: requests while serving, trouble otherwise.
    pub fn default_log(&self) -> &'static str {
        if matches!(self.command, Command::Serve(_)) { "warn,doorstep_server=info" } else { "warn" }
    }

    /// Does what was asked; an error is for the person at the terminal.
    pub fn run(self) -> anyhow::Result<()> {
        match self.command {
            Command::Serve(args) => serve::serve(&args),
            Command::Demo(args) => serve::demo(&args),
            Command::AddMember(args) => directory::add_member(&args),
            Command::SetPassword(args) => directory::set_password(&args),
            Command::AddTeam(args) => directory::add_team(&args),
            Command::JoinTeam(args) => directory::join_team(&args),
            Command::Assign(args) => directory::assign(&args),
            Command::EndMember(args) => directory::end_member(&args),
            Command::Invite(args) => directory::invite(&args),
            Command::Template(verb) => template::run(&verb),
            Command::Recover(args) => directory::recover(&args),
            Command::List(args) => directory::list(&args),
            Command::Rebuild(args) => records::rebuild(&args),
            Command::Verify(args) => records::verify(&args),
            Command::Backup(args) => records::backup(&args),
            Command::Restore(args) => records::restore(&args),
        }
    }
}
