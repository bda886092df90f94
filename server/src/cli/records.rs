//! `rebuild`, `verify`, `backup`, `restore`.

use crate::config::OfficeArgs;
use crate::jobs;
use doorstep_core::env::Env;
use std::path::PathBuf;

/// What to rebuild.
#[derive(Debug, clap::Args)]
pub struct RebuildArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Write what differs; without it nothing is changed.
    #[arg(long)]
    repair: bool,
}

/// Where to back up to.
#[derive(Debug, clap::Args)]
pub struct BackupArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// An empty folder; made if absent.
    target: PathBuf,
}

/// What to restore.
#[derive(Debug, clap::Args)]
pub struct RestoreArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// The backup's folder.
    backup: PathBuf,
}

pub(super) fn rebuild(args: &RebuildArgs) -> anyhow::Result<()> {
    let report = args.office.open()?.rebuild_documents(args.repair)?;
    println!(
        "{} documents in the log, {} differ, {} stray",
        report.documents, report.differing, report.stray
    );
    if report.differing + report.stray > 0 && !args.repair {
        anyhow::bail!("the stored documents are not what the log says; --repair writes them again");
    }
    Ok(())
}

pub(super) fn verify(office: &OfficeArgs) -> anyhow::Result<()> {
    let server = office.open()?;
    server.check_files()?;
    let rows = server.verify_log()?;
    let report = server.rebuild_documents(false)?;
    let photos = server.verify_attachments()?;
    println!(
        "{rows} rows of the log proven, {} documents loaded and compared, {photos} pictures proven",
        report.documents
    );
    if report.differing + report.stray > 0 {
        anyhow::bail!("{} documents differ from the log, {} are stray", report.differing, report.stray);
    }
    Ok(())
}

pub(super) fn backup(args: &BackupArgs) -> anyhow::Result<()> {
    let position = jobs::backup(&*args.office.open()?, &args.office.master_key()?, &args.target)?;
    println!(
        "everything up to position {position} is in the backup; the master key is not: keep it elsewhere"
    );
    Ok(())
}

pub(super) fn restore(args: &RestoreArgs) -> anyhow::Result<()> {
    let key = args.office.master_key_of_backup(&args.backup)?;
    let report = jobs::restore(&args.backup, &args.office.data, &key, &Env::system())?;
    println!("restored up to position {}, under a new lineage.", report.position);
    println!("Phones offer again what the backup does not have. What was granted, ended or revoked");
    println!("after the backup is not in it. As of the backup:\n");
    for member in &report.members {
        println!("{} ({})", member.name.reveal(), member.id);
        for (case, role) in &member.cases {
            println!("  may work on case {case} as {}", role.code());
        }
        for (team, supervises) in &member.teams {
            println!("  {} team {}", if *supervises { "supervises" } else { "is in" }, team.reveal());
        }
        for phone in &member.phones {
            println!("  phone {} ({}): {}", phone.label.reveal(), phone.id, phone.state.code());
        }
    }
    println!("\nPlease end what was taken away since, and revoke phones that were lost since.");
    println!(
        "What phones hold beyond this is listed in the console under \"After the restore\", as they sync."
    );
    Ok(())
}
