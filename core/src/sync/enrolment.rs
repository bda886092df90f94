//! The one-time code that a phone is enrolled with, as a QR picture or typed.

use super::ServerAddress;
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};

const PREFIX: &str = "DOORSTEP1";
/// Longest code in characters.
const TEXT_LIMIT: usize = 800;
const CHECK_BYTES: usize = 3;

/// Why a text is not an enrolment code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentFault {
    /// Something else was scanned or typed.
    #[error("not an enrolment code")]
    NotACode,
    /// A character is wrong or missing.
    #[error("a character of the code is wrong or missing")]
    Mistyped,
    /// It names a server that must not be used.
    #[error(transparent)]
    Address(#[from] super::AddressFault),
}

/// Where to enrol, whom to trust there, and the secret that allows it once.
#[derive(Clone, PartialEq, Eq, minicbor::Encode, minicbor::Decode)]
#[cbor(map)]
pub struct EnrolmentCode {
    /// The server.
    #[n(0)]
    pub server: ServerAddress,
    /// Valid once, for ten minutes.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub secret: [u8; 16],
}

/// Without the secret.
impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EnrolmentCode({})", self.server.url)
    }
}

impl EnrolmentCode {
    /// The text: prefix, then base 32 in groups of five, with a check of three bytes at its end.
    pub fn to_text(&self) -> String {
        let mut bytes = minicbor::to_vec(self).expect("writing into memory does not fail");
        bytes.extend_from_slice(&check(&bytes));
        let body = BASE32_NOPAD.encode(&bytes);
        let mut text = PREFIX.to_owned();
        for group in body.as_bytes().chunks(5) {
            text.push('-');
            text.extend(group.iter().map(|&b| char::from(b)));
        }
        text
    }

    /// Reads a scanned or typed code; case, blanks and hyphens do not matter.
    pub fn parse(text: &str) -> Result<Self, EnrolmentFault> {
        if text.len() > TEXT_LIMIT {
            return Err(EnrolmentFault::NotACode);
        }
        let plain: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let body = plain.strip_prefix(PREFIX).ok_or(EnrolmentFault::NotACode)?;
        let bytes = BASE32_NOPAD.decode(body.as_bytes()).map_err(|_| EnrolmentFault::Mistyped)?;
        let (bytes, found) = bytes
            .split_at_checked(bytes.len().saturating_sub(CHECK_BYTES))
            .ok_or(EnrolmentFault::Mistyped)?;
        if found != check(bytes) {
            return Err(EnrolmentFault::Mistyped);
        }
        let code: Self = minicbor::decode(bytes).map_err(|_| EnrolmentFault::NotACode)?;
        code.server.check()?;
        Ok(code)
    }
}

fn check(bytes: &[u8]) -> [u8; CHECK_BYTES] {
    let digest = Sha256::new().chain_update(b"doorstep-code-v1").chain_update(bytes).finalize();
    [digest[0], digest[1], digest[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> EnrolmentCode {
        let server = ServerAddress { url: "https://10.1.2.3:8443".into(), fingerprint: Some([9; 32]) };
        EnrolmentCode { server, secret: [5; 16] }
    }

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let text = code().to_text();
        assert_eq!(EnrolmentCode::parse(&text), Ok(code()));
        assert_eq!(EnrolmentCode::parse(&format!(" {} ", text.to_lowercase().replace('-', " "))), Ok(code()));
    }

    #[test]
    fn every_mistyped_character_is_noticed() {
        let text = code().to_text();
        for (at, _) in text.char_indices().skip(PREFIX.len()).filter(|(_, c)| *c != '-') {
            let mut typed = text.clone().into_bytes();
            typed[at] = if typed[at] == b'A' { b'B' } else { b'A' };
            let typed = String::from_utf8(typed).unwrap();
            assert_eq!(EnrolmentCode::parse(&typed), Err(EnrolmentFault::Mistyped), "at {at}");
        }
    }

    #[test]
    fn foreign_text_is_no_code() {
        for foreign in ["", "https://example.org", "WIFI:S:office;;", "DOORSTEP2-ABCDE", &"D".repeat(2_000)] {
            assert_eq!(EnrolmentCode::parse(foreign), Err(EnrolmentFault::NotACode), "{foreign}");
        }
        assert_eq!(EnrolmentCode::parse("DOORSTEP1"), Err(EnrolmentFault::Mistyped));
    }
}
