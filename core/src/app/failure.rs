//! The one error that screens see: few variants, stable codes, no sentences and no personal data.

use crate::access::Reason;
use crate::courier::SyncFault;
use crate::documents::EditFault;
use crate::store::StoreFault;
use crate::sync::wire::ErrorCode;
use crate::sync::{AddressFault, CallFault, EnrolmentFault};

/// Why a verb did not do what it says. Screens have the sentences.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// The server could not be reached; everything is kept and goes out later.
    #[error("offline")]
    Offline,
    /// The phone is not enrolled, or the server does not take it any more.
    #[error("sign-in needed: {0}")]
    SignInNeeded(&'static str),
    /// The PIN is needed first.
    #[error("locked")]
    Locked,
    /// The member may not.
    #[error("not allowed: {0}")]
    NotAllowed(Reason),
    /// Not on this phone.
    #[error("not found")]
    NotFound,
    /// What was given cannot be used.
    #[error("invalid {field}: {code}")]
    Invalid {
        /// Which field of the form.
        field: String,
        /// Why.
        code: &'static str,
    },
    /// The phone's storage.
    #[error("storage: {0}")]
    Storage(StoreFault),
    /// Something that should not happen, by its code.
    #[error("unexpected: {0}")]
    Unexpected(String),
}

impl Failure {
    /// What was given cannot be used.
    pub fn invalid(field: impl Into<String>, code: &'static str) -> Self {
        Failure::Invalid { field: field.into(), code }
    }
}

impl From<StoreFault> for Failure {
    fn from(fault: StoreFault) -> Self {
        Failure::Storage(fault)
    }
}

impl From<EditFault> for Failure {
    fn from(fault: EditFault) -> Self {
        match fault {
            EditFault::TooLong(field) => Failure::invalid(field.path(), "too_long"),
            EditFault::NotText(field) => Failure::invalid(field.path(), "not_text"),
            EditFault::UnknownContainer(field) => Failure::invalid(field.path(), "unknown_field"),
            EditFault::TooMuch => Failure::invalid("entry", "too_much"),
            EditFault::UnknownBase => Failure::Unexpected("unknown_base".to_owned()),
            EditFault::Refused => Failure::Unexpected("document_refused".to_owned()),
        }
    }
}

impl From<EnrolmentFault> for Failure {
    fn from(fault: EnrolmentFault) -> Self {
        let code = match fault {
            EnrolmentFault::NotACode => "not_a_code",
            EnrolmentFault::Mistyped => "mistyped",
            EnrolmentFault::Address(_) => "address",
        };
        Failure::invalid("code", code)
    }
}

impl From<AddressFault> for Failure {
    fn from(_: AddressFault) -> Self {
        Failure::invalid("code", "address")
    }
}

impl From<SyncFault> for Failure {
    fn from(fault: SyncFault) -> Self {
        match fault {
            SyncFault::NotEnrolled => Failure::SignInNeeded("not_enrolled"),
            SyncFault::Call(fault) => fault.into(),
            SyncFault::Store(fault) => fault.into(),
        }
    }
}

impl From<CallFault> for Failure {
    fn from(fault: CallFault) -> Self {
        match fault {
            CallFault::Unreachable => Failure::Offline,
            CallFault::Refused(ErrorCode::Unavailable | ErrorCode::NoRoom | ErrorCode::TooMany) => {
                Failure::Offline
            }
            CallFault::Refused(ErrorCode::Revoked) => Failure::SignInNeeded("revoked"),
            CallFault::Refused(ErrorCode::UnknownDevice) => Failure::SignInNeeded("unknown_device"),
            CallFault::Refused(ErrorCode::Unconfirmed) => Failure::SignInNeeded("unconfirmed"),
            CallFault::Refused(ErrorCode::NotFound) => Failure::NotFound,
            CallFault::Refused(ErrorCode::CodeExpired) => Failure::invalid("code", "expired"),
            CallFault::Refused(code) => Failure::Unexpected(code.code().to_owned()),
            CallFault::Garbled => Failure::Unexpected("garbled".to_owned()),
        }
    }
}
