//! The engine's storage on disk: RocksDB, with one write at a time.
//!
//! A write collects its changes in memory. A small one goes through RocksDB's log, as usual. A large one that only puts
//! becomes a file of sorted rows, which RocksDB takes over whole: neither log, nor locks, nor a second sort, and nothing
//! to replay at the next start. Either way all of a write is on disk when its commit returns, or none of it.

use crate::disk_tx::DiskTx;
use crate::staging::Staging;
use cozo::{RocksMemoryConfig, RocksMemoryResources, Storage};
use cozorocks::{DbBuilder, RocksDb, RocksDbStatus};
use miette::{IntoDiagnostic, Result, WrapErr};
use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

const OPTIONS: &str = include_str!("options.ini");

/// The length of the key prefix that all rows of a relation share.
const PREFIX_BYTES: usize = 9;
const BLOOM_BITS_PER_KEY: f64 = 9.9;

/// How many bytes in memory that are only in the log are not worth a compaction when the store is closed.
const SHORT_LOG_BYTES: u64 = 16 << 20;

#[derive(Clone)]
pub struct DiskStorage {
    db: RocksDb,
    staging: Arc<Staging>,
    /// Held by the transaction that writes.
    writing: Arc<Mutex<()>>,
}

pub type Pair = (Vec<u8>, Vec<u8>);

impl DiskStorage {
    /// Opens the store in this directory, or makes a new one.
    pub fn open(directory: &Path, memory: &RocksMemoryResources) -> Result<Self> {
        let data = directory.join("data");
        fs::create_dir_all(&data)
            .into_diagnostic()
            .wrap_err_with(|| format!("cannot create directory {}", data.display()))?;
        let options = directory.join("options");
        if fs::read_to_string(&options).map_or(true, |text| text != OPTIONS) {
            fs::write(&options, OPTIONS)
                .into_diagnostic()
                .wrap_err_with(|| format!("cannot write {}", options.display()))?;
        }
        let staging = Staging::of(directory);
        let db = match open_data(&data, &options, memory) {
            Err(failure) if staging.give_back(&data, &failure) => open_data(&data, &options, memory)?,
            opened => opened?,
        };
        staging.clear();
        Ok(DiskStorage { db, staging: Arc::new(staging), writing: Arc::default() })
    }

    /// Puts strictly ascending rows into the store as one file: all of them, or none.
    pub fn ingest(&self, rows: impl Iterator<Item = Result<Pair>>) -> Result<()> {
        let mut rows = rows.peekable();
        if rows.peek().is_none() {
            return Ok(());
        }
        let path = self.staging.path().to_str().ok_or_else(|| miette::miette!("the store's path is not UTF-8"))?;
        if let Err(failure) = self.write_rows(path, rows) {
            self.staging.discard();
            return Err(failure);
        }
        let ingested = self.db.ingest_sst_file(path);
        self.staging.end(&ingested);
        Ok(ingested?)
    }

    fn write_rows(&self, path: &str, rows: impl Iterator<Item = Result<Pair>>) -> Result<()> {
        let mut writer = self.db.get_sst_writer(path)?;
        for row in rows {
            let (key, value) = row?;
            writer.put(&key, &value)?;
        }
        Ok(writer.finish()?)
    }

    /// Writes changes through the log; `None` removes.
    pub fn write_logged(&self, changes: impl Iterator<Item = (Vec<u8>, Option<Vec<u8>>)>) -> Result<()> {
        let mut transaction = self.db.transact().sync(true).start();
        for (key, value) in changes {
            match value {
                Some(value) => transaction.put(&key, &value)?,
                None => transaction.del(&key)?,
            }
        }
        Ok(transaction.commit()?)
    }

    /// Shortens the log if it is long, so that the next start need not replay it. A failure is one of the next start's.
    pub fn settle(&self) {
        if self.db.cur_size_all_mem_tables().is_ok_and(|bytes| bytes > SHORT_LOG_BYTES) {
            let _ = self.db.range_compact(&[], &[u8::MAX]);
        }
    }
}

fn open_data(data: &Path, options: &Path, memory: &RocksMemoryResources) -> Result<RocksDb, RocksDbStatus> {
    let (db, _) = DbBuilder::default()
        .create_if_missing(true)
        .use_capped_prefix_extractor(true, PREFIX_BYTES)
        .use_bloom_filter(true, BLOOM_BITS_PER_KEY, true)
        .path(data)
        .options_path(options)
        .build_with_memory(memory)?;
    Ok(db)
}

/// The memory that RocksDB may use for one store.
pub fn memory(bytes: usize) -> Result<RocksMemoryResources> {
    RocksMemoryResources::new(RocksMemoryConfig::with_total_bytes(bytes)).into_diagnostic()
}

impl<'s> Storage<'s> for DiskStorage {
    type Tx = DiskTx<'s>;

    fn storage_kind(&self) -> &'static str {
        "rocksdb"
    }

    fn transact(&'s self, write: bool) -> Result<Self::Tx> {
        if write {
            let turn = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
            Ok(DiskTx::write(self.db.snapshot_read(), self.clone(), turn))
        } else {
            Ok(DiskTx::read(self.db.snapshot_read()))
        }
    }

    fn range_compact(&'s self, lower: &[u8], upper: &[u8]) -> Result<()> {
        Ok(self.db.range_compact(lower, upper)?)
    }

    fn batch_put<'a>(&'a self, data: Box<dyn Iterator<Item = Result<Pair>> + 'a>) -> Result<()> {
        self.ingest(data)
    }

    fn supports_sst_ingest(&self) -> bool {
        true
    }

    fn set_durable_writes(&self, durable: bool) -> bool {
        durable
    }

    fn ingest_sorted<'a>(&'a self, entries: Box<dyn Iterator<Item = Result<Pair>> + 'a>) -> Result<()> {
        self.ingest(entries)
    }
}
