//! The four things that are asked of the engine: open, run a script, write batches, close.

use crate::batch;
use crate::error::Outcome;
use crate::handles;
use crate::reply;
use crate::store::Store;
use crate::value;
use crate::worker;
use cozo::{ScriptMutability, ScriptRunOptions};
use std::path::Path;

/// The size of a batch from which on its memory is given back after the write.
const LARGE_WRITE_BYTES: usize = 16 << 20;

/// How a script is run.
pub struct Limits {
    /// Seconds; none if not positive.
    pub seconds: f64,
    /// Estimated bytes of intermediate results; none if not positive.
    pub bytes: i64,
    /// Rows handed back.
    pub rows: usize,
}

/// Opens a store on disk, or in memory if the path is empty, and gives its handle.
pub fn open(path: String, cache_bytes: usize) -> Outcome<Vec<u8>> {
    let handle = worker::run(move || {
        let store =
            if path.is_empty() { Store::in_memory()? } else { Store::on_disk(Path::new(&path), cache_bytes)? };
        Ok(handles::add(store))
    })?;
    let mut out = reply::begin(false);
    out.extend_from_slice(&handle.to_le_bytes());
    Ok(out)
}

/// Runs a script and gives its rows as a batch.
pub fn run(handle: i64, script: String, params: Vec<u8>, mutable: bool, limits: Limits) -> Outcome<Vec<u8>> {
    let store = handles::get(handle)?;
    worker::run(move || {
        let params = value::read_params(&params)?;
        let mutability = if mutable { ScriptMutability::Mutable } else { ScriptMutability::Immutable };
        let mut options = ScriptRunOptions::new();
        if limits.seconds > 0.0 {
            options = options.with_timeout(limits.seconds);
        }
        if limits.bytes > 0 {
            options = options.with_mem_limit(limits.bytes as usize);
        }
        let result = store.run(&script, params, mutability, options);
        // Whoever closes the store after this call returns must find it unused.
        drop(store);
        let table = result?;
        let mut out = reply::begin(table.rows.len() > limits.rows);
        batch::write(&mut out, &table, limits.rows);
        Ok(out)
    })
}

/// Writes batches in one transaction: all of them, or none.
pub fn write(handle: i64, bytes: Vec<u8>) -> Outcome<Vec<u8>> {
    let store = handles::get(handle)?;
    worker::run(move || {
        let data = batch::read_write(&bytes)?;
        let size = bytes.len();
        drop(bytes);
        let result = store.import(data);
        drop(store);
        if size >= LARGE_WRITE_BYTES {
            give_back_memory();
        }
        result?;
        Ok(reply::begin(false))
    })
}

/// Gives free memory back to the system, which the allocator would keep: as much as a large write took may never be needed
/// again.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn give_back_memory() {
    extern "C" {
        fn malloc_trim(pad: usize) -> std::ffi::c_int;
    }
    // SAFETY: a function of the C library without preconditions, safe for use by several threads.
    unsafe { malloc_trim(0) };
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn give_back_memory() {}

/// Closes a store, on a worker because closing runs the storage's destructors.
pub fn close(handle: i64) -> Outcome<Vec<u8>> {
    worker::run(move || {
        handles::remove(handle);
        Ok(reply::begin(false))
    })
}
