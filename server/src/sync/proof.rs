//! Who asks, and that they ask now.

use super::Refusal;
use crate::server::Server;
use crate::store::devices::{self, Device, DeviceState};
use crate::store::members;
use data_encoding::BASE64URL_NOPAD;
use doorstep_core::changes::{DevicePublicKey, RequestProof, verify_request};
use doorstep_core::model::MemberId;
use doorstep_core::sync::wire::{Certificate, CertificateBody, ErrorCode};
use rusqlite::Connection;

/// Longest header that could be a proof.
const HEADER_LIMIT: usize = 512;
/// Purpose of the organisation's signature under a certificate.
pub const CERTIFICATE_PURPOSE: &str = "doorstep-device-v1";

/// Reads the header.
pub fn read(header: Option<&str>) -> Result<RequestProof, ErrorCode> {
    let header = header.filter(|header| header.len() <= HEADER_LIMIT).ok_or(ErrorCode::Unauthenticated)?;
    let bytes = BASE64URL_NOPAD.decode(header.as_bytes()).map_err(|_| ErrorCode::Unauthenticated)?;
    super::body::decode(&bytes).map_err(|_| ErrorCode::Unauthenticated)
}

/// Whether the proof's time is now.
pub fn check_time(server: &Server, proof: &RequestProof) -> Result<(), ErrorCode> {
    let distance = server.env().now().as_ms().saturating_sub(proof.time.as_ms()).saturating_abs();
    if distance > RequestProof::WINDOW_MS { Err(ErrorCode::Clock) } else { Ok(()) }
}

/// A request's device and member, proven.
pub struct Caller {
    /// The device.
    pub device: Device,
    /// Its member.
    pub member: MemberId,
}

/// Checks the proof against the device that it names. An unconfirmed device passes; the caller decides.
pub fn check(
    tx: &Connection,
    proof: &RequestProof,
    (method, path): (&str, &str),
    body: &[u8],
) -> Result<Caller, Refusal> {
    let device = devices::find(tx, proof.device)?.ok_or(ErrorCode::UnknownDevice)?;
    let member = device.member.ok_or(ErrorCode::Unauthenticated)?;
    if !verify_request(proof, &device.key, method, path, body) {
        return Err(ErrorCode::Unauthenticated.into());
    }
    if device.state == DeviceState::Revoked || !members::is_present(tx, member)? {
        return Err(ErrorCode::Revoked.into());
    }
    Ok(Caller { device, member })
}

/// What a certificate says, if the organisation signed it.
pub fn read_certificate(server: &Server, certificate: &Certificate) -> Result<CertificateBody, ErrorCode> {
    let key: DevicePublicKey = server.vault().signing().public();
    if !key.verify(CERTIFICATE_PURPOSE, &certificate.body, &certificate.signature) {
        return Err(ErrorCode::UnknownDevice);
    }
    let body: CertificateBody =
        super::body::decode(&certificate.body).map_err(|_| ErrorCode::UnknownDevice)?;
    if body.org == server.org() { Ok(body) } else { Err(ErrorCode::UnknownDevice) }
}

/// The organisation's word that a device belongs to a member.
pub fn certify(server: &Server, device: &Device, member: MemberId) -> Certificate {
    let body = CertificateBody { org: server.org(), device: device.id, member, key: device.key };
    let body = minicbor::to_vec(body).expect("writing into memory does not fail");
    let signature = server.vault().signing().sign(CERTIFICATE_PURPOSE, &body);
    Certificate { body, signature }
}
