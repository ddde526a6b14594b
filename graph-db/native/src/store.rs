//! An open store of the engine, on disk or in memory.

use crate::disk::{self, DiskStorage};
use crate::error::Outcome;
use cozo::{new_cozo_mem, DataValue, Db, MemStorage, NamedRows, ScriptMutability, ScriptRunOptions};
use std::collections::BTreeMap;
use std::path::Path;

pub enum Store {
    Memory(Db<MemStorage>),
    Disk { db: Db<DiskStorage>, storage: DiskStorage },
}

impl Store {
    pub fn in_memory() -> Outcome<Self> {
        Ok(Store::Memory(new_cozo_mem()?))
    }

    /// The store in this directory, which is made if there is none.
    pub fn on_disk(directory: &Path, cache_bytes: usize) -> Outcome<Self> {
        let storage = DiskStorage::open(directory, &disk::memory(cache_bytes)?)?;
        let db = Db::new(storage.clone())?;
        db.initialize()?;
        Ok(Store::Disk { db, storage })
    }

    /// Runs a script.
    pub fn run(
        &self,
        script: &str,
        params: BTreeMap<String, DataValue>,
        mutability: ScriptMutability,
        options: ScriptRunOptions,
    ) -> Outcome<NamedRows> {
        Ok(match self {
            Store::Memory(db) => db.run_script_with_options(script, params, mutability, options),
            Store::Disk { db, .. } => db.run_script_with_options(script, params, mutability, options),
        }?)
    }

    /// Writes rows in one transaction.
    pub fn import(&self, rows: BTreeMap<String, NamedRows>) -> Outcome<()> {
        Ok(match self {
            Store::Memory(db) => db.import_relations(rows),
            Store::Disk { db, .. } => db.import_relations(rows),
        }?)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if let Store::Disk { storage, .. } = self {
            storage.settle();
        }
    }
}
