//! Reading bytes and LEB128 numbers, refusing every form but the shortest: automerge writes no
//! other, and a second form of the same change would have a second hash.

/// A cursor over bytes that somebody else made. Every read is checked.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(super) fn is_done(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.0
    }

    pub(super) fn take(&mut self, len: u64) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(usize::try_from(len).ok()?)?;
        self.0 = rest;
        Some(taken)
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// Bytes with their length before them.
    pub(super) fn prefixed(&mut self) -> Option<&'a [u8]> {
        let len = self.unsigned()?;
        self.take(len)
    }

    pub(super) fn unsigned(&mut self) -> Option<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            let bits = u64::from(byte & 0x7f);
            if shift == 63 && bits > 1 {
                return None;
            }
            value |= bits << shift;
            if byte & 0x80 == 0 {
                return (byte != 0 || shift == 0).then_some(value);
            }
        }
        None
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let mut value = 0_i64;
        let mut previous = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            // The tenth byte holds nothing but the sign.
            if shift == 63 && byte != 0 && byte != 0x7f {
                return None;
            }
            value |= i64::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                let is_negative = byte & 0x40 != 0;
                let repeats_sign = shift > 0
                    && ((byte == 0 && previous & 0x40 == 0) || (byte == 0x7f && previous & 0x40 != 0));
                if repeats_sign {
                    return None;
                }
                if is_negative && shift < 57 {
                    value |= -1 << (shift + 7);
                }
                return Some(value);
            }
            previous = byte;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unsigned(bytes: &[u8]) -> Option<u64> {
        Reader::new(bytes).unsigned()
    }

    fn signed(bytes: &[u8]) -> Option<i64> {
        Reader::new(bytes).signed()
    }

    #[test]
    fn numbers_are_read_at_their_edges() {
        assert_eq!(unsigned(&[0x7f]), Some(127));
        assert_eq!(unsigned(&[0x80, 0x01]), Some(128));
        let max = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
        assert_eq!(unsigned(&max), Some(u64::MAX));
        assert_eq!(signed(&[0x7f]), Some(-1));
        assert_eq!(signed(&[0x40]), Some(-64));
        assert_eq!(signed(&[0xc0, 0x00]), Some(64));
        let min = [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f];
        assert_eq!(signed(&min), Some(i64::MIN));
        let max = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00];
        assert_eq!(signed(&max), Some(i64::MAX));
    }

    #[test]
    fn longer_forms_overflow_and_missing_bytes_are_refused() {
        assert_eq!(unsigned(&[0x81, 0x00]), None);
        assert_eq!(unsigned(&[0xff; 11]), None);
        assert_eq!(unsigned(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02]), None);
        assert_eq!(unsigned(&[0x80]), None);
        assert_eq!(signed(&[0xff, 0x7f]), None);
        assert_eq!(signed(&[0x81, 0x00]), None);
        assert_eq!(signed(&[0xff; 11]), None);
        assert_eq!(Reader::new(&[5, 1, 2]).prefixed(), None);
    }
}
