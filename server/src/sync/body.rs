//! Bodies: one zstd frame around CBOR, never expanded beyond a limit.

use doorstep_core::sync::wire::ErrorCode;
use std::io::Read;
use std::sync::{Mutex, PoisonError};
use zstd::bulk::Compressor;

/// As phones compress; more costs time on both sides and gains little on pages of this size.
const LEVEL: i32 = 3;

/// Expands a body of at most `limit` bytes.
pub fn expand(body: &[u8], limit: usize) -> Result<Vec<u8>, ErrorCode> {
    if body.len() > limit {
        return Err(ErrorCode::TooLarge);
    }
    let decoder = zstd::stream::read::Decoder::with_buffer(body).map_err(|_| ErrorCode::Malformed)?;
    read_within(decoder.single_frame(), limit)
}

/// Reads to the end, and no further than one byte beyond `limit`.
fn read_within(reader: impl Read, limit: usize) -> Result<Vec<u8>, ErrorCode> {
    let mut bytes = Vec::new();
    reader.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|_| ErrorCode::Malformed)?;
    if bytes.len() > limit { Err(ErrorCode::TooLarge) } else { Ok(bytes) }
}

/// Compressors that rest. Making one costs more than compressing a small answer.
static RESTING: Mutex<Vec<Compressor<'static>>> = Mutex::new(Vec::new());
/// Most that rest: each holds about a megabyte.
const RESTING_LIMIT: usize = 4;

/// Compresses an answer.
pub fn compress(message: &impl minicbor::Encode<()>) -> Vec<u8> {
    let bytes = minicbor::to_vec(message).expect("writing into memory does not fail");
    let resting = || RESTING.lock().unwrap_or_else(PoisonError::into_inner);
    let rested = resting().pop();
    let mut compressor = match rested {
        Some(compressor) => compressor,
        None => Compressor::new(LEVEL).expect("the level is one of zstd's"),
    };
    let body = compressor.compress(&bytes).expect("compressing in memory does not fail");
    let mut resting = resting();
    if resting.len() < RESTING_LIMIT {
        resting.push(compressor);
    }
    body
}

/// Reads a message that fills its body exactly.
pub fn decode<T: for<'b> minicbor::Decode<'b, ()>>(bytes: &[u8]) -> Result<T, ErrorCode> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let message = decoder.decode().map_err(|_| ErrorCode::Malformed)?;
    if decoder.position() == bytes.len() { Ok(message) } else { Err(ErrorCode::Malformed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_not_expanded() {
        let bomb = zstd::bulk::compress(&vec![0; 50_000_000], LEVEL).unwrap();
        assert!(bomb.len() < 10_000);
        assert_eq!(expand(&bomb, 1_000_000), Err(ErrorCode::TooLarge));
    }

    #[test]
    fn what_has_no_end_is_read_no_further_than_its_limit() {
        struct Endless {
            read: usize,
        }
        impl Read for Endless {
            fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
                self.read += buffer.len();
                assert!(self.read < 1_000_000, "read on and on");
                Ok(buffer.len())
            }
        }
        assert_eq!(read_within(Endless { read: 0 }, 100_000), Err(ErrorCode::TooLarge));
    }

    #[test]
    fn a_body_beyond_the_limit_is_not_looked_at() {
        let mut body = zstd::bulk::compress(&[7; 100], LEVEL).unwrap();
        body.resize(1001, 0);
        assert_eq!(expand(&body, 1000), Err(ErrorCode::TooLarge));
    }

    #[test]
    fn the_limit_itself_is_allowed() {
        let body = zstd::bulk::compress(&[7; 1000], LEVEL).unwrap();
        assert_eq!(expand(&body, 1000).unwrap(), vec![7; 1000]);
        assert_eq!(expand(&body, 999), Err(ErrorCode::TooLarge));
    }

    #[test]
    fn half_a_frame_is_malformed() {
        let body = zstd::bulk::compress(&[7; 1000], LEVEL).unwrap();
        for cut in 0..body.len() {
            assert_eq!(expand(&body[..cut], 10_000), Err(ErrorCode::Malformed), "cut at {cut}");
        }
    }
}
