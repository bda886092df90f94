//! Changes of the directory: members, teams, assignments, phones. Each is one transaction with its
//! line in the audit, and says to every phone that its directory is another.

mod devices;
mod fault;
mod frozen;
mod leaving;
mod members;
mod password;
mod recovery;
mod teams;
mod template;

pub use devices::{confirm_device, invite, revoke_device};
pub use fault::DirectoryFault;
pub use frozen::{decides_on_frozen, end_frozen, give_back_case, give_back_team};
pub use leaving::end_membership;
pub use members::{NewMember, add_member, is_possible_password, set_password, set_roles};
pub use password::{PASSWORD_LEAST, PASSWORD_LIMIT, hash_password, verify_password};
pub use recovery::confirm_recovery;
pub use teams::{assign, create_team, end_assignment, join_team, leave_team};

pub use template::{Problem, TemplateFault, export_template, import_template};

use crate::StoreFault;
use crate::store::audit::{self, Line};
use doorstep_core::model::{MemberId, Timestamp};
use rusqlite::Connection;

/// One line in the audit: who did what to whom.
fn note(
    tx: &Connection,
    now: Timestamp,
    by: Option<MemberId>,
    verb: &'static str,
    subject: &[u8; 16],
) -> Result<(), StoreFault> {
    audit::add(tx, &Line { time: now, member: by, device: None, verb, subject: Some(subject), detail: None })
}
