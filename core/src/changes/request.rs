//! Proof that a request comes from a device, now.

use super::{DeviceKey, DevicePublicKey, Signature};
use crate::model::{DeviceId, Timestamp};
use sha2::{Digest, Sha256};

const PURPOSE: &str = "doorstep-request-v1";

/// What travels beside a request's body, in the header `doorstep-proof` (CBOR, base64url).
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct RequestProof {
    /// Who asks.
    #[n(0)]
    pub device: DeviceId,
    /// The server's time as the device believes it to be (its clock plus the known offset).
    #[n(1)]
    pub time: Timestamp,
    /// Over method, path, body hash and time.
    #[n(2)]
    pub signature: Signature,
}

impl RequestProof {
    /// Widest accepted distance between the proof's time and the server's clock.
    pub const WINDOW_MS: i64 = 60_000;

    /// Signs a request.
    pub fn sign(
        key: &DeviceKey,
        device: DeviceId,
        method: &str,
        path: &str,
        body: &[u8],
        time: Timestamp,
    ) -> Self {
        let signature = key.sign(PURPOSE, &message(device, method, path, body, time));
        Self { device, time, signature }
    }
}

/// Whether a proof is the device's, for exactly this request. The time window is the caller's to check.
pub fn verify_request(
    proof: &RequestProof,
    key: &DevicePublicKey,
    method: &str,
    path: &str,
    body: &[u8],
) -> bool {
    key.verify(PURPOSE, &message(proof.device, method, path, body, proof.time), &proof.signature)
}

fn message(device: DeviceId, method: &str, path: &str, body: &[u8], time: Timestamp) -> Vec<u8> {
    let mut message = Vec::with_capacity(128);
    message.extend_from_slice(device.as_bytes());
    message.extend_from_slice(&time.as_ms().to_be_bytes());
    message.extend_from_slice(&Sha256::digest(body));
    message.extend_from_slice(method.as_bytes());
    message.push(b' ');
    message.extend_from_slice(path.as_bytes());
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Env;

    #[test]
    fn a_proof_fits_one_request_only() {
        let env = Env::system();
        let key = DeviceKey::generate(&env);
        let proof = RequestProof::sign(&key, DeviceId::new(&env), "POST", "/v1/sync", b"body", env.now());
        let fits = |proof: &RequestProof, method: &str, path: &str, body: &[u8]| {
            verify_request(proof, &key.public(), method, path, body)
        };
        assert!(fits(&proof, "POST", "/v1/sync", b"body"));
        assert!(!fits(&proof, "GET", "/v1/sync", b"body"));
        assert!(!fits(&proof, "POST", "/v1/enrol", b"body"));
        assert!(!fits(&proof, "POST", "/v1/sync", b"Body"));
        let later = RequestProof { time: proof.time.plus_ms(1), ..proof.clone() };
        assert!(!fits(&later, "POST", "/v1/sync", b"body"));
        let other = RequestProof { device: DeviceId::new(&env), ..proof };
        assert!(!fits(&other, "POST", "/v1/sync", b"body"));
    }
}
