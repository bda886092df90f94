//! Columns as rows of values: read, changed in one row, written back in the form that automerge
//! itself would have used. Such a lie is invisible to a reader that only checks the encoding.

use super::chunk::{Reader, put_signed, put_unsigned};
use crate::dice::Dice;

/// Values of one column, by the encoding that its type asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rows {
    /// Groups, actors, integers, value lengths and types.
    Numbers(Vec<Option<u64>>),
    /// Integers as differences.
    Differences(Vec<Option<i64>>),
    /// Yes or no.
    Flags(Vec<bool>),
    /// Texts.
    Texts(Vec<Option<Vec<u8>>>),
}

impl Rows {
    /// Reads a well-formed column; none for raw values.
    pub fn read(spec: u64, data: &[u8]) -> Option<Self> {
        let mut reader = Reader(data);
        Some(match spec & 7 {
            0..=2 | 6 => Self::Numbers(read_runs(&mut reader, Reader::unsigned)),
            3 => Self::Differences(read_runs(&mut reader, Reader::signed)),
            4 => Self::Flags(read_flags(&mut reader)),
            5 => Self::Texts(read_runs(&mut reader, Reader::prefixed)),
            _ => return None,
        })
    }

    /// Writes the column in its shortest form.
    pub fn write(&self) -> Vec<u8> {
        match self {
            Self::Numbers(rows) => write_runs(rows, |out, number| put_unsigned(out, *number)),
            Self::Differences(rows) => write_runs(rows, |out, number| put_signed(out, *number)),
            Self::Flags(rows) => write_flags(rows),
            Self::Texts(rows) => write_runs(rows, |out, text| {
                put_unsigned(out, text.len() as u64);
                out.extend_from_slice(text);
            }),
        }
    }

    /// Changes one row.
    pub fn disturb(&mut self, dice: &mut Dice) {
        match self {
            Self::Numbers(rows) => disturb(rows, dice, |dice, number| match dice.below(4) {
                0 => number.wrapping_add(1),
                1 => number.saturating_sub(1),
                2 => dice.below(20) as u64,
                _ => number ^ (1 << dice.below(7)),
            }),
            Self::Differences(rows) => disturb(rows, dice, |dice, number| match dice.below(3) {
                0 => number.wrapping_add(1),
                1 => number.wrapping_sub(1),
                _ => dice.below(40) as i64 - 20,
            }),
            Self::Flags(rows) => {
                let at = dice.below(rows.len());
                if let Some(flag) = rows.get_mut(at) {
                    *flag = !*flag;
                }
            }
            Self::Texts(rows) => disturb(rows, dice, |dice, text| match dice.below(3) {
                0 => b"kind".to_vec(),
                1 => b"fields".to_vec(),
                _ => text.iter().rev().copied().collect(),
            }),
        }
    }
}

fn disturb<T: Clone + Default>(rows: &mut [Option<T>], dice: &mut Dice, change: impl Fn(&mut Dice, &T) -> T) {
    if rows.is_empty() {
        return;
    }
    let (one, other) = (dice.below(rows.len()), dice.below(rows.len()));
    match dice.below(6) {
        0 => rows.swap(one, other),
        1 => rows[one] = rows[other].clone(),
        2 => rows[one] = if rows[one].is_some() { None } else { Some(T::default()) },
        _ => rows[one] = Some(change(dice, &rows[one].clone().unwrap_or_default())),
    }
}

fn read_runs<'a, T: Clone>(reader: &mut Reader<'a>, value: impl Fn(&mut Reader<'a>) -> T) -> Vec<Option<T>> {
    let mut rows = Vec::new();
    while !reader.0.is_empty() {
        match reader.signed() {
            0 => rows.extend((0..reader.unsigned()).map(|_| None)),
            run if run > 0 => {
                let value = value(reader);
                rows.extend((0..run).map(|_| Some(value.clone())));
            }
            literal => rows.extend((literal..0).map(|_| Some(value(reader)))),
        }
    }
    rows
}

fn write_runs<T: PartialEq>(rows: &[Option<T>], put: impl Fn(&mut Vec<u8>, &T)) -> Vec<u8> {
    let mut out = Vec::new();
    if rows.iter().all(Option::is_none) {
        return out;
    }
    let run_at = |at: usize| rows[at..].iter().take_while(|row| **row == rows[at]).count();
    let mut at = 0;
    while at < rows.len() {
        let run = run_at(at);
        match &rows[at] {
            None => {
                put_signed(&mut out, 0);
                put_unsigned(&mut out, run as u64);
                at += run;
            }
            Some(value) if run > 1 => {
                put_signed(&mut out, run as i64);
                put(&mut out, value);
                at += run;
            }
            Some(_) => {
                let is_alone = |at: &usize| rows[*at].is_some() && run_at(*at) == 1;
                let end = (at..rows.len()).take_while(is_alone).count() + at;
                put_signed(&mut out, -((end - at) as i64));
                rows[at..end].iter().flatten().for_each(|value| put(&mut out, value));
                at = end;
            }
        }
    }
    out
}

fn read_flags(reader: &mut Reader<'_>) -> Vec<bool> {
    let (mut rows, mut flag) = (Vec::new(), false);
    while !reader.0.is_empty() {
        rows.extend((0..reader.unsigned()).map(|_| flag));
        flag = !flag;
    }
    rows
}

fn write_flags(rows: &[bool]) -> Vec<u8> {
    let (mut out, mut flag, mut at) = (Vec::new(), false, 0);
    while at < rows.len() {
        let run = rows[at..].iter().take_while(|row| **row == flag).count();
        put_unsigned(&mut out, run as u64);
        (at, flag) = (at + run, !flag);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hostile::chunk::Chunk;
    use automerge::transaction::Transactable;

    #[test]
    fn undisturbed_rows_are_written_as_automerge_wrote_them() {
        let mut doc = automerge::AutoCommit::new();
        let text = doc.put_object(automerge::ROOT, "narrative", automerge::ObjType::Text).unwrap();
        doc.splice_text(&text, 0, 0, "家访，家访，本人在家 visit").unwrap();
        doc.put(automerge::ROOT, "outcome", "met").unwrap();
        doc.commit();
        doc.splice_text(&text, 2, 5, "去了学校").unwrap();
        doc.put(automerge::ROOT, "outcome", "not_home").unwrap();
        doc.put(automerge::ROOT, "crisis", true).unwrap();
        doc.commit();
        for change in doc.get_changes(&[]) {
            for column in Chunk::parse(change.raw_bytes()).columns {
                if let Some(rows) = Rows::read(column.spec, &column.data) {
                    assert_eq!(rows.write(), column.data, "column {:#x}", column.spec);
                }
            }
        }
    }
}
