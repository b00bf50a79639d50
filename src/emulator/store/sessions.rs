//! Sessions.

use super::{Store, StoreError};
use crate::clerk::model::{Session, SessionStatus, Timestamp};
use rusqlite::{Row, params};

/// Which sessions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::emulator) struct SessionFilter<'a> {
    pub(in crate::emulator) user_id: Option<&'a str>,
    pub(in crate::emulator) client_id: Option<&'a str>,
    pub(in crate::emulator) status: Option<&'a str>,
}

const CONDITIONS: &str = "FROM sessions s JOIN users u ON u.seq = s.user
    WHERE (?1 IS NULL OR u.id = ?1) AND (?2 IS NULL OR s.status = ?2) AND (?3 IS NULL OR s.body ->> 'client_id' = ?3)";

impl Store {
    /// Puts in a session of the user with this number.
    pub(in crate::emulator) fn insert_session(&self, user: i64, session: &Session) -> Result<(), StoreError> {
        let sql =
            "INSERT INTO sessions (id, user, status, created_at, updated_at, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.connection.prepare_cached(sql)?.execute(params![
            session.id.as_str(),
            user,
            session.status.as_str(),
            session.created_at.as_millis(),
            session.updated_at.as_millis(),
            serde_json::to_string(session)?,
        ])?;
        Ok(())
    }

    /// A page of sessions, newest first, and how many there are in all.
    pub(in crate::emulator) fn sessions(
        &self,
        filter: &SessionFilter<'_>,
        limit: u32,
        offset: u64,
    ) -> Result<(Vec<Session>, u64), StoreError> {
        let which = (filter.user_id, filter.status, filter.client_id);
        let sql = format!(
            "SELECT s.body, s.status, s.updated_at {CONDITIONS} ORDER BY s.created_at DESC, s.seq DESC LIMIT ?4 OFFSET ?5"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let offset = i64::try_from(offset).unwrap_or(i64::MAX);
        let mut rows = statement.query(params![which.0, which.1, which.2, limit, offset])?;
        let mut sessions = Vec::new();
        while let Some(row) = rows.next()? {
            sessions.push(session_of(row)?);
        }
        let mut statement = self.connection.prepare_cached(&format!("SELECT count(*) {CONDITIONS}"))?;
        let total: i64 = statement.query_row(which, |row| row.get(0))?;
        Ok((sessions, u64::try_from(total).unwrap_or(0)))
    }

    /// One session.
    pub(in crate::emulator) fn session(&self, id: &str) -> Result<Option<Session>, StoreError> {
        let sql = "SELECT s.body, s.status, s.updated_at FROM sessions s WHERE s.id = ?1";
        let mut statement = self.connection.prepare_cached(sql)?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(session_of).transpose()
    }

    /// Ends a session that is open; one that has ended stays as it ended.
    pub(in crate::emulator) fn revoke_session(&self, id: &str, now: Timestamp) -> Result<(), StoreError> {
        let sql = "UPDATE sessions SET status = 'revoked', updated_at = ?2
                   WHERE id = ?1 AND status IN ('active', 'pending')";
        self.connection.prepare_cached(sql)?.execute(params![id, now.as_millis()])?;
        Ok(())
    }
}

fn session_of(row: &Row<'_>) -> Result<Session, StoreError> {
    let mut session: Session = serde_json::from_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?)?;
    let status: String = row.get(1)?;
    session.status = serde_json::from_value(status.into()).unwrap_or(SessionStatus::default());
    session.updated_at = Timestamp::from_millis(row.get(2)?);
    Ok(session)
}
