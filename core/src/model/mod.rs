//! Plain types of the field: identifiers, codes, records. No input or output; constructors check.
//!
//! Every code set keeps what it does not know ([`codes!`]), so that an older phone can carry
//! a newer colleague's record without losing anything.

mod action;
mod case;
mod code;
mod directory;
mod entry;
mod field;
mod ids;
mod location;
mod member;
mod part;
mod photo;
mod private;
mod scope;
mod summary;
mod template;
mod time;

pub use action::{Action, ActionKind, Opening, ReviewState};
pub use case::{CaseKind, CaseStage};
pub use directory::{CaseGrant, Colleague, Directory, DirectoryTeam, Grant};
pub use entry::{ContactMode, EntryKind, Outcome, PlaceKind};
pub use field::{Edit, Field, FieldFault, Value};
pub use ids::{
    ActionId, Actor, AttachmentId, CaseId, DeviceId, DocId, Epoch, Hash, Heads, IdFault, MemberId, OrgId,
    TeamId,
};
pub use location::rough_location;
pub use member::{CaseRole, Role};
pub use part::{FieldShape, PartField, part_fields};
pub use photo::{PHOTOS_LIMIT, Photo};
pub use private::Private;
pub use scope::{Class, DocKind, Scope};
pub use summary::{EntrySummary, PartSummary, SUMMARY_VERSION, Summary};
pub use template::{AnswerKind, Choice, Question, Template, starter as starter_template};
pub use time::{Date, TimeFault, TimeOfDay, Timestamp};

pub(crate) use code::codes;
