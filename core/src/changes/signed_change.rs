//! One automerge change with the envelope that says where it belongs and who made it.

use super::{ChangeFault, DeviceKey, DevicePublicKey, Signature};
use crate::model::{Actor, Class, DeviceId, DocId, DocKind, Hash, MemberId, OrgId, Scope};
use sha2::{Digest, Sha256};

const PURPOSE: &str = "doorstep-change-v1";

/// Length of a chunk's magic and checksum, which the hash leaves out.
const UNHASHED: usize = 8;

/// Where a change belongs and who made it. All of it is signed.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct Envelope {
    /// The organisation.
    #[n(0)]
    pub org: OrgId,
    /// Scope of the document.
    #[n(1)]
    pub scope: Scope,
    /// The document.
    #[n(2)]
    pub doc: DocId,
    /// Its class.
    #[n(3)]
    pub class: Class,
    /// Its kind.
    #[n(4)]
    pub kind: DocKind,
    /// Who writes, as automerge knows it.
    #[n(5)]
    pub actor: Actor,
    /// automerge's number of the change within (document, actor), from 1.
    #[n(6)]
    pub seq: u64,
    /// automerge's hash of the change.
    #[n(7)]
    pub hash: Hash,
    /// Who is responsible.
    #[n(8)]
    pub member: MemberId,
    /// On which device.
    #[n(9)]
    pub device: DeviceId,
}

/// A change, its envelope and the device's signature.
#[derive(Debug, Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct SignedChange {
    /// Signed.
    #[n(0)]
    pub envelope: Envelope,
    /// One undeflated automerge change chunk.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
    /// Over the envelope.
    #[n(2)]
    pub signature: Signature,
}

impl SignedChange {
    /// Signs a change.
    pub fn sign(key: &DeviceKey, envelope: Envelope, bytes: Vec<u8>) -> Self {
        let signature = key.sign(PURPOSE, &envelope.message());
        Self { envelope, bytes, signature }
    }

    /// Checks hash and signature without parsing the content.
    pub fn verify(&self, key: &DevicePublicKey) -> Result<(), ChangeFault> {
        if chunk_hash(&self.bytes) != Some(self.envelope.hash) {
            return Err(ChangeFault::Hash);
        }
        if !key.verify(PURPOSE, &self.envelope.message(), &self.signature) {
            return Err(ChangeFault::Signature);
        }
        Ok(())
    }
}

impl Envelope {
    /// Fixed-length form under the signature.
    fn message(&self) -> Vec<u8> {
        let mut message = Vec::with_capacity(160);
        message.extend_from_slice(self.org.as_bytes());
        message.extend_from_slice(&self.scope.to_bytes());
        message.extend_from_slice(self.doc.as_bytes());
        message.push(self.class.rank());
        message.push(self.kind.rank());
        message.extend_from_slice(self.actor.as_bytes());
        message.extend_from_slice(&self.seq.to_be_bytes());
        message.extend_from_slice(self.hash.as_bytes());
        message.extend_from_slice(self.member.as_bytes());
        message.extend_from_slice(self.device.as_bytes());
        message
    }
}

/// automerge's hash of a chunk: SHA-256 over everything behind magic and checksum.
/// Meaningful for an undeflated chunk without trailing bytes only, which the ledger checks apart.
pub fn chunk_hash(chunk: &[u8]) -> Option<Hash> {
    chunk.get(UNHASHED..).map(|hashed| Hash(Sha256::digest(hashed).into()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::env::Env;
    use crate::model::{CaseId, TeamId};

    fn change(key: &DeviceKey) -> SignedChange {
        let env = Env::system();
        let bytes = b"\x85\x6f\x4a\x83....a chunk's content".to_vec();
        let envelope = Envelope {
            org: OrgId::new(&env),
            scope: Scope::Case(CaseId::new(&env)),
            doc: DocId::new(&env),
            class: Class::File,
            kind: DocKind::Entry,
            actor: Actor([7; 16]),
            seq: 1,
            hash: chunk_hash(&bytes).unwrap(),
            member: MemberId::new(&env),
            device: DeviceId::new(&env),
        };
        SignedChange::sign(key, envelope, bytes)
    }

    #[test]
    fn a_signed_change_is_believed_by_its_own_key_only() {
        let env = Env::system();
        let (key, other) = (DeviceKey::generate(&env), DeviceKey::generate(&env));
        let signed = change(&key);
        assert_eq!(signed.verify(&key.public()), Ok(()));
        assert_eq!(signed.verify(&other.public()), Err(ChangeFault::Signature));
    }

    #[test]
    fn every_bit_of_the_content_counts() {
        let key = DeviceKey::generate(&Env::system());
        let signed = change(&key);
        for bit in UNHASHED * 8..signed.bytes.len() * 8 {
            let mut forged = signed.clone();
            forged.bytes[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(forged.verify(&key.public()), Err(ChangeFault::Hash), "bit {bit}");
        }
    }

    #[test]
    fn every_part_of_the_envelope_is_signed() {
        let env = Env::system();
        let key = DeviceKey::generate(&env);
        let signed = change(&key);
        let edits: [fn(&mut Envelope, &Env); 9] = [
            |e, env| e.org = OrgId::new(env),
            |e, _| e.scope = Scope::Team(TeamId(e.scope.case().unwrap().0)),
            |e, env| e.doc = DocId::new(env),
            |e, _| e.class = Class::Contact,
            |e, _| e.kind = DocKind::CaseFile,
            |e, _| e.actor = Actor([8; 16]),
            |e, _| e.seq = 2,
            |e, env| e.member = MemberId::new(env),
            |e, env| e.device = DeviceId::new(env),
        ];
        for edit in edits {
            let mut forged = signed.clone();
            edit(&mut forged.envelope, &env);
            assert_eq!(forged.verify(&key.public()), Err(ChangeFault::Signature));
        }
    }

    #[test]
    fn a_signature_for_one_purpose_is_none_for_another() {
        let key = DeviceKey::generate(&Env::system());
        let signature = key.sign("doorstep-change-v1", b"same words");
        assert!(key.public().verify("doorstep-change-v1", b"same words", &signature));
        assert!(!key.public().verify("doorstep-action-v1", b"same words", &signature));
    }

    #[test]
    fn a_change_survives_the_wire() {
        let signed = change(&DeviceKey::generate(&Env::system()));
        let bytes = minicbor::to_vec(&signed).unwrap();
        assert_eq!(minicbor::decode::<SignedChange>(&bytes).unwrap(), signed);
    }
}
