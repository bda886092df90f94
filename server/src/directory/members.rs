//! Members: who has an account, in which roles, and how they sign in.

use super::password::{PASSWORD_LEAST, PASSWORD_LIMIT, hash_password};
use super::{DirectoryFault, note};
use crate::StoreFault;
use crate::server::Server;
use crate::store::members::{self, Member};
use crate::store::teams;
use doorstep_core::model::{MemberId, Role};
use rusqlite::Connection;

/// Longest name or sign-in name, in characters.
const NAME_LIMIT: usize = 60;
/// A member to be added.
#[derive(Debug, Clone)]
pub struct NewMember<'a> {
    /// Name as colleagues know it.
    pub name: &'a str,
    /// Name to sign in with at the console; none for members who only use a phone.
    pub login: Option<&'a str>,
    /// `zh` or `en`.
    pub language: &'a str,
    /// In the organisation.
    pub roles: &'a [Role],
}

/// Adds a member.
pub fn add_member(
    server: &Server,
    by: Option<MemberId>,
    new: &NewMember<'_>,
) -> Result<MemberId, DirectoryFault> {
    let name = checked("name", new.name)?;
    let login = new.login.map(|login| checked("sign-in name", login)).transpose()?;
    check_roles(new.roles)?;
    if !["zh", "en"].contains(&new.language) {
        return Err(DirectoryFault::Invalid("language", "zh or en"));
    }
    let (id, now) = (MemberId::new(server.env()), server.env().now());
    server.store().write(|tx| {
        if let Some(login) = login
            && members::find_by_login(tx, login)?.is_some()
        {
            return Err(DirectoryFault::LoginTaken);
        }
        members::add(tx, id, name, login, new.language, new.roles, now)?;
        note(tx, now, by, "add_member", id.as_bytes())?;
        Ok(id)
    })
}

/// Replaces a member's roles. Who is no supervisor any more supervises no team any more either; the
/// last administrator stays one, or nobody could undo it.
pub fn set_roles(
    server: &Server,
    by: Option<MemberId>,
    member: MemberId,
    roles: &[Role],
) -> Result<(), DirectoryFault> {
    check_roles(roles)?;
    let now = server.env().now();
    server.store().write(|tx| {
        let found = members::find(tx, member)?.ok_or(DirectoryFault::NotFound("member"))?;
        if !roles.contains(&Role::Admin) && is_only_admin(tx, &found)? {
            return Err(DirectoryFault::LastAdmin);
        }
        members::set_roles(tx, member, roles)?;
        for (team, supervises) in teams::of_member(tx, member)? {
            if supervises && !roles.contains(&Role::Supervisor) {
                teams::join(tx, team, member, false)?;
            }
        }
        Ok(note(tx, now, by, "set_roles", member.as_bytes())?)
    })
}

/// Whether nobody could administer the office without this member.
pub(super) fn is_only_admin(tx: &Connection, member: &Member) -> Result<bool, StoreFault> {
    let is_admin = |one: &Member| one.ended.is_none() && one.roles.contains(&Role::Admin);
    Ok(is_admin(member) && !members::list(tx)?.iter().any(|one| one.id != member.id && is_admin(one)))
}

fn check_roles(roles: &[Role]) -> Result<(), DirectoryFault> {
    if roles.is_empty() || roles.iter().any(|role| !role.is_known()) {
        return Err(DirectoryFault::Invalid("role", "at least one that this release knows"));
    }
    Ok(())
}

/// Sets a member's password for the console.
pub fn set_password(
    server: &Server,
    by: Option<MemberId>,
    member: MemberId,
    password: &str,
) -> Result<(), DirectoryFault> {
    if !is_possible_password(password) {
        return Err(DirectoryFault::Invalid("password", "at least 10 characters, and not too long"));
    }
    let (hash, now) = (hash_password(server.env(), password), server.env().now());
    server.store().write(|tx| {
        let found = members::find(tx, member)?.ok_or(DirectoryFault::NotFound("member"))?;
        if found.login.is_none() {
            return Err(DirectoryFault::Invalid("member", "has no sign-in name"));
        }
        members::set_password(tx, member, &hash)?;
        Ok(note(tx, now, by, "set_password", member.as_bytes())?)
    })
}

/// Whether a password may be set: long enough, and not so long that hashing it is work.
pub fn is_possible_password(password: &str) -> bool {
    password.chars().count() >= PASSWORD_LEAST && password.len() <= PASSWORD_LIMIT
}

fn checked<'a>(what: &'static str, text: &'a str) -> Result<&'a str, DirectoryFault> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > NAME_LIMIT || text.chars().any(char::is_control) {
        return Err(DirectoryFault::Invalid(what, "one to 60 printable characters"));
    }
    Ok(text)
}
