//! Identifiers cross as text: hyphenated for what people may see in a link, hexadecimal for hashes.
//! A text that is none comes back as an invalid `id`, never as a crash.

use crate::failure::ClientError;
use doorstep_core::model::{
    ActionId, AttachmentId, CaseId, DeviceId, DocId, Hash, Heads, MemberId, OrgId, TeamId,
};
use doorstep_core::store::DraftId;

macro_rules! text_ids {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        $(uniffi::custom_type!(
            $(#[$meta])* $name, String, {
                remote,
                lower: |id| id.to_string(),
                try_lift: |text| text.parse().map_err(|_| ClientError::invalid("id", "form").into()),
            }
        );)+
    };
}

text_ids! {
    /// An organisation.
    OrgId,
    /// Someone with an account.
    MemberId,
    /// A phone, or the server acting for a member at the console.
    DeviceId,
    /// A team of members with a supervisor.
    TeamId,
    /// A case: one file per person served.
    CaseId,
    /// A document: a case's part, or an entry.
    DocId,
    /// A signed action.
    ActionId,
    /// A photo by its content.
    AttachmentId,
}

uniffi::custom_type!(
    /// A draft, known to this phone only.
    DraftId, String, {
        remote,
        // The same 16 bytes as every other identifier has, and so the same text.
        lower: |id| DocId(id.0).to_string(),
        try_lift: |text| {
            let id: DocId = text.parse().map_err(|_| ClientError::invalid("id", "form"))?;
            Ok(DraftId(id.0))
        },
    }
);

uniffi::custom_type!(
    /// A version of a document, to be handed back as it came.
    Heads, String, {
        remote,
        lower: |heads| heads.as_slice().iter().map(Hash::to_string).collect::<Vec<_>>().join("."),
        try_lift: |text| {
            let hashes: Result<Vec<Hash>, _> =
                text.split('.').filter(|hash| !hash.is_empty()).map(str::parse).collect();
            Ok(Heads::new(hashes.map_err(|_| ClientError::invalid("heads", "form"))?))
        },
    }
);
