//! The list of cases, one case, a new case.

use crate::client::Client;
use crate::directory::CaseGrant;
use crate::failure::ClientError;
use doorstep_core::app::{self, EntryListRow, NewCase};
use doorstep_core::documents::Fields;
use doorstep_core::model::{self, CaseId, CaseKind, Class, Edit, Field, FieldShape, PartSummary, TeamId};

/// A part of a case in one row.
#[uniffi::remote(Record)]
pub struct PartSummary {
    /// 化名: the default name on every shared screen.
    pub pseudonym: String,
    /// Other names to search by.
    pub names: Vec<String>,
    /// How and where to reach the person, in short.
    pub reach: String,
    /// Safety notes, in short.
    pub safety: String,
    /// Code of the stage.
    pub stage: String,
    /// Code of the risk level.
    pub risk: String,
    /// The family is the focus of the plan: `met_family_only` counts as met.
    pub family_focus: bool,
}

/// A case in the list.
#[derive(uniffi::Record)]
pub struct CaseRow {
    /// Which case, its kind, the member's part in it.
    pub grant: CaseGrant,
    /// What the list shows of the contact part.
    pub part: PartSummary,
    /// Whole days since the person was last met; none if never, or if this reader cannot see all entries.
    pub days_since_met: Option<i32>,
    /// Whether this reader sees every entry, so that "never met" means what it says.
    pub sees_every_entry: bool,
}

/// A case opened.
#[derive(uniffi::Record)]
pub struct CaseView {
    /// Its row.
    pub row: CaseRow,
    /// The parts that this member may read and the phone has.
    pub parts: Vec<CasePart>,
    /// Its entries, latest first.
    pub timeline: Vec<EntryListRow>,
}

/// One part of a case.
#[derive(uniffi::Record)]
pub struct CasePart {
    /// Its class.
    pub class: Class,
    /// Everything that is set.
    pub fields: Fields,
}

/// How a field of a part is typed.
#[uniffi::remote(Enum)]
pub enum FieldShape {
    /// A few words.
    Line,
    /// Running text.
    Prose,
    /// A day, as `2026-11-23`.
    Day,
    /// Yes or not.
    Flag,
    /// A code that rules set, not people who type.
    Code,
}

/// A field of a part.
#[derive(uniffi::Record)]
pub struct PartField {
    /// Its name.
    pub field: Field,
    /// How it is typed.
    pub shape: FieldShape,
}

/// The fields of a part of a case, in the order in which people read it.
#[uniffi::export]
pub fn part_fields(class: Class) -> Vec<PartField> {
    let named = |model::PartField { path, shape }: &model::PartField| {
        Field::new(*path).ok().map(|field| PartField { field, shape: *shape })
    };
    model::part_fields(class).iter().filter_map(named).collect()
}

/// What a new case begins with.
#[uniffi::remote(Record)]
pub struct NewCase {
    /// The team that it belongs to.
    pub team: TeamId,
    /// Why there is a case.
    pub kind: CaseKind,
    /// Whether the person is a minor at acceptance.
    pub minor: bool,
    /// Fields of the contact part; `pseudonym` is required.
    pub contact: Vec<Edit>,
    /// Fields of the file.
    pub file: Vec<Edit>,
    /// Fields of the restricted part.
    pub restricted: Vec<Edit>,
}

#[uniffi::export]
impl Client {
    /// All cases on this phone, by pseudonym.
    pub fn case_list(&self) -> Result<Vec<CaseRow>, ClientError> {
        Ok(self.core.case_list()?.into_iter().map(CaseRow::from).collect())
    }

    /// One case.
    pub fn case(&self, case: CaseId) -> Result<CaseView, ClientError> {
        let app::CaseView { row, parts, timeline } = self.core.case(case)?;
        let part = |(class, fields)| CasePart { class, fields };
        Ok(CaseView { row: row.into(), parts: parts.into_iter().map(part).collect(), timeline })
    }

    /// Opens a case; this phone's member leads it.
    pub fn open_case(&self, new: NewCase) -> Result<CaseId, ClientError> {
        Ok(self.core.open_case(&new)?)
    }
}

impl From<app::CaseRow> for CaseRow {
    fn from(row: app::CaseRow) -> Self {
        let app::CaseRow { grant, part, days_since_met, sees_every_entry } = row;
        Self { grant: grant.into(), part, days_since_met, sees_every_entry }
    }
}
