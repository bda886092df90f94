//! Files as cameras and attackers make them. All pictures here are drawn by the tests themselves.

use super::*;
use image::{ImageBuffer, Rgb};

/// A picture with enough in it that encoding has something to do.
fn drawn(width: u32, height: u32) -> DynamicImage {
    let shade = |value: u32| u8::try_from(value % 256).unwrap();
    DynamicImage::ImageRgb8(ImageBuffer::from_fn(width, height, |x, y| {
        Rgb([shade(x), shade(y), shade(x * y / 64)])
    }))
}

fn jpeg(width: u32, height: u32) -> Vec<u8> {
    encode(&drawn(width, height), 90)
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    drawn(width, height).write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
    bytes
}

/// A JPEG with one more segment behind its start.
fn with_segment(jpeg: &[u8], marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, content, &jpeg[2..]].concat()
}

/// Exif that says "turned by 90°" and where the picture was taken.
fn exif() -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x01\0".to_vec();
    tiff.extend_from_slice(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    [b"Exif\0\0".as_slice(), &tiff, b"GPS 31.2304 N 121.4737 E"].concat()
}

fn holds(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn a_camera_photo_becomes_upright_small_and_silent_about_where_it_was_taken() {
    let camera = with_segment(&jpeg(4000, 3000), 0xE1, &exif());
    assert!(holds(&camera, b"GPS 31.2304"));
    let photo = prepare(&camera).unwrap();
    assert_eq!((photo.width, photo.height), (1920, 2560), "turned upright");
    assert_eq!(check_frame(&photo.original, PHOTO_EDGE), Ok((1920, 2560)));
    assert_eq!(check_frame(&photo.thumbnail, THUMBNAIL_EDGE), Ok((240, 320)));
    for kept in [&photo.original, &photo.thumbnail] {
        assert!(!holds(kept, b"GPS 31.2304") && !holds(kept, b"Exif\0\0"));
    }
}

#[test]
fn png_is_taken_and_a_small_picture_is_not_made_larger() {
    let photo = prepare(&png(200, 100)).unwrap();
    assert_eq!((photo.width, photo.height), (200, 100));
    assert_eq!(check_frame(&photo.thumbnail, THUMBNAIL_EDGE), Ok((200, 100)));
    let dot = prepare(&png(1, 1)).unwrap();
    assert_eq!((dot.width, dot.height), (1, 1));
    // Long and thin: the shorter edge never becomes nothing.
    let strip = prepare(&png(9000, 2)).unwrap();
    assert_eq!((strip.width, strip.height), (2560, 1));
}

#[test]
fn a_bomb_is_turned_down_by_what_it_claims() {
    // 60,000 × 60,000 pixels would be 10 GB; the files are a few hundred bytes.
    let mut bomb = jpeg(16, 16);
    let sof = bomb.windows(2).position(|window| window == [0xFF, 0xC0]).unwrap();
    bomb[sof + 5..sof + 9].copy_from_slice(&[0xEA, 0x60, 0xEA, 0x60]);
    assert_eq!(prepare(&bomb).err(), Some(PictureFault::TooManyPixels));
    assert_eq!(check_frame(&bomb, PHOTO_EDGE), Err(FrameFault::TooLarge));
    let mut header = Vec::new();
    header.extend_from_slice(&60_000_u32.to_be_bytes());
    header.extend_from_slice(&60_000_u32.to_be_bytes());
    header.extend_from_slice(&[8, 2, 0, 0, 0]);
    let mut bomb = png(16, 16);
    bomb[16..29].copy_from_slice(&header);
    let crc = crc32(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(prepare(&bomb).err(), Some(PictureFault::TooManyPixels));
}

/// As PNG counts it.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, &byte| {
        (0..8).fold(
            crc ^ u32::from(byte),
            |crc, _| {
                if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 }
            },
        )
    })
}

#[test]
fn what_is_no_picture_or_too_large_is_turned_down() {
    for bytes in [&b""[..], b"GIF89a........", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\xFF\xD8\xFF"]
    {
        assert_eq!(prepare(bytes).err(), Some(PictureFault::Unreadable));
    }
    let just = vec![0; SOURCE_BYTES];
    assert_eq!(prepare(&just).err(), Some(PictureFault::Unreadable));
    let over = vec![0; SOURCE_BYTES + 1];
    assert_eq!(prepare(&over).err(), Some(PictureFault::TooLarge));
}

#[test]
fn only_our_own_form_passes_the_frame() {
    let photo = prepare(&jpeg(300, 200)).unwrap().original;
    assert_eq!(check_frame(&photo, PHOTO_EDGE), Ok((300, 200)));
    assert_eq!(check_frame(&photo, 300), Ok((300, 200)));
    assert_eq!(check_frame(&photo, 299), Err(FrameFault::TooLarge));
    for cut in 0..photo.len() {
        assert_eq!(check_frame(&photo[..cut], PHOTO_EDGE), Err(FrameFault::Broken), "cut at {cut}");
    }
    let zip = [photo.as_slice(), b"PK\x03\x04 a file behind the picture"].concat();
    assert_eq!(check_frame(&zip, PHOTO_EDGE), Err(FrameFault::Foreign));
    for (marker, content) in [(0xE1, exif()), (0xFE, b"<script>alert(1)</script>".to_vec())] {
        assert_eq!(
            check_frame(&with_segment(&photo, marker, &content), PHOTO_EDGE),
            Err(FrameFault::Foreign)
        );
    }
    let preview = with_segment(&photo, 0xE0, b"JFIF\0 with a preview of its own behind");
    assert_eq!(check_frame(&preview, PHOTO_EDGE), Err(FrameFault::Foreign));
    assert_eq!(check_frame(&png(20, 20), PHOTO_EDGE), Err(FrameFault::Broken));
}

#[test]
fn encoding_anew_leaves_nothing_of_what_came() {
    let photo = prepare(&jpeg(300, 200)).unwrap().original;
    let smuggled = with_segment(&photo, 0xFE, b"<script>alert(1)</script>");
    let anew = encode_anew(&smuggled).unwrap();
    assert!(!holds(&anew, b"<script>"));
    assert_eq!(check_frame(&anew, PHOTO_EDGE), Ok((300, 200)));
    assert_eq!(encode_anew(b"no picture").err(), Some(PictureFault::Unreadable));
}
