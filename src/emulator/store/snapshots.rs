//! Copies of the whole database, in memory.

use super::{Store, StoreError};
use rusqlite::{Connection, backup::Backup};
use std::time::Duration;

impl Store {
    /// Keeps everything as it is, under a name; what the name kept before is gone.
    pub(in crate::emulator) fn snapshot(&mut self, name: &str) -> Result<(), StoreError> {
        let mut copy = Connection::open_in_memory()?;
        transfer(&self.connection, &mut copy)?;
        self.snapshots.insert(name.to_owned(), copy);
        Ok(())
    }

    /// Puts back what was kept under a name. Whether there was anything.
    pub(in crate::emulator) fn restore(&mut self, name: &str) -> Result<bool, StoreError> {
        let Some(copy) = self.snapshots.get(name) else { return Ok(false) };
        transfer(copy, &mut self.connection)?;
        self.counts.clear();
        Ok(true)
    }

    /// Becomes what another database is.
    pub(in crate::emulator) fn become_like(&mut self, other: &Self) -> Result<(), StoreError> {
        self.counts.clear();
        transfer(&other.connection, &mut self.connection)
    }
}

fn transfer(from: &Connection, to: &mut Connection) -> Result<(), StoreError> {
    const PAGES_AT_ONCE: i32 = 4_096;
    Ok(Backup::new(from, to)?.run_to_completion(PAGES_AT_ONCE, Duration::ZERO, None)?)
}
