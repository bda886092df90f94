//! Drafts: everything typed is kept at every pause. *Later* and *done*.

use crate::client::Client;
use crate::failure::ClientError;
use doorstep_core::app;
use doorstep_core::documents::Fields;
use doorstep_core::model::{CaseId, Class, DocId, Edit, EntryKind, Field, Scope, Timestamp};
use doorstep_core::store::DraftId;

/// A draft as the form shows it.
#[derive(uniffi::Record)]
pub struct DraftView {
    /// Which draft.
    pub id: DraftId,
    /// The entry being edited; none for a new one.
    pub doc: Option<DocId>,
    /// Where it belongs.
    pub scope: Scope,
    /// Its class.
    pub class: Class,
    /// All fields as they would be after saving; what is empty is absent.
    pub fields: Fields,
    /// The fields touched, the one typed into last at the end.
    pub touched: Vec<Field>,
    /// When something was typed last.
    pub updated: Timestamp,
    /// Whether *done* hands the entry in.
    pub will_submit: bool,
    /// Of a group session: whose cases it will be credited to.
    pub participants: Vec<CaseId>,
}

#[uniffi::export]
impl Client {
    /// Begins an entry. Date and start are filled in, and can be changed.
    pub fn start_draft(&self, scope: Scope, class: Class, kind: EntryKind) -> Result<DraftId, ClientError> {
        Ok(self.core.start_draft(scope, class, &kind)?)
    }

    /// Goes on with an entry: the draft that is there, or a new one at its present version.
    pub fn edit_draft_of(&self, doc: DocId) -> Result<DraftId, ClientError> {
        Ok(self.core.edit_draft_of(doc)?)
    }

    /// Keeps what was typed. Each edit holds the whole value of its field.
    pub fn type_into(&self, id: DraftId, edits: Vec<Edit>) -> Result<(), ClientError> {
        Ok(self.core.type_into(id, edits)?)
    }

    /// Notes where the phone is, to about a kilometre; `Invalid`, `location`, `nowhere` for what is no
    /// place. The exact one is never kept.
    pub fn locate(&self, id: DraftId, latitude: f64, longitude: f64) -> Result<(), ClientError> {
        Ok(self.core.locate(id, latitude, longitude)?)
    }

    /// A draft as the form shows it.
    pub fn draft(&self, id: DraftId) -> Result<DraftView, ClientError> {
        Ok(self.core.draft(id)?.into())
    }

    /// All drafts, the one typed into last first.
    pub fn drafts(&self) -> Result<Vec<DraftView>, ClientError> {
        Ok(self.core.drafts()?.into_iter().map(DraftView::from).collect())
    }

    /// *Later*: saves. It syncs; the author and the case's workers see it, the queue does not.
    pub fn save_later(&self, id: DraftId) -> Result<DocId, ClientError> {
        Ok(self.core.save_later(id)?)
    }

    /// *Done*: saves and hands in.
    pub fn save_done(&self, id: DraftId) -> Result<DocId, ClientError> {
        Ok(self.core.save_done(id)?)
    }
}

impl From<app::DraftView> for DraftView {
    fn from(draft: app::DraftView) -> Self {
        let app::DraftView { id, doc, scope, class, fields, touched, updated, will_submit, participants } =
            draft;
        let fields = fields.into_iter().collect();
        Self { id, doc, scope, class, fields, touched, updated, will_submit, participants }
    }
}
