//! What users are searched by: an index of every three characters of their texts.

use super::{Store, StoreError, folded};
use crate::clerk::model::User;
use rusqlite::{Connection, params, types::ToSqlOutput};
use std::{
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

/// The texts of a user that partial match looks at, folded, a line each.
#[derive(Debug)]
pub(super) struct Texts {
    pub(super) emails: Option<String>,
    pub(super) phones: Option<String>,
    pub(super) wallets: Option<String>,
    pub(super) names: Option<String>,
    pub(super) username: Option<String>,
    id: String,
}

impl Texts {
    pub(super) fn of(user: &User) -> Self {
        let lines = |texts: Vec<&str>| (!texts.is_empty()).then(|| folded(&texts.join("\n")));
        Self {
            emails: lines(user.email_addresses.iter().map(|email| email.email_address.as_str()).collect()),
            phones: lines(user.phone_numbers.iter().map(|phone| phone.phone_number.as_str()).collect()),
            wallets: lines(user.web3_wallets.iter().map(|wallet| wallet.web3_wallet.as_str()).collect()),
            // First and last name are one text, so that both together are found as they are read.
            names: user.full_name().map(|name| folded(&name)),
            username: user.username.as_deref().map(folded),
            id: folded(user.id.as_str()),
        }
    }
}

impl Store {
    /// Writes down what a user is searched by.
    pub(super) fn insert_search(&self, seq: i64, texts: Texts) -> Result<(), StoreError> {
        match &*self.search_builder.borrow() {
            Some(builder) => builder.add(seq, texts),
            None => insert(&self.connection, seq, &texts)?,
        }
        Ok(())
    }

    pub(super) fn forget_search(&self, seq: i64) -> Result<(), StoreError> {
        self.connection.prepare_cached("DELETE FROM search WHERE rowid = ?1")?.execute([seq])?;
        Ok(())
    }

    /// Makes the index anew elsewhere from now on, until [`end_building`](Self::end_building).
    pub(super) fn begin_building(&mut self) -> Result<(), StoreError> {
        let sql = self.search_definition()?;
        *self.search_builder.get_mut() = Some(SearchBuilder::start(sql)?);
        Ok(())
    }

    /// No more users come: what is left to do elsewhere can be done while this thread does something else.
    pub(super) fn close_building(&self) {
        if let Some(builder) = &mut *self.search_builder.borrow_mut() {
            builder.rows = None;
        }
    }

    /// Takes the index over that was made elsewhere, in place of the one here.
    pub(super) fn end_building(&self) -> Result<(), StoreError> {
        let Some(builder) = self.search_builder.take() else { return Ok(()) };
        let built = builder.finish()?;
        // Made anew, it has nothing of the old one in its memory.
        let sql = self.search_definition()?;
        self.connection.execute_batch(&format!("DROP TABLE search; {sql}"))?;
        for table in ["search_data", "search_idx", "search_docsize", "search_config"] {
            self.connection.execute_batch(&format!("DELETE FROM {table}"))?;
            let mut rows = built.prepare(&format!("SELECT * FROM {table}"))?;
            let columns = rows.column_count();
            let places = vec!["?"; columns].join(", ");
            let mut insert = self.connection.prepare(&format!("INSERT INTO {table} VALUES ({places})"))?;
            let mut rows = rows.query([])?;
            while let Some(row) = rows.next()? {
                for column in 0..columns {
                    insert.raw_bind_parameter(column + 1, ToSqlOutput::Borrowed(row.get_ref(column)?))?;
                }
                insert.raw_execute()?;
            }
        }
        Ok(())
    }

    fn search_definition(&self) -> Result<String, StoreError> {
        let sql = "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'search'";
        Ok(self.connection.query_row(sql, [], |row| row.get(0))?)
    }
}

fn insert(connection: &Connection, seq: i64, texts: &Texts) -> Result<(), rusqlite::Error> {
    let sql =
        "INSERT INTO search (rowid, emails, phones, wallets, names, username, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    connection.prepare_cached(sql)?.execute(params![
        seq,
        texts.emails,
        texts.phones,
        texts.wallets,
        texts.names,
        texts.username,
        texts.id,
    ])?;
    Ok(())
}

/// Makes the index of very many users on a thread of its own: it is half of the work of putting them in.
#[derive(Debug)]
pub(super) struct SearchBuilder {
    /// None once all of them have come.
    rows: Option<SyncSender<(i64, Texts)>>,
    thread: JoinHandle<Result<Connection, rusqlite::Error>>,
}

impl SearchBuilder {
    /// Users that wait for their turn at most.
    const WAITING: usize = 4_096;

    fn start(definition: String) -> Result<Self, StoreError> {
        let (rows, received) = sync_channel(Self::WAITING);
        let thread = thread::Builder::new().name("search".to_owned()).spawn(move || build(&definition, &received));
        Ok(Self { rows: Some(rows), thread: thread.map_err(StoreError::Thread)? })
    }

    fn add(&self, seq: i64, texts: Texts) {
        // A builder that is gone has failed; why, it tells in the end.
        if let Some(rows) = &self.rows {
            _ = rows.send((seq, texts));
        }
    }

    /// Waits for the index: a database of its own, with this table alone.
    fn finish(self) -> Result<Connection, StoreError> {
        drop(self.rows);
        let built = self.thread.join().map_err(|_| StoreError::Builder)?;
        Ok(built?)
    }
}

/// What comes is put into an index that is whole in the end, with its runs of words merged into one.
fn build(definition: &str, rows: &Receiver<(i64, Texts)>) -> Result<Connection, rusqlite::Error> {
    // A temporary one: in memory while it is small, and in a file that nobody sees when it is large.
    let connection = Connection::open("")?;
    connection.execute_batch(&format!(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536; BEGIN; {definition};
         INSERT INTO search (search, rank) VALUES ('automerge', 0);"
    ))?;
    for (seq, texts) in rows {
        insert(&connection, seq, &texts)?;
    }
    connection.execute_batch(
        "INSERT INTO search (search) VALUES ('optimize'); INSERT INTO search (search, rank) VALUES ('automerge', 4); COMMIT",
    )?;
    Ok(connection)
}
