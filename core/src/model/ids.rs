//! Identifiers. All are newtypes, so that a case can never be passed where a member is meant.

use crate::env::Env;
use std::fmt;
use std::str::FromStr;

/// Why a text is not an identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier")]
pub struct IdFault;

/// Declares a newtype over `N` bytes with CBOR as a byte string and text as hexadecimal.
macro_rules! bytes_id {
    ($(#[$meta:meta])* $name:ident, $n:literal) => {
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub [u8; $n]);

        impl $name {
            /// The raw bytes.
            pub fn as_bytes(&self) -> &[u8; $n] {
                &self.0
            }

            /// Reads raw bytes of exactly the right length.
            pub fn from_slice(bytes: &[u8]) -> Result<Self, IdFault> {
                bytes.try_into().map(Self).map_err(|_| IdFault)
            }
        }

        impl<C> minicbor::Encode<C> for $name {
            fn encode<W: minicbor::encode::Write>(
                &self,
                e: &mut minicbor::Encoder<W>,
                _: &mut C,
            ) -> Result<(), minicbor::encode::Error<W::Error>> {
                e.bytes(&self.0)?.ok()
            }
        }

        impl<'b, C> minicbor::Decode<'b, C> for $name {
            fn decode(
                d: &mut minicbor::Decoder<'b>,
                _: &mut C,
            ) -> Result<Self, minicbor::decode::Error> {
                Self::from_slice(d.bytes()?)
                    .map_err(|_| minicbor::decode::Error::message("wrong length of an identifier"))
            }
        }
    };
}

/// Declares a UUIDv7 identifier shown in the usual hyphenated form.
macro_rules! uuid_id {
    ($(#[$meta:meta])* $name:ident) => {
        bytes_id!($(#[$meta])* $name, 16);

        impl $name {
            /// A new random identifier (UUIDv7: sortable by the time of its making).
            pub fn new(env: &Env) -> Self {
                let ms = u64::try_from(env.now().as_ms()).unwrap_or(0);
                let random = env.bytes::<10>();
                Self(*uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid().as_bytes())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                uuid::Uuid::from_bytes(self.0).hyphenated().fmt(f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdFault;
            fn from_str(text: &str) -> Result<Self, IdFault> {
                uuid::Uuid::try_parse(text).map(|id| Self(*id.as_bytes())).map_err(|_| IdFault)
            }
        }
    };
}

/// Declares an identifier that is shown in hexadecimal.
macro_rules! hex_id {
    ($(#[$meta:meta])* $name:ident, $n:literal) => {
        bytes_id!($(#[$meta])* $name, $n);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&data_encoding::HEXLOWER.encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self)
            }
        }

        impl FromStr for $name {
            type Err = IdFault;
            fn from_str(text: &str) -> Result<Self, IdFault> {
                let bytes = data_encoding::HEXLOWER.decode(text.as_bytes()).map_err(|_| IdFault)?;
                Self::from_slice(&bytes)
            }
        }
    };
}

uuid_id!(
    /// An organisation: one server's tenant.
    OrgId
);
uuid_id!(
    /// Someone with an account.
    MemberId
);
uuid_id!(
    /// A phone, or the server acting for a member at the console.
    DeviceId
);
uuid_id!(
    /// A team of members with a supervisor.
    TeamId
);
uuid_id!(
    /// A case: one file per person served.
    CaseId
);
uuid_id!(
    /// A document: a case's contact, file or restricted part, or an entry.
    DocId
);
uuid_id!(
    /// A signed action.
    ActionId
);
hex_id!(
    /// Who writes into a document: `SHA-256("doorstep-actor-v1" ‖ device key ‖ incarnation)[..16]`.
    Actor,
    16
);
hex_id!(
    /// Hash of a change, as automerge computes it (SHA-256 over the chunk without magic and checksum).
    Hash,
    32
);
hex_id!(
    /// An attachment by its content: SHA-256 of its bytes.
    AttachmentId,
    32
);
hex_id!(
    /// One database's lineage: new after every restore.
    Epoch,
    16
);

impl AttachmentId {
    /// The name of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(<sha2::Sha256 as sha2::Digest>::digest(bytes).into())
    }
}

impl DocId {
    /// The identifier of a case's part. It follows from the case, so that anybody who knows the
    /// case can ask for it; only the device that opens the case ever creates it.
    pub fn of_case_part(case: CaseId, class: super::Class) -> Self {
        use sha2::{Digest, Sha256};
        let digest = Sha256::new()
            .chain_update(b"doorstep-case-part-v1")
            .chain_update(case.0)
            .chain_update([class.rank()])
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self(*uuid::Builder::from_custom_bytes(bytes).into_uuid().as_bytes())
    }

    /// Whether an identifier has the form of a case's part (UUID version 8). Entries have version 7,
    /// so that none can take the place of a part that is still to come.
    pub fn has_form_of_case_part(&self) -> bool {
        self.0[6] >> 4 == 8
    }
}

/// The frontier of a document: sorted change hashes.
#[derive(Clone, PartialEq, Eq, Hash, Default, Debug, PartialOrd, Ord)]
pub struct Heads(Vec<Hash>);

impl Heads {
    /// A frontier from hashes in any order; duplicates collapse.
    pub fn new(mut hashes: Vec<Hash>) -> Self {
        hashes.sort_unstable();
        hashes.dedup();
        Self(hashes)
    }

    /// The hashes, ascending.
    pub fn as_slice(&self) -> &[Hash] {
        &self.0
    }

    /// Whether there is no change at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<C> minicbor::Encode<C> for Heads {
    fn encode<W: minicbor::encode::Write>(
        &self,
        e: &mut minicbor::Encoder<W>,
        ctx: &mut C,
    ) -> Result<(), minicbor::encode::Error<W::Error>> {
        self.0.encode(e, ctx)
    }
}

impl<'b, C> minicbor::Decode<'b, C> for Heads {
    fn decode(d: &mut minicbor::Decoder<'b>, ctx: &mut C) -> Result<Self, minicbor::decode::Error> {
        Vec::<Hash>::decode(d, ctx).map(Self::new)
    }
}
