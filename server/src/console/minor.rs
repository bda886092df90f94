//! Every reading of a minor's record leaves a line in the audit.

use super::fault::Fault;
use crate::server::Server;
use crate::store::audit::{self, Line};
use doorstep_core::model::{DocId, MemberId, Timestamp};

/// Notes that a member read a document of a minor's case at the console. A page whose reading cannot
/// be noted is not shown.
pub fn note_reading(server: &Server, member: MemberId, now: Timestamp, doc: DocId) -> Result<(), Fault> {
    let line = Line {
        time: now,
        member: Some(member),
        device: Some(server.console_device()),
        verb: "read_minor",
        subject: Some(doc.as_bytes()),
        detail: None,
    };
    server.store().write::<_, Fault>(|tx| Ok(audit::add(tx, &line)?))
}
