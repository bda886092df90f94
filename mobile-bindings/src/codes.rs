//! Code sets. A code that this release does not know keeps its text, and screens say "needs a newer app".

use doorstep_core::casework::NextStep;
use doorstep_core::model::{
    ActionKind, CaseKind, CaseRole, CaseStage, ContactMode, EntryKind, Outcome, PlaceKind, ReviewState, Role,
};
use doorstep_core::store::AttentionKind;

/// Mirrors code sets, with their stable text for fields and back.
macro_rules! code_sets {
    ($($(#[$meta:meta])* $name:ident($code:ident, $of:ident, $all:ident) { $($variant:ident,)+ })+) => {
        $(
            $(#[$meta])*
            #[uniffi::remote(Enum)]
            pub enum $name {
                $($variant,)+
                Unknown(#[uniffi(name = "code")] String),
            }

            /// The stable text, as fields hold it.
            #[uniffi::export]
            pub fn $code(value: $name) -> String {
                value.code().to_owned()
            }

            /// Reads the stable text; never fails.
            #[uniffi::export]
            pub fn $of(code: &str) -> $name {
                $name::from_code(code)
            }

            /// All that this release knows, in the order of the screens.
            #[uniffi::export]
            pub fn $all() -> Vec<$name> {
                $name::ALL.to_vec()
            }
        )+
    };
}

code_sets! {
    /// What an entry records.
    EntryKind(entry_kind_code, entry_kind_of, entry_kinds) {
        HomeVisit, SchoolVisit, CommunityVisit, Interview, PhoneContact, OnlineContact, MentorCheckIn,
        MentorSession, GroupSession, CaseConference, CrisisEvent, Aid, DocumentServed, SupervisionSession,
        Note,
    }
    /// How a contact came out.
    Outcome(outcome_code, outcome_of, outcomes) {
        Met, MetFamilyOnly, NotHome, Refused, MovedAway, WrongAddress, Postponed, Cancelled,
    }
    /// Where a contact took place.
    PlaceKind(place_kind_code, place_kind_of, place_kinds) {
        Home, School, Workplace, JusticeOffice, Committee, Office, Outdoors, Other,
    }
    /// How a contact was made.
    ContactMode(contact_mode_code, contact_mode_of, contact_modes) {
        InPerson, Phone, Video, Message,
    }
    /// Where an entry stands with its supervisor.
    ReviewState(review_state_code, review_state_of, review_states) {
        Draft, Submitted, Returned, Resubmitted, Approved, Amended, Withdrawn,
    }
    /// What to propose after an attempt.
    NextStep(next_step_code, next_step_of, next_steps) {
        AnotherTime, AnotherMode, WaitForCall, AgreeWithFamily, KeepNewDate, FindAddress, Consultation,
    }
    /// What an action does.
    ActionKind(action_kind_code, action_kind_of, action_kinds) {
        OpenCase, Submit, Return, Resubmit, Approve, Comment, Resolve, Withdraw,
    }
    /// Why there is a case.
    CaseKind(case_kind_code, case_kind_of, case_kinds) {
        CommunityCorrection, Released, ConditionalNonProsecution, AtThreshold, Marginal, Other,
    }
    /// Where a case stands.
    CaseStage(case_stage_code, case_stage_of, case_stages) {
        Referred, Intake, Assessment, Applied, Open, Closing, Closed, FollowUp, Paused, Declined,
    }
    /// What a member may do in the organisation.
    Role(role_code, role_of, roles) {
        Worker, Mentor, Supervisor, Admin,
    }
    /// What a member is in one case's team.
    CaseRole(case_role_code, case_role_of, case_roles) {
        LeadWorker, CoWorker, Mentor,
    }
    /// Why a person should look.
    AttentionKind(attention_kind_code, attention_kind_of, attention_kinds) {
        CaseEnded, SavedAgain, NotTaken, HandedOver, ServerRestored, PhoneRestored, NeedsNewer,
    }
}

/// Whether an entry of this kind records an attempt to be in contact, and so has an outcome.
#[uniffi::export]
pub fn is_contact(kind: EntryKind) -> bool {
    kind.is_contact()
}

/// Whether a mentor may write one.
#[uniffi::export]
pub fn is_open_to_mentors(kind: EntryKind) -> bool {
    kind.is_open_to_mentors()
}

/// Whether a supervisor has something to do.
#[uniffi::export]
pub fn is_waiting_for_review(state: ReviewState) -> bool {
    state.is_waiting()
}
