//! Reading and writing the little-endian primitives that batches and values are made of.

use crate::error::{Failure, Outcome};

/// A cursor over bytes that are not trusted: each read is checked against what is left.
pub struct Reader<'a> {
    bytes: &'a [u8],
    position: usize,
}

impl<'a> Reader<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { bytes, position: 0 }
    }

    pub fn left(&self) -> usize {
        self.bytes.len() - self.position
    }

    pub fn take(&mut self, count: usize) -> Outcome<&'a [u8]> {
        if count > self.left() {
            return Err(Failure::malformed(format!("{count} bytes expected at {}, {} left", self.position, self.left())));
        }
        let start = self.position;
        self.position += count;
        Ok(&self.bytes[start..self.position])
    }

    fn array<const N: usize>(&mut self) -> Outcome<[u8; N]> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    pub fn u8(&mut self) -> Outcome<u8> {
        Ok(self.array::<1>()?[0])
    }

    pub fn u32(&mut self) -> Outcome<u32> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub fn i64(&mut self) -> Outcome<i64> {
        Ok(i64::from_le_bytes(self.array()?))
    }

    pub fn f64(&mut self) -> Outcome<f64> {
        Ok(f64::from_le_bytes(self.array()?))
    }

    /// A count of things of at least `unit` bytes each, so that a wrong count cannot ask for memory that no input backs.
    pub fn count(&mut self, unit: usize) -> Outcome<usize> {
        let count = self.u32()? as usize;
        if count.saturating_mul(unit) > self.left() {
            return Err(Failure::malformed(format!("{count} things announced, but only {} bytes are left", self.left())));
        }
        Ok(count)
    }

    pub fn bytes(&mut self) -> Outcome<&'a [u8]> {
        let length = self.count(1)?;
        self.take(length)
    }

    pub fn text(&mut self) -> Outcome<&'a str> {
        text(self.bytes()?)
    }

    /// Skips to the next multiple of eight.
    pub fn align(&mut self) -> Outcome<()> {
        let gap = self.position.next_multiple_of(8) - self.position;
        self.take(gap).map(|_| ())
    }
}

/// These bytes as text.
pub fn text(bytes: &[u8]) -> Outcome<&str> {
    std::str::from_utf8(bytes).map_err(|error| Failure::malformed(format!("text that is not UTF-8: {error}")))
}

/// Appends a length and the bytes.
pub fn put_bytes(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(&(bytes.len() as u32).to_le_bytes());
    out.extend_from_slice(bytes);
}

/// Appends zeros up to the next multiple of eight.
pub fn align(out: &mut Vec<u8>) {
    out.resize(out.len().next_multiple_of(8), 0);
}
