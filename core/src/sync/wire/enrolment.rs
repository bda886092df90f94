//! How a phone becomes a device of the office, and what a restored office knows it by.

use crate::changes::{DevicePublicKey, Incarnation, SealingKey};
use crate::model::{DeviceId, Epoch, MemberId, OrgId, Timestamp};

/// `POST /v1/enrol`: a new phone presents its one-time code. Not signed by a known device, but by the new key:
/// the proof names the device `00000000-…` and its time is not checked, for the phone may not know the time yet.
/// Asking again with the same key gives the same answer.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct EnrolRequest {
    /// The secret of the one-time code.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub secret: Vec<u8>,
    /// The key that was made on the device.
    #[n(1)]
    pub key: DevicePublicKey,
    /// Its first incarnation.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub incarnation: Incarnation,
    /// A name for lists of devices, e.g. "Redmi 12".
    #[n(3)]
    pub label: String,
}

/// Answer to an enrolment.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Enrolled {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// The device's new identifier.
    #[n(1)]
    pub device: DeviceId,
    /// The member that it belongs to.
    #[n(2)]
    pub member: MemberId,
    /// The present lineage.
    #[n(3)]
    pub epoch: Epoch,
    /// The device's name, key and member, signed by the organisation: proof for a restored server.
    #[n(4)]
    pub certificate: Certificate,
    /// The server's clock.
    #[n(5)]
    pub time: Timestamp,
    /// What the phone wraps its database's key to, so that a wiped keystore loses nothing. None from
    /// an office of an earlier release.
    #[cbor(n(6), default)]
    pub recovery: Option<SealingKey>,
}

/// The organisation's word that a device belongs to a member.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Certificate {
    /// CBOR of [`CertificateBody`], as it was signed.
    #[cbor(n(0), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// By the organisation's key, purpose `doorstep-device-v1`.
    #[n(1)]
    pub signature: crate::changes::Signature,
}

/// What a certificate says.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct CertificateBody {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// The device.
    #[n(1)]
    pub device: DeviceId,
    /// Its member.
    #[n(2)]
    pub member: MemberId,
    /// Its key.
    #[n(3)]
    pub key: DevicePublicKey,
}
