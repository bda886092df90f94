//! An action as it travels: its exact bytes and the device's signature over them.

use super::{ChangeFault, DeviceKey, DevicePublicKey, Signature};
use crate::model::{Action, OrgId};

const PURPOSE: &str = "doorstep-action-v1";

/// An action that can be proved. The body is kept as it was signed, never encoded again.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SignedAction {
    /// CBOR of [`Action`].
    #[cbor(n(0), with = "minicbor::bytes")]
    pub body: Vec<u8>,
    /// Over organisation and body.
    #[n(1)]
    pub signature: Signature,
}

impl SignedAction {
    /// Largest body in bytes.
    pub const BYTES_LIMIT: usize = 16 * 1024;

    /// Signs an action.
    pub fn sign(key: &DeviceKey, org: OrgId, action: &Action) -> Self {
        let body = minicbor::to_vec(action).expect("writing into memory does not fail");
        let signature = key.sign(PURPOSE, &message(org, &body));
        Self { body, signature }
    }

    /// Reads the content without believing it.
    pub fn action(&self) -> Result<Action, ChangeFault> {
        let mut decoder = minicbor::Decoder::new(&self.body);
        let action = decoder.decode().map_err(|_| ChangeFault::Malformed)?;
        if decoder.position() == self.body.len() { Ok(action) } else { Err(ChangeFault::Malformed) }
    }

    /// Checks the signature.
    pub fn verify(&self, key: &DevicePublicKey, org: OrgId) -> Result<(), ChangeFault> {
        if key.verify(PURPOSE, &message(org, &self.body), &self.signature) {
            Ok(())
        } else {
            Err(ChangeFault::Signature)
        }
    }
}

fn message(org: OrgId, body: &[u8]) -> Vec<u8> {
    [org.as_bytes().as_slice(), body].concat()
}
