//! Filling an empty database with very many rows.

use super::{Store, StoreError};
use rusqlite::params;

/// How many runs of words the search index merges while rows come in: none, as all are merged at the end.
const NO_MERGING: i64 = 0;
/// The default, for everyday changes.
const USUAL_MERGING: i64 = 4;

impl Store {
    /// Does everything in `write`, which inserts very many rows, or nothing. Indexes are made when the rows are there:
    /// to sort them once takes a fraction of finding the place of each.
    pub(in crate::emulator) fn fill(
        &mut self,
        write: impl FnOnce(&Self) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.transaction(|store| {
            let indexes = store.indexes()?;
            for (name, _) in &indexes {
                store.connection.execute_batch(&format!("DROP INDEX {name}"))?;
            }
            store.set_search_option("automerge", NO_MERGING)?;
            write(store)?;
            for (_, sql) in &indexes {
                store.connection.execute_batch(sql)?;
            }
            store.set_search_option("automerge", USUAL_MERGING)
        })?;
        // What the planner needs to know after many rows came in.
        self.connection.execute_batch("INSERT INTO search (search) VALUES ('optimize'); ANALYZE;")?;
        Ok(())
    }

    /// The indexes that are not part of a table, with what makes them.
    fn indexes(&self) -> Result<Vec<(String, String)>, StoreError> {
        let sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
        let mut statement = self.connection.prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn set_search_option(&self, name: &str, value: i64) -> Result<(), StoreError> {
        self.connection.execute("INSERT INTO search (search, rank) VALUES (?1, ?2)", params![name, value])?;
        Ok(())
    }
}
