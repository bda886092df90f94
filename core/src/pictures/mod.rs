//! Photos as they are kept: decoded within limits, turned upright, made smaller, and encoded anew.
//!
//! What leaves [`prepare`] holds the picture and nothing else: no place, no time, no camera, and none
//! of the bytes that came in. What arrives from elsewhere is held to exactly that form by
//! [`check_frame`], without decoding it.

mod frame;

pub use frame::{FrameFault, check_frame};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Largest file that is looked at, in bytes: more than phones' cameras make.
pub const SOURCE_BYTES: usize = 32 * 1024 * 1024;
/// Most pixels that are decoded. They take three or four bytes each in memory.
pub const SOURCE_PIXELS: u64 = 50_000_000;
/// Longest edge of a kept photo in pixels: a page of text stays readable.
pub const PHOTO_EDGE: u32 = 2560;
/// Longest edge of a thumbnail in pixels.
pub const THUMBNAIL_EDGE: u32 = 320;
/// Largest kept photo in bytes.
pub const PHOTO_BYTES: usize = 4 * 1024 * 1024;
/// Largest thumbnail in bytes.
pub const THUMBNAIL_BYTES: usize = 128 * 1024;

/// Qualities tried until a photo fits; the first does for all but noise.
const PHOTO_QUALITY: [u8; 3] = [82, 65, 40];
const THUMBNAIL_QUALITY: u8 = 72;
/// What decoding may take in memory, beside the picture itself.
const WORKING_BYTES: u64 = 64 * 1024 * 1024;

/// Why a file is not taken as a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PictureFault {
    /// The file is larger than [`SOURCE_BYTES`].
    #[error("file too large")]
    TooLarge,
    /// It claims more than [`SOURCE_PIXELS`].
    #[error("too many pixels")]
    TooManyPixels,
    /// Neither JPEG nor PNG, or broken.
    #[error("not a picture that can be read")]
    Unreadable,
}

/// A photo ready to be kept. Both are JPEG.
#[derive(Clone, PartialEq, Eq)]
pub struct Prepared {
    /// At most [`PHOTO_EDGE`] along its longer edge.
    pub original: Vec<u8>,
    /// At most [`THUMBNAIL_EDGE`].
    pub thumbnail: Vec<u8>,
    /// Width of the original in pixels.
    pub width: u32,
    /// Height of the original in pixels.
    pub height: u32,
}

/// Makes a photo of a camera's or a gallery's file.
pub fn prepare(source: &[u8]) -> Result<Prepared, PictureFault> {
    if source.len() > SOURCE_BYTES {
        return Err(PictureFault::TooLarge);
    }
    // Decoders are written with care, but not by us, and the file may come from anywhere.
    catch_unwind(AssertUnwindSafe(|| prepare_within(source))).unwrap_or(Err(PictureFault::Unreadable))
}

/// The same picture, encoded anew: what a browser is shown.
pub fn encode_anew(jpeg: &[u8]) -> Result<Vec<u8>, PictureFault> {
    let anew = || Ok(encode(&decode(jpeg)?, PHOTO_QUALITY[0]));
    catch_unwind(AssertUnwindSafe(anew)).unwrap_or(Err(PictureFault::Unreadable))
}

fn prepare_within(source: &[u8]) -> Result<Prepared, PictureFault> {
    let picture = shrink(decode(source)?, PHOTO_EDGE);
    let mut original = Vec::new();
    for quality in PHOTO_QUALITY {
        original = encode(&picture, quality);
        if original.len() <= PHOTO_BYTES {
            break;
        }
    }
    let (width, height) = (picture.width(), picture.height());
    let thumbnail = encode(&shrink(picture, THUMBNAIL_EDGE), THUMBNAIL_QUALITY);
    let fits = original.len() <= PHOTO_BYTES && thumbnail.len() <= THUMBNAIL_BYTES;
    if fits { Ok(Prepared { original, thumbnail, width, height }) } else { Err(PictureFault::TooLarge) }
}

/// Decodes, upright. What the file claims to be is held to the limits before any pixel is made.
fn decode(source: &[u8]) -> Result<DynamicImage, PictureFault> {
    let unreadable = |_| PictureFault::Unreadable;
    let mut reader =
        ImageReader::new(Cursor::new(source)).with_guessed_format().map_err(|_| PictureFault::Unreadable)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(PictureFault::Unreadable);
    }
    // Ours is the check below, which says why; this holds what decoding takes beside the pixels.
    reader.no_limits();
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > SOURCE_PIXELS {
        return Err(PictureFault::TooManyPixels);
    }
    let mut limits = Limits::default();
    limits.max_alloc = Some(decoder.total_bytes() + WORKING_BYTES);
    decoder.set_limits(limits).map_err(unreadable)?;
    let upright = decoder.orientation().map_err(unreadable)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(unreadable)?;
    picture.apply_orientation(upright);
    if picture.width() == 0 || picture.height() == 0 { Err(PictureFault::Unreadable) } else { Ok(picture) }
}

fn shrink(picture: DynamicImage, edge: u32) -> DynamicImage {
    if picture.width().max(picture.height()) > edge { picture.thumbnail(edge, edge) } else { picture }
}

fn encode(picture: &DynamicImage, quality: u8) -> Vec<u8> {
    let picture = picture.to_rgb8();
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, quality)
        .encode(&picture, picture.width(), picture.height(), ExtendedColorType::Rgb8)
        .expect("writing into memory does not fail, and both edges are within JPEG's limit");
    jpeg
}

#[cfg(test)]
mod tests;
