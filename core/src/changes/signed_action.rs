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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Env;
    use crate::model::{ActionId, ActionKind, CaseId, Class, DeviceId, DocId, Heads, MemberId, Scope};

    fn approval(env: &Env) -> Action {
        Action {
            id: ActionId::new(env),
            scope: Scope::Case(CaseId::new(env)),
            subject: DocId::new(env),
            class: Class::File,
            kind: ActionKind::Approve,
            heads: Heads::default(),
            fields: Vec::new(),
            reason: "看过了".into(),
            after: Vec::new(),
            member: MemberId::new(env),
            device: DeviceId::new(env),
            time: env.now(),
            target: None,
            opening: None,
        }
    }

    #[test]
    fn an_action_reads_back_as_it_was_signed() {
        let env = Env::system();
        let (key, org) = (DeviceKey::generate(&env), OrgId::new(&env));
        let action = approval(&env);
        let signed = SignedAction::sign(&key, org, &action);
        assert_eq!(signed.verify(&key.public(), org), Ok(()));
        assert_eq!(signed.action(), Ok(action));
    }

    #[test]
    fn an_action_of_one_organisation_is_none_of_another() {
        let env = Env::system();
        let key = DeviceKey::generate(&env);
        let signed = SignedAction::sign(&key, OrgId::new(&env), &approval(&env));
        assert_eq!(signed.verify(&key.public(), OrgId::new(&env)), Err(ChangeFault::Signature));
    }

    #[test]
    fn bytes_behind_an_action_are_refused() {
        let env = Env::system();
        let key = DeviceKey::generate(&env);
        let mut signed = SignedAction::sign(&key, OrgId::new(&env), &approval(&env));
        signed.body.push(0);
        assert_eq!(signed.action(), Err(ChangeFault::Malformed));
    }

    #[test]
    fn an_action_of_a_newer_release_keeps_its_kind() {
        let env = Env::system();
        let key = DeviceKey::generate(&env);
        let action = Action { kind: ActionKind::Unknown("waive".into()), ..approval(&env) };
        let signed = SignedAction::sign(&key, OrgId::new(&env), &action);
        assert_eq!(signed.action().unwrap().kind.code(), "waive");
    }
}
