//! A group session: logged once without names, credited to each person in their own case.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::model::{CaseId, DocId, Edit, TeamId};

/// What a group session became.
#[derive(uniffi::Record)]
pub struct GroupSession {
    /// The team's entry.
    pub session: DocId,
    /// Each participant's share, in the order given.
    pub shares: Vec<DocId>,
}

#[uniffi::export]
impl Client {
    /// Records a session of a team with its participants' cases, and hands all of it in.
    /// `edits` describe the session; they must not name anybody.
    pub fn record_group_session(
        &self,
        team: TeamId,
        edits: Vec<Edit>,
        cases: Vec<CaseId>,
    ) -> Result<GroupSession, ClientError> {
        let (session, shares) = self.core.record_group_session(team, &edits, &cases)?;
        Ok(GroupSession { session, shares })
    }
}
