//! The file of sorted rows that a large write hands to RocksDB.
//!
//! RocksDB copies the file, notes the copy in its manifest and syncs the manifest. If that sync fails it deletes the copy,
//! although the note may have reached the disk, and a store whose manifest names a file that is not there cannot be opened.
//! So the rows stay after such a failure, and take the place of the copy if the next open misses it.

use cozorocks::RocksDbStatus;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

const TABLE_ENDING: &str = ".sst";

pub struct Staging {
    rows: PathBuf,
    /// Where rows go as long as those of a failed write stay.
    others: PathBuf,
    kept: AtomicBool,
}

impl Staging {
    /// That of the store in this directory.
    pub fn of(directory: &Path) -> Self {
        Staging {
            rows: directory.join("staging.sst"),
            others: directory.join("staging-2.sst"),
            kept: AtomicBool::new(false),
        }
    }

    /// Where a write puts its rows.
    pub fn path(&self) -> &Path {
        if self.kept.load(Ordering::Relaxed) {
            &self.others
        } else {
            &self.rows
        }
    }

    /// Ends a write: its rows are of no more use, unless the manifest may name them.
    ///
    /// Of several failures the first counts, for RocksDB takes no rows once its manifest has failed.
    pub fn end(&self, ingested: &Result<(), RocksDbStatus>) {
        match ingested {
            Ok(()) => self.clear(),
            Err(status) if status.message.contains("MANIFEST-") && !self.kept.load(Ordering::Relaxed) => {
                self.kept.store(true, Ordering::Relaxed);
            }
            Err(_) => self.discard(),
        }
    }

    /// Ends a write whose rows have not come to RocksDB.
    pub fn discard(&self) {
        let _ = fs::remove_file(self.path());
    }

    /// Puts rows that stayed where RocksDB missed a table below `data`, and says whether it did. RocksDB compares the size
    /// of each table with its manifest, so rows of another write are refused.
    pub fn give_back(&self, data: &Path, failure: &RocksDbStatus) -> bool {
        tables(&failure.message)
            .map(|name| data.join(name))
            .find(|table| !table.exists())
            .is_some_and(|missing| fs::rename(&self.rows, missing).is_ok())
    }

    /// Removes what stayed.
    pub fn clear(&self) {
        let _ = fs::remove_file(&self.rows);
        let _ = fs::remove_file(&self.others);
        self.kept.store(false, Ordering::Relaxed);
    }
}

/// The names of tables in a message of RocksDB's, such as `000034.sst`.
fn tables(message: &str) -> impl Iterator<Item = &str> {
    message.match_indices(TABLE_ENDING).filter_map(move |(end, ending)| {
        let number = message[..end].bytes().rev().take_while(u8::is_ascii_digit).count();
        (number > 0).then(|| &message[end - number..end + ending.len()])
    })
}
