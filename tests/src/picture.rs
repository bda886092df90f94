//! Pictures for tests, drawn here: nothing was photographed.

use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageBuffer, Rgb};

/// A camera's JPEG of this size; another seed is another picture.
///
/// # Panics
/// If an edge is longer than JPEG allows.
pub fn camera(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let shade = |value: u32| (value % 256) as u8;
    let picture = ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([shade(x + 7 * seed), shade(y * (1 + seed % 3)), shade(x * y / 64 + seed)])
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode(&picture, width, height, ExtendedColorType::Rgb8)
        .expect("both edges are within JPEG's limit");
    jpeg
}

/// A JPEG that does not compress: as large as its size allows.
///
/// # Panics
/// If an edge is longer than JPEG allows.
pub fn noise(width: u32, height: u32, seed: u64) -> Vec<u8> {
    let mut state = seed | 1;
    let picture = ImageBuffer::from_fn(width, height, |_, _| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        Rgb([(state >> 33) as u8, (state >> 41) as u8, (state >> 49) as u8])
    });
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, 90)
        .encode(&picture, width, height, ExtendedColorType::Rgb8)
        .expect("both edges are within JPEG's limit");
    jpeg
}
