//! Transactions on the storage of the module `disk`: a snapshot to read, and for a write its own changes above it.

use crate::disk::{DiskStorage, Pair};
use cozo::{try_decode_tuple_from_kv, DataValue, StoreTx, ValidityTs};
use cozorocks::{DbIter, SnapReader};
use miette::{bail, Result};
use std::cmp::Ordering;
use std::collections::{btree_map, BTreeMap};
use std::iter::Peekable;
use std::mem;
use std::sync::MutexGuard;

/// From this size on, changes are handed over as a file.
const BULK_BYTES: usize = 4 << 20;

type Changes = BTreeMap<Vec<u8>, Option<Vec<u8>>>;
type Tuple = Vec<DataValue>;

pub struct DiskTx<'s> {
    base: SnapReader,
    writer: Option<Writer<'s>>,
}

struct Writer<'s> {
    storage: DiskStorage,
    changes: Changes,
    bytes: usize,
    has_removals: bool,
    /// No other transaction writes while this one lives.
    _turn: MutexGuard<'s, ()>,
}

impl<'s> DiskTx<'s> {
    pub fn read(base: SnapReader) -> Self {
        DiskTx { base, writer: None }
    }

    /// The snapshot must have been taken after the turn.
    pub fn write(base: SnapReader, storage: DiskStorage, turn: MutexGuard<'s, ()>) -> Self {
        let writer = Writer { storage, changes: Changes::new(), bytes: 0, has_removals: false, _turn: turn };
        DiskTx { base, writer: Some(writer) }
    }

    fn writer(&mut self) -> Result<&mut Writer<'s>> {
        match &mut self.writer {
            Some(writer) => Ok(writer),
            None => bail!("a transaction that reads cannot write"),
        }
    }

    fn changed(&self, key: &[u8]) -> Option<&Option<Vec<u8>>> {
        self.writer.as_ref().and_then(|writer| writer.changes.get(key))
    }

    fn scan(&self, lower: &[u8], upper: &[u8]) -> Scan {
        let mut rows = self.base.iterator().upper_bound(upper).start();
        rows.seek(lower);
        Scan { rows, upper: upper.to_vec(), is_started: false }
    }
}

impl Writer<'_> {
    fn note(&mut self, key: &[u8], value: Option<&[u8]>) {
        self.bytes += key.len() + value.map_or(0, <[u8]>::len);
        self.has_removals |= value.is_none();
        self.changes.insert(key.to_vec(), value.map(<[u8]>::to_vec));
    }

    fn commit(&mut self) -> Result<()> {
        let changes = mem::take(&mut self.changes);
        if self.bytes < BULK_BYTES || self.has_removals {
            return self.storage.write_logged(changes.into_iter());
        }
        self.storage.ingest(changes.into_iter().filter_map(|(key, value)| value.map(|value| Ok((key, value)))))
    }
}

impl<'s> StoreTx<'s> for DiskTx<'s> {
    fn get(&self, key: &[u8], _for_update: bool) -> Result<Option<Vec<u8>>> {
        match self.changed(key) {
            Some(value) => Ok(value.clone()),
            None => Ok(self.base.get(key)?.map(|value| value.to_vec())),
        }
    }

    fn multi_get(&self, keys: &[Vec<u8>], for_update: bool) -> Result<Vec<Option<Vec<u8>>>> {
        if self.writer.is_some() {
            return keys.iter().map(|key| self.get(key, for_update)).collect();
        }
        let keys: Vec<&[u8]> = keys.iter().map(Vec::as_slice).collect();
        Ok(self.base.multi_get(&keys)?)
    }

    fn put(&mut self, key: &[u8], value: &[u8]) -> Result<()> {
        self.writer()?.note(key, Some(value));
        Ok(())
    }

    fn supports_par_put(&self) -> bool {
        false
    }

    fn del(&mut self, key: &[u8]) -> Result<()> {
        self.writer()?.note(key, None);
        Ok(())
    }

    fn del_range_from_persisted(&mut self, lower: &[u8], upper: &[u8]) -> Result<()> {
        for row in self.scan(lower, upper) {
            self.writer()?.note(&row?.0, None);
        }
        Ok(())
    }

    fn exists(&self, key: &[u8], _for_update: bool) -> Result<bool> {
        match self.changed(key) {
            Some(value) => Ok(value.is_some()),
            None => Ok(self.base.exists(key)?),
        }
    }

    fn commit(&mut self) -> Result<()> {
        self.writer.as_mut().map_or(Ok(()), Writer::commit)
    }

    fn range_scan_tuple<'a>(&'a self, lower: &[u8], upper: &[u8]) -> Box<dyn Iterator<Item = Result<Tuple>> + 'a>
    where
        's: 'a,
    {
        if self.writer.is_none() {
            return Box::new(TupleScan(self.scan(lower, upper)));
        }
        Box::new(self.range_scan(lower, upper).map(|row| {
            let (key, value) = row?;
            try_decode_tuple_from_kv(&key, &value, None)
        }))
    }

    fn range_skip_scan_tuple<'a>(
        &'a self,
        _lower: &[u8],
        _upper: &[u8],
        _valid_at: ValidityTs,
    ) -> Box<dyn Iterator<Item = Result<Tuple>> + 'a> {
        Box::new(std::iter::once_with(|| bail!("this storage has no relations with a column of type Validity")))
    }

    fn range_scan<'a>(&'a self, lower: &[u8], upper: &[u8]) -> Box<dyn Iterator<Item = Result<Pair>> + 'a>
    where
        's: 'a,
    {
        let base = self.scan(lower, upper);
        match &self.writer {
            Some(writer) if lower < upper => {
                let changes = writer.changes.range(lower.to_vec()..upper.to_vec()).peekable();
                Box::new(Merged { base: base.peekable(), changes })
            }
            _ => Box::new(base),
        }
    }

    fn range_count<'a>(&'a self, lower: &[u8], upper: &[u8]) -> Result<usize>
    where
        's: 'a,
    {
        self.range_scan(lower, upper).try_fold(0, |count, row| row.map(|_| count + 1))
    }

    fn total_scan<'a>(&'a self) -> Box<dyn Iterator<Item = Result<Pair>> + 'a>
    where
        's: 'a,
    {
        self.range_scan(&[], &[u8::MAX])
    }
}

/// The rows of a snapshot from where `rows` stands, up to `upper` and without it.
struct Scan {
    rows: DbIter,
    upper: Vec<u8>,
    is_started: bool,
}

impl Scan {
    /// Goes to the next row and makes something of it.
    fn step<T>(&mut self, make: impl FnOnce(&[u8], &[u8]) -> Result<T>) -> Option<Result<T>> {
        if self.is_started {
            self.rows.next();
        }
        self.is_started = true;
        match self.rows.pair() {
            Ok(Some((key, value))) if key < self.upper.as_slice() => Some(make(key, value)),
            Ok(_) => None,
            Err(status) => Some(Err(status.into())),
        }
    }
}

impl Iterator for Scan {
    type Item = Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step(|key, value| Ok((key.to_vec(), value.to_vec())))
    }
}

/// The same, decoded where the rows lie.
struct TupleScan(Scan);

impl Iterator for TupleScan {
    type Item = Result<Tuple>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.step(|key, value| try_decode_tuple_from_kv(key, value, None))
    }
}

/// The rows of a snapshot with the changes above it.
struct Merged<'a> {
    base: Peekable<Scan>,
    changes: Peekable<btree_map::Range<'a, Vec<u8>, Option<Vec<u8>>>>,
}

impl Iterator for Merged<'_> {
    type Item = Result<Pair>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let order = match (self.base.peek(), self.changes.peek()) {
                (None, None) => return None,
                (Some(Ok((stored, _))), Some((changed, _))) => stored.cmp(changed),
                (Some(_), _) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
            };
            match order {
                Ordering::Less => return self.base.next(),
                Ordering::Equal => {
                    self.base.next();
                }
                Ordering::Greater => {
                    if let Some((key, Some(value))) = self.changes.next() {
                        return Some(Ok((key.clone(), value.clone())));
                    }
                }
            }
        }
    }
}
