//! Columns of a change: how many rows each claims, found by walking its runs.
//!
//! A column is run-length encoded: a positive number and one value for a run, a negative number
//! and that many values for a literal stretch, zero and a number for empty rows. Flags are counts
//! that alternate between no and yes. What costs us is the length of the bytes, never the number
//! of rows that they stand for.

use super::leb128::Reader;
use super::limits;

/// Column numbers with their types, as automerge's storage format fixes them
/// (<https://alexjg.github.io/automerge-storage-docs/>): number × 16 + type.
mod column {
    pub(super) const OBJECT_ACTOR: u64 = 0x01;
    pub(super) const OBJECT_COUNTER: u64 = 0x02;
    pub(super) const KEY_ACTOR: u64 = 0x11;
    pub(super) const KEY_COUNTER: u64 = 0x13;
    pub(super) const KEY_TEXT: u64 = 0x15;
    pub(super) const INSERT: u64 = 0x34;
    pub(super) const ACTION: u64 = 0x42;
    pub(super) const VALUE_META: u64 = 0x56;
    pub(super) const VALUE: u64 = 0x57;
    pub(super) const PREDECESSOR_COUNT: u64 = 0x70;
    pub(super) const PREDECESSOR_ACTOR: u64 = 0x71;
    pub(super) const PREDECESSOR_COUNTER: u64 = 0x73;
}

/// Actions of our documents: make a map, set, delete, make a text.
const MAKE_MAP: u64 = 0;
const SET: u64 = 1;
const DELETE: u64 = 3;
const MAKE_TEXT: u64 = 4;

/// What the columns add up to.
pub(super) struct Columns {
    pub(super) operations: u64,
}

pub(super) enum ColumnFault {
    Malformed,
    TooMuch,
    Foreign,
}

/// Reads the list of columns and walks each.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<Columns, ColumnFault> {
    let count = reader.unsigned().ok_or(ColumnFault::Malformed)?;
    let mut listed = Vec::new();
    for _ in 0..count {
        let number = reader.unsigned().ok_or(ColumnFault::Malformed)?;
        let len = reader.unsigned().ok_or(ColumnFault::Malformed)?;
        if len == 0 || listed.last().is_some_and(|(previous, _)| *previous >= number) {
            return Err(ColumnFault::Malformed);
        }
        listed.push((number, len));
    }
    let mut tally = Tally::default();
    for (number, len) in listed {
        let bytes = reader.take(len).ok_or(ColumnFault::Malformed)?;
        tally.add(number, bytes)?;
    }
    tally.settle()
}

/// Rows by column, and the sums that must agree.
#[derive(Default)]
struct Tally {
    /// Rows of each column that has one row an operation.
    per_operation: Vec<u64>,
    operations: u64,
    objects: u64,
    value_bytes: u64,
    value_bytes_claimed: u64,
    predecessors: u64,
    predecessor_actors: u64,
    predecessor_counters: u64,
}

impl Tally {
    fn add(&mut self, number: u64, bytes: &[u8]) -> Result<(), ColumnFault> {
        let rows = match number {
            column::OBJECT_ACTOR | column::OBJECT_COUNTER | column::KEY_ACTOR => {
                runs(bytes, Reader::unsigned, |_, _| Ok(()))?
            }
            column::KEY_COUNTER => runs(bytes, Reader::signed, |_, _| Ok(()))?,
            column::KEY_TEXT => runs(bytes, key, |_, _| Ok(()))?,
            column::INSERT => flags(bytes)?,
            column::ACTION => self.add_actions(bytes)?,
            column::VALUE_META => runs(bytes, Reader::unsigned, |times, meta| {
                add_times(&mut self.value_bytes_claimed, times, meta >> 4)
            })?,
            column::PREDECESSOR_COUNT => {
                runs(bytes, Reader::unsigned, |times, count| add_times(&mut self.predecessors, times, count))?
            }
            column::PREDECESSOR_ACTOR => {
                self.predecessor_actors = runs(bytes, Reader::unsigned, |_, _| Ok(()))?;
                return Ok(());
            }
            column::PREDECESSOR_COUNTER => {
                self.predecessor_counters = runs(bytes, Reader::signed, |_, _| Ok(()))?;
                return Ok(());
            }
            column::VALUE => {
                self.value_bytes = bytes.len() as u64;
                return Ok(());
            }
            // Deflated columns have numbers of their own, which are not among these.
            _ => return Err(ColumnFault::Foreign),
        };
        self.per_operation.push(rows);
        Ok(())
    }

    fn add_actions(&mut self, bytes: &[u8]) -> Result<u64, ColumnFault> {
        let mut objects = 0;
        self.operations = runs(bytes, Reader::unsigned, |times, action| match action {
            SET | DELETE => Ok(()),
            MAKE_MAP | MAKE_TEXT => add_times(&mut objects, times, 1),
            _ => Err(ColumnFault::Foreign),
        })?;
        self.objects = objects;
        Ok(self.operations)
    }

    fn settle(self) -> Result<Columns, ColumnFault> {
        if self.objects > limits::CHANGE_OBJECTS || self.predecessors > limits::CHANGE_OPERATIONS {
            return Err(ColumnFault::TooMuch);
        }
        let agrees = self.per_operation.iter().all(|rows| *rows == self.operations)
            && self.value_bytes == self.value_bytes_claimed
            && self.predecessors == self.predecessor_actors
            && self.predecessors == self.predecessor_counters;
        if agrees { Ok(Columns { operations: self.operations }) } else { Err(ColumnFault::Malformed) }
    }
}

/// Adds `times × each`, refusing more than any change could hold.
fn add_times(sum: &mut u64, times: u64, each: u64) -> Result<(), ColumnFault> {
    let added = times.checked_mul(each).and_then(|product| sum.checked_add(product));
    *sum = added.filter(|total| *total <= limits::CHANGE_BYTES as u64).ok_or(ColumnFault::TooMuch)?;
    Ok(())
}

/// A key of a map; its length is bounded, because a run repeats it.
fn key<'a>(reader: &mut Reader<'a>) -> Option<&'a str> {
    let len = reader.unsigned().filter(|len| *len <= limits::KEY_BYTES)?;
    std::str::from_utf8(reader.take(len)?).ok()
}

/// Walks a run-length encoded column; `each` sees every run with its length.
fn runs<'a, T>(
    bytes: &'a [u8],
    value: impl Fn(&mut Reader<'a>) -> Option<T>,
    mut each: impl FnMut(u64, T) -> Result<(), ColumnFault>,
) -> Result<u64, ColumnFault> {
    let mut reader = Reader::new(bytes);
    let mut rows = 0;
    while !reader.is_done() {
        let run = reader.signed().ok_or(ColumnFault::Malformed)?;
        let len = run.unsigned_abs();
        match run.signum() {
            0 => {
                let empty = reader.unsigned().filter(|empty| *empty > 0).ok_or(ColumnFault::Malformed)?;
                add_rows(&mut rows, empty)?;
            }
            1 => {
                add_rows(&mut rows, len)?;
                each(len, value(&mut reader).ok_or(ColumnFault::Malformed)?)?;
            }
            _ => {
                add_rows(&mut rows, len)?;
                for _ in 0..len {
                    each(1, value(&mut reader).ok_or(ColumnFault::Malformed)?)?;
                }
            }
        }
    }
    Ok(rows)
}

/// Walks a column of flags.
fn flags(bytes: &[u8]) -> Result<u64, ColumnFault> {
    let mut reader = Reader::new(bytes);
    let mut rows = 0;
    while !reader.is_done() {
        add_rows(&mut rows, reader.unsigned().ok_or(ColumnFault::Malformed)?)?;
    }
    Ok(rows)
}

fn add_rows(rows: &mut u64, more: u64) -> Result<(), ColumnFault> {
    *rows = rows
        .checked_add(more)
        .filter(|total| *total <= limits::CHANGE_OPERATIONS)
        .ok_or(ColumnFault::TooMuch)?;
    Ok(())
}
