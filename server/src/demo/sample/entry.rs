//! Entries of the sample, and the day that the demo tells.

use super::told::{Said, Told};
use super::when::When;
use serde::Deserialize;
use std::collections::BTreeMap;

/// One entry, as short as it can be written: what is usual for its kind is left out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SampleEntry {
    pub when: When,
    /// The author; the lead worker of the case if absent.
    pub by: Option<String>,
    #[serde(default)]
    pub also: Vec<String>,
    /// Whose file it is in; given by the name of the sample file in the history.
    pub case: Option<String>,
    /// For what belongs to a team.
    pub team: Option<String>,
    /// Who took part in a group session.
    #[serde(default)]
    pub cases: Vec<String>,
    #[serde(default)]
    pub kind: String,
    pub class: Option<String>,
    pub outcome: Option<String>,
    pub place: Option<String>,
    #[serde(rename = "where")]
    pub place_note: Option<Said>,
    pub mode: Option<String>,
    pub met: Option<Said>,
    #[serde(rename = "with")]
    pub accompanied_by: Option<Said>,
    #[serde(default)]
    pub card: bool,
    #[serde(default)]
    pub leaflet: bool,
    pub message: Option<Said>,
    #[serde(default)]
    pub crisis: bool,
    pub amount: Option<i64>,
    pub source: Option<String>,
    pub receipt: Option<String>,
    pub served: Option<String>,
    pub text: Option<Said>,
    #[serde(default)]
    pub answers: BTreeMap<String, Told>,
    pub next: Option<Said>,
    /// Days from the entry to the next step.
    pub due: Option<i32>,
    /// What became of it in review; approved on the next working day if absent.
    pub review: Option<Review>,
    /// Why it was withdrawn.
    pub withdraw: Option<String>,
    /// The right case, to which it was copied.
    pub copy_to: Option<String>,
    /// What the author adds if the supervisor hands it back.
    pub correction: Option<Said>,
}

/// What became of an entry in review.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Review {
    /// Still in the queue.
    Word(Waiting),
    Steps(Vec<Step>),
}

/// The word for an entry that nobody has looked at yet.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Waiting {
    Waiting,
}

/// One step of a review.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
pub enum Step {
    Return {
        #[serde(rename = "return")]
        reason: String,
        #[serde(default)]
        about: Vec<String>,
    },
    Resubmit {
        /// Added to the narrative.
        resubmit: String,
        #[serde(default)]
        set: BTreeMap<String, String>,
        replace: Option<(String, String)>,
    },
    Approve {
        approve: String,
    },
    /// By the supervisor.
    Comment {
        comment: String,
    },
    /// By the author, who also resolves the remark.
    Reply {
        reply: String,
    },
    /// An edit by the author after approval.
    Amend {
        amend: String,
    },
}

/// The day that the demo tells.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Day {
    pub joint_visit: SampleEntry,
    pub joint_edits: Vec<JointEdit>,
    pub visit_met: SampleEntry,
    pub not_home: SampleEntry,
    pub check_in: SampleEntry,
    pub session: SampleEntry,
    pub group: SampleEntry,
    pub fallback_correction: Said,
}

/// What one of two workers does to the visit that they made together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JointEdit {
    pub by: String,
    pub mood: String,
    /// Where the text goes in.
    pub after: Said,
    pub insert: Said,
}
