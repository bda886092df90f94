//! The one error that crosses: stable codes, no sentences, no personal data.

use doorstep_core::access::Reason;
use doorstep_core::app::Failure;
use doorstep_core::store::StoreFault;

/// Why a verb did not do what it says. Screens have the sentences, by variant, field and code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, uniffi::Error)]
pub enum ClientError {
    /// The server could not be reached; everything is kept and goes out later.
    #[error("offline")]
    Offline,
    /// `not_enrolled`, `never_synced`, `revoked`, `unknown_device`, `unconfirmed`.
    #[error("sign-in needed: {code}")]
    SignInNeeded {
        /// Why.
        code: String,
    },
    /// The PIN is needed first.
    #[error("locked")]
    Locked,
    /// `not_assigned`, `class`, `shape`, `role`, `not_author`, `unknown_action`.
    #[error("not allowed: {code}")]
    NotAllowed {
        /// Why.
        code: String,
    },
    /// Not on this phone.
    #[error("not found")]
    NotFound,
    /// What was given cannot be used.
    #[error("invalid {field}: {code}")]
    Invalid {
        /// Which field of the form.
        field: String,
        /// Why.
        code: String,
    },
    /// `no_room`, `wrong_key`, `damaged`, `newer`, `sqlite_<number>`.
    #[error("storage: {code}")]
    Storage {
        /// What is wrong with it.
        code: String,
    },
    /// Something that should not happen, by its code.
    #[error("unexpected: {code}")]
    Unexpected {
        /// What.
        code: String,
    },
}

impl ClientError {
    /// What was given cannot be used.
    pub(crate) fn invalid(field: &str, code: &str) -> Self {
        Self::Invalid { field: field.to_owned(), code: code.to_owned() }
    }
}

impl From<Failure> for ClientError {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Offline => Self::Offline,
            Failure::SignInNeeded(code) => Self::SignInNeeded { code: code.to_owned() },
            Failure::Locked => Self::Locked,
            Failure::NotAllowed(reason) => Self::NotAllowed { code: reason_code(reason).to_owned() },
            Failure::NotFound => Self::NotFound,
            Failure::Invalid { field, code } => Self::Invalid { field, code: code.to_owned() },
            Failure::Storage(fault) => Self::Storage { code: storage_code(fault) },
            Failure::Unexpected(code) => Self::Unexpected { code },
        }
    }
}

fn reason_code(reason: Reason) -> &'static str {
    match reason {
        Reason::NotAssigned => "not_assigned",
        Reason::Class => "class",
        Reason::Shape => "shape",
        Reason::Role => "role",
        Reason::NotAuthor => "not_author",
        Reason::UnknownAction => "unknown_action",
    }
}

fn storage_code(fault: StoreFault) -> String {
    match fault {
        StoreFault::NoRoom => "no_room".to_owned(),
        StoreFault::WrongKey => "wrong_key".to_owned(),
        StoreFault::Damaged => "damaged".to_owned(),
        StoreFault::Newer => "newer".to_owned(),
        StoreFault::Sqlite(number) => format!("sqlite_{number}"),
    }
}
