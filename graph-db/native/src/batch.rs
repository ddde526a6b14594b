//! Batches: rows laid out column by column, so that each side reads and writes them without a step per cell.
//!
//! ```text
//! batch   = rows: u32, columns: u32, then the columns
//! column  = name: text, tag: u32, padding to 8, payload, padding to 8
//! payload = INT    i64[rows]
//!           FLOAT  f64[rows]
//!           TEXT   ends: u32[rows], UTF-8
//!           BYTES  ends: u32[rows], bytes
//!           FIXED  width: u32, bytes[rows * width]
//!           VECTOR width: u32, f32[rows * width]
//!           MIXED  ends: u32[rows], values (see the module `value`)
//! ```
//! All numbers are little-endian. A column with a null in it is MIXED.

use crate::error::{Failure, Outcome};
use crate::value;
use crate::wire::{align, put_bytes, text, Reader};
use cozo::{DataValue, NamedRows, Num, Vector};
use std::collections::BTreeMap;

const INT: u32 = 1;
const FLOAT: u32 = 2;
const TEXT: u32 = 3;
const BYTES: u32 = 4;
const FIXED: u32 = 5;
const VECTOR: u32 = 6;
const MIXED: u32 = 7;

/// Reads the batches of one write: for each the relation's name, `-` before it for removals by key, then the batch.
pub fn read_write(bytes: &[u8]) -> Outcome<BTreeMap<String, NamedRows>> {
    let mut reader = Reader::new(bytes);
    let mut data = BTreeMap::new();
    for _ in 0..reader.count(12)? {
        let relation = reader.text()?.to_owned();
        reader.align()?;
        let rows = read(&mut reader)?;
        if data.insert(relation.clone(), rows).is_some() {
            return Err(Failure::malformed(format!("'{relation}' is there twice")));
        }
    }
    match reader.left() {
        0 => Ok(data),
        left => Err(Failure::malformed(format!("{left} bytes behind the last batch"))),
    }
}

fn read(reader: &mut Reader<'_>) -> Outcome<NamedRows> {
    let row_count = reader.u32()? as usize;
    let column_count = reader.count(8)?;
    // Each cell takes at least one byte: what is allocated below is backed by input.
    if column_count == 0 || row_count.saturating_mul(column_count) > reader.left() {
        return Err(Failure::malformed(format!("{row_count} rows of {column_count} columns in {} bytes", reader.left())));
    }
    let mut names = Vec::with_capacity(column_count);
    let mut rows: Vec<Vec<DataValue>> = (0..row_count).map(|_| Vec::with_capacity(column_count)).collect();
    for _ in 0..column_count {
        names.push(reader.text()?.to_owned());
        let tag = reader.u32()?;
        reader.align()?;
        read_column(reader, tag, &mut rows)?;
        reader.align()?;
    }
    Ok(NamedRows::new(names, rows))
}

fn read_column(reader: &mut Reader<'_>, tag: u32, rows: &mut [Vec<DataValue>]) -> Outcome<()> {
    match tag {
        INT => rows.iter_mut().try_for_each(|row| reader.i64().map(|int| row.push(DataValue::from(int)))),
        FLOAT => rows.iter_mut().try_for_each(|row| reader.f64().map(|float| row.push(DataValue::from(float)))),
        TEXT => read_spans(reader, rows, |bytes| text(bytes).map(DataValue::from)),
        BYTES => read_spans(reader, rows, |bytes| Ok(DataValue::Bytes(bytes.to_vec()))),
        FIXED => read_fixed(reader, rows, 1, |bytes| DataValue::Bytes(bytes.to_vec())),
        VECTOR => read_fixed(reader, rows, 4, value::vector),
        tag => Err(Failure::malformed(format!("no column to write has the tag {tag}"))),
    }
}

fn read_spans(
    reader: &mut Reader<'_>,
    rows: &mut [Vec<DataValue>],
    make: impl Fn(&[u8]) -> Outcome<DataValue>,
) -> Outcome<()> {
    let mut ends = Reader::new(reader.take(4 * rows.len())?);
    let mut start = 0;
    for row in rows {
        let end = ends.u32()? as usize;
        let length = end.checked_sub(start).ok_or_else(|| Failure::malformed("a cell that ends before it starts"))?;
        row.push(make(reader.take(length)?)?);
        start = end;
    }
    Ok(())
}

fn read_fixed(
    reader: &mut Reader<'_>,
    rows: &mut [Vec<DataValue>],
    unit: usize,
    make: impl Fn(&[u8]) -> DataValue,
) -> Outcome<()> {
    let width = reader.u32()? as usize;
    let bytes = width.checked_mul(unit).ok_or_else(|| Failure::malformed("a column that is too wide"))?;
    rows.iter_mut().try_for_each(|row| reader.take(bytes).map(|cell| row.push(make(cell))))
}

/// Appends the first `most` rows as a batch.
pub fn write(out: &mut Vec<u8>, table: &NamedRows, most: usize) {
    let rows = &table.rows[..table.rows.len().min(most)];
    out.extend_from_slice(&(rows.len() as u32).to_le_bytes());
    out.extend_from_slice(&(table.headers.len() as u32).to_le_bytes());
    for (index, name) in table.headers.iter().enumerate() {
        put_bytes(out, name.as_bytes());
        let tag = common_tag(rows, index);
        out.extend_from_slice(&tag.to_le_bytes());
        align(out);
        write_column(out, rows, index, tag);
        align(out);
    }
}

fn tag_of(value: &DataValue) -> u32 {
    match value {
        DataValue::Num(Num::Int(_)) => INT,
        DataValue::Num(Num::Float(_)) => FLOAT,
        DataValue::Str(_) => TEXT,
        DataValue::Bytes(_) => BYTES,
        DataValue::Vec(Vector::F32(_)) => VECTOR,
        _ => MIXED,
    }
}

/// The tag that fits all cells of a column.
fn common_tag(rows: &[Vec<DataValue>], index: usize) -> u32 {
    let Some(first) = rows.first() else {
        return MIXED;
    };
    let tag = tag_of(&first[index]);
    let width = width_of(&first[index]);
    let same = |row: &Vec<DataValue>| tag_of(&row[index]) == tag && (tag != VECTOR || width_of(&row[index]) == width);
    if !rows.iter().all(same) {
        MIXED
    } else if tag == BYTES && width > 0 && rows.iter().all(|row| width_of(&row[index]) == width) {
        FIXED
    } else {
        tag
    }
}

fn width_of(value: &DataValue) -> usize {
    match value {
        DataValue::Bytes(bytes) => bytes.len(),
        DataValue::Vec(vector) => vector.len(),
        _ => 0,
    }
}

fn write_column(out: &mut Vec<u8>, rows: &[Vec<DataValue>], index: usize, tag: u32) {
    let cells = rows.iter().map(|row| &row[index]);
    match tag {
        INT | FLOAT => cells.for_each(|cell| write_number(out, cell)),
        FIXED | VECTOR => {
            let width = rows.first().map_or(0, |row| width_of(&row[index]));
            out.extend_from_slice(&(width as u32).to_le_bytes());
            cells.for_each(|cell| write_raw(out, cell));
        }
        _ => {
            let ends = out.len();
            out.resize(ends + 4 * rows.len(), 0);
            let start = out.len();
            for (row, cell) in cells.enumerate() {
                if tag == MIXED {
                    value::write(out, cell);
                } else {
                    write_raw(out, cell);
                }
                let end = (out.len() - start) as u32;
                out[ends + 4 * row..ends + 4 * row + 4].copy_from_slice(&end.to_le_bytes());
            }
        }
    }
}

fn write_number(out: &mut Vec<u8>, cell: &DataValue) {
    match cell {
        DataValue::Num(Num::Int(int)) => out.extend_from_slice(&int.to_le_bytes()),
        DataValue::Num(Num::Float(float)) => out.extend_from_slice(&float.to_le_bytes()),
        _ => unreachable!("the column's tag says that all its cells are numbers"),
    }
}

fn write_raw(out: &mut Vec<u8>, cell: &DataValue) {
    match cell {
        DataValue::Str(text) => out.extend_from_slice(text.as_bytes()),
        DataValue::Bytes(bytes) => out.extend_from_slice(bytes),
        DataValue::Vec(Vector::F32(floats)) => floats.iter().for_each(|float| out.extend_from_slice(&float.to_le_bytes())),
        _ => unreachable!("the column's tag says that all its cells are text, bytes or vectors"),
    }
}
