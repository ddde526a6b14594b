//! The open stores, by number. A number is never given twice, so that a late caller meets an error and not another store.

use crate::error::{Failure, Outcome};
use crate::store::Store;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

const POLL: Duration = Duration::from_millis(1);

struct Table {
    last: i64,
    stores: HashMap<i64, Arc<Store>>,
}

static TABLE: Mutex<Option<Table>> = Mutex::new(None);

fn table() -> MutexGuard<'static, Option<Table>> {
    TABLE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a store and gives it a number.
pub fn add(store: Store) -> i64 {
    let mut guard = table();
    let table = guard.get_or_insert_with(|| Table { last: 0, stores: HashMap::new() });
    table.last += 1;
    table.stores.insert(table.last, Arc::new(store));
    table.last
}

/// The store of this number; it stays open while the result is held.
pub fn get(handle: i64) -> Outcome<Arc<Store>> {
    table()
        .as_ref()
        .and_then(|table| table.stores.get(&handle).cloned())
        .ok_or_else(|| Failure::new("binding::closed", "the store is closed"))
}

/// Forgets a store, and closes it once the calls that still use it have ended.
pub fn remove(handle: i64) {
    let store = table().as_mut().and_then(|table| table.stores.remove(&handle));
    if let Some(mut store) = store {
        while Arc::get_mut(&mut store).is_none() {
            thread::sleep(POLL);
        }
    }
}
