//! Users: lists, counts, and one by one.

use super::{
    Filter, Order, Store, StoreError,
    filter::{OrderColumn, Sql, search_query},
};
use crate::clerk::model::{Timestamp, User};
use indexmap::IndexMap;
use rusqlite::{OptionalExtension, Row, params_from_iter, types::Value};
use serde_json::value::RawValue;
use std::fmt::{self, Write as _};

/// A word that more users than this have is common: they are walked in order rather than looked up and sorted. Of a
/// million, about where a page of a hundred takes as long by either way.
const COMMON: i64 = 6_000;

/// Which rows of a list of users.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::emulator) struct UserRows {
    pub(in crate::emulator) limit: u32,
    pub(in crate::emulator) offset: u64,
    /// After the user with this id, in the order of signing up.
    pub(in crate::emulator) starting_after: Option<String>,
}

/// What changes by itself or with every request, and so stands in columns alone, behind the rest of the document.
const IN_COLUMNS: [&str; 7] = [
    "banned",
    "locked",
    "lockout_expires_in_seconds",
    "verification_attempts_remaining",
    "updated_at",
    "last_active_at",
    "last_sign_in_at",
];

const COLUMNS: &str = "(SELECT body FROM profiles p WHERE p.user = u.seq),
    u.banned, u.lock_ends_at, u.attempts_remaining, u.updated_at, u.last_active_at, u.last_sign_in_at";

impl Store {
    /// A page of users as they are at `now`: a JSON array, as its documents stand here. None when the user that it should
    /// begin after does not exist.
    pub(in crate::emulator) fn users(
        &self,
        filter: &Filter,
        order: Order,
        rows: &UserRows,
        now: Timestamp,
    ) -> Result<Option<String>, StoreError> {
        let mut sql = Sql::default();
        sql.push("SELECT u.seq FROM ", []);
        self.push_source(&mut sql, filter)?;
        if let Some(id) = &rows.starting_after {
            let Some((created_at, seq)) = self.place_of(id)? else { return Ok(None) };
            let sign = if order.descending { "<" } else { ">" };
            debug_assert_eq!(order.by, OrderColumn::CreatedAt);
            sql.push(&format!(" AND (u.created_at, u.seq) {sign} (?, ?)"), [created_at, seq].map(Value::Integer));
        }
        sql.push(
            &format!(" {} LIMIT ? OFFSET ?", order.sql()),
            [Value::Integer(i64::from(rows.limit)), Value::Integer(i64::try_from(rows.offset).unwrap_or(i64::MAX))],
        );
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let mut found = statement.query(params_from_iter(sql.values))?;
        // As long as most pages are: one that grows is copied again and again.
        let mut users = String::with_capacity(rows.limit as usize * 2_048);
        users.push('[');
        // Only those of the page are read whole, one by one: to sort with all that they are costs more than to find them.
        let mut whole = self.connection.prepare_cached(&format!("SELECT {COLUMNS} FROM users u WHERE u.seq = ?1"))?;
        while let Some(row) = found.next()? {
            if users.len() > 1 {
                users.push(',');
            }
            whole.query_row([row.get::<_, i64>(0)?], |row| Ok(push_document(row, now, &mut users)))??;
        }
        users.push(']');
        Ok(Some(users))
    }

    /// How many users pass. Remembered until the next change.
    pub(in crate::emulator) fn count(&mut self, filter: &Filter) -> Result<u64, StoreError> {
        if let Some(count) = self.counts.get(filter) {
            return Ok(*count);
        }
        let count = self.count_anew(filter)?;
        self.remember(filter, count);
        Ok(count)
    }

    fn count_anew(&self, filter: &Filter) -> Result<u64, StoreError> {
        let mut sql = Sql::default();
        let only_match = Filter { matches: filter.matches.clone(), ..Filter::default() };
        let search = match filter.matches.as_slice() {
            [(kind, text)] if *filter == only_match => search_query(*kind, text),
            _ => None,
        };
        if let Some(query) = search {
            // The index alone knows how many have a word.
            sql.push("SELECT count(*) FROM search WHERE search MATCH ?", [Value::Text(query)]);
        } else {
            sql.push("SELECT count(*) FROM ", []);
            self.push_source(&mut sql, filter)?;
        }
        let mut statement = self.connection.prepare_cached(&sql.text)?;
        let count: i64 = statement.query_row(params_from_iter(sql.values), |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    /// One user as it is at `now`.
    pub(in crate::emulator) fn user(&self, id: &str, now: Timestamp) -> Result<Option<User>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM users u WHERE u.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(|row| user_of(row, now)).transpose()
    }

    /// The number that a user has here.
    pub(super) fn seq_of(&self, id: &str) -> Result<Option<i64>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT seq FROM users WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| row.get(0)).optional()?)
    }

    fn place_of(&self, id: &str) -> Result<Option<(i64, i64)>, StoreError> {
        let mut statement = self.connection.prepare_cached("SELECT created_at, seq FROM users WHERE id = ?1")?;
        Ok(statement.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))).optional()?)
    }

    /// `users u` with its conditions: led by the users that were looked up, where few were, else to be walked in order.
    pub(super) fn push_source(&self, sql: &mut Sql, filter: &Filter) -> Result<(), StoreError> {
        let mut lookups = filter.lookups();
        let mut conditions = filter.conditions();
        for (kind, text) in &filter.matches {
            match search_query(*kind, text) {
                Some(query) if !self.is_common(&query)? => {
                    let mut lookup = Sql::default();
                    lookup.push("SELECT rowid AS seq FROM search WHERE search MATCH ?", [Value::Text(query)]);
                    lookups.push(lookup);
                }
                _ => conditions.push(Filter::scan(*kind, text)),
            }
        }
        let mut lookups = lookups.into_iter();
        if let Some(lead) = lookups.next() {
            // CROSS keeps SQLite from walking all users instead.
            let few = format!("(SELECT DISTINCT seq FROM ({})) few", lead.text);
            sql.push(&format!("{few} CROSS JOIN users u ON u.seq = few.seq WHERE 1"), lead.values);
        } else {
            sql.push("users u WHERE 1", []);
        }
        for lookup in lookups {
            sql.push(&format!(" AND u.seq IN ({})", lookup.text), lookup.values);
        }
        for condition in conditions {
            sql.push(&format!(" AND {}", condition.text), condition.values);
        }
        Ok(())
    }

    fn is_common(&self, query: &str) -> Result<bool, StoreError> {
        let sql = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ?1 LIMIT ?2)";
        let count: i64 = self.connection.prepare_cached(sql)?.query_row((query, COMMON), |row| row.get(0))?;
        Ok(count >= COMMON)
    }
}

/// What of a user is kept as a document: all but what stands in columns.
pub(super) fn body_of(user: &User) -> Result<String, StoreError> {
    let whole = serde_json::to_string(user)?;
    let mut fields: IndexMap<&str, &RawValue> = serde_json::from_str(&whole)?;
    fields.retain(|name, _| !IN_COLUMNS.contains(name));
    Ok(serde_json::to_string(&fields)?)
}

fn user_of(row: &Row<'_>, now: Timestamp) -> Result<User, StoreError> {
    let mut document = String::new();
    push_document(row, now, &mut document)?;
    Ok(serde_json::from_str(&document)?)
}

/// What stands in a column, as JSON.
enum InColumn {
    Flag(bool),
    Number(Option<i64>),
}

impl fmt::Display for InColumn {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => flag.fmt(formatter),
            Self::Number(Some(number)) => number.fmt(formatter),
            Self::Number(None) => formatter.write_str("null"),
        }
    }
}

/// The document, and what stands in columns put in: the lock counts down by itself.
fn push_document(row: &Row<'_>, now: Timestamp, out: &mut String) -> Result<(), StoreError> {
    let body = row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
    let lock_ends_at: Option<i64> = row.get(2)?;
    let left = lock_ends_at.map(|end| end - now.as_millis()).filter(|left| *left > 0);
    let number = |column| row.get(column).map(InColumn::Number);
    let values = [
        InColumn::Flag(row.get(1)?),
        InColumn::Flag(left.is_some()),
        InColumn::Number(left.map(|left| (left + 999) / 1000)),
        number(3)?,
        number(4)?,
        number(5)?,
        number(6)?,
    ];
    out.push_str(body.strip_suffix('}').unwrap_or(body));
    for (name, value) in IN_COLUMNS.iter().zip(values) {
        // Writing into a string cannot fail.
        _ = write!(out, ",\"{name}\":{value}");
    }
    out.push('}');
    Ok(())
}
