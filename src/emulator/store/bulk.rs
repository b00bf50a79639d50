//! Filling an empty database with very many rows.

use super::{SERVING, Store, StoreError};

/// How the rows of an index are sorted: in runs of so many KiB, one of them by a thread of its own while the next is
/// gathered. SQLite does so only where the runs may go to a temporary file; few rows never get there.
const SORTING: &str = "PRAGMA temp_store = FILE; PRAGMA cache_size = -32768; PRAGMA threads = 1";

impl Store {
    /// Does everything in `write`, which inserts very many rows, or nothing. Indexes are made when the rows are there:
    /// to sort them once takes a fraction of finding the place of each. What users are searched by is made meanwhile.
    pub(in crate::emulator) fn fill(
        &mut self,
        write: impl FnOnce(&Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.begin_building()?;
        // Rows are made with those that they point at.
        self.connection.execute_batch("PRAGMA foreign_keys = OFF")?;
        self.connection.execute_batch(SORTING)?;
        let filled = self.transaction(|store| {
            let indexes = store.indexes()?;
            for (name, _) in &indexes {
                store.connection.execute_batch(&format!("DROP INDEX {name}"))?;
            }
            write(store)?;
            store.close_building();
            for (_, sql) in &indexes {
                store.connection.execute_batch(sql)?;
            }
            store.end_building()
        });
        // One that is left over, as the filling failed, comes to its end.
        self.search_builder.take();
        self.connection.execute_batch("PRAGMA foreign_keys = ON")?;
        self.connection.execute_batch(SERVING)?;
        filled?;
        // What the planner needs to know after many rows came in: a sample tells it.
        self.connection.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE")?;
        Ok(())
    }

    /// The indexes that are not part of a table, with what makes them.
    fn indexes(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}
