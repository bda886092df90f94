//! A photo as its entry names it: the key and the value of one field of the `attachments` map.

use super::{AttachmentId, Field, Value};

/// Most photos of one entry: more than anyone looks through, and few enough for one form.
pub const PHOTOS_LIMIT: usize = 50;

const CONTAINER: &str = "attachments";

/// A photo of an entry. The field's name is its content's, so the entry's signature covers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Photo {
    /// Names the photo's bytes.
    pub id: AttachmentId,
    /// Names the thumbnail's bytes.
    pub thumbnail: AttachmentId,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// Length of the photo in bytes.
    pub bytes: u32,
    /// Length of the thumbnail in bytes.
    pub thumbnail_bytes: u32,
}

impl Photo {
    /// The field of a photo.
    pub fn field_of(id: AttachmentId) -> Field {
        Field::new(format!("{CONTAINER}.{id}")).expect("hexadecimal digits make a field name")
    }

    /// The value of its field.
    pub fn to_value(&self) -> Value {
        let Self { thumbnail, width, height, bytes, thumbnail_bytes, .. } = self;
        Value::Text(format!("{thumbnail} {width} {height} {bytes} {thumbnail_bytes}"))
    }

    /// Reads a field; none if it is no photo, or of a later kind.
    pub fn read(field: &Field, value: &Value) -> Option<Self> {
        let id = Self::id_in(field)?;
        let mut parts = value.as_text()?.split(' ');
        let thumbnail = parts.next()?.parse().ok()?;
        let mut number = || parts.next()?.parse().ok();
        let [width, height, bytes, thumbnail_bytes] = [number()?, number()?, number()?, number()?];
        Some(Self { id, thumbnail, width, height, bytes, thumbnail_bytes })
    }

    /// The photo that a field is about.
    pub fn id_in(field: &Field) -> Option<AttachmentId> {
        let (CONTAINER, key) = field.split()? else { return None };
        key.parse().ok()
    }

    /// Whether a field is in the container of photos and other attachments.
    pub fn is_field(field: &Field) -> bool {
        matches!(field.split(), Some((CONTAINER, _)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_reads_back_and_a_later_kind_is_no_photo() {
        let id = AttachmentId::of(b"photo");
        let thumbnail = AttachmentId::of(b"thumbnail");
        let photo =
            Photo { id, thumbnail, width: 2560, height: 1920, bytes: 812_345, thumbnail_bytes: 9_876 };
        let field = Photo::field_of(id);
        assert_eq!(Photo::read(&field, &photo.to_value()), Some(photo));
        assert_eq!(Photo::read(&field, &Value::Text("voice note".into())), None);
        assert_eq!(Photo::read(&Field::known("outcome"), &photo.to_value()), None);
    }
}
