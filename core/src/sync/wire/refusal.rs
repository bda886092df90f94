//! Why a whole request was turned down.

use crate::model::{Timestamp, codes};

/// Body of every answer that is not 200.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct ErrorBody {
    /// Stable.
    #[n(0)]
    pub code: ErrorCode,
    /// The server's clock (with `clock`).
    #[n(1)]
    pub time: Timestamp,
    /// To name when asking for help (with `internal`).
    #[n(2)]
    pub incident: Option<String>,
}

codes! {
    /// Why a whole request was turned down.
    ErrorCode {
        /// 400: not readable.
        Malformed = "malformed",
        /// 413: larger than a limit.
        TooLarge = "too_large",
        /// 401: no or bad proof.
        Unauthenticated = "unauthenticated",
        /// 401: the proof's time is too far from the server's; `time` helps.
        Clock = "clock",
        /// 401: certified perhaps, but not in this database: repeat with the certificate.
        UnknownDevice = "unknown_device",
        /// 403: the device was revoked.
        Revoked = "revoked",
        /// 403: waits for a supervisor to confirm it (after a restore).
        Unconfirmed = "unconfirmed",
        /// 403: the member may read the entry, but not add to it.
        NotAllowed = "not_allowed",
        /// 404: not there, or not the member's to know.
        NotFound = "not_found",
        /// 422: not what its name says, or not in the form of a photo.
        BadContent = "bad_content",
        /// 410: the code is used, expired or unknown.
        CodeExpired = "code_expired",
        /// 429: too many attempts.
        TooMany = "too_many",
        /// 507: the server has no room; nothing was stored.
        NoRoom = "no_room",
        /// 507: so much of this device's work is set aside that no more of that kind is kept until somebody
        /// in the office has decided about it. Nothing is acknowledged; the phone keeps everything.
        SetAsideFull = "set_aside_full",
        /// 503: busy or stopping; try again.
        Unavailable = "unavailable",
        /// 500: see `incident`.
        Internal = "internal",
    }
}
