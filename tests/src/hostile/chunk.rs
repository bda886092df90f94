//! An automerge change chunk taken apart, so that a test can lie in any part of it and still get
//! length, checksum and hash right.
//!
//! Layout: magic · checksum · type · length · dependencies · actor · sequence · first operation ·
//! time · message · other actors · columns · column data · extra bytes.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Chunk type of an undeflated change.
pub const CHANGE: u8 = 1;
/// Chunk type of a deflated change.
pub const DEFLATED: u8 = 2;

/// One column of operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Column id and type.
    pub spec: u64,
    /// Run-length encoded values.
    pub data: Vec<u8>,
}

/// The parts of a change chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// Hashes of the changes it builds on.
    pub deps: Vec<[u8; 32]>,
    /// Who writes.
    pub actor: Vec<u8>,
    /// The actor's number of the change.
    pub seq: u64,
    /// Counter of the first operation.
    pub start_op: u64,
    /// Seconds.
    pub time: i64,
    /// Free text (here: the member).
    pub message: Vec<u8>,
    /// Other actors that operations refer to.
    pub others: Vec<Vec<u8>>,
    /// Operations by column.
    pub columns: Vec<Column>,
    /// What a later format may add.
    pub extra: Vec<u8>,
}

impl Chunk {
    /// Takes a well-formed undeflated change apart.
    ///
    /// # Panics
    /// If it is not one.
    pub fn parse(bytes: &[u8]) -> Self {
        assert_eq!(bytes[..4], MAGIC, "not a chunk");
        assert_eq!(bytes[8], CHANGE, "not an undeflated change");
        let mut reader = Reader(&bytes[9..]);
        let length = reader.size();
        assert_eq!(length, reader.0.len(), "trailing bytes");
        let deps = (0..reader.size()).map(|_| reader.array()).collect();
        let actor = reader.prefixed();
        let (seq, start_op, time) = (reader.unsigned(), reader.unsigned(), reader.signed());
        let message = reader.prefixed();
        let others = (0..reader.size()).map(|_| reader.prefixed()).collect();
        let headers: Vec<(u64, usize)> =
            (0..reader.size()).map(|_| (reader.unsigned(), reader.size())).collect();
        let columns =
            headers.into_iter().map(|(spec, size)| Column { spec, data: reader.take(size) }).collect();
        Self { deps, actor, seq, start_op, time, message, others, columns, extra: reader.0.to_vec() }
    }

    /// The body behind type and length.
    pub fn body(&self) -> Vec<u8> {
        let mut body = Vec::new();
        put_unsigned(&mut body, self.deps.len() as u64);
        self.deps.iter().for_each(|dep| body.extend_from_slice(dep));
        put_prefixed(&mut body, &self.actor);
        put_unsigned(&mut body, self.seq);
        put_unsigned(&mut body, self.start_op);
        put_signed(&mut body, self.time);
        put_prefixed(&mut body, &self.message);
        put_unsigned(&mut body, self.others.len() as u64);
        self.others.iter().for_each(|other| put_prefixed(&mut body, other));
        put_unsigned(&mut body, self.columns.len() as u64);
        for column in &self.columns {
            put_unsigned(&mut body, column.spec);
            put_unsigned(&mut body, column.data.len() as u64);
        }
        self.columns.iter().for_each(|column| body.extend_from_slice(&column.data));
        body.extend_from_slice(&self.extra);
        body
    }

    /// The whole chunk with length and checksum.
    pub fn encode(&self) -> Vec<u8> {
        seal(CHANGE, &self.body())
    }

    /// The column of an id and type.
    pub fn column(&mut self, spec: u64) -> Option<&mut Column> {
        self.columns.iter_mut().find(|column| column.spec == spec)
    }
}

/// A chunk of any type around any body, with correct length and checksum.
pub fn seal(kind: u8, body: &[u8]) -> Vec<u8> {
    let mut hashed = vec![kind];
    put_unsigned(&mut hashed, body.len() as u64);
    hashed.extend_from_slice(body);
    let checksum = &Sha256::digest(&hashed)[..4];
    [&MAGIC[..], checksum, &hashed].concat()
}

/// Writes an unsigned LEB128 number.
pub fn put_unsigned(out: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        out.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Writes a signed LEB128 number.
pub fn put_signed(out: &mut Vec<u8>, mut number: i64) {
    loop {
        let byte = (number & 0x7f) as u8;
        number >>= 7;
        if (number == 0 && byte & 0x40 == 0) || (number == -1 && byte & 0x40 != 0) {
            out.push(byte);
            return;
        }
        out.push(byte | 0x80);
    }
}

fn put_prefixed(out: &mut Vec<u8>, bytes: &[u8]) {
    put_unsigned(out, bytes.len() as u64);
    out.extend_from_slice(bytes);
}

/// Reads what is known to be well formed.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl Reader<'_> {
    fn take(&mut self, length: usize) -> Vec<u8> {
        let (taken, rest) = self.0.split_at(length);
        self.0 = rest;
        taken.to_vec()
    }

    fn array(&mut self) -> [u8; 32] {
        self.take(32).try_into().expect("32 bytes were taken")
    }

    pub(super) fn prefixed(&mut self) -> Vec<u8> {
        let length = self.size();
        self.take(length)
    }

    fn size(&mut self) -> usize {
        usize::try_from(self.unsigned()).expect("a well-formed chunk's lengths fit memory")
    }

    pub(super) fn unsigned(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return number;
            }
        }
    }

    pub(super) fn signed(&mut self) -> i64 {
        let (mut number, mut shift) = (0_i64, 0);
        loop {
            let byte = self.take(1)[0];
            number |= i64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                return if byte & 0x40 != 0 && shift < 64 { number | (-1 << shift) } else { number };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::transaction::Transactable;

    #[test]
    fn taking_apart_and_putting_together_gives_the_same_bytes() {
        let mut doc = automerge::AutoCommit::new().with_actor(automerge::ActorId::from([7_u8; 16]));
        let text = doc.put_object(automerge::ROOT, "narrative", automerge::ObjType::Text).unwrap();
        doc.splice_text(&text, 0, 0, "家访 visit").unwrap();
        doc.put(automerge::ROOT, "outcome", "met").unwrap();
        doc.commit_with(automerge::transaction::CommitOptions::default().with_message("m").with_time(-77));
        doc.put(automerge::ROOT, "outcome", "not_home").unwrap();
        doc.commit();
        for change in doc.get_changes(&[]) {
            let bytes = change.raw_bytes();
            let chunk = Chunk::parse(bytes);
            assert_eq!(chunk.encode(), bytes);
            assert_eq!(chunk.seq, change.seq());
            assert_eq!(chunk.time, change.timestamp());
        }
    }
}
