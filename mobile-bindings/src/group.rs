//! A group session: logged once without names, credited to each person in their own case.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::model::{CaseId, DocId, Edit, TeamId};
use doorstep_core::store::DraftId;

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
    /// Chooses whose cases a session that is being typed is credited to: a draft of kind
    /// `group_session` in a team's scope.
    pub fn choose_participants(&self, id: DraftId, cases: Vec<CaseId>) -> Result<(), ClientError> {
        Ok(self.core.choose_participants(id, &cases)?)
    }

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
