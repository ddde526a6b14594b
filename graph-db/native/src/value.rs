//! Single values: a tag byte, then the value. Parameters and columns of mixed types are made of them.

use crate::error::{Failure, Outcome};
use crate::wire::{put_bytes, Reader};
use cozo::{DataValue, Num, Vector};
use ndarray::Array1;
use std::collections::BTreeMap;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const FLOAT: u8 = 4;
const TEXT: u8 = 5;
const BYTES: u8 = 6;
const LIST: u8 = 7;
const VECTOR: u8 = 8;

/// How deep lists may lie in lists.
const MAX_DEPTH: usize = 32;

/// Reads named parameters: a count, then for each its name and its value.
pub fn read_params(bytes: &[u8]) -> Outcome<BTreeMap<String, DataValue>> {
    let mut params = BTreeMap::new();
    if bytes.is_empty() {
        return Ok(params);
    }
    let mut reader = Reader::new(bytes);
    for _ in 0..reader.count(5)? {
        let name = reader.text()?.to_owned();
        params.insert(name, read(&mut reader, 0)?);
    }
    match reader.left() {
        0 => Ok(params),
        left => Err(Failure::malformed(format!("{left} bytes behind the parameters"))),
    }
}

fn read(reader: &mut Reader<'_>, depth: usize) -> Outcome<DataValue> {
    Ok(match reader.u8()? {
        NULL => DataValue::Null,
        FALSE => DataValue::Bool(false),
        TRUE => DataValue::Bool(true),
        INT => DataValue::from(reader.i64()?),
        FLOAT => DataValue::from(reader.f64()?),
        TEXT => DataValue::from(reader.text()?),
        BYTES => DataValue::Bytes(reader.bytes()?.to_vec()),
        LIST if depth >= MAX_DEPTH => return Err(Failure::malformed(format!("lists nested deeper than {MAX_DEPTH}"))),
        LIST => {
            let count = reader.count(1)?;
            DataValue::List((0..count).map(|_| read(reader, depth + 1)).collect::<Outcome<_>>()?)
        }
        VECTOR => {
            let count = reader.count(4)?;
            vector(reader.take(4 * count)?)
        }
        tag => return Err(Failure::malformed(format!("no value has the tag {tag}"))),
    })
}

/// The vector of these little-endian floats.
pub fn vector(bytes: &[u8]) -> DataValue {
    let floats = bytes.chunks_exact(4).map(|four| f32::from_le_bytes([four[0], four[1], four[2], four[3]]));
    DataValue::Vec(Vector::F32(Array1::from_iter(floats)))
}

/// Appends a value. What has no tag of its own goes out as text, or as a list.
pub fn write(out: &mut Vec<u8>, value: &DataValue) {
    match value {
        DataValue::Null | DataValue::Bot => out.push(NULL),
        DataValue::Bool(false) => out.push(FALSE),
        DataValue::Bool(true) => out.push(TRUE),
        DataValue::Num(Num::Int(int)) => {
            out.push(INT);
            out.extend_from_slice(&int.to_le_bytes());
        }
        DataValue::Num(Num::Float(float)) => write_float(out, *float),
        DataValue::Str(text) => write_text(out, text),
        DataValue::Bytes(bytes) => {
            out.push(BYTES);
            put_bytes(out, bytes);
        }
        DataValue::Uuid(uuid) => write_text(out, &uuid.0.to_string()),
        DataValue::Regex(regex) => write_text(out, regex.0.as_str()),
        DataValue::Json(json) => write_text(out, &json.0.to_string()),
        DataValue::List(list) => write_list(out, list.len(), list.iter()),
        DataValue::Set(set) => write_list(out, set.len(), set.iter()),
        DataValue::Vec(vector) => write_vector(out, vector),
        DataValue::Validity(validity) => {
            let pair = [DataValue::from(validity.timestamp.0 .0), DataValue::Bool(validity.is_assert.0)];
            write_list(out, pair.len(), pair.iter());
        }
    }
}

fn write_float(out: &mut Vec<u8>, float: f64) {
    out.push(FLOAT);
    out.extend_from_slice(&float.to_le_bytes());
}

fn write_text(out: &mut Vec<u8>, text: &str) {
    out.push(TEXT);
    put_bytes(out, text.as_bytes());
}

fn write_list<'a>(out: &mut Vec<u8>, count: usize, values: impl Iterator<Item = &'a DataValue>) {
    out.push(LIST);
    out.extend_from_slice(&(count as u32).to_le_bytes());
    values.for_each(|value| write(out, value));
}

fn write_vector(out: &mut Vec<u8>, vector: &Vector) {
    match vector {
        Vector::F32(floats) => {
            out.push(VECTOR);
            out.extend_from_slice(&(floats.len() as u32).to_le_bytes());
            floats.iter().for_each(|float| out.extend_from_slice(&float.to_le_bytes()));
        }
        Vector::F64(floats) => {
            out.push(LIST);
            out.extend_from_slice(&(floats.len() as u32).to_le_bytes());
            floats.iter().for_each(|float| write_float(out, *float));
        }
    }
}
