//! The form that [`super::prepare`] gives a photo, checked segment by segment without decoding.
//!
//! Whatever else a JPEG may carry (places, times, comments, previews, other files behind its end) has
//! no room in this form, so nobody can slip it past, and what claims to be huge is turned down by the
//! few bytes that claim it.

/// Why bytes are not a photo in our form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FrameFault {
    /// Not a JPEG, or it breaks off.
    #[error("not a whole JPEG")]
    Broken,
    /// Larger along an edge than allowed.
    #[error("too many pixels")]
    TooLarge,
    /// Something beside the picture.
    #[error("holds more than a picture")]
    Foreign,
}

const SOI: u8 = 0xD8;
const EOI: u8 = 0xD9;
const APP0: u8 = 0xE0;
const DQT: u8 = 0xDB;
const SOF0: u8 = 0xC0;
const DHT: u8 = 0xC4;
const SOS: u8 = 0xDA;
const JFIF: &[u8] = b"JFIF\0";
/// Length of JFIF's segment without an embedded preview.
const JFIF_LENGTH: usize = 14;

/// Checks that bytes are one baseline JPEG of at most `edge` pixels along each edge, with nothing
/// else in it or behind it; returns its width and height.
pub fn check_frame(bytes: &[u8], edge: u32) -> Result<(u32, u32), FrameFault> {
    let mut rest = bytes.strip_prefix(&[0xFF, SOI]).ok_or(FrameFault::Broken)?;
    let mut size = None;
    loop {
        let [0xFF, marker, high, low, behind @ ..] = rest else { return Err(FrameFault::Broken) };
        let length = usize::from(u16::from_be_bytes([*high, *low]));
        let length = length.checked_sub(2).ok_or(FrameFault::Broken)?;
        let (segment, behind) = behind.split_at_checked(length).ok_or(FrameFault::Broken)?;
        match *marker {
            APP0 if segment.starts_with(JFIF) && length == JFIF_LENGTH => {}
            DQT | DHT => {}
            SOF0 if size.is_none() => size = Some(read_size(segment, edge)?),
            SOS => {
                let size = size.ok_or(FrameFault::Broken)?;
                return check_scan(behind).map(|()| size);
            }
            _ => return Err(FrameFault::Foreign),
        }
        rest = behind;
    }
}

fn read_size(segment: &[u8], edge: u32) -> Result<(u32, u32), FrameFault> {
    let [8, high, low, wide, narrow, ..] = segment else { return Err(FrameFault::Broken) };
    let height = u32::from(u16::from_be_bytes([*high, *low]));
    let width = u32::from(u16::from_be_bytes([*wide, *narrow]));
    match (width.min(height), width.max(height)) {
        (0, _) => Err(FrameFault::Broken),
        (_, longer) if longer > edge => Err(FrameFault::TooLarge),
        _ => Ok((width, height)),
    }
}

/// The picture's own data: up to the end mark, which must be the last two bytes.
fn check_scan(data: &[u8]) -> Result<(), FrameFault> {
    let mut at = 0;
    while let Some(found) = data[at..].iter().position(|&byte| byte == 0xFF) {
        match data.get(at + found + 1) {
            // A byte of the data that happens to be 0xFF.
            Some(0) => at += found + 2,
            Some(&EOI) if at + found + 2 == data.len() => return Ok(()),
            Some(_) => return Err(FrameFault::Foreign),
            None => break,
        }
    }
    Err(FrameFault::Broken)
}
