//! Things that are found by kind and id alone: invitations, tokens, lists of identifiers, the waitlist.

use super::{Store, StoreError, folded};
use crate::clerk::model::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

/// Which documents of a kind, and in which order.
#[derive(Clone, Debug)]
pub(in crate::emulator) struct DocumentQuery {
    pub(in crate::emulator) kind: &'static str,
    /// One of these; any where there are none.
    pub(in crate::emulator) statuses: Vec<String>,
    /// In what it is found by, or in its id; folded.
    pub(in crate::emulator) text: Option<String>,
    pub(in crate::emulator) by: DocumentColumn,
    pub(in crate::emulator) descending: bool,
    pub(in crate::emulator) limit: u32,
    pub(in crate::emulator) offset: u64,
}

/// What documents can be ordered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emulator) enum DocumentColumn {
    CreatedAt,
    Text,
    ExpiresAt,
    InvitedAt,
}

impl DocumentColumn {
    fn sql(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::Text => "text",
            Self::ExpiresAt => "expires_at",
            Self::InvitedAt => "body ->> '$.invitation.created_at'",
        }
    }
}

/// What is open and too old has expired, without anybody doing anything.
const STATUS: &str = "CASE WHEN status = 'pending' AND expires_at <= ?1 THEN 'expired' ELSE status END";

impl Store {
    /// Puts in a document, or writes it anew; `text` is what it is found by.
    pub(in crate::emulator) fn put_document<T: Serialize>(&self, text: &str, document: &T) -> Result<(), StoreError> {
        let document = serde_json::to_value(document)?;
        let (text_of, millis_of) = (|name: &str| document[name].as_str(), |name: &str| document[name].as_i64());
        let sql = "INSERT INTO documents (kind, id, status, text, created_at, expires_at, body)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                   ON CONFLICT (id) DO UPDATE SET status = excluded.status, text = excluded.text,
                       expires_at = excluded.expires_at, body = excluded.body";
        self.connection.prepare_cached(sql)?.execute(params![
            text_of("object"),
            text_of("id"),
            text_of("status"),
            folded(text),
            millis_of("created_at"),
            millis_of("expires_at"),
            document.to_string(),
        ])?;
        Ok(())
    }

    /// One document as it is at `now`.
    pub(in crate::emulator) fn document<T: DeserializeOwned>(
        &self,
        kind: &str,
        id: &str,
        now: Timestamp,
    ) -> Result<Option<T>, StoreError> {
        let sql = format!("SELECT body, {STATUS} FROM documents WHERE kind = ?2 AND id = ?3");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, String>(0)?, row.get::<_, Option<String>>(1)?));
        let found = statement.query_row(params![now.as_millis(), kind, id], row).optional()?;
        found.map(|(body, status)| document_of(&body, status)).transpose()
    }

    /// Takes a document out. Whether there was one.
    pub(in crate::emulator) fn delete_document(&self, kind: &str, id: &str) -> Result<bool, StoreError> {
        let sql = "DELETE FROM documents WHERE kind = ?1 AND id = ?2";
        Ok(self.connection.prepare_cached(sql)?.execute([kind, id])? == 1)
    }

    /// A page of documents as they are at `now`, and how many there are in all.
    pub(in crate::emulator) fn documents<T: DeserializeOwned>(
        &self,
        query: &DocumentQuery,
        now: Timestamp,
    ) -> Result<(Vec<T>, u64), StoreError> {
        let conditions = format!(
            "FROM documents WHERE kind = ?2 AND (?3 = '[]' OR {STATUS} IN (SELECT value FROM json_each(?3)))
                 AND (?4 IS NULL OR instr(text, ?4) > 0 OR folded(id) = ?4)"
        );
        let statuses = serde_json::to_string(&query.statuses)?;
        let which = (now.as_millis(), query.kind, &statuses, &query.text);
        let total: i64 = self
            .connection
            .prepare_cached(&format!("SELECT count(*) {conditions}"))?
            .query_row(which, |row| row.get(0))?;
        let (by, way) = (query.by.sql(), if query.descending { "DESC" } else { "ASC" });
        let sql = format!("SELECT body, {STATUS} {conditions} ORDER BY {by} {way}, seq {way} LIMIT ?5 OFFSET ?6");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let offset = i64::try_from(query.offset).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![which.0, which.1, which.2, which.3, query.limit, offset])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            documents.push(document_of(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?, row.get(1)?)?);
        }
        Ok((documents, u64::try_from(total).unwrap_or(0)))
    }

    /// Whether there is a document of a kind that is found by exactly this, in one of these states where it has any.
    pub(in crate::emulator) fn has_document(
        &self,
        kind: &str,
        text: &str,
        status: Option<&str>,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let sql = format!(
            "SELECT EXISTS (SELECT 1 FROM documents WHERE kind = ?2 AND text = ?3 AND (?4 IS NULL OR {STATUS} = ?4))"
        );
        let which = params![now.as_millis(), kind, folded(text), status];
        Ok(self.connection.prepare_cached(&sql)?.query_row(which, |row| row.get(0))?)
    }

    /// Whether a user has this email address.
    pub(in crate::emulator) fn email_is_taken(&self, email_address: &str) -> Result<bool, StoreError> {
        let sql = "SELECT EXISTS (SELECT 1 FROM identifications WHERE kind = 'email_address' AND value = ?1)";
        Ok(self.connection.prepare_cached(sql)?.query_row([folded(email_address)], |row| row.get(0))?)
    }
}

fn document_of<T: DeserializeOwned>(body: &str, status: Option<String>) -> Result<T, StoreError> {
    let mut document: Value = serde_json::from_str(body)?;
    if let Some(status) = status {
        document["status"] = Value::String(status);
    }
    Ok(serde_json::from_value(document)?)
}
