//! The emulator's database: the only place with SQL.

mod bulk;
mod changes;
mod documents;
mod filter;
mod identifications;
mod images;
mod memberships;
mod organization_invitations;
mod organization_lists;
mod organizations;
mod possessions;
mod restrictions;
mod search;
mod secrets;
mod sessions;
mod snapshots;
mod users;

pub(super) use documents::{DocumentColumn, DocumentQuery};
pub(super) use filter::{Bound, Choice, Filter, Match, Moment, Order, OrderColumn};
pub(super) use memberships::{MembershipColumn, MembershipFilter, MembershipRows};
pub(super) use organization_invitations::OrganizationInvitationQuery;
pub(super) use organization_lists::{OrganizationColumn, OrganizationCounts, OrganizationQuery};
pub(super) use organizations::{ROLES, Role};
pub(super) use secrets::Secrets;
pub(super) use sessions::SessionFilter;
pub(super) use users::UserRows;

use rusqlite::{Connection, OptionalExtension, params};
use search::SearchBuilder;
use std::{
    cell::RefCell,
    collections::HashMap,
    path::{Path, PathBuf},
};

const SCHEMA: &str = include_str!("schema.sql");
/// Rises with every change of the schema that an older program could not read.
const SCHEMA_VERSION: &str = "6";
/// What is sorted for an answer is sorted in memory, with a cache of so many KiB.
const SERVING: &str = "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -65536; PRAGMA threads = 0";
/// Counts that are remembered until the next change.
const REMEMBERED: usize = 1_000;

/// What can go wrong with the database.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says so.
    #[error("the database failed: {0}")]
    Database(#[from] rusqlite::Error),
    /// A document in it cannot be read or written.
    #[error("a document cannot be read or written: {0}")]
    Document(#[from] serde_json::Error),
    /// The thread that makes the search index did not start.
    #[error("no thread could be started to index the users: {0}")]
    Thread(#[source] std::io::Error),
    /// The thread that makes the search index broke.
    #[error("the search index could not be made")]
    Builder,
    /// The file is something else.
    #[error("{} is not a database of this emulator; give another file, or move it away", .0.display())]
    Foreign(PathBuf),
    /// The file is of another version.
    #[error("{file} is of schema version {found}, and this program reads {SCHEMA_VERSION}; give another file")]
    Version {
        /// The file.
        file: String,
        /// Its version.
        found: String,
    },
}

/// The database of one emulated instance.
#[derive(Debug)]
pub(super) struct Store {
    connection: Connection,
    counts: HashMap<Filter, u64>,
    snapshots: HashMap<String, Connection>,
    /// Makes the search index elsewhere while very many users are put in.
    search_builder: RefCell<Option<SearchBuilder>>,
}

impl Store {
    /// An empty database that is gone when it is closed.
    pub(super) fn in_memory() -> Result<Self, StoreError> {
        let store = Self::over(Connection::open_in_memory()?)?;
        store.create()?;
        Ok(store)
    }

    /// The database in `file`, made if there is none; and whether it was.
    pub(super) fn in_file(file: &Path) -> Result<(Self, bool), StoreError> {
        let foreign = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => StoreError::Foreign(file.to_owned()),
            _ => StoreError::Database(error),
        };
        let store = Self::over(Connection::open(file)?).map_err(|error| match error {
            StoreError::Database(error) => foreign(error),
            other => other,
        })?;
        let tables: i64 =
            store.connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0)).map_err(foreign)?;
        if tables == 0 {
            store.create()?;
            return Ok((store, true));
        }
        // A table of that name is not enough: somebody else's could have other columns.
        match store.meta("schema_version").unwrap_or_default() {
            None => Err(StoreError::Foreign(file.to_owned())),
            Some(version) if version == SCHEMA_VERSION => Ok((store, false)),
            Some(found) => Err(StoreError::Version { file: file.display().to_string(), found }),
        }
    }

    fn over(connection: Connection) -> Result<Self, StoreError> {
        connection.set_prepared_statement_cache_capacity(256);
        // A crash of the machine may cost the last moments of an emulated instance; waiting for the disk would cost every write.
        connection.execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
             PRAGMA mmap_size = 4294967296; PRAGMA busy_timeout = 5000;",
        )?;
        connection.execute_batch(SERVING)?;
        organization_lists::teach_folding(&connection)?;
        Ok(Self { connection, counts: HashMap::new(), snapshots: HashMap::new(), search_builder: RefCell::default() })
    }

    fn create(&self) -> Result<(), StoreError> {
        self.connection.execute_batch(SCHEMA)?;
        self.set_meta("schema_version", SCHEMA_VERSION)
    }

    /// A value kept about the database itself.
    pub(super) fn meta(&self, name: &str) -> Result<Option<String>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT value FROM meta WHERE name = ?1")?;
        Ok(statement.query_row([name], |row| row.get(0)).optional()?)
    }

    /// Keeps a value about the database itself.
    pub(super) fn set_meta(&self, name: &str, value: &str) -> Result<(), StoreError> {
        let sql = "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.connection.prepare_cached(sql)?.execute(params![name, value])?;
        Ok(())
    }

    /// Does everything in `write` or nothing.
    pub(super) fn transaction<T, E: From<StoreError>>(
        &mut self,
        write: impl FnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E> {
        self.counts.clear();
        self.connection.execute_batch("BEGIN IMMEDIATE").map_err(StoreError::from)?;
        let result = write(self);
        let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
        self.connection.execute_batch(end).map_err(StoreError::from)?;
        result
    }

    fn remember(&mut self, filter: &Filter, count: u64) {
        if self.counts.len() >= REMEMBERED {
            self.counts.clear();
        }
        self.counts.insert(filter.clone(), count);
    }
}

/// Text as it is compared: whatever the case, in any script.
pub(super) fn folded(text: &str) -> String {
    text.to_lowercase()
}
