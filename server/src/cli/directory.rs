//! Members, teams, cases and phones at the command line: what an office needs before anybody can
//! sign in, and afterwards what scripts need.

#![expect(clippy::doc_markdown, reason = "clap shows these comments as they are")]

use super::serve::ListenArgs;
use crate::config::OfficeArgs;
use crate::directory::{self, NewMember};
use crate::serve;
use crate::store::{devices, members, teams};
use anyhow::Context;
use doorstep_core::model::{CaseId, CaseRole, MemberId, Role, TeamId};
use qrcode::QrCode;
use qrcode::render::unicode::Dense1x2;

/// A new member.
#[derive(Debug, clap::Args)]
pub struct AddMemberArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Name as colleagues know it.
    name: String,
    /// worker, mentor, supervisor or admin; may be given more than once.
    #[arg(long, required = true)]
    role: Vec<String>,
    /// Name to sign in with at the console; the password comes from DOORSTEP_PASSWORD.
    #[arg(long)]
    login: Option<String>,
    /// zh or en.
    #[arg(long, default_value = "zh")]
    language: String,
}

/// A member's password.
#[derive(Debug, clap::Args)]
pub struct SetPasswordArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Identifier of the member.
    member: String,
}

/// A new team.
#[derive(Debug, clap::Args)]
pub struct AddTeamArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Its name.
    name: String,
}

/// A member of a team.
#[derive(Debug, clap::Args)]
pub struct JoinTeamArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Identifier of the team.
    team: String,
    /// Identifier of the member.
    member: String,
    /// They supervise it.
    #[arg(long)]
    supervises: bool,
}

/// A member on a case.
#[derive(Debug, clap::Args)]
pub struct AssignArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Identifier of the case.
    case: String,
    /// Identifier of the member.
    member: String,
    /// lead_worker, co_worker or mentor.
    #[arg(long)]
    role: String,
}

/// A member who leaves.
#[derive(Debug, clap::Args)]
pub struct EndMemberArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// Identifier of the member.
    member: String,
}

/// A phone to be enrolled.
#[derive(Debug, clap::Args)]
pub struct InviteArgs {
    #[command(flatten)]
    office: OfficeArgs,
    #[command(flatten)]
    listen: ListenArgs,
    /// Identifier of the member.
    member: String,
}

/// Which phone, and what it shows.
#[derive(Debug, clap::Args)]
pub struct RecoverArgs {
    #[command(flatten)]
    office: OfficeArgs,
    /// The phone, as `list` shows it.
    device: String,
    /// The twelve digits that its member reads to you.
    code: String,
}

pub(super) fn add_member(args: &AddMemberArgs) -> anyhow::Result<()> {
    let server = args.office.open()?;
    let roles: Vec<Role> = args.role.iter().map(|role| Role::from_code(role)).collect();
    let new =
        NewMember { name: &args.name, login: args.login.as_deref(), language: &args.language, roles: &roles };
    let member = directory::add_member(&server, None, &new)?;
    if args.login.is_some() && std::env::var_os("DOORSTEP_PASSWORD").is_some() {
        directory::set_password(&server, None, member, &password()?)?;
    }
    println!("{member}");
    Ok(())
}

pub(super) fn set_password(args: &SetPasswordArgs) -> anyhow::Result<()> {
    Ok(directory::set_password(&*args.office.open()?, None, member(&args.member)?, &password()?)?)
}

pub(super) fn add_team(args: &AddTeamArgs) -> anyhow::Result<()> {
    println!("{}", directory::create_team(&*args.office.open()?, None, &args.name)?);
    Ok(())
}

pub(super) fn join_team(args: &JoinTeamArgs) -> anyhow::Result<()> {
    let team: TeamId = args.team.parse().context("not the identifier of a team")?;
    let server = args.office.open()?;
    Ok(directory::join_team(&server, None, team, member(&args.member)?, args.supervises)?)
}

pub(super) fn assign(args: &AssignArgs) -> anyhow::Result<()> {
    let case: CaseId = args.case.parse().context("not the identifier of a case")?;
    let role = CaseRole::from_code(&args.role);
    Ok(directory::assign(&*args.office.open()?, None, case, member(&args.member)?, &role)?)
}

pub(super) fn end_member(args: &EndMemberArgs) -> anyhow::Result<()> {
    Ok(directory::end_membership(&*args.office.open()?, None, member(&args.member)?)?)
}

pub(super) fn invite(args: &InviteArgs) -> anyhow::Result<()> {
    let server = args.office.open()?;
    let address = serve::public_address(&server, &args.listen.listen()?)?;
    address.check().context("give --url with the name or address at which phones reach the server")?;
    let code = directory::invite(&server, None, member(&args.member)?, address)?.to_text();
    let picture = QrCode::new(&code).context("the code is too long for a picture")?;
    println!("{}\n\n{code}\n", picture.render::<Dense1x2>().quiet_zone(true).build());
    println!("Valid for ten minutes, for one phone.");
    Ok(())
}

pub(super) fn recover(args: &RecoverArgs) -> anyhow::Result<()> {
    let device = args.device.parse().context("not the identifier of a phone")?;
    directory::confirm_recovery(&*args.office.open()?, None, device, &args.code)?;
    println!("Confirmed. The phone gets its key within a day, as soon as it asks again.");
    Ok(())
}

pub(super) fn list(office: &OfficeArgs) -> anyhow::Result<()> {
    let server = office.open()?;
    server.store().read(|tx| {
        for member in members::list(tx)? {
            let roles: Vec<&str> = member.roles.iter().map(Role::code).collect();
            println!("member {} {} ({})", member.id, member.name.reveal(), roles.join(", "));
        }
        for team in teams::list(tx)? {
            println!("team   {} {} ({} members)", team.id, team.name.reveal(), team.members.len());
        }
        for device in devices::list(tx)? {
            println!("phone  {} {} ({})", device.id, device.label.reveal(), device.state.code());
        }
        Ok(())
    })
}

fn member(text: &str) -> anyhow::Result<MemberId> {
    text.parse().context("not the identifier of a member")
}

fn password() -> anyhow::Result<String> {
    std::env::var("DOORSTEP_PASSWORD").context("DOORSTEP_PASSWORD is not set")
}
